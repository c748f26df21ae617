"""What the commands do, one function each; cli.py only asks and prints."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from bot import approval, evidence, exits, review, settings, workshop
from bot import doctor as doctor_module
from bot import explain as explain_module
from bot import open_items as open_module
from bot.crops import Scissors, pictures
from bot.desk import fleet
from bot.explain import Reason
from bot.intake import Found, case_files, read_files, received_of
from bot.model import CaseResult, CaseStatus, Review
from bot.pipeline import Run, Stopwatch, held, timed
from bot.portals.plan import Receipt
from bot.practice import server
from bot.practice.faults import Faults
from bot.replay import corrections
from bot.report.report import write as write_report
from bot.rule_changes import CaseChanges, compare
from bot.steps import Filed, file_case, judged_again, not_reached, read_and_judge, started
from bot.store import Store, StoredCase
from bot.visit import PRACTICE, visit
from bot.workshop import Told, Workshop, practice_account
from extractors.errors import UsageError, ZeromeetError
from extractors.extract import joined
from extractors.gather import gather as put_together
from extractors.intake import files_of
from extractors.model import Record
from extractors.reading import PaperReader

SAMPLES = Path(__file__).parents[1] / "samples"
DEMONSTRATED = ("qiming-software", "hengyue-trading")
"""The case that goes straight through, then the one that stops for a person."""
SAMPLES_ON = date(2026, 11, 23)
"""The day on which the sample cases are handed in; their papers are dated for it."""


class Order(Record):
    """How a case is to be filed."""

    portal: str = PRACTICE
    url: str | None = None
    out: Path | None = None
    dry_run: bool = False
    wait_s: float = 0
    """How long to wait for a person at a gate of the portal."""


class Done(Record):
    """One case run to its end, or to the question that a person must answer."""

    result: CaseResult
    report: Path | None = None
    bodies: dict[str, dict[str, str]] = {}
    """Dry run: by hall the names and values of the request that was held back."""
    exit_code: int = 0


def extract(paths: Sequence[Path]) -> Iterator[Found]:
    """Yield every file of files and folders with its papers.

    Raises:
        UsageError: A path does not exist.
    """
    if not all(path.exists() for path in paths):
        raise UsageError("给出的路径不存在，没有读取。", "请核对路径。")
    with PaperReader(settings.load().home) as reader:
        for path in paths:
            yield from read_files(files_of(path) if path.is_dir() else [path], path, reader)


def check(folder: Path, on: date, tell: Told) -> CaseResult:
    """Read and judge one case; no portal is opened."""
    with workshop.opened(tell) as shop:
        result = read_and_judge(started(shop, folder, on))
        shop.store.keep(result)
        return result


def process(folder: Path, on: date, order: Order, tell: Told) -> Done:
    """Run one case to its receipts, or to the question that a person must answer."""
    with workshop.opened(tell) as shop:
        return _process(shop, folder, on, order)


def _process(shop: Workshop, folder: Path, on: date, order: Order) -> Done:
    run = started(shop, folder, on)
    result = read_and_judge(run)
    shop.store.keep(result)
    filed = _file(shop, result, order)
    shop.store.keep(filed.result)
    if order.out is not None:
        _copy_evidence(shop, run.case, order.out / evidence.FOLDER)
    return Done(
        result=filed.result,
        report=_report(run, filed.result, order.out),
        bodies=filed.bodies,
        exit_code=exits.worst(exits.of(filed.result), filed.exit_code),
    )


def _file(shop: Workshop, result: CaseResult, order: Order) -> Filed:
    """File a case that is ready; whatever keeps the portal from being reached files nothing."""
    if result.status is not CaseStatus.READY:
        return Filed(result=held(result))
    watch = Stopwatch()
    with ExitStack() as stack:
        try:
            with watch.stage("start"):
                shop.tell("打开门户，填写并核对")
                session = stack.enter_context(
                    visit(shop.settings, order.portal, order.url, shop.tell, wait_s=order.wait_s)
                )
        except ZeromeetError as error:
            return not_reached(result, error)
        result = timed(result, watch.spans)
        return file_case(shop.store, result, session, order.url, dry_run=order.dry_run)


def _report(run: Run, result: CaseResult, out: Path | None) -> Path | None:
    if out is None:
        return None
    out.mkdir(parents=True, exist_ok=True)
    with run.watch.stage("report"):
        return write_report(result, pictures(run.shop.reader, run.reading.received), out / "report.html")


def release(name: str, order: Order, tell: Told) -> Done:
    """Judge a case again with the person's decisions, and file it where nothing is open any more."""
    with workshop.opened(tell) as shop:
        stored = _stored(shop.store, name)
        result = _result(stored)
        approval.approve(shop.store, judged_again(shop, result))
        shop.store.released(stored.id, review.person())
        corrections.keep(shop, result, order.portal)
        return _process(shop, Path(stored.folder), date.fromisoformat(result.on), order)


def waiting() -> tuple[StoredCase, ...]:
    """Return the cases that wait for a person."""
    with workshop.opened() as shop:
        return shop.store.cases("review")


def open_items(name: str) -> open_module.OpenItems:
    """Return what is open in a case, with crops of the places on paper to look at."""
    with workshop.opened() as shop:
        result = _result(_stored(shop.store, name))
        return open_module.of(result, _scissors(shop, result))


