"""Faults on demand: which there are (faults.yaml), how they are asked for, and when each bites.

`NAME` or `NAME:ITEM,ITEM…`; the items:

    once        the first time only, for each business key; nth=3 for the third, first=2 for the first two
    p=0.3       with this probability; seed=7 makes it the same in every run
    for=云栖     only where the business key contains this
    at=submit   of a general fault: where it bites
    after       of a general fault: when the portal has done its work, and only the answer is missing
    s=5         seconds, of a fault that has some
    n=60        pages a minute, of rate-limit
"""

import random
import threading
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import yaml
from pydantic import Field, ValidationError

from bot.practice.alter import Alter
from extractors.errors import UsageError
from extractors.model import Record

Place = Literal[
    "any", "login", "start", "begin", "form", "keep", "check", "submit", "receipt", "list", "record"
]
_WORDS = frozenset({"once", "after"})
"""Items that stand for themselves."""
Deed = Literal["wait", "cut", "half", "sign_out", "page", "gate", "limit", "value", "lag", "twice"]


class Kind(Record):
    """One entry of faults.yaml."""

    says: str
    at: Place | None = None
    """None where it is about no single request."""
    after: bool = False
    does: Deed | None = None
    status: int = 200
    heading: str = ""
    text: str = ""
    seconds: float = 0
    pages: int = 0
    alter: Alter | None = None


class When(Record):
    """When a fault bites, as it was asked for."""

    once: bool = False
    nth: Annotated[int, Field(ge=1)] | None = None
    first: Annotated[int, Field(ge=1)] | None = None
    p: Annotated[float, Field(ge=0, le=1)] = 1.0
    seed: int = 0
    only: Annotated[str, Field(alias="for")] = ""
    at: Place | None = None
    after: bool = False
    s: Annotated[float, Field(ge=0)] | None = None
    n: Annotated[int, Field(ge=1)] | None = None

    def holds(self, count: int, key: str) -> bool:
        """Tell whether it bites the count-th time that it could, counted from 1."""
        if (
            (self.once and count > 1)
            or (self.nth and count != self.nth)
            or (self.first and count > self.first)
        ):
            return False
        # Not random.random(): what befalls one business key must not depend on who else is at the portal.
        return self.p >= 1 or random.Random(f"{self.seed}:{key}:{count}").random() < self.p  # noqa: S311 - no secret


class Fault(NamedTuple):
    """A fault that is on."""

    name: str
    kind: Kind
    when: When


class Visit(NamedTuple):
    """One request, as faults look at it."""

    place: Place
    key: str
    """The business key that it is about; empty where it is about none."""


class Faults:
    """The faults that are on.

    Args:
        asked: As --faults says them.

    Raises:
        UsageError: There is no such fault, or it cannot be asked for so.
    """

    def __init__(self, asked: Sequence[str]) -> None:
        self._on = [_parsed(text) for text in asked]
        self._times: Counter[tuple[int, str]] = Counter()
        self._lock = threading.Lock()

    def biting(self, visit: Visit) -> list[Fault]:
        """Return the faults that bite this request, in the order they were asked for; counts it."""
        return [f for n, f in enumerate(self._on) if _is_at(f, visit) and self._bites(n, f, visit)]

    def does(self, deed: Deed, key: str) -> Fault | None:
        """Return the fault of a kind that needs no request, where it is on for a business key."""
        return next((f for f in self._on if f.kind.does == deed and f.when.only in key), None)

    def altered(self, key: str) -> list[Alter]:
        """Return what is altered of the forms of a business key."""
        return [f.kind.alter for f in self._on if f.kind.alter and f.when.only in key]

    def _bites(self, number: int, fault: Fault, visit: Visit) -> bool:
        with self._lock:
            self._times[number, visit.key] += 1
            return fault.when.holds(self._times[number, visit.key], visit.key)


@cache
def kinds() -> dict[str, Kind]:
    """Return every fault there is by its name."""
    raw = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text(encoding="utf-8"))
    return {name: Kind.model_validate(entry) for name, entry in raw.items()}


def _is_at(fault: Fault, visit: Visit) -> bool:
    return fault.kind.at in {"any", visit.place} and fault.when.only in visit.key


def _parsed(text: str) -> Fault:
    name, _, told = text.partition(":")
    if name not in kinds():
        raise UsageError(f"没有名为 {name} 的故障。", f"可选：{'、'.join(kinds())}。")
    kind = kinds()[name]
    items = [item.partition("=") for item in told.split(",") if item]
    try:
        when = When.model_validate(
            {item: value if equals else item in _WORDS for item, equals, value in items}
        )
    except ValidationError as error:
        wrong = "、".join(str(fault["loc"][0]) for fault in error.errors())
        raise UsageError(f"故障 {name} 的写法不对：{wrong}。", "写法见 docs/reference/faults.md。") from None
    _assert_fits(name, kind, when)
    return Fault(name, _placed(kind, when), when)


def _assert_fits(name: str, kind: Kind, when: When) -> None:
    """Refuse what would be silently without effect."""
    told = when.model_fields_set
    unfit = {
        "at": kind.at != "any",
        "after": kind.at != "any",
        "s": not kind.seconds,
        "n": not kind.pages,
        **dict.fromkeys(("once", "nth", "first", "p", "seed"), kind.at is None),
    }
    if wrong := [item for item, is_unfit in unfit.items() if is_unfit and item in told]:
        raise UsageError(
            f"故障 {name} 不能这样限定：{'、'.join(wrong)}。", "写法见 docs/reference/faults.md。"
        )


def _placed(kind: Kind, when: When) -> Kind:
    changes = {
        "at": when.at or kind.at,
        "after": kind.after or when.after,
        "seconds": kind.seconds if when.s is None else when.s,
        "pages": when.n or kind.pages,
    }
    return kind.model_copy(update=changes)
