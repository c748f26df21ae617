"""Compares what the practice portal wrote into its own database with a plan, by the words of its pages alone."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.portals.portal_map import Field as MapField
from bot.portals.portal_map import FormPage, load
from bot.practice.pages import Field, Item, halls

_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")
_UNITS = {"元": 1, "万元": 10_000, "亿元": 100_000_000, "%": Decimal("0.01")}

Cells = dict[tuple[str, str], str]
"""Item and the words a person finds a control by -> its text."""


def planned(hall: str, forms: dict[str, dict[str, Any]]) -> Cells:
    """Return what `process --json` says was planned for a hall; blanks are left out."""
    cells: Cells = {}
    for page in load("practice").hall(hall).pages:
        for path, value in forms.get(page.form, {}).items():
            found = _map_field(page, path)
            if found is not None and value["text"]:
                field, row = found
                cells[page.heading, f"{row}{field.label}"] = _in_words(field, value["text"])
    return cells


def written(hall: str, answers: dict[str, dict[str, str]]) -> Cells:
    """Return what the database holds of a filing; blanks are left out."""
    items = {item.id: item for item in halls()[hall].items}
    return {
        (items[name].title, _label(items[name], control)): _shown(_control(items[name], control)[0], text)
        for name, page in answers.items()
        for control, text in page.items()
        if text
    }


def _map_field(page: FormPage, path: str) -> tuple[MapField, str] | None:
    """Return the control for one of our fields and the name of its row; None where the page does not ask."""
    row = _ROW.fullmatch(path)
    if row is None:
        return next(((f, "") for f in page.fields if f.field == path), None)
    group, number, column = row[1], int(row[2]), row[3]
    places = ((r.legend_of(number + 1), f) for r in page.rows if r.group == group for f in r.fields)
    return next(((f, legend + " ") for legend, f in places if f.field == column), None)


def _in_words(field: MapField, text: str) -> str:
    if field.unit:
        return _number(str(Decimal(text) / _UNITS[field.unit]))
    return _number(field.options.get(text, text))


def _control(item: Item, name: str) -> tuple[Field, str]:
    row = _ROW.fullmatch(name)
    if row is None:
        return next(f for f in item.fields if f.name == name), ""
    group = item.group(row[1])
    assert group is not None
    field = group.field(row[3])
    assert field is not None
    return field, f"{group.legend} {int(row[2]) + 1} "


def _label(item: Item, name: str) -> str:
    field, row = _control(item, name)
    return f"{row}{field.label}"


def _shown(field: Field, text: str) -> str:
    if field.kind == "checkbox":
        return "是" if text == "Y" else text
    return _number(field.choices.get(text, text))


def _number(text: str) -> str:
    """Numbers are the same with and without closing zeros; numbers of papers, which are longer, are not touched."""
    try:
        return f"{Decimal(text).normalize():f}" if len(text) < 11 and not text.startswith("0") else text
    except InvalidOperation:
        return text
