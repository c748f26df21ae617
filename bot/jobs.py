"""What the commands do, one function each; cli.py only asks and prints."""

import contextlib
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from bot import doctor as doctor_module
from bot import pipeline, review, settings
from bot.filing import StoreJournal, file_all
from bot.intake import read_files
from bot.model import CaseResult, CaseStatus, Review, Unreadable
from bot.pipeline import Reading, Stopwatch, Told
from bot.portals.browser import browser
from bot.portals.filler import Credentials, PortalSession
from bot.portals.portal_map import load as load_map
from bot.practice import server
from bot.report.report import write as write_report
from bot.settings import Settings
from bot.store import Store, StoredCase
from extractors.errors import UsageError, ZeromeetError
from extractors.intake import files_of
from extractors.model import Paper, Record
from extractors.reading import PaperReader
from forms.model import Witness


class Order(Record):
    """How a case is to be filed."""

    portal: str = "practice"
    url: str | None = None
    out: Path | None = None
    dry_run: bool = False


class Place(Record):
    """One place on paper, for a person to look at."""

    text: str
    crop: str
    """File of the picture cut from the page; empty where the page has none."""


class OpenItem(Record):
    """One thing that a person must settle."""

    rule: str
    message: str
    cites: str
    facts: tuple[str, ...]
    places: tuple[Place, ...]
    settled_by: tuple[str, ...]


class OpenItems(Record):
    """What is open in one case."""

    case: str
    status: str
    company_name: str | None
    items: tuple[OpenItem, ...]


class _Workshop:
    """What a run works with: settings, store and a reader that is started ahead."""

    def __init__(self, stack: ExitStack) -> None:
        self.settings: Settings = settings.load()
        self.store = Store(self.settings.database)
        stack.callback(self.store.close)
        self.reader = stack.enter_context(PaperReader(self.settings.home))


@contextmanager
def _workshop() -> Iterator[_Workshop]:
    with ExitStack() as stack:
        yield _Workshop(stack)


def extract(paths: Sequence[Path], jobs: int) -> Iterator[Paper | Unreadable]:
    """Yield every paper of files and folders, and every file that could not be read.

    Raises:
        UsageError: A path does not exist.
    """
    del jobs  # one OCR process already uses every core
    for path in paths:
        if not path.exists():
            raise UsageError("给出的路径不存在，没有读取。", "请核对路径。")
    home = settings.load().home
    with PaperReader(home) as reader:
        for path in paths:
            files = files_of(path) if path.is_dir() else [path]
            for _, _, outcome in read_files(files, path, reader):
                yield from (outcome,) if isinstance(outcome, Unreadable) else outcome


def check(folder: Path, on: date, tell: Told) -> CaseResult:
    """Read and judge one case; no portal is opened."""
    watch = Stopwatch()
    with _workshop() as shop:
        pipeline.case_files(folder)
        case = shop.store.open_case(folder)
        result, _ = pipeline.run(case, folder, on, shop.reader, shop.store, watch, tell=tell)
        shop.store.keep(result)
        return result


def process(folder: Path, on: date, order: Order, tell: Told) -> tuple[CaseResult, Path | None]:
    """Run one case to its receipts, or to the question that a person must answer.

    Returns:
        The result, and the report where one was asked for.
    """
    watch = Stopwatch()
    with _workshop() as shop:
        pipeline.case_files(folder)
        case = shop.store.open_case(folder)
        result, reading = pipeline.run(case, folder, on, shop.reader, shop.store, watch, tell=tell)
        shop.store.keep(result)
        result = _file(shop, result, order, watch, tell)
        shop.store.keep(result)
        return result, _report(shop, result, reading, order.out)


def release(name: str, order: Order, tell: Told) -> tuple[CaseResult, Path | None]:
    """Judge a case again with the person's decisions, and file it where nothing is open any more."""
    with _workshop() as shop:
        stored = _stored(shop.store, name)
        on = date.fromisoformat(stored.result.on) if stored.result else date.today()  # noqa: DTZ011
        shop.store.released(stored.id, "clerk")
    return process(Path(stored.folder), on, order, tell)


