"""What `zeromeet record` and `zeromeet replay` do."""

from datetime import date
from pathlib import Path

from bot import workshop
from bot.model import CaseResult
from bot.replay import archive
from bot.replay.record import Papers
from bot.replay.record import record as make
from bot.workshop import Told, Workshop
from extractors.errors import UsageError
from extractors.model import Record


class Wanted(Record):
    """What is to be recorded, and how."""

    case: str
    """The id of a case, or its folder."""
    out: Path
    papers: Papers = "full"
    portal: str


class Done(Record):
    """A recording that was written."""

    out: Path
    case: str
    files: int
    findings: int
    is_pseudonymised: bool


def record(wanted: Wanted, on: date | None, tell: Told) -> Done:
    """Record a case; without a day as of the one on which it was judged last, else today.

    Raises:
        UsageError: There is no such case or folder, or no folder to write to.
    """
    if not wanted.out.resolve().parent.is_dir():
        raise UsageError("要写入的文件夹不存在，没有录制。", "请核对 --out。")
    with workshop.opened(tell) as shop:
        folder, last = _case(shop, wanted.case)
        day = on or (date.fromisoformat(last.on) if last else date.today())  # noqa: DTZ011 - the clerk's own day
        made = make(shop, folder, day, wanted.portal, wanted.papers)
    archive.write(made.recording, wanted.out, made.more)
    return Done(
        out=wanted.out,
        case=made.recording.manifest.case,
        files=len(made.recording.manifest.files),
        findings=len(made.recording.outcome.findings),
        is_pseudonymised=made.recording.manifest.is_pseudonymised,
    )


def _case(shop: Workshop, case: str) -> tuple[Path, CaseResult | None]:
    """Return a case's folder, and what its last run found."""
    stored = shop.store.find(case)
    return (Path(stored.folder), stored.result) if stored else (Path(case), None)
