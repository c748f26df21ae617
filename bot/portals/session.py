"""A signed-in visit to one portal: fills, shows, submits and looks up."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, NamedTuple, ParamSpec, Self, TypeVar, cast
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError
from pydantic import SecretStr

from bot.errors import (
    NOT_FILED,
    LoginFailedError,
    PortalChangedError,
    PortalRefusedError,
    PortalUnavailableError,
    ReadbackError,
)
from bot.portals import form_page, kept
from bot.portals.browser import Chromium
from bot.portals.controls import Pair, pairs, survey
from bot.portals.courtesy import Pace
from bot.portals.drift import assert_unchanged
from bot.portals.fingerprint import PageForm
from bot.portals.handover import Handover
from bot.portals.kept import text_at
from bot.portals.locate import button, css_text, only_button
from bot.portals.outgoing import READS, Held, Outgoing, Sent, flat
from bot.portals.picture import masked
from bot.portals.plan import Receipt, Submission
from bot.portals.portal_map import Field, FormPage, Hall, PortalMap, Where
from bot.portals.slots import Slot, assert_covered, start_values
from bot.portals.tab import Tab
from bot.portals.trail import PageTrail
from extractors.errors import ZeromeetError
from extractors.model import Record

P = ParamSpec("P")
R = TypeVar("R")


def _guarded(
    method: Callable[Concatenate["PortalSession", P], R],
) -> Callable[Concatenate["PortalSession", P], R]:
    """Turn a browser that dies or hangs into an error of ours; the browser's own repeats what was typed."""

    @wraps(method)
    def call(session: "PortalSession", *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(session, *args, **kwargs)
        except PlaywrightError:
            title = session.portal.title
            session.close()
            raise PortalUnavailableError(f"办理中浏览器意外中断或门户“{title}”不再响应。") from None

    return cast("Callable[Concatenate[PortalSession, P], R]", call)


class Credentials(Record):
    """The account a portal knows us by."""

    user: str
    password: SecretStr


class Terms(NamedTuple):
    """What a visit keeps to beyond the map."""

    pace: Pace | None = None
    recorded: Sequence[PageForm] = ()
    """How the pages looked when a person last agreed with them."""
    home: Path | None = None
    """Where evidence is kept; none is where it is None."""
    handover: Handover | None = None
    """Who waits for people at gates; None where nobody is there."""


class PortalSession:
    """One account at one portal, in one browser profile that keeps nothing."""

    def __init__(
        self,
        portal_map: PortalMap,
        base_url: str | None,
        credentials: Credentials,
        browser: Chromium,
        limit_s: float = 10.0,
        *,
        terms: "Terms | None" = None,
    ) -> None:
        self.terms = terms or Terms()
        self.portal = portal_map
        self._base = portal_map.address(base_url)
        self._credentials = credentials
        self._browser = browser
        self._limit_s = limit_s
        self._context: BrowserContext | None = None
        self._tab: Tab | None = None
        self._pending: list[Slot] = []
        """What was filled and has not been seen in a request yet."""
        self.trail: list[PageTrail] = []
        """The pages of the filing at hand, as they were left."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw the profile away; a dead browser is no error."""
        context, self._context, self._tab = self._context, None, None
        try:
            if context:
                context.close()
        except PlaywrightError:
            pass

    @property
    def page(self) -> Page:
        """The page in view, for callers that look further."""
        return self._signed_in().page

    @property
    def tab(self) -> Tab:
        """The tab, signed in."""
        return self._signed_in()

    @_guarded
    def login(self) -> None:
        """Sign in; does nothing where we are in already.

        Raises:
            LoginFailedError: The portal does not take the account.
            PortalUnavailableError: It does not answer.
            PortalChangedError: The page is not as the map says.
        """
        self._signed_in()

    @_guarded
    def reopen(self) -> None:
        """Throw the profile away and sign in afresh, in a new browser where the old one died."""
        self.close()
        self.login()

    @_guarded
    def begin(self, hall_id: str, key: str) -> None:
        """Begin or take up the draft of a business key, and leave its first page in view; fill nothing of it."""
        hall = self.portal.hall(hall_id)
        self._open(self._signed_in(), hall, start_values(hall, (), key), hall.pages[0].heading)

    @_guarded
    def fill_forms(self, submission: Submission) -> None:
        """Fill every page of a hall, read each back, and stop before the last click.

        Raises:
            PortalMapError: The map has no place for something planned.
            PortalChangedError: A page is not as the map says; nothing was filed.
            PortalRefusedError: The portal does not take what was filled.
            ReadbackError: What was filled, or the page of all answers, differs from the plan.
            PortalUnavailableError: The portal stopped answering.
        """
        hall = self.portal.hall(submission.hall)
        assert_covered(hall, submission)
        tab = self._signed_in()
        tab.hide(value.text for form in submission.forms for value in form.values)
        self._pending, self.trail = [], []
        self._begin(tab, hall, submission)
        pages = _route(hall, submission)
        for page, following in zip(pages, [*(p.heading for p in pages[1:]), hall.check.heading], strict=True):
            self._form_page(tab, hall, submission, page, following)
        self._check_answers(tab, hall, submission)

    @_guarded
    def rehearse(self, hall_id: str) -> dict[str, str]:
        """Press the last button with the request held back; return its body's names and values."""
        check = self.portal.hall(hall_id).check
        tab = self._signed_in()
        target = only_button(tab.page, check.submit, check.heading)
        outgoing, held = self._last(self.portal.hall(hall_id)), Held(check.sends)
        with tab.through(held), tab.through(outgoing):  # the last one is asked first
            try:
                with tab.page.expect_event("requestfailed", lambda request: request.method not in READS):
                    target.click()
            except PlaywrightError:
                raise PortalChangedError(check.heading, check.submit, "按下后没有发出提交请求") from None
        outgoing.assert_planned(check.heading)
        return flat(held.body)

    @_guarded
    def submit(self, hall_id: str) -> None:
        """Make the last click and wait for the receipt's page.

        Raises:
            ZeromeetError: Anything but the receipt came; the caller then asks the portal's list.
        """
        hall = self.portal.hall(hall_id)
        tab, check = self._signed_in(), hall.check
        outgoing = self._last(hall)
        try:
            tab.press_once(check.submit, hall.receipt.heading, check.heading, outgoing)
        finally:
            self._note(check.heading, {}, outgoing)

    def _last(self, hall: Hall) -> Outgoing:
        """Return what may leave with the last click."""
        if hall.body == "sealed":
            return Outgoing(Sent())
        return Outgoing(Sent(), self._pending, last=True, to=hall.check.sends)

    def _press(self, tab: Tab, hall: Hall, sent: Sent, name: str, following: str, at: str) -> None:
        """Leave a page, its requests held against what was read back of it."""
        outgoing = Outgoing(Sent()) if hall.body == "sealed" else Outgoing(sent, self._pending)
        tab.press(name, following, at, outgoing)
        self._pending = outgoing.pending
        self._note(at, sent.shown, outgoing)

    def _note(self, page: str, shown: dict[str, str], outgoing: Outgoing) -> None:
        requests = tuple(outgoing.requests)
        self.trail.append(PageTrail(page=page, at=datetime.now(UTC), shown=shown, requests=requests))

    @property
    def unanswered(self) -> bool:
        """True while a request that may have changed something has no answer, or died with its browser."""
        return self._tab is None or self._tab.waiting

    @_guarded
    def receipt(self, submission: Submission) -> Receipt | None:
        """Take the receipt from the page in view; None where its number is not there."""
        hall = self.portal.hall(submission.hall)
        page = self.page
        shown = pairs(page)
        number = text_at(page, shown, hall.receipt.number)
        if not number:
            return None
        return Receipt(
            hall=hall.id, number=number, items=_items(page, shown, hall, hall.receipt.items, submission)
        )

    @_guarded
    def reconcile(self, submission: Submission) -> Receipt | None:
        """Ask the portal's own list for a filing with the submission's business key; None where there is no list.

        Raises:
            PortalUnavailableError: The list cannot be seen.
            ReadbackError: It holds more than one.
        """
        hall = self.portal.hall(submission.hall)
        if hall.filings is None:
            return None
        key = submission.business_key
        tab = self._signed_in()
        tab.goto(hall.filings.path.replace("{key}", quote(key, safe="")), hall.filings.heading)
        rows = tab.page.locator(hall.filings.row.replace("{key}", css_text(key)))
        if (count := rows.count()) == 0:
            return None
        if count > 1:
            raise ReadbackError(hall.filings.heading, [hall.title], f"清单里已有 {count} 件，没有再次提交。")
        number = " ".join(rows.locator(hall.filings.number).inner_text().split())
        shown = self._record(hall, submission, number)
        return Receipt(
            hall=hall.id,
            number=number,
            items=_items(tab.page, shown, hall, hall.kept.items if hall.kept else None, submission),
        )

    @_guarded
    def kept_values(self, submission: Submission, receipt: Receipt) -> dict[str, str]:
        """Return what the portal keeps of a filing, in our normal forms, under "form.field"."""
        hall = self.portal.hall(submission.hall)
        return kept.values(hall, submission.forms, self._record(hall, submission, receipt.number))

    @_guarded
    def differences(self, submission: Submission, receipt: Receipt) -> list[str]:
        """Return the labels of what the portal keeps otherwise than planned."""
        hall = self.portal.hall(submission.hall)
        return kept.differences(hall, submission, self._record(hall, submission, receipt.number))

    @_guarded
    def picture(self, texts: Sequence[str]) -> bytes:
        """Return the page in view as PNG, blotted out where it shows one of the texts or holds an answer."""
        return masked(self._signed_in().page, texts)

    @property
    def human_s(self) -> float:
        """How long people took at gates so far."""
        return self.terms.handover.human_s if self.terms.handover else 0.0

    @property
    def versions(self) -> dict[str, str]:
        """What the visit is made with."""
        digest = hashlib.sha256(self.portal.model_dump_json().encode()).hexdigest()
        return {"portal": self.portal.id, "map": digest, "browser": self._browser.version}

    def _signed_in(self) -> Tab:
        if self._tab is None:
            self._context = self._browser.context(self.portal.allowed(self._base))
            pace, handover = self.terms.pace, self.terms.handover
            tab = Tab(self._context, self.portal, self._base, self._limit_s, pace=pace, handover=handover)
            try:
                self._log_in(tab)
            except ZeromeetError:
                self.close()
                raise
            self._tab = tab
        return self._tab

    def _log_in(self, tab: Tab) -> None:
        login = self.portal.login
        tab.goto(login.path, login.heading)
        fields = [Field(field=name, label=name, kind="text") for name in (login.user, login.password)]
        texts = (self._credentials.user, self._credentials.password.get_secret_value())
        slots = [Slot(f, f.field, None, None, text) for f, text in zip(fields, texts, strict=True)]
        form_page.fill_slots(tab.page, login.heading, slots, tab.limit_ms)
        try:
            tab.press(login.submit, None, login.heading)
        except PortalRefusedError as error:
            raise LoginFailedError(f"门户“{self.portal.title}”没有让我们登录。{NOT_FILED}") from error
        mark = tab.page.get_by_role(login.signed_in.role, name=login.signed_in.name, exact=True)
        if mark.count() == 0:
            raise LoginFailedError(f"门户“{self.portal.title}”没有让我们登录。{NOT_FILED}")

    def _begin(self, tab: Tab, hall: Hall, submission: Submission) -> None:
        slots = start_values(hall, submission.forms, submission.business_key)
        self._open(tab, hall, slots, _route(hall, submission)[0].heading)

    def _open(self, tab: Tab, hall: Hall, slots: Sequence[Slot], following: str) -> None:
        start = hall.start
        tab.goto(start.path, start.heading)
        sent = form_page.fill_slots(tab.page, start.heading, slots, tab.limit_ms)
        resuming = start.resume is not None and button(tab.page, start.resume).count() == 1
        name = start.resume if resuming and start.resume else start.button
        self._press(tab, hall, sent, name, following, start.heading)

    def _form_page(
        self, tab: Tab, hall: Hall, submission: Submission, page: FormPage, following: str
    ) -> None:
        form = next((form for form in submission.forms if form.form == page.form), None)
        if form:
            assert_unchanged(self.terms.recorded, hall.id, page, survey(tab.page))
            sent = form_page.fill_page(tab.page, page, form, tab.limit_ms)
            self._press(tab, hall, sent, page.next, following, page.heading)
        elif hall.skip:
            self._skip(tab, hall, submission.skipped.get(page.form, ""), page, following)

    def _skip(self, tab: Tab, hall: Hall, reason: str, page: FormPage, following: str) -> None:
        assert hall.skip  # noqa: S101 - the only caller has asked
        sent = Sent()
        if field := hall.skip.reason:
            slots = [Slot(field, field.field, field.within, None, reason)]
            sent = form_page.fill_slots(tab.page, page.heading, slots, tab.limit_ms)
        self._press(tab, hall, sent, hall.skip.button, following, page.heading)

    def _check_answers(self, tab: Tab, hall: Hall, submission: Submission) -> None:
        if hall.check.compare and (wrong := kept.differences(hall, submission, pairs(tab.page))):
            raise ReadbackError(hall.check.heading, wrong)
        if hall.check.confirm:
            field = Field(field="confirm", label=hall.check.confirm, kind="checkbox")
            slots = [Slot(field, "confirm", None, None, "是")]
            form_page.fill_slots(tab.page, hall.check.heading, slots, tab.limit_ms)

    def _record(self, hall: Hall, submission: Submission, number: str) -> list[Pair]:
        tab = self._signed_in()
        if hall.kept is None:
            return []
        path = hall.kept.path.replace("{number}", quote(number, safe=""))
        path = path.replace("{key}", quote(submission.business_key, safe=""))
        forms = [form.form for form in submission.forms] if "{form}" in path else [""]
        shown: list[Pair] = []
        for form in forms:
            tab.goto(path.replace("{form}", form), hall.kept.heading)
            shown.extend(pairs(tab.page))
        return shown


def _route(hall: Hall, submission: Submission) -> list[FormPage]:
    """Return the pages that will be met, in order; those of skipped forms only where the portal shows them."""
    planned = {form.form for form in submission.forms}
    return [page for page in hall.pages if hall.skip or page.form in planned]


def _items(
    page: Page, shown: Sequence[Pair], hall: Hall, where: Where | None, submission: Submission
) -> dict[str, str]:
    if where is None:
        return {}
    found = {f.form: text_at(page, shown, where, f.form, hall.titles[f.form]) for f in submission.forms}
    return {form: number for form, number in found.items() if number}
