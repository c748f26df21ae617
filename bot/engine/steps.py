"""What a worker does to a case, with the same reader, rules and portals as `zeromeet process`."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import exits
from bot.crops import pictures
from bot.engine.model import Outcome, ServedCase, State
from bot.errors import FilingTakenError
from bot.filing import StoreJournal, file_all
from bot.intake import received_of
from bot.model import CaseResult, CaseStatus
from bot.pipeline import Run, Stopwatch, after_filing, held, timed
from bot.portals.plan import Submission
from bot.report.report import write as write_report
from bot.steps import Filed, held_back, not_reached
from bot.visit import PRACTICE, visit
from bot.workshop import Workshop
from extractors.errors import ZeromeetError

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
            result = held_back(self._shop, run.judge())
            if result.status is not CaseStatus.READY:
                result = held(result)
            self._report(case, result)
        return Outcome(state=State(result.status.value), result=result)

    def file(self, case: ServedCase, is_mine: Callable[[], None]) -> Outcome:
        """File what was judged; what the portal holds already is not sent again."""
        if case.result is None:
            raise ZeromeetError("案件没有审核结果，没有办理。")
        filed = self._filed(case, case.result, is_mine)
        with self._reading:
            self._report(case, filed.result)
        state = State(filed.result.status.value)
        return Outcome(state=state, result=filed.result, exit_code=filed.exit_code)

    def _filed(self, case: ServedCase, judged: CaseResult, is_mine: Callable[[], None]) -> Filed:
        url = self._url if case.portal == PRACTICE else None
        watch = Stopwatch()
        try:
            with watch.stage("file"), visit(self._shop.settings, case.portal, url, lambda _: None) as session:
                name = f"{session.portal.id} {url or ''}".strip()
                journal = _Guarded(self._shop.store, case.id, name, is_mine=is_mine)
                done = file_all(judged, session, journal, dry_run=False)
        except FilingTakenError as error:
            # The account is in use: as good as a portal that is away, and asked again later.
            return not_reached(judged, error).model_copy(update={"exit_code": exits.UNAVAILABLE})
        except ZeromeetError as error:
            return not_reached(judged, error)
        result = timed(after_filing(judged, done.filings, done.status), watch.spans)
        return Filed(result=result, exit_code=done.exit_code)

    def _report(self, case: ServedCase, result: CaseResult) -> None:
        out = out_of(case)
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_report(result, pictures(self._shop.reader, received_of(Path(case.folder))), out / REPORT)


@dataclass(frozen=True)
class _Guarded(StoreJournal):
    """A journal that first asks whether this worker still has the case."""

    is_mine: Callable[[], None] = lambda: None

    def sending(self, submission: Submission) -> None:
        """Write the intent down if the case is still this worker's."""
        self.is_mine()
        super().sending(submission)
