"""The vocabulary of facts.yaml: which facts there are, what states them, what they follow from."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, field_validator

from extractors.model import Record

_FILE = Path(__file__).with_name("facts.yaml")


ValueType = Literal[
    "text",
    "name",
    "uscc",
    "id_number",
    "date",
    "term_end",
    "money",
    "number",
    "percent",
    "phone",
    "account",
]
"""Kinds of single values, as extractors/elements.yaml names them."""


class Source(Record):
    """One place of one kind of paper that states a fact."""

    source: str
    """Paper and element, and the column where the element is a table."""
    person: str | None = None
    """Only where the name beside it is the one that this fact states."""
    named_by: str = "name"
    """The element, or the column, that holds the name beside it."""
    proposal: bool = False
    """A wish: beside a paper that grants, it counts only as far as it agrees."""

    @property
    def paper(self) -> str:
        """The kind of paper."""
        return self.source.split(".")[0]

    @property
    def element(self) -> str:
        """The element's name."""
        return self.source.split(".")[1]

    @property
    def column(self) -> str | None:
        """The column of a table, None for any other element."""
        return ".".join(self.source.split(".")[2:]) or None


class Derivation(Record):
    """What computes a fact from others."""

    by: str
    """A function of forms/derive.py."""
    needs: tuple[str, ...] = Field(default=(), alias="from")
    """Facts without which there is no answer; the function's first arguments."""
    maybe: tuple[str, ...] = ()
    """Facts that it can use; None stands for one that is missing."""


class Presence(Record):
    """A fact that rests on a paper having been handed in."""

    papers: tuple[str, ...]
    unless_left_over: str | None = None
    why: str


class PaperRows(Record):
    """A table with one row for each paper of a kind."""

    paper: str


class FactSpec(Record):
    """One fact of facts.yaml."""

    key: str
    label: str
    type: ValueType | Literal["table"]
    pii: bool = False
    compare: Literal["place", "scope"] | None = None
    codes: str | None = None
    columns: dict[str, str] = {}
    """For a table, the kind of each column; the first one names the row."""
    sources: tuple[Source, ...] = Field(default=(), alias="from")
    rows: PaperRows | None = None
    presence: Presence | None = None
    derive: Derivation | None = None

    @field_validator("sources", mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return tuple({"source": item} if isinstance(item, str) else item for item in value)


@cache
def fact_specs() -> dict[str, FactSpec]:
    """Return every fact's entry by its key, in the order of facts.yaml."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {key: FactSpec.model_validate({"key": key, **entry}) for key, entry in raw.items()}
