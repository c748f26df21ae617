"""Whether two names are the same or similar: the one definition of it, for a pair.

Who may be compared with whom (one authority, live or gone for less than a year, no investment between them) is not
decided here. Two names are compared in two steps: how their trade names are alike (trade_relation) and what their
industries share (sharing). What both together mean on a day stands in rules/tables/names/comparison.yaml.
"""

from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import Field

from extractors.model import Record
from rules.model import Severity
from rules.names.industries import classify
from rules.names.model import Kind, Parts
from rules.names.shapes import same_shape
from rules.names.sounds import alike, same_sound

_FILE = Path(__file__).parents[1] / "tables" / "names" / "comparison.yaml"
MOST_PERMUTED = 4
"""Characters of a trade name that is taken for another one with its characters in another order."""
_LEAST_CONTAINED = 2
"""Characters that a contained trade name must have; it must be half of the other one too."""


class Likeness(StrEnum):
    """How two trade names are alike, the closest first."""

    SAME = "same"
    SOUND = "same_sound"
    SHAPE = "near_shape"
    CONTAINS = "contains"
    CONTAINED = "contained"
    CONTAINS_SOUND = "contains_by_sound"
    CONTAINED_SOUND = "contained_by_sound"
    TONELESS = "toneless"
    PERMUTED = "permuted"


class Sharing(StrEnum):
    """Why the industries of two names do not keep them apart."""

    WORDING = "行业表述相同"
    MEANING = "行业表述不同但实质内容相同"
    NONE = "有名称不含行业表述"
    GENERIC = "有名称的行业表述不是国民经济行业分类用语"


class Step(Record):
    """What one way of being alike means in a span of days."""

    begin: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    rule: str
    kind: Kind
    severity: Severity
    cites: tuple[str, ...] = Field(min_length=1)

    def holds(self, on: date) -> bool:
        """Whether a day lies in the span."""
        return self.begin <= on and (self.end is None or on <= self.end)


class Meaning(Record):
    """What one way of being alike means, through the years."""

    message: str
    closeness: float = Field(ge=0, le=1)
    steps: tuple[Step, ...]
    without_term: tuple[Step, ...] | None = None
    """Instead of the steps, where a name has no term of the classification of industries."""

    def on(self, day: date, shared: Sharing) -> Step | None:
        """Return what holds on a day."""
        has_none = shared in (Sharing.NONE, Sharing.GENERIC)
        steps = self.without_term if has_none and self.without_term is not None else self.steps
        return next((step for step in steps if step.holds(day)), None)


class Relation(NamedTuple):
    """What speaks against a name because of another one."""

    key: str
    """Its place in comparison.yaml."""
    rule: str
    kind: Kind
    severity: Severity
    closeness: float
    cites: tuple[str, ...]
    message: str
    """One Chinese sentence for the applicant."""


@cache
def meanings() -> dict[str, Meaning]:
    """Return the table of what each way of being alike means."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {key: Meaning.model_validate(value) for key, value in raw.items()}


@lru_cache(maxsize=1 << 15)
def trade_relation(mine: str, other: str) -> Likeness | None:
    """Say how two trade names are alike; None if they are not, or if one is empty."""
    if not mine or not other:
        return None
    if mine == other:
        return Likeness.SAME
    if len(mine) == len(other):
        return _of_one_length(mine, other)
    if len(mine) > len(other):
        return _containing(mine, other)
    back = _containing(other, mine)
    if back is Likeness.CONTAINS:
        return Likeness.CONTAINED
    return Likeness.CONTAINED_SOUND if back else None


def _of_one_length(a: str, b: str) -> Likeness | None:
    sound = same_sound(a, b)
    if sound == "toned":
        return Likeness.SOUND
    if same_shape(a, b):
        return Likeness.SHAPE
    if sound:
        return Likeness.TONELESS
    is_short = len(a) <= MOST_PERMUTED
    return Likeness.PERMUTED if is_short and a[0] in b and sorted(a) == sorted(b) else None


def _containing(long: str, short: str) -> Likeness | None:
    length = len(short)
    if length < _LEAST_CONTAINED or 2 * length < len(long):
        return None
    if short in long:
        return Likeness.CONTAINS
    for start in range(len(long) - length + 1):
        if alike(long[start], short[0]) == same_sound(long[start : start + length], short) == "toned":
            return Likeness.CONTAINS_SOUND
    return None


@lru_cache(maxsize=1 << 15)
def sharing(mine: str, other: str) -> Sharing | None:
    """Say why two wordings of an industry do not keep names apart; None if the industries differ."""
    if not mine or not other:
        return Sharing.NONE
    one, two = classify(mine), classify(other)
    if not one or not two:
        return Sharing.GENERIC
    if _core(mine) == _core(other):
        return Sharing.WORDING
    return Sharing.MEANING if one == two else None


def _core(industry: str) -> str:
    """Take off what makes no other wording: 酒业 and 酒厂 are 酒."""
    return industry.rstrip("业厂") or industry


def wording(parts: Parts) -> str:
    """Return the industry of a name, which may stand in its form of organisation alone: 酒厂, 饭店."""
    if parts.industry:
        return parts.industry
    form = parts.organization_form
    return form if 0 < classify(form) < _FIRST_UNKNOWN else ""


_FIRST_UNKNOWN = 1 << 15


def meaning(key: str, shared: Sharing, on: date) -> Step | None:
    """Return what a way of being alike means on a day, by its key in comparison.yaml."""
    return meanings()[key].on(on, shared)


def relation(mine: Parts, other: Parts, on: date) -> Relation | None:
    """Compare two names by the law of a day; None if nothing speaks against the one because of the other."""
    shared = sharing(wording(mine), wording(other))
    key = _key(mine, other, shared)
    if key is None:
        return None
    shared = shared or Sharing.WORDING
    step = meaning(key, shared, on)
    if step is None:
        return None
    entry = meanings()[key]
    message = entry.message.format(mine=mine.trade_name, other=other.trade_name)
    whole = message if key in ("identical", "reordered") else f"{message}，{shared}"
    return Relation(key, step.rule, step.kind, step.severity, entry.closeness, step.cites, f"{whole}。")


def _key(mine: Parts, other: Parts, shared: Sharing | None) -> str | None:
    """Return the key of comparison.yaml for two names."""
    if _texts(mine) == _texts(other):
        return "identical" if mine.order == other.order else "reordered"
    if mine.trade_name and mine.trade_name + mine.industry == other.trade_name + other.industry:
        return "same_wording"
    likeness = trade_relation(mine.trade_name, other.trade_name) if shared else None
    if likeness is not Likeness.SAME:
        return likeness
    return _OF_ONE_TRADE_NAME[shared or Sharing.WORDING]


_OF_ONE_TRADE_NAME = {
    Sharing.WORDING: "same_wording",
    Sharing.MEANING: "same_meaning",
    Sharing.NONE: "no_industry",
    Sharing.GENERIC: "generic_industry",
}


def _texts(parts: Parts) -> tuple[str, ...]:
    return (parts.division, parts.trade_name, parts.industry, parts.organization_form, parts.branch)
