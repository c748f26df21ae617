"""One page of a form: looked over before the first keystroke, filled, and read back."""

from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import ElementHandle, Locator, Page
from playwright.sync_api import Error as PlaywrightError

from bot.errors import NOT_FILED, PortalChangedError, PortalRefusedError, ReadbackError
from bot.portals import locate
from bot.portals.controls import Control, survey
from bot.portals.convert import same, to_portal
from bot.portals.portal_map import FormPage, Rows
from bot.portals.slots import Slot, fixed_slots, row_count, row_slots
from bot.portals.widgets import Widget, widgets
from forms.model import FilledForm


@dataclass(frozen=True)
class Found:
    """A slot with the control that was found for it and what it held then."""

    slot: Slot
    handle: ElementHandle | None
    """None for a dependent control that is not shown yet."""
    control: Control | None


def check(page: Page, heading: str, slots: Sequence[Slot]) -> list[Found]:
    """Find every control exactly once, of its kind, offering what is planned; touch nothing.

    Raises:
        PortalChangedError: One is missing, there twice, of another kind or without the option;
            or the page demands an answer that the map does not know.
        PortalRefusedError: A planned text is longer than the control takes.
    """
    handles = [_find(page, heading, slot) for slot in slots]
    seen = survey(page, [handle for handle in handles if handle])
    if seen.strangers:
        raise PortalChangedError(heading, seen.strangers[0], "是必填项，而门户地图里没有它")
    states = iter(seen.controls)
    found = [
        Found(slot, handle, next(states) if handle else None)
        for slot, handle in zip(slots, handles, strict=True)
    ]
    for one in found:
        _accept(heading, one)
    return found


def fill(page: Page, heading: str, found: Sequence[Found], limit_ms: float) -> None:
    """Fill what is planned; what already stands there as planned is left alone.

    Raises:
        PortalChangedError: A control cannot be filled, or lacks the option.
    """
    for one in found:
        if one.control and (one.control.locked or _holds(one.slot, one.control)):
            continue
        if one.control is None and not to_portal(one.slot.field, one.slot.planned):
            continue
        _fill_one(page, heading, one.slot, limit_ms)


def read_back(page: Page, heading: str, found: Sequence[Found]) -> None:
    """Read every control again and compare it with the plan.

    Raises:
        ReadbackError: Some differ; the message names their labels only.
        PortalRefusedError: The browser itself would not send some of them.
    """
    handles = [_again(page, heading, one) for one in found]
    seen = survey(page, [handle for handle in handles if handle])
    if None in seen.controls:
        handles = [_find(page, heading, one.slot) for one in found]
        seen = survey(page, [handle for handle in handles if handle])
    if seen.strangers:
        raise PortalChangedError(heading, seen.strangers[0], "是填写中新出现的必填项，而门户地图里没有它")
    states = iter(seen.controls)
    read = [(one.slot, next(states) if handle else None) for one, handle in zip(found, handles, strict=True)]
    if wrong := [slot.label for slot, control in read if not _holds(slot, control)]:
        raise ReadbackError(heading, wrong)
    if refused := [slot.label for slot, control in read if control and control.invalid]:
        raise PortalRefusedError(heading, labels=refused)


def fill_page(page: Page, form_page: FormPage, form: FilledForm, limit_ms: float) -> None:
    """Check, fill and read back one page, its repeating parts brought to the planned number of rows."""
    heading = form_page.heading
    found = check(page, heading, present_slots(page, form_page, form))
    if _set_all_rows(page, form_page, form, limit_ms):
        found = check(page, heading, present_slots(page, form_page, form))
    fill(page, heading, found, limit_ms)
    read_back(page, heading, found)


def present_slots(page: Page, form_page: FormPage, form: FilledForm) -> list[Slot]:
    """Return the slots of a page with as many rows as it shows now."""
    slots = fixed_slots(form_page, form)
    for rows in form_page.rows:
        slots.extend(row_slots(rows, form, _rows_present(page, rows)))
    return slots


