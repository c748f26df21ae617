"""Forms that are no longer as they were: a hall with one thing altered, as a portal's new release would."""

from collections.abc import Callable, Iterable

from bot.practice.pages import Field, Hall, Item, Section
from extractors.model import Record


class Alter(Record):
    """What is altered; a label that a hall does not have alters nothing of it."""

    relabel: dict[str, str] = {}
    """Label -> its new words."""
    move: dict[str, str] = {}
    """Label -> title of the section of the same page it stands in now."""
    carry: tuple[str, ...] = ()
    """Labels that stand on the last page now."""
    drop: tuple[str, ...] = ()
    ask: Field | None = None
    """Asked in addition, at the end of the first page."""
    require: tuple[str, ...] = ()
    shorten: dict[str, int] = {}
    """Label -> most characters."""
    reword: dict[str, str] = {}
    """Option -> its new words, in every list."""
    withhold: tuple[str, ...] = ()
    """Options that are no longer offered."""
    lock: dict[str, str] = {}
    """Label -> the value that nobody can change."""
    meddle: tuple[str, ...] = ()
    """Labels whose value the page's script alters before it is sent."""


def altered(hall: Hall, how: Alter) -> Hall:
    """Return a hall with the alterations."""
    items = [_each_field(item, lambda field: _field(field, how)) for item in hall.items]
    taken = {*how.drop, *how.move, *how.carry}
    found = {field.label: field for item in items for field in item.fields if field.label in taken}
    carried = [found[label] for label in how.carry if label in found]
    kept = [_moved(item, how, taken) for item in items]
    asked = [how.ask] if how.ask else []
    kept[0] = _with(kept[0], kept[0].sections[-1].title, asked)
    kept[-1] = _with(kept[-1], kept[-1].sections[-1].title, carried)
    return hall.model_copy(update={"items": tuple(kept)})


def _field(field: Field, how: Alter) -> Field:
    changes = {
        "label": how.relabel.get(field.label, field.label),
        "required": field.required or field.label in how.require,
        "max": how.shorten.get(field.label, field.max),
        "locked": how.lock.get(field.label),
        "meddled": field.label in how.meddle,
        "reworded": how.reword,
        "withheld": how.withhold,
    }
    return field.model_copy(update=changes)


def _each_field(item: Item, change: Callable[[Field], Field]) -> Item:
    sections = (s.model_copy(update={"fields": tuple(map(change, s.fields))}) for s in item.sections)
    return item.model_copy(update={"sections": tuple(sections)})


def _moved(item: Item, how: Alter, taken: set[str]) -> Item:
    """Return a page without the fields that were taken out, and with those that moved within it."""
    moving = {field.label: field for field in item.fields if field.label in how.move}
    sections = (
        s.model_copy(update={"fields": tuple(f for f in s.fields if f.label not in taken)})
        for s in item.sections
    )
    page = item.model_copy(update={"sections": tuple(sections)})
    for label, field in moving.items():
        page = _with(page, how.move[label], [field])
    return page


def _with(item: Item, title: str, fields: Iterable[Field]) -> Item:
    """Return a page with fields at the end of a section, which is made where it is missing."""
    more = tuple(fields)
    if not more:
        return item
    sections = item.sections
    if title not in {s.title for s in sections}:
        sections = (*sections, Section(title=title, fields=()))
    grown = (s.model_copy(update={"fields": (*s.fields, *more)}) if s.title == title else s for s in sections)
    return item.model_copy(update={"sections": tuple(grown)})
