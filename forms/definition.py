"""What a form asks, as data: the records that forms/definitions and forms/packages hold."""

from typing import Any, Literal

from pydantic import Field as Attribute
from pydantic import field_validator

from extractors.model import Record
from forms.conditions import Condition
from forms.law import Period
from forms.vocabulary import ValueType

FieldType = ValueType | Literal["code"]


class Default(Record):
    """What goes into a blank that no fact fills."""

    value: str
    basis: str
    """Why this is right, for the clerk, in Chinese, with its source."""
    when: Condition = {}


class Field(Record):
    """One blank, or a repeating part of several."""

    id: str
    label: str
    type: FieldType = "text"
    required: bool = False
    required_if: Condition | None = None
    only_if: Condition | None = None
    """Where it does not hold, the blank is left empty whatever is known."""
    source: tuple[str, ...] = ()
    """Fact keys, the first that is there counts; inside a repeating part a column."""
    codes: str | None = None
    default: Default | None = None
    max_length: int | None = None
    rows: str | None = None
    """For a repeating part, the fact that is a table with a row for each time."""
    fields: tuple["Field", ...] = ()
    fact: str | None = None
    """Inside a repeating part, the fact behind a column, where it is one of its own."""

    @field_validator("source", mode="before")
    @classmethod
    def _one_or_many(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class HumanStep(Record):
    """What the official form asks besides, and why we leave it to a person or the office."""

    label: str
    why: str


class PackageItem(Record):
    """One item of a package, or one part of a merged form."""

    form: str
    needed_when: Condition = {}
    not_needed: str = ""
    """The reason a clerk reads where the condition does not hold."""


class Definition(Record):
    """One form or item of an authority."""

    id: str
    title: str
    item: int | None = None
    """Its number in the official list of ten; None for a form outside it."""
    code: str | None = None
    """The authority's own code of the matter."""
    authority: Literal["market", "tax"]
    region: str = "CN"
    in_force: Period
    cites: tuple[str, ...] = Attribute(min_length=1)
    """References to articles (forms/laws)."""
    human_steps: tuple[HumanStep, ...] = ()
    fields: tuple[Field, ...] = ()
    parts: tuple[PackageItem, ...] = ()
    """Forms that this one merges: their blanks follow its own, each asked once, under "form.field"."""


class Package(Record):
    """Which items are filed together, in which order."""

    id: str
    title: str
    in_force: Period
    cites: tuple[str, ...] = Attribute(min_length=1)
    """References to articles (forms/laws)."""
    items: tuple[PackageItem, ...]
