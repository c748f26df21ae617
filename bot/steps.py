"""The steps of a case as plain functions, the same for one case, a batch and a worker.

Each takes what it needs and returns what it found; whoever calls it decides in which process it runs,
and keeps the result.
"""

from datetime import date
from pathlib import Path

from bot import approval, audit
from bot.filing import StoreJournal, file_all
from bot.intake import case_files
from bot.model import CaseResult, CaseStatus, Filing, FilingState
from bot.pipeline import Reading, Run, Stopwatch, after_filing, timed
from bot.portals.session import PortalSession
from bot.store import Store
from bot.workshop import Workshop
from extractors.errors import ZeromeetError
from extractors.model import Record


class Filed(Record):
    """A case after the portal, or without one."""

    result: CaseResult
    bodies: dict[str, dict[str, str]] = {}
    """Dry run: by hall the names and values of the request that was held back."""
    exit_code: int = 0
    """That of the error which stopped it; 0 where none did."""


def started(shop: Workshop, folder: Path, on: date) -> Run:
    """Return the run of a folder's case, which is opened where it is new.

    Raises:
        UsageError: The folder is no case; none is made of it.
    """
    case_files(folder)
    return Run(shop, shop.store.open_case(folder), folder, on)


def read_and_judge(run: Run) -> CaseResult:
    """Return the case read, understood and judged; its status says whether it may be filed."""
    run.read()
    return held_back(run.shop, run.judge())


def held_back(shop: Workshop, result: CaseResult) -> CaseResult:
    """Return a judged case as it may go on: a person's release holds for its own values, the sample waits for one."""
    return audit.held(shop.store, approval.held_to(shop.store, result), shop.settings.audit)


def judged_again(shop: Workshop, result: CaseResult) -> CaseResult:
    """Return a case judged anew from what was read of its papers, with all decisions taken by now."""
    reading = Reading(papers=list(result.papers), unreadable=list(result.unreadable))
    run = Run(shop, result.case, Path(result.folder), date.fromisoformat(result.on), reading=reading)
    return run.judge()


def file_case(
    store: Store, result: CaseResult, session: PortalSession, url: str | None, *, dry_run: bool
) -> Filed:
    """File what a judged case asks for, at most once, and return it with what became of its forms.

    Args:
        store: Where intents and receipts are written down.
        result: A case whose status is READY.
        session: A visit to the portal, which stays open for the next case.
        url: The portal's address where it was named: filings are told apart by it.
        dry_run: Fill everything and hold the last request back.
    """
    journal = StoreJournal(store, result.case, f"{session.portal.id} {url or ''}".strip())
    watch, before_s = Stopwatch(), session.human_s
    with watch.stage("file"):
        done = file_all(result, session, journal, dry_run=dry_run)
    human_s = session.human_s - before_s
    store.add_human_time(result.case, human_s)
    after = timed(after_filing(result, done.filings, done.status), watch.spans, human_s)
    return Filed(result=after, bodies=done.bodies, exit_code=done.exit_code)


def not_reached(result: CaseResult, error: ZeromeetError) -> Filed:
    """Return a case whose portal could not be reached: nothing was sent."""
    waiting = tuple(
        Filing(form=f.form, title=f.title, state=FilingState.WAITING_HUMAN, why=str(error))
        for f in result.forms
    )
    return Filed(result=after_filing(result, waiting, CaseStatus.FAILED), exit_code=error.exit_code)
