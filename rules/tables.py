"""Dated numbers, days and word lists of the law: one value for each day, each step with its source."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field, model_validator

from extractors.model import Record

_FOLDER = Path(__file__).with_name("tables")

Cell = date | Decimal | tuple[str, ...]


class Step(Record):
    """A value and the days on which it is law."""

    begin: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")
    """Last day in force; None while a later step, or nothing yet, ends it."""
    value: Cell | None
    """None where the law of these days sets no such number."""
    cites: str = Field(min_length=1)
    quote: str = Field(min_length=1)
    """The words of the source that carry the value, or what they say where it could not be read."""
    verified: bool
    """Whether the source itself was read, not an account of it."""


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
    step = tables()[name].step(on)
    if step is None or step.value is None:
        return None
    if not isinstance(step.value, Decimal):
        raise TypeError(name)
    return step.value


def day(name: str, on: date) -> date | None:
    """Return the last day that a table gives for a day of judging, None where it gives none.

    Raises:
        KeyError: There is no such table.
        TypeError: The table holds no days.
    """
    step = tables()[name].step(on)
    if step is None or step.value is None:
        return None
    if not isinstance(step.value, date):
        raise TypeError(name)
    return step.value


def words(name: str, on: date) -> tuple[str, ...]:
    """Return the words that a table lists for a day, none where it lists none.

    Raises:
        KeyError: There is no such table.
        TypeError: The table holds no words.
    """
    step = tables()[name].step(on)
    if step is None or step.value is None:
        return ()
    if not isinstance(step.value, tuple):
        raise TypeError(name)
    return step.value
