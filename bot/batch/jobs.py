"""What `zeromeet batch` does."""

import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bot import exits, settings
from bot.batch import outcome
from bot.batch.agenda import agenda, is_end
from bot.batch.filing import Filer
from bot.batch.folder import cases_in
from bot.batch.model import FINAL, BatchOrder, Entry
from bot.batch.progress import Progress, ProgressFile, View
from bot.batch.reading import Reader
from bot.batch.run import Post, Run
from bot.batch.summary import Summary
from bot.batch.table import BatchTable
from bot.portals.portal_map import load as load_map
from bot.settings import Settings
from bot.store import Store
from extractors.errors import UsageError

__all__ = ["BatchOrder", "beside", "readers_for_this_machine", "run", "stages"]

_OTHER_ENDS_S = 3.0
"""How long a run waits for one that was killed to be gone altogether."""
MOST_READERS = 8
READER_BYTES = 1_500_000_000
"""What a reading process with its own recognition may hold."""


def readers_for_this_machine() -> int:
    """Return how many processes may read at once beside one browser."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(os.cpu_count() or 1, memory // READER_BYTES - 1, MOST_READERS))


def beside(folder: Path) -> Path:
    """Return where results go that were not told where."""
    return folder.resolve().with_name(f"{folder.resolve().name}-out")


def stages(text: str) -> frozenset[str]:
    """Return the stages that --retry names.

    Raises:
        UsageError: One of them is no stage with which a case is done.
    """
    named = {word.strip() for word in text.split(",") if word.strip()}
    if unknown := sorted(named - FINAL):
        raise UsageError(
            f"没有“{unknown[0]}”这个状态，什么也没有做。", f"--retry 可写：{'、'.join(sorted(FINAL))}。"
        )
    return frozenset(named)


def run(order: BatchOrder, views: Sequence[View]) -> Summary:
    """Bring every case of a folder as far as it goes.

    Raises:
        UsageError: There is no case in the folder, or another run is at work on it.
        PortalMapError: There is no such portal.
    """
    found = cases_in(order.folder, order.out)
    load_map(order.portal)  # refuses an unknown portal before anything is read
    have = settings.load()
    with ExitStack() as stack:
        readers = [_reader(stack, order, number) for number in range(1, order.readers + 1)]
        stack.enter_context(_alone(have, order.folder))
        store = Store(have.database)
        stack.callback(store.close)
        table = BatchTable(store, order.folder)
        table.enroll(found)
        return _run(order, have, store, table, (readers, views))


def _reader(stack: ExitStack, order: BatchOrder, number: int) -> Post:
    make = partial(Reader, max((os.cpu_count() or 1) // order.readers, 1))
    post = Post(f"读取 {number}", make, make())
    stack.callback(post.close)
    return post


def _run(
    order: BatchOrder,
    have: Settings,
    store: Store,
    table: BatchTable,
    crew: tuple[list[Post], Sequence[View]],
) -> Summary:
    readers, views = crew
    has_moved = table.follow()
    entries = before = table.entries()
    progress = Progress(
        {e.case: e.stage for e in entries}, is_end(order), [*views, ProgressFile(order.out / "progress.json")]
    )
    running = Run(order.on.isoformat(), store, table, progress, dry_run=order.dry_run)
    filer = partial(Filer, order, have, store)
    state = "done"
    try:
        running.go(agenda(order, entries, store), readers, [Post("办理", filer, filer())])
    except KeyboardInterrupt:
        state = "interrupted"
    finally:
        progress.tell(state)
        progress.close()
    entries = table.entries()
    code = exits.worst(running.gate.exit_code, *(_exit_code(e) for e in entries))
    code = exits.INTERRUPTED if state == "interrupted" else code
    if entries == before and not has_moved and (kept := outcome.kept(order.out, code)):
        return kept
    return outcome.write(order, entries, store, have.home, (code, running.gate.message))


def _exit_code(entry: Entry) -> int:
    return exits.worst(entry.exit_code, exits.of_stage(entry.stage))


@contextmanager
def _alone(have: Settings, folder: Path) -> Iterator[None]:
    """Hold a folder for one run; the system gives it back when the program ends, however it ends."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    with (have.home / f"batch-{name}.lock").open("w") as file:
        until = time.monotonic() + _OTHER_ENDS_S
        while not _locked(file.fileno()):
            if time.monotonic() > until:
                raise UsageError("另一个 batch 正在办理这个文件夹，没有开始。", "请等它结束，或者先停止它。")
            time.sleep(0.05)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
