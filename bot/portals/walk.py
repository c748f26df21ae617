"""Goes through a portal without filling in a form, and tells what is not as its map or its fingerprint says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from bot.errors import PortalChangedError, PortalRefusedError
from bot.portals import form_page
from bot.portals.controls import survey
from bot.portals.fingerprint import Drift, PageForm, differences, seen
from bot.portals.portal_map import FormPage, Hall
from bot.portals.session import PortalSession
from bot.portals.slots import Slot, fixed_slots, row_slots
from extractors.model import Record
from forms.model import FilledForm


class PageReport(Record):
    """What was found of one page."""

    hall: str
    heading: str
    reached: bool
    faults: tuple[str, ...] = ()
    """What the map says and the page does not hold; or why it was not reached."""
    drifts: tuple[Drift, ...] = ()
    """What is not as in its fingerprint."""
    form: PageForm | None = None
    """As it looks now."""

    @property
    def is_sound(self) -> bool:
        """Whether a filing could go through it; a page that was not reached is not judged."""
        return not self.reached or not (self.faults or self.drifts)


def walk(
    session: PortalSession, recorded: Sequence[PageForm], keys: Mapping[str, str]
) -> Iterator[PageReport]:
    """Yield every page of every hall.

    Nothing is typed, but for the business key of a hall for which one is given: a draft is begun under it then,
    and its pages are opened by their addresses; nothing of them is kept.

    Args:
        session: A visit to the portal.
        recorded: The fingerprint to compare with.
        keys: Hall to the business key under which a draft may be begun.

    Raises:
        ZeromeetError: The portal cannot be entered.
    """
    for hall in session.portal.halls:
        yield _start(session, hall)
        draft = _begun(session, hall, keys[hall.id]) if hall.id in keys else None
        for number, page in enumerate(hall.pages):
            before = next((p for p in recorded if (p.hall, p.heading) == (hall.id, page.heading)), None)
            yield _page(session, hall, page, before, _path(page, number, draft, keys.get(hall.id, "")))


def _start(session: PortalSession, hall: Hall) -> PageReport:
    start = hall.start
    try:
        session.tab.goto(start.path, start.heading)
    except (PortalChangedError, PortalRefusedError) as error:
        return PageReport(hall=hall.id, heading=start.heading, reached=True, faults=(error.message,))
    slots = [Slot(f, f.field, f.within, None, "") for f in start.fields]
    faults = form_page.faults(start.heading, slots, survey(session.tab.page))
    return PageReport(hall=hall.id, heading=start.heading, reached=True, faults=tuple(faults))


def _begun(session: PortalSession, hall: Hall, key: str) -> str | None:
    """Begin or take up the draft of a key; return its id where the address shows one."""
    session.begin(hall.id, key)
    found = re.search(hall.start.draft, urlsplit(session.tab.page.url).path) if hall.start.draft else None
    return found[1] if found else None


def _path(page: FormPage, number: int, draft: str | None, key: str) -> str | None:
    """Return the address of a page; "" where it is in view already, None where nothing leads to it."""
    if not key:
        return None
    if page.path and (draft or "{draft}" not in page.path):
        return page.path.replace("{draft}", draft or "").replace("{key}", key)
    return "" if number == 0 else None


def _page(
    session: PortalSession, hall: Hall, page: FormPage, before: PageForm | None, path: str | None
) -> PageReport:
    if path is None:
        why = "没有打开：不填写前面的页面就到不了这里" if page.path is None else "没有打开：没有给出业务标识"
        return PageReport(hall=hall.id, heading=page.heading, reached=False, faults=(why,))
    try:
        if path:
            session.tab.goto(path, page.heading)
    except (PortalChangedError, PortalRefusedError) as error:
        return PageReport(hall=hall.id, heading=page.heading, reached=True, faults=(error.message,))
    view = survey(session.tab.page)
    form = seen(hall.id, page, view)
    empty = FilledForm(form=page.form, title="", values=())
    slots = fixed_slots(page, empty)
    for rows in page.rows:
        shown = sum(rows.legend_of(n) in view.sections for n in range(1, len(view.sections) + 1))
        slots.extend(row_slots(rows, empty, shown))
    return PageReport(
        hall=hall.id,
        heading=page.heading,
        reached=True,
        faults=tuple(form_page.faults(page.heading, slots, view)),
        drifts=tuple(differences(before, form, page)) if before else (),
        form=form,
    )