def explain(name: str, what: str) -> tuple[Reason, ...]:
    """Return the chain behind a rule, a fact or a field of a case, with crops of the places on paper."""
    with workshop.opened() as shop:
        result = _result(_stored(shop.store, name))
        return explain_module.explain(result, what, _scissors(shop, result))


def _scissors(shop: Workshop, result: CaseResult) -> Scissors:
    seen = pictures(shop.reader, received_of(Path(result.folder)))
    return Scissors(result, seen, shop.settings.home / "crops" / result.case)


def rule_changes(folder: Path, before: date, after: date, tell: Told) -> Iterator[CaseChanges]:
    """Yield for every case of a folder what two days of law say differently; no case is kept.

    Raises:
        UsageError: The folder holds no folder of papers.
    """
    cases = [one for one in sorted(folder.iterdir()) if one.is_dir()] if folder.is_dir() else []
    if not cases:
        raise UsageError("文件夹里没有案件，没有比较。", "请给出一个文件夹，其中每件申请材料是一个子文件夹。")
    with PaperReader(settings.load().home) as reader:
        for case in cases:
            tell(f"读取 {case.name}")
            files = list(read_files(case_files(case), case, reader))
            received = {file.received.id: file.received for file in files if file.received is not None}
            papers = joined([paper for file in files for paper in file.papers], received, reader)
            yield compare(case.name, list(put_together(papers)), before, after)


def decide(name: str, fact: str, value: str, why: str) -> Review:
    """Keep a person's decision on one fact of a case."""
    with workshop.opened() as shop:
        return review.decide(shop.store, _result(_stored(shop.store, name)), fact, value, why)


def settle(name: str, hall: str | None, number: str | None, why: str) -> str:
    """Keep what a person found out at the portal about a click whose outcome was unknown; return the hall.

    Args:
        name: The case.
        hall: In which hall; None where only one is in doubt.
        number: The receipt's number; None where the portal has taken nothing.
        why: How the person knows.

    Raises:
        UsageError: Nothing is in doubt, or more than one hall is and none was named.
    """
    if not why.strip():
        raise UsageError("没有写明怎样查到的，没有记录。", "请用 --why 写一句。")
    with workshop.opened() as shop:
        case = _stored(shop.store, name).id
        doubts = shop.store.doubts(case)
        wanted = hall or (doubts[0] if len(doubts) == 1 else "")
        receipt = Receipt(hall=wanted, number=number) if number else None
        if not shop.store.settle(case, wanted, receipt, f"{review.person()}:{why.strip()}"):
            open_ones = "、".join(doubts) or "没有"
            raise UsageError(f"结果未知的办理：{open_ones}；没有记录。", "请用 --hall 写明其中一个。")
        return wanted


def verify_evidence() -> list[str]:
    """Return what is wrong with the evidence of this home; nothing where all is whole."""
    return evidence.verify(settings.load().home)


def export_evidence(name: str, out: Path) -> int:
    """Copy the evidence of a case to a folder; return how many filings it proves."""
    with workshop.opened() as shop:
        return _copy_evidence(shop, _stored(shop.store, name).id, out)


def _copy_evidence(shop: Workshop, case: str, out: Path) -> int:
    found = evidence.bundles(shop.settings.home, case)
    for folder in found:
        shutil.copytree(folder, out / folder.name, dirs_exist_ok=True)
    return len(found)


def practice(port: int, faults: Sequence[str], tell: Told) -> None:
    """Run the practice portal until it is interrupted."""
    Faults(faults)  # refuses an unknown name before anything is started
    have = settings.load()
    account = practice_account(have)
    secret = account.password.get_secret_value()
    process, base = server.start(
        have.home / "practice.sqlite", account.user, secret, faults=faults, port=port
    )
    try:
        server.wait_until_up(process, base)
        tell(f"练习门户：{base}  账号 {account.user}  口令 {secret}  按 Ctrl+C 结束")
        process.wait()
    finally:
        server.stop(process)


def demo(out: Path, tell: Told) -> list[Done]:
    """Run the sample cases, each with a report of its own under out; the first one's also as report.html.

    Raises:
        UsageError: The samples are not there; they come with the source, not with the wheel.
    """
    folders = [SAMPLES / name for name in DEMONSTRATED]
    if not all(folder.is_dir() for folder in folders):
        raise UsageError("没有找到 samples 文件夹，没有演示。", "请在源码目录里运行。")
    with workshop.opened(tell) as shop:
        done = [_process(shop, folder, SAMPLES_ON, Order(out=out / folder.name)) for folder in folders]
    if done[0].report is not None:
        shutil.copy(done[0].report, out.parent / "report.html")
    return done


def doctor() -> tuple[doctor_module.Check, ...]:
    """Return what `zeromeet doctor` shows."""
    have = settings.load()
    return (*doctor_module.examine(have), *fleet.examine(have))


def _stored(store: Store, name: str) -> StoredCase:
    stored = store.find(name)
    if stored is None:
        raise UsageError("没有这个案件，什么也没有做。", "zeromeet review list 列出等人决定的案件。")
    return stored


def _result(stored: StoredCase) -> CaseResult:
    if stored.result is None:
        raise UsageError(
            "这个案件还没有读完，什么也没有做。", "请先运行 zeromeet process 或 zeromeet check。"
        )
    return stored.result
