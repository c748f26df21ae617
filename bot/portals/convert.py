"""Our normal forms and a portal's words for them, both ways, by the map alone; never by likeness."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from bot.errors import PortalMapError
from bot.portals.portal_map import Field
from bot.portals.widgets import widgets

UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000), "%": Decimal("0.01")}
"""How much of our unit one of the portal's is; ratios are parts of one with us."""

OTHER = "*"
"""Key of a map's options for every code that has no line of its own."""


def to_portal(field: Field, text: str) -> str:
    """Return a planned text in the portal's words.

    Raises:
        PortalMapError: The map has no word for this code, or the text is not of the field's kind.
    """
    if not text:
        return ""
    if field.options and (text in field.options or OTHER in field.options or widgets()[field.kind].closed):
        return _option(field, text)
    try:
        if field.unit:
            return plain(Decimal(text) / UNITS[field.unit])
        return _day(field, date.fromisoformat(text)) if field.kind == "date" else text
    except (InvalidOperation, ValueError):
        raise PortalMapError(f"“{field.label}”的计划值不是地图所写的类型，本件没有提交。") from None


def from_portal(field: Field, shown: str) -> str:
    """Return the portal's words in our normal form; what cannot be turned back stays as shown."""
    for code, label in field.options.items():
        if label == shown and code != OTHER:
            return code
    try:
        if field.unit:
            return plain(Decimal(shown.replace(",", "")) * UNITS[field.unit])
        if field.kind == "date" and shown:
            return datetime.strptime(shown, field.date_format).date().isoformat()  # noqa: DTZ007 - a day has no zone
    except (InvalidOperation, ValueError):
        return shown
    return shown


def same(field: Field, planned: str, shown: str) -> bool:
    """Return whether what a portal shows is what was planned for it, in the portal's words.

    Numbers are compared as numbers, so that 100 equals 100.00; everything else to the letter.
    """
    wanted = to_portal(field, planned)
    if field.kind == "checkbox":
        return (wanted or "否") == (shown or "否")
    if wanted == shown:
        return True
    if field.kind != "number" and not field.unit:
        return False
    try:
        return Decimal(wanted) == Decimal(shown.replace(",", ""))
    except InvalidOperation:
        return False


def plain(number: Decimal) -> str:
    """Return a number without exponent and without closing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _option(field: Field, code: str) -> str:
    label = field.options.get(code, field.options.get(OTHER))
    if label is None:
        raise PortalMapError(f"门户地图没有写明“{field.label}”的这个选项在门户上叫什么，本件没有提交。")
    return label


def _day(field: Field, day: date) -> str:
    parts = {"%Y": f"{day.year:04}", "%m": f"{day.month:02}", "%d": f"{day.day:02}"}
    text = field.date_format
    for token, part in parts.items():
        text = text.replace(token, part)
    return text
