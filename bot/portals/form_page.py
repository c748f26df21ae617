"""One page of a form: looked over before the first keystroke, filled, and read back."""

from collections.abc import Sequence

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page

from bot.errors import NOT_FILED, PortalChangedError, PortalRefusedError, ReadbackError, listed
from bot.portals import locate
from bot.portals.controls import Control, Survey, survey
from bot.portals.convert import same, to_portal
from bot.portals.outgoing import Sent
from bot.portals.portal_map import FormPage, Rows
from bot.portals.slots import Slot, fixed_slots, row_count, row_slots
from bot.portals.widgets import Widget, widgets
from forms.model import FilledForm

Found = tuple[Slot, Control | None]
"""A slot with its control as last seen; None for a dependent one that is not in view."""


def check(page: Page, heading: str, slots: Sequence[Slot]) -> list[Found]:
    """Find every control exactly once, of its kind, offering what is planned; touch nothing.

    Raises:
        PortalChangedError: One is missing, there twice, of another kind or without the option;
            or the page demands an answer that the map does not know.
        PortalRefusedError: A planned text is longer than the control takes.
    """
    found = _match(heading, slots, _look(page, slots), "是必填项，而门户地图里没有它")
    for slot, control in found:
        if control:
            _accept(heading, slot, control)
    return found


def faults(heading: str, slots: Sequence[Slot], view: Survey) -> list[str]:
    """Return what a map would not find on a page in view, one sentence a control; touch nothing.

    Options that the map knows and the page does not offer are told too, but for dependent controls.
    """
    told: list[str] = []
    for slot in slots:
        try:
            control = _find(heading, slot, view)
        except PortalChangedError as error:
            told.append(f"“{slot.label}”{error.what}")
            continue
        offered = {choice.label for choice in control.choices} if control else set()
        lost = [words for words in slot.field.options.values() if words and words not in offered]
        if control and _widget(slot).chooses and not slot.field.dependent and lost:
            told.append(f"“{slot.label}”没有选项{listed(lost)}")
    return told


def fill(page: Page, heading: str, found: Sequence[Found], limit_ms: float) -> None:
    """Fill what is planned; what already stands there as planned is left alone.

    Raises:
        PortalChangedError: A control cannot be filled, or lacks the option.
    """
    for slot, control in found:
        if not _holds(slot, control) and not (control and control.locked):
            _fill_one(page, heading, slot, limit_ms)


def read_back(page: Page, heading: str, slots: Sequence[Slot]) -> Sent:
    """Read every control again, compare it with the plan, and return what the page is to send.

    Raises:
        ReadbackError: Some differ; the message names their labels only.
        PortalRefusedError: The browser itself would not send some of them.
        PortalChangedError: An answer has brought up a required control that the map does not know.
    """
    view = _look(page, slots)
    read = _match(heading, slots, view, "是填写中新出现的必填项，而门户地图里没有它")
    if wrong := [slot.label for slot, control in read if not _holds(slot, control)]:
        raise ReadbackError(heading, wrong)
    if refused := [slot.label for slot, control in read if control and control.invalid]:
        raise PortalRefusedError(heading, labels=refused)
    return Sent(read, view.controls)


def fill_slots(page: Page, heading: str, slots: Sequence[Slot], limit_ms: float) -> Sent:
    """Check, fill and read back the given controls."""
    fill(page, heading, check(page, heading, slots), limit_ms)
    return read_back(page, heading, slots)


def fill_page(page: Page, form_page: FormPage, form: FilledForm, limit_ms: float) -> Sent:
    """Check, fill and read back one page, its repeating parts brought to the planned number of rows."""
    heading = form_page.heading
    locate.only_button(page, form_page.next, heading)
    slots = present_slots(page, form_page, form)
    found = check(page, heading, slots)
    if _set_all_rows(page, form_page, form, limit_ms):
        slots = present_slots(page, form_page, form)
        found = check(page, heading, slots)
    fill(page, heading, found, limit_ms)
    return read_back(page, heading, slots)


def present_slots(page: Page, form_page: FormPage, form: FilledForm) -> list[Slot]:
    """Return the slots of a page with as many rows as it shows now."""
    slots = fixed_slots(form_page, form)
    sections = survey(page).sections if form_page.rows else ()
    for rows in form_page.rows:
        slots.extend(row_slots(rows, form, _rows_present(rows, sections)))
    return slots