def _find(page: Page, heading: str, slot: Slot) -> ElementHandle | None:
    handles = locate.control(page, slot.field, slot.within).element_handles()
    if len(handles) == 1:
        return handles[0]
    if handles:
        raise PortalChangedError(heading, slot.label, f"出现了 {len(handles)} 次，无法确定填哪一个")
    if slot.field.dependent:
        return None
    if locate.labelled(page, slot.field, slot.within):
        raise PortalChangedError(heading, slot.label, "已换成另一种控件")
    raise PortalChangedError(heading, slot.label, "找不到")


def _again(page: Page, heading: str, one: Found) -> ElementHandle | None:
    return one.handle or _find(page, heading, one.slot)


def _accept(heading: str, one: Found) -> None:
    slot, control = one.slot, one.control
    if control is None:
        return
    widget = _widget(slot)
    if control.kind not in widget.kinds:
        raise PortalChangedError(heading, slot.label, "已换成另一种控件")
    text = to_portal(slot.field, slot.planned)
    if text and not slot.field.dependent and not control.locked and not widget.offers(control, text):
        raise PortalChangedError(heading, slot.label, "没有计划要选的那一项")
    if control.max_length is not None and len(text) > control.max_length and not widget.chooses:
        raise PortalRefusedError(heading, [f"最多 {control.max_length} 个字"], [slot.label])


def _widget(slot: Slot) -> Widget:
    return widgets()[slot.field.kind]


def _holds(slot: Slot, control: Control | None) -> bool:
    """Return whether a control holds what is planned; one that is not shown holds nothing."""
    if control is None:
        return not to_portal(slot.field, slot.planned)
    shown = _widget(slot).read(control)
    if slot.field.kind == "file":
        return shown == slot.planned.replace("\\", "/").rsplit("/", 1)[-1]
    return same(slot.field, slot.planned, shown)


def _fill_one(page: Page, heading: str, slot: Slot, limit_ms: float) -> None:
    target = locate.control(page, slot.field, slot.within)
    text = to_portal(slot.field, slot.planned)
    try:
        _widget(slot).fill(target, text, limit_ms)
    except PlaywrightError:
        # The library's own message repeats what was typed.
        raise PortalChangedError(heading, slot.label, "不能按计划填写") from None


def _rows_present(page: Page, rows: Rows) -> int:
    count = 0
    while _row(page, rows, count + 1).count():
        count += 1
    return count


def _row(page: Page, rows: Rows, number: int) -> Locator:
    scope = locate.section(page, rows.legend.replace("{n}", str(number)))
    assert not isinstance(scope, Page)  # noqa: S101 - a named section is never the page itself
    return scope


def _set_all_rows(page: Page, form_page: FormPage, form: FilledForm, limit_ms: float) -> bool:
    """Bring every repeating part to its number of rows; return whether anything was pressed."""
    heading = form_page.heading
    pressed = False
    for rows in form_page.rows:
        pressed |= _set_rows(page, heading, rows, row_count(form, rows.group), limit_ms)
    return pressed


def _set_rows(page: Page, heading: str, rows: Rows, wanted: int, limit_ms: float) -> bool:
    present = _rows_present(page, rows)
    if present == wanted or (wanted == 0 and present == 1):
        return False
    try:
        for number in range(present + 1, wanted + 1):
            _only(page, heading, rows.add).click()
            _row(page, rows, number).wait_for(timeout=limit_ms)
        for number in range(present, max(wanted, 1), -1):
            _remove(page, heading, rows, number, limit_ms)
    except PlaywrightError:
        raise PortalChangedError(heading, rows.legend.replace("{n}", ""), "增减行不成功") from None
    return True


def _only(page: Page, heading: str, name: str) -> Locator:
    target = locate.button(page, name)
    if (count := target.count()) != 1:
        raise PortalChangedError(heading, name, "找不到" if count == 0 else f"出现了 {count} 次")
    return target


def _remove(page: Page, heading: str, rows: Rows, number: int, limit_ms: float) -> None:
    if rows.remove is None:
        raise ReadbackError(
            heading, [rows.legend.replace("{n}", str(number))], f"门户上多出这些行。{NOT_FILED}"
        )
    row = _row(page, rows, number)
    locate.button(row, rows.remove).click(timeout=limit_ms)
    row.wait_for(state="detached", timeout=limit_ms)
