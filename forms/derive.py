"""Facts that follow from facts. Each function is small and pure; what is missing or unclear has no answer.

A function takes facts in the order in which facts.yaml names them, and returns what follows and why.
"""

import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from extractors.model import Row, Value
from forms.model import Fact, Witness
from forms.vocabulary import FactSpec


class Derived(NamedTuple):
    """What follows, and why."""

    value: Value
    why: str
    of: tuple[Fact, ...] = ()
    """The facts it rests on, where these are not all that were given."""


Function = Callable[..., Derived | None]
_FUNCTIONS: dict[str, Function] = {}


def derivation(function: Function) -> Function:
    """Register a function under its name."""
    _FUNCTIONS[function.__name__] = function
    return function


@cache
def functions() -> dict[str, Function]:
    """Return every derivation of the modules in forms/derivations, by name."""
    folder = Path(__file__).with_name("derivations")
    for module in pkgutil.iter_modules([str(folder)]):
        import_module(f"forms.derivations.{module.name}")
    return dict(_FUNCTIONS)


def derived(spec: FactSpec, needed: Sequence[Fact | None], maybe: Sequence[Fact | None]) -> Fact | None:
    """Return the fact that a derivation yields: as sure as its least sure ground, in conflict with it."""
    result = functions()[spec.derive.by](*needed, *maybe) if spec.derive else None
    if result is None:
        return None
    of = result.of or tuple(fact for fact in (*needed, *maybe) if fact is not None)
    split = [fact.label for fact in of if fact.conflict]
    return Fact(
        key=spec.key,
        label=spec.label,
        value=result.value,
        confidence=min((fact.confidence for fact in of), default=0),
        sure=all(fact.sure for fact in of),
        conflict=bool(split),
        witnesses=_together(of),
        origin="derived",
        why=f"所依据的“{'”“'.join(split)}”材料不一致。" if split else result.why,
    )


def _together(facts: Sequence[Fact]) -> tuple[Witness, ...]:
    """Return the witnesses of several facts, each once."""
    return tuple({w.model_dump_json(): w for fact in facts for w in fact.witnesses}.values())


def text(fact: Fact | None) -> str:
    """Return a fact's text, empty where it is missing or no text."""
    return fact.value if fact and isinstance(fact.value, str) else ""


def rows(fact: Fact | None) -> tuple[Row, ...]:
    """Return a table's rows, none where it is missing or no table."""
    return fact.value if fact and isinstance(fact.value, tuple) else ()