def _look(page: Page, slots: Sequence[Slot]) -> Survey:
    return survey(page, [slot.field.selector for slot in slots if slot.field.selector])


def _match(heading: str, slots: Sequence[Slot], view: Survey, unknown: str) -> list[Found]:
    found = [(slot, _find(heading, slot, view)) for slot in slots]
    known = {id(control) for _, control in found if control}
    groups = {control.group for _, control in found if control and control.kind == "group"}
    for control in view.controls:
        stands_in_known = "input:" in control.kind and control.group in groups and _is_button(control)
        if control.required and not control.locked and id(control) not in known and not stands_in_known:
            raise PortalChangedError(heading, control.label or "无名称", unknown)
    return found


def _is_button(control: Control) -> bool:
    return control.kind in {"input:radio", "input:checkbox"}


def _find(heading: str, slot: Slot, view: Survey) -> Control | None:
    labelled = [control for control in view.controls if _is_meant(slot, control)]
    fitting = [control for control in labelled if control.kind in _widget(slot).kinds]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise PortalChangedError(heading, slot.label, f"出现了 {len(fitting)} 次，无法确定填哪一个")
    if labelled:
        raise PortalChangedError(heading, slot.label, "已换成另一种控件")
    if slot.field.dependent:
        return None
    raise PortalChangedError(heading, slot.label, "找不到")


def _is_meant(slot: Slot, control: Control) -> bool:
    if slot.within and not any(locate.words(slot.within).match(name) for name in control.sections):
        return False
    if slot.field.selector:
        return slot.field.selector in control.selectors
    return locate.words(slot.field.label).match(control.label) is not None


def _accept(heading: str, slot: Slot, control: Control) -> None:
    widget, text = _widget(slot), to_portal(slot.field, slot.planned)
    if text and not slot.field.dependent and not control.locked and not widget.offers(control, text):
        raise PortalChangedError(heading, slot.label, "没有计划要选的那一项")
    if control.max_length is not None and len(text) > control.max_length and not widget.chooses:
        raise PortalRefusedError(heading, [f"最多 {control.max_length} 个字"], [slot.label])


def _widget(slot: Slot) -> Widget:
    return widgets()[slot.field.kind]


def _holds(slot: Slot, control: Control | None) -> bool:
    """Return whether a control holds what is planned; one that is not in view holds nothing."""
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


def _rows_present(rows: Rows, sections: Sequence[str]) -> int:
    count = 0
    while any(locate.words(rows.legend_of(count + 1)).match(name) for name in sections):
        count += 1
    return count


def _set_all_rows(page: Page, form_page: FormPage, form: FilledForm, limit_ms: float) -> bool:
    """Bring every repeating part to its number of rows; return whether anything was pressed."""
    pressed = False
    for rows in form_page.rows:
        pressed |= _set_rows(page, form_page.heading, rows, row_count(form, rows.group), limit_ms)
    return pressed


def _set_rows(page: Page, heading: str, rows: Rows, wanted: int, limit_ms: float) -> bool:
    present, wanted = _rows_present(rows, survey(page).sections), max(wanted, rows.least)
    try:
        for number in range(present + 1, wanted + 1):
            locate.only_button(page, rows.add, heading).click(timeout=limit_ms)
            _row(page, rows, number).wait_for(timeout=limit_ms)
        for number in range(present, wanted, -1):
            _remove(page, heading, rows, number, limit_ms)
    except PlaywrightError:
        raise PortalChangedError(heading, rows.legend.replace("{n}", "").strip(), "增减行不成功") from None
    return present != wanted


def _remove(page: Page, heading: str, rows: Rows, number: int, limit_ms: float) -> None:
    if rows.remove is None:
        raise ReadbackError(heading, [rows.legend_of(number)], f"门户上多出这些行。{NOT_FILED}")
    row = _row(page, rows, number)
    locate.button(row, rows.remove).click(timeout=limit_ms)
    row.wait_for(state="detached", timeout=limit_ms)


def _row(page: Page, rows: Rows, number: int) -> Locator:
    return locate.section(page, rows.legend_of(number))
