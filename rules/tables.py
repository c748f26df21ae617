"""Dated numbers, days and word lists of the law: one value for each day, each step with its source."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

import yaml
from pydantic import Field, field_validator, model_validator

from extractors.model import Record
from forms.law import citation

_FOLDER = Path(__file__).with_name("tables")

Cell = date | Decimal | tuple[str, ...]
Held = TypeVar("Held", date, Decimal, tuple[str, ...])


class Step(Record):
    """A value and the days on which it is law."""

    begin: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    """Last day in force; None while a later step, or nothing yet, ends it."""
    value: Cell | None
    """None where the law of these days sets no such number."""
    cites: tuple[str, ...] = Field(min_length=1)
    """References to articles (forms/laws), such as "company_law_2023:第四十七条"."""
    quote: str = Field(min_length=1)
    """The words of the source that carry the value, or what they say where it could not be read."""

    @field_validator("cites", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _stands_in_its_sources(self) -> Self:
        cited = [citation(reference) for reference in self.cites]
        if not any(c.begin <= self.begin for c in cited):
            raise ValueError(f"a step of {self.begin} is older than its sources")
        if self.verified and not any(self.quote in c.quote for c in cited):
            raise ValueError(f"the quotation of {self.cites} does not stand there")
        return self

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        if self.value is None:
            return "无"
        return "、".join(self.value) if isinstance(self.value, tuple) else str(self.value)

    @property
    def verified(self) -> bool:
        """Whether the source itself was read, not an account of it."""
        return all(citation(reference).verified for reference in self.cites)


class Table(Record):
    """One number or list through the years."""

    label: str
    unit: str
    values: tuple[Step, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_no_gap_and_no_overlap(self) -> "Table":
        for earlier, later in zip(self.values, self.values[1:], strict=False):
            if later.begin <= earlier.begin:
                raise ValueError(f"{self.label}: steps are not in order at {later.begin}")
            if earlier.end is not None and earlier.end + timedelta(days=1) != later.begin:
                raise ValueError(f"{self.label}: gap or overlap before {later.begin}")
        if any(step.end is not None and step.end < step.begin for step in self.values):
            raise ValueError(f"{self.label}: a step ends before it begins")
        return self

    def step(self, on: date) -> Step | None:
        """Return the step in force on a day, None before the first and after the last."""
        current = [s for s in self.values if s.begin <= on and (s.end is None or on <= s.end)]
        return current[-1] if current else None


class Looked(NamedTuple):
    """A step that a judgement looked up, with the name of its table."""

    table: str
    step: Step


_LOOKED: ContextVar[list[Looked] | None] = ContextVar("looked", default=None)


@contextmanager
def watched() -> Iterator[list[Looked]]:
    """Note which steps are looked up inside, so that a verdict can name what it rests on."""
    seen: list[Looked] = []
    token = _LOOKED.set(seen)
    try:
        yield seen
    finally:
        _LOOKED.reset(token)


@cache
def tables() -> dict[str, Table]:
    """Return every table of rules/tables as "file.name"."""
    return load(_FOLDER)


def load(folder: Path) -> dict[str, Table]:
    """Return the tables of a folder.

    Raises:
        ValueError: A step has no source, or steps leave a gap or overlap.
    """
    found: dict[str, Table] = {}
    for file in sorted(folder.glob("*.yaml")):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        found |= {f"{file.stem}.{name}": Table.model_validate(content) for name, content in raw.items()}
    return found


def number(name: str, on: date) -> Decimal | None:
    """Return the number that a table gives for a day, None where it gives none.

    Raises:
        KeyError: There is no such table.
        TypeError: The table holds no numbers.
    """
    return _value(name, on, Decimal)


def day(name: str, on: date) -> date | None:
    """Return the last day that a table gives for a day of judging, None where it gives none.

    Raises:
        KeyError: There is no such table.
        TypeError: The table holds no days.
    """
    return _value(name, on, date)


def words(name: str, on: date) -> tuple[str, ...]:
    """Return the words that a table lists for a day, none where it lists none.

    Raises:
        KeyError: There is no such table.
        TypeError: The table holds no words.
    """
    return _value(name, on, tuple) or ()


def _value(name: str, on: date, kind: type[Held]) -> Held | None:
    step = _step(name, on)
    if step is None or step.value is None:
        return None
    if not isinstance(step.value, kind):
        raise TypeError(name)
    return step.value


def _step(name: str, on: date) -> Step | None:
    step = tables()[name].step(on)
    seen = _LOOKED.get()
    if step is not None and seen is not None and all(known.table != name for known in seen):
        seen.append(Looked(name, step))
    return step