def _file(shop: _Workshop, result: CaseResult, order: Order, watch: Stopwatch, tell: Told) -> CaseResult:
    human = shop.store.human_seconds(result.case)
    if result.status is not CaseStatus.READY:
        return pipeline.file_case(result, lambda r: ((), r.status), watch, human)
    portal_map = load_map(order.portal)
    tell("打开门户，填写并提交")
    with ExitStack() as stack:
        base, credentials = _portal(stack, shop.settings, order)
        journal = StoreJournal(shop.store, result.case, f"{portal_map.id} {order.url or ''}".strip())
        with watch.stage("start"):
            chromium = stack.enter_context(browser())
        session = stack.enter_context(PortalSession(portal_map, base, credentials, chromium))
        filer = lambda r: file_all(r, session, portal_map, journal, dry_run=order.dry_run)[:2]  # noqa: E731
        return pipeline.file_case(result, filer, watch, human)


def _portal(stack: ExitStack, have: Settings, order: Order) -> tuple[str | None, Credentials]:
    """Return the portal's address and account, starting the practice portal where none is named."""
    credentials = practice_account(have)
    if order.url is not None or order.portal != "practice":
        return order.url, credentials
    base = stack.enter_context(server.running(have.home / "practice.sqlite", credentials.user, credentials.password.get_secret_value()))
    return base, credentials


def practice_account(have: Settings) -> Credentials:
    """Return the account of this machine's practice portal, made once and kept in the home folder."""
    file = have.home / "practice-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(18), encoding="utf-8")
    return Credentials(user="desk", password=file.read_text(encoding="utf-8"))


def _report(shop: _Workshop, result: CaseResult, reading: Reading, out: Path | None) -> Path | None:
    if out is None:
        return None
    out.mkdir(parents=True, exist_ok=True)

    def picture(document: str, page: int) -> object | None:
        received = reading.received.get(document)
        with contextlib.suppress(ZeromeetError):
            return shop.reader.picture(received, page) if received else None
        return None

    return write_report(result, picture, out / "report.html")


def waiting() -> tuple[StoredCase, ...]:
    """Return the cases that wait for a person."""
    with _workshop() as shop:
        return shop.store.cases("review")


def open_items(name: str) -> OpenItems:
    """Return what is open in a case, with the places on paper to look at."""
    with _workshop() as shop:
        stored = _stored(shop.store, name)
        result = _judged(stored)
        items = tuple(_item(result, f) for f in result.findings if f.stops)
        return OpenItems(case=stored.id, status=stored.status, company_name=result.company_name, items=items)


def _item(result: CaseResult, finding: object) -> OpenItem:
    from rules.model import Finding  # noqa: PLC0415

    assert isinstance(finding, Finding)  # noqa: S101
    witnesses = (w for key in finding.facts if key in result.facts for w in result.facts[key].witnesses)
    return OpenItem(
        rule=finding.rule,
        message=finding.message,
        cites=finding.cites,
        facts=finding.facts,
        places=tuple(_place(w) for w in witnesses),
        settled_by=finding.settled_by,
    )


def _place(witness: Witness) -> Place:
    box = "，".join(f"{v:.0f}" for v in witness.box)
    return Place(text=f"{witness.file} 第 {witness.page} 页：“{witness.raw}”", crop=f"位置 {box}")


def decide(name: str, fact: str, value: str, why: str) -> Review:
    """Keep a person's decision on one fact of a case."""
    with _workshop() as shop:
        stored = _stored(shop.store, name)
        return review.decide(shop.store, _judged(stored), fact, value, why)


def practice(port: int, faults: Sequence[str], tell: Callable[[str], None]) -> int:
    """Run the practice portal until it is interrupted."""
    have = settings.load()
    account = practice_account(have)
    tell(f"练习门户：http://127.0.0.1:{port}  账号 {account.user}  口令 {account.password.get_secret_value()}")
    return server.serve(have.home / "practice.sqlite", account.user, account.password.get_secret_value(), port, faults)


def doctor() -> tuple[doctor_module.Check, ...]:
    """Return what `zeromeet doctor` shows."""
    return doctor_module.examine(settings.load())


def _stored(store: Store, name: str) -> StoredCase:
    stored = store.find(name)
    if stored is None:
        raise UsageError("没有这个案件，什么也没有做。", "zeromeet review list 列出等人决定的案件。")
    return stored


def _judged(stored: StoredCase) -> CaseResult:
    if stored.result is None:
        raise UsageError("这个案件还没有读完，什么也没有做。", "请先运行 zeromeet process 或 zeromeet check。")
    return stored.result
