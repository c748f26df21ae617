"""What `zeromeet record` and `zeromeet replay` do."""

from datetime import date
from pathlib import Path

from bot import workshop
from bot.errors import LeakFoundError, listed
from bot.model import CaseResult
from bot.replay import archive, expected
from bot.replay.html import write as write_html
from bot.replay.junit import junit
from bot.replay.model import Recording, Stage
from bot.replay.pseudonymise import key_of, leaks, pseudonymised
from bot.replay.record import Papers
from bot.replay.record import record as make
from bot.replay.replay import replay as run
from bot.replay.report import Report, accepted
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
    pseudonymise: bool = False


class Done(Record):
    """A recording that was written."""

    out: Path
    case: str
    files: int
    findings: int
    is_pseudonymised: bool
    changed: tuple[str, ...] = ()
    """Rules whose verdict is another one with the invented values."""


def record(wanted: Wanted, on: date | None, tell: Told) -> Done:
    """Record a case; without a day as of the one on which it was judged last, else today.

    Raises:
        UsageError: There is no such case or folder, or no folder to write to.
        LeakFoundError: A true value is left in what was to be pseudonymised; nothing was written.
    """
    if not wanted.out.resolve().parent.is_dir():
        raise UsageError("要写入的文件夹不存在，没有录制。", "请核对 --out。")
    with workshop.opened(tell) as shop:
        folder, last = _case(shop, wanted.case)
        day = on or (date.fromisoformat(last.on) if last else date.today())  # noqa: DTZ011 - the clerk's own day
        made = make(shop, folder, day, wanted.portal, "hashes" if wanted.pseudonymise else wanted.papers)
        key = key_of(shop.settings.home) if wanted.pseudonymise else None
    case, changed = _without_people(made.recording, key) if key else (made.recording, ())
    archive.write(case, wanted.out, {} if key else made.more)
    return Done(
        out=wanted.out,
        case=case.manifest.case,
        files=len(case.manifest.files),
        findings=len(case.outcome.findings),
        is_pseudonymised=case.manifest.is_pseudonymised,
        changed=changed,
    )


def _without_people(case: Recording, key: bytes) -> tuple[Recording, tuple[str, ...]]:
    """Return a case with invented values, and the rules that take them otherwise.

    Raises:
        LeakFoundError: A true value is left.
    """
    made = pseudonymised(case, key)
    if left := leaks(archive.members(made.recording), made.originals):
        raise LeakFoundError(f"换成虚构值以后，{listed(left)}里还有原来的值。没有写录制文件。")
    return made.recording, made.changed


class Question(Record):
    """What is to be replayed, and what is written of it."""

    path: Path
    start: Stage = Stage.PAPERS
    portal: str | None = None
    junit: Path | None = None
    html: Path | None = None


def replay(question: Question) -> Report:
    """Replay a recording, or every one of a folder, and write the reports that were asked for.

    Raises:
        UsageError: There is no recording, or no such map; an expectation cannot be read.
    """
    expectations = expected.read(expected.beside(question.path))
    made = run(archive.found([question.path]), question.start, expectations, question.portal)
    if not question.path.is_dir():  # expectations are those of all recordings of its folder
        made = made.model_copy(update={"unused": ()})
    if question.junit:
        question.junit.write_text(junit(made), encoding="utf-8")
    if question.html:
        write_html(made, dict(archive.found([question.path])), question.html)
    return made


def accept(question: Question, why: str) -> Report:
    """Accept every difference of a replay, by class, and return it.

    Raises:
        UsageError: Nobody said why, or as for replay().
    """
    if not why.strip():
        raise UsageError("没有写明理由，没有记录。", "请用 --why 写一句为什么。")
    place = expected.beside(question.path)
    made = replay(question)
    before = expected.read(place)
    kept = () if question.path.is_dir() else before
    expected.write(place, tuple({*accepted(made, before, why.strip()), *kept}))
    return made


def _case(shop: Workshop, case: str) -> tuple[Path, CaseResult | None]:
    """Return a case's folder, and what its last run found."""
    stored = shop.store.find(case)
    return (Path(stored.folder), stored.result) if stored else (Path(case), None)
