"""What a worker does to a case, with the same reader, rules and portals as `zeromeet process`."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image

from bot.crops import Picture
from bot.engine.model import Outcome, ServedCase, State
from bot.filing import Filed, StoreJournal, file_all
from bot.intake import received_of
from bot.model import CaseResult, CaseStatus, Clock, Filing, FilingState, Span
from bot.pipeline import Run, Stopwatch
from bot.portals.browser import browser
from bot.portals.plan import Submission
from bot.portals.portal_map import load as load_map
from bot.portals.session import Credentials, PortalSession
from bot.practice import server
from bot.report.report import write as write_report
from bot.workshop import Workshop, practice_account
from extractors.errors import UnreadableError, ZeromeetError

PRACTICE = "practice"
REPORT = "report.html"


def out_of(case: ServedCase) -> Path:
    """Return where a case's report and evidence lie: beside its papers, never among them."""
    return Path(case.folder).parent / "out"


class CaseSteps:
    """The steps on one workshop.

    Args:
        shop: Its reader serves one thread at a time.
        url: Address of the practice portal; without it one is started for each filing.
    """

    def __init__(self, shop: Workshop, url: str | None = None) -> None:
        self._shop = shop
        self._url = url
        self._reading = threading.Lock()

    def prepare(self, case: ServedCase, judging: Callable[[], None]) -> Outcome:
        """Read and judge, and write the report for whoever must decide."""
        run = Run(self._shop, case.id, Path(case.folder), date.fromisoformat(case.on))
        with self._reading:
            run.read()
            judging()
            result = run.judge()
            if result.status is not CaseStatus.READY:
                result = _with(result, _kept_back(result, ""), result.status, result.clock.spans)
            self._report(case, result)
        return Outcome(state=State(result.status.value), result=result)

    def file(self, case: ServedCase, is_mine: Callable[[], None]) -> Outcome:
        """File what was judged; what the portal holds already is not sent again."""
        if case.result is None:
            raise ZeromeetError("案件没有审核结果，没有办理。")
        watch = Stopwatch()
        with watch.stage("file"):
            filed = self._filed(case, case.result, is_mine)
        spans = (*case.result.clock.spans, *watch.clock(0).spans)
        result = _with(case.result, filed.filings, filed.status, spans)
        with self._reading:
            self._report(case, result)
        return Outcome(state=State(filed.status.value), result=result, exit_code=filed.exit_code)

    def _filed(self, case: ServedCase, result: CaseResult, is_mine: Callable[[], None]) -> Filed:
        with ExitStack() as stack:
            try:
                portal = load_map(case.portal)
                base, account = self._address(stack, case.portal)
                chromium = stack.enter_context(browser())
                session = stack.enter_context(PortalSession(portal, base, account, chromium))
            except ZeromeetError as error:
                kept_back = _kept_back(result, str(error))
                return Filed(filings=kept_back, status=CaseStatus.FAILED, exit_code=error.exit_code)
            name = f"{portal.id} {self._url or ''}".strip()
            journal = _Guarded(self._shop.store, case.id, name, is_mine=is_mine)
            return file_all(result, session, journal, dry_run=False)

    def _address(self, stack: ExitStack, portal: str) -> tuple[str | None, Credentials]:
        have = self._shop.settings
        account = practice_account(have)
        if portal != PRACTICE or self._url:
            return self._url if portal == PRACTICE else None, account
        running = server.running(
            have.home / "practice.sqlite", account.user, account.password.get_secret_value()
        )
        return stack.enter_context(running), account

    def _report(self, case: ServedCase, result: CaseResult) -> None:
        out = out_of(case)
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_report(result, self._pictures(Path(case.folder)), out / REPORT)

    def _pictures(self, folder: Path) -> Picture:
        received = received_of(folder)

        def picture(document: str, page: int) -> Image.Image | None:
            try:
                return self._shop.reader.picture(received[document], page)
            except (KeyError, UnreadableError):
                return None

        return picture


@dataclass(frozen=True)
class _Guarded(StoreJournal):
    """A journal that first asks whether this worker still has the case."""

    is_mine: Callable[[], None] = lambda: None

    def sending(self, submission: Submission) -> None:
        """Write the intent down if the case is still this worker's."""
        self.is_mine()
        super().sending(submission)


def _kept_back(result: CaseResult, why: str) -> tuple[Filing, ...]:
    return tuple(
        Filing(form=f.form, title=f.title, state=FilingState.WAITING_HUMAN, why=why) for f in result.forms
    )


def _with(
    result: CaseResult, filings: tuple[Filing, ...], status: CaseStatus, spans: tuple[Span, ...]
) -> CaseResult:
    """Return a result with what became of its forms, and the machine's time over all its jobs."""
    why = tuple(dict.fromkeys(f.why for f in filings if f.why)) or result.why_not_automatic
    clock = Clock(
        machine_s=round(sum(s.seconds for s in spans), 2), human_s=result.clock.human_s, spans=spans
    )
    return result.model_copy(
        update={"filings": filings, "status": status, "why_not_automatic": why, "clock": clock}
    )
