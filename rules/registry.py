"""How a rule is declared, and where the declared ones are found."""

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from extractors.model import Paper
from forms.law import Citation, in_force
from forms.model import Fact, FilledForm
from rules.model import Severity, Verdict

Takes = Literal["values", "facts", "case"]


class Case(NamedTuple):
    """Everything that is judged together."""

    facts: Mapping[str, Fact]
    forms: Sequence[FilledForm]
    on: date
    papers: Sequence[Paper] = ()

    @property
    def region(self) -> str:
        """The division code of the registered address, empty where that is not surely known."""
        fact = self.facts.get("addr.registered.code")
        return str(fact.value) if fact is not None and fact.sure else ""


class Objection(NamedTuple):
    """One thing that a rule over the whole case reports."""

    message: str
    facts: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    verdict: Verdict = Verdict.UNSURE
    about: tuple[str, ...] = ()
    """Facts whose own state the message reports, so that no other finding need repeat it."""


class Unclear(str):
    """A rule's answer where it cannot tell: one Chinese sentence that a person is asked to look at."""

    __slots__ = ()


CaseFunction = Callable[[Case], Iterable[Objection]]


@dataclass(frozen=True)
class Rule:
    """One rule as declared."""

    id: str
    title: str
    cites: tuple[str, ...]
    """References to articles (forms/laws); on days when none of them is law the rule does not apply."""
    function: Callable[..., object]
    needs: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    """Facts that the function gets after the needed ones, None where they are missing."""
    when: tuple[str, ...] = ()
    """Facts without which the rule does not apply at all."""
    severity: Severity = Severity.BLOCK
    settled_by: tuple[str, ...] = ()
    codes: str = ""
    """The rule's numbers in our list of rules, such as "C-08" or "C-06, T-10"."""
    takes: Takes = "values"
    doubt: Severity | None = None
    """Severity of an UNSURE that only comes from a doubtful reading, where it is milder than the rule's own."""

    @cached_property
    def wants_day(self) -> bool:
        """True where the function asks for the day of judging."""
        return "on" in inspect.signature(self.function).parameters

    def applies(self, case: Case) -> bool:
        """Tell whether the case has what the rule is about, and the rule is law on the day."""
        return all(key in case.facts for key in self.when) and bool(self.cited(case))

    def cited(self, case: Case) -> tuple[Citation, ...]:
        """Return the articles that are law on the day of judging."""
        return in_force(self.cites, case.on, case.region)


_RULES: dict[str, Rule] = {}
_NOT_TOPICS = {
    "engine",
    "model",
    "tables",
    "periods",
    "registry",
    "plain",
    "doubts",
    "cover",
    "remedies",
    "settle",
    "id_kinds",
}


def register(one: Rule) -> None:
    """Add a rule.

    Raises:
        ValueError: Another function already has its id.
    """
    known = _RULES.get(one.id)
    if known is not None and _place(known) != _place(one):
        raise ValueError(f"two rules are called {one.id}")
    _RULES[one.id] = one


def _place(one: Rule) -> tuple[str, str]:
    """Return where a rule's function stands: two modules may use one name, a module read anew is the same."""
    return one.function.__module__, one.function.__qualname__


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of the modules in this folder, by id."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name not in _NOT_TOPICS:
            import_module(f"rules.{module.name}")
    return tuple(_RULES[key] for key in sorted(_RULES))
