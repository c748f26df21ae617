"""Compares what a portal shows for reading with the plan, field by field."""

from collections.abc import Iterator, Sequence

from playwright.sync_api import Page

from bot.portals.controls import Pair
from bot.portals.convert import from_portal, same, to_portal
from bot.portals.locate import words
from bot.portals.plan import Submission
from bot.portals.portal_map import Hall, Where
from bot.portals.slots import Slot, all_slots
from forms.model import FilledForm

NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "未填写", "（空）"})
"""How records show a blank."""


def differences(hall: Hall, submission: Submission, shown: Sequence[Pair]) -> list[str]:
    """Return the labels whose kept value is missing, there twice, not as planned, or of a skipped form."""
    wrong = [s.label for form, s in _slots(hall, submission.forms) if not _equal(hall, form, s, shown)]
    skipped = [hall.titles[form] for form in submission.skipped if form in hall.titles]
    unasked = [t for t in skipped if any(_under(p, t) and p.value not in NOTHING for p in shown)]
    return wrong + unasked


def values(hall: Hall, forms: Sequence[FilledForm], shown: Sequence[Pair]) -> dict[str, str]:
    """Return what the portal keeps, in our normal forms, under "form.field"."""
    kept: dict[str, str] = {}
    for form, slot in _slots(hall, forms):
        found = _found(hall, form, slot, shown)
        if len(found) == 1:
            kept[f"{form.form}.{slot.path}"] = from_portal(slot.field, found[0])
    return kept


def text_at(page: Page, shown: Sequence[Pair], where: Where, form: str = "", title: str = "") -> str | None:
    """Return the one text at a place; {form} and {title} in the place stand for a form.

    A label without {title} is looked for under the form's title where there is one.
    """
    if where.selector:
        found = page.locator(
            where.selector.replace("{form}", form).replace("{title}", title)
        ).all_inner_texts()
        return " ".join(found[0].split()) if len(found) == 1 else None
    pattern = words((where.label or "").replace("{title}", title))
    anywhere = not title or "{title}" in (where.label or "")
    values = {p.value for p in shown if pattern.match(p.label) and (anywhere or _under(p, title))}
    return values.pop() if len(values) == 1 else None


def _slots(hall: Hall, forms: Sequence[FilledForm]) -> Iterator[tuple[FilledForm, Slot]]:
    for form in forms:
        for page in hall.pages:
            if page.form == form.form:
                yield from ((form, slot) for slot in all_slots(page, form))


def _equal(hall: Hall, form: FilledForm, slot: Slot, shown: Sequence[Pair]) -> bool:
    found = _found(hall, form, slot, shown)
    if not to_portal(slot.field, slot.planned) and (not found or set(found) <= NOTHING):
        return True
    if len(found) != 1:
        return False
    empty = "" if found[0] in NOTHING else found[0]
    return same(slot.field, slot.planned, found[0]) or same(slot.field, slot.planned, empty)


def _found(hall: Hall, form: FilledForm, slot: Slot, shown: Sequence[Pair]) -> list[str]:
    label = words(slot.field.kept or slot.field.label)
    sections = [hall.titles[form.form], *([slot.row] if slot.row else [])]
    return [p.value for p in shown if label.match(p.label) and all(_under(p, name) for name in sections)]


def _under(pair: Pair, name: str) -> bool:
    return any(words(name).match(heading) for heading in pair.headings)
