"""Pairs the controls of a page with what the plan says for them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.errors import PortalMapError, listed
from bot.portals.plan import Submission
from bot.portals.portal_map import Field, FormPage, Hall, Rows
from forms.model import FilledForm

_ROW = re.compile(r"\[\d+\]")


@dataclass(frozen=True)
class Slot:
    """One control of a page with what is planned for it."""

    field: Field
    path: str
    """Our field's path, with the row's number: "investors[0].name"."""
    within: str | None
    """Name of the section it stands in."""
    row: str | None
    """Name of its row, where it stands in one."""
    planned: str
    """In our normal form; "" where the plan leaves it blank."""

    @property
    def key(self) -> str | None:
        """Path of its value in the JSON that the portal sends, where the map says so."""
        number = _ROW.search(self.path)
        if self.field.sent is None or number is None:
            return self.field.sent
        return self.field.sent.replace("{n}", number[0][1:-1])

    @property
    def label(self) -> str:
        """The words a person finds it by."""
        return f"{self.row} {self.field.label}" if self.row else self.field.label


def row_count(form: FilledForm, group: str) -> int:
    """Return how many rows of a group the plan fills."""
    pattern = re.compile(rf"{re.escape(group)}\[(\d+)\]")
    found = (pattern.match(value.field) for value in form.values)
    return max((int(match[1]) + 1 for match in found if match), default=0)


def fixed_slots(page: FormPage, form: FilledForm) -> list[Slot]:
    """Return the slots of a page outside its repeating parts."""
    return [Slot(f, f.field, f.within, None, form.text(f.field) or "") for f in page.fields]


def row_slots(rows: Rows, form: FilledForm, count: int) -> Iterator[Slot]:
    """Yield the slots of the first rows of a repeating part."""
    for number in range(count):
        legend = rows.legend_of(number + 1)
        for field in rows.fields:
            path = f"{rows.group}[{number}].{field.field}"
            yield Slot(field, path, legend, legend, form.text(path) or "")


def all_slots(page: FormPage, form: FilledForm) -> list[Slot]:
    """Return every slot of a page that the plan speaks of."""
    slots = fixed_slots(page, form)
    for rows in page.rows:
        slots.extend(row_slots(rows, form, row_count(form, rows.group)))
    return slots


def start_values(hall: Hall, forms: Sequence[FilledForm], business_key: str) -> list[Slot]:
    """Return the slots of the page that begins a filing; its fields are "form.field" or business_key."""
    texts = {f"{form.form}.{value.field}": value.text for form in forms for value in form.values}
    for name in ("business_key", *(f"{form}.{hall.business_key}" for form in hall.forms)):
        texts.setdefault(name, business_key)
    return [Slot(f, f.field, f.within, None, texts.get(f.field, "")) for f in hall.start.fields]


def assert_covered(hall: Hall, submission: Submission) -> None:
    """Make sure that the map has a place for everything planned, and the plan an answer for every form.

    Raises:
        PortalMapError: A form or a field would be dropped in silence.
    """
    decided = {form.form for form in submission.forms} | submission.skipped.keys()
    if left := [hall.titles[form] for form in hall.forms if form not in decided]:
        raise PortalMapError(f"“{hall.title}”的{listed(left)}既没有填写，也没有写明不办理，本件没有提交。")
    for form in submission.forms:
        known = _known(hall, form.form)
        if not known:
            raise PortalMapError(f"门户地图的“{hall.title}”里没有《{form.title}》，本件没有提交。")
        lost = [
            value.label for value in form.values if value.text and _ROW.sub("[]", value.field) not in known
        ]
        if lost:
            raise PortalMapError(f"门户地图没有《{form.title}》的{listed(lost)}，本件没有提交。")


def _known(hall: Hall, form: str) -> set[str]:
    pages = [page for page in hall.pages if page.form == form]
    known = {field.field for page in pages for field in page.fields}
    known |= {
        f"{rows.group}[].{field.field}" for page in pages for rows in page.rows for field in rows.fields
    }
    known |= {f.field.removeprefix(f"{form}.") for f in hall.start.fields if f.field.startswith(f"{form}.")}
    return known | set(hall.not_asked.get(form, ())) if known else known
