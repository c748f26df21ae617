"""What the halls ask: pages of fields, read from YAML and checked on load."""

from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import model_validator

from extractors.model import Record

_FOLDER = Path(__file__).with_name("pages")

Control = Literal["text", "textarea", "select", "radio", "checkbox", "date", "number", "file"]


class Field(Record):
    """One control of a page."""

    name: str
    label: str
    kind: Control
    required: bool = False
    options: str | None = None
    """A list of lists.yaml."""
    max: int | None = None
    """Most characters."""
    pattern: str | None = None
    check: Literal["credit_code", "id_number", "phone"] | None = None
    message: str | None = None
    """What is said where pattern or same_as does not hold."""
    help: str | None = None
    past: bool = False
    """A date that cannot lie in the future."""
    same_as: str | None = None
    """Name of a field of the same item, or "key", that must say the same."""
    depends: dict[str, tuple[str, ...]] = {}
    """Asked only where another field of the item holds one of these codes."""
    belongs: dict[str, dict[str, tuple[str, ...]]] = {}
    """Other field -> its code -> the codes that go with it."""
    not_above: tuple[str, ...] = ()
    """Numbers of the same row that this one must not exceed."""
    caps: dict[str, dict[str, int]] = {}
    """Other field -> its code -> the highest number that goes with it."""
    not_before: str | None = None
    """A date of the same page or row that this one must not precede."""
    in_key: bool = False
    """What it says must occur in the business key."""
    locked: str | None = None
    """What it says whatever is typed."""
    meddled: bool = False
    """The page's script alters it before it is sent."""
    reworded: dict[str, str] = {}
    """Words of options that differ from the list's."""
    withheld: tuple[str, ...] = ()
    """Words of options that are not offered."""

    @model_validator(mode="after")
    def _choices_have_options(self) -> Self:
        if (self.kind in {"select", "radio"}) != (self.options is not None):
            raise ValueError(f"{self.name}: options go with select and radio")
        return self

    @property
    def choices(self) -> dict[str, str]:
        """Codes and their texts."""
        offered = lists()[self.options] if self.options else {}
        return {
            code: self.reworded.get(text, text) for code, text in offered.items() if text not in self.withheld
        }


class Section(Record):
    """A titled group of controls."""

    title: str
    fields: tuple[Field, ...]


class Rows(Record):
    """A repeating group."""

    name: str
    legend: str
    add: str
    """Words of the button that adds a row."""
    least: int = 0
    most: int
    fields: tuple[Field, ...]
    before: str | None = None
    """Title of the section it stands before; at the end of the page where none is given."""
    totals: dict[str, str] = {}
    """Column -> what its numbers add up to: a number, or the name of a field of the item."""
    unique: tuple[str, ...] = ()
    """Columns that say something else in every row."""
    once: dict[str, str] = {}
    """Column -> a code that at most one row may hold."""

    def field(self, name: str) -> Field | None:
        """Return one of its columns."""
        return next((f for f in self.fields if f.name == name), None)


class Item(Record):
    """One page of a hall: one matter that is filed."""

    id: str
    title: str
    code: str = ""
    skippable: bool = False
    sections: tuple[Section, ...] = ()
    rows: tuple[Rows, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All single fields in their order."""
        return tuple(f for section in self.sections for f in section.fields)

    @property
    def parts(self) -> tuple[Section | Rows, ...]:
        """Sections and repeating groups in the order of the page."""
        placed: list[Section | Rows] = []
        for section in self.sections:
            placed += [r for r in self.rows if r.before == section.title]
            placed.append(section)
        return (*placed, *(r for r in self.rows if r not in placed))

    def group(self, name: str) -> Rows | None:
        """Return one of its repeating groups."""
        return next((r for r in self.rows if r.name == name), None)


class Start(Record):
    """How a filing is begun: by its business key."""

    heading: str
    label: str
    button: str
    pattern: str | None = None
    check: Literal["credit_code"] | None = None
    message: str


class Hall(Record):
    """A hall of the authority."""

    id: str
    title: str
    subtitle: str
    start: Start
    prefix: str
    """First letters of its receipt numbers."""
    items: tuple[Item, ...]

    def item(self, name: str) -> Item | None:
        """Return one item by its id."""
        return next((i for i in self.items if i.id == name), None)


@cache
def lists() -> dict[str, dict[str, str]]:
    """Return the authority's code tables."""
    return {name: dict(table) for name, table in _read("lists").items()}


@cache
def halls() -> dict[str, Hall]:
    """Return the halls by their id, in the order they are offered."""
    return {name: hall(_FOLDER / f"{name}.yaml") for name in ("name", "tax")}


def hall(file: Path) -> Hall:
    """Read one hall."""
    return Hall.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def _read(name: str) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return raw
