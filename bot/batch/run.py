"""The run of a batch: what is read next, what is filed next, and what is written down of it.

One loop, which alone writes cases down, hears what readers and filers say; they work in processes and threads
of their own. Killed at any moment it has lost nothing: what is not written down is read from what is kept, and
what was filed is asked of the portal.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any, Protocol, cast

from bot import exits
from bot.batch.gate import Gate
from bot.batch.model import Entry, Filed, Job, Judged, Late, Said, Shut, Stage
from bot.batch.progress import Done, Progress
from bot.batch.table import BatchTable
from bot.model import CaseResult, CaseStatus
from bot.pipeline import held
from bot.store import Store

AHEAD = 16
"""Judged cases that wait for the portal at most: reading further ahead only takes the processor away."""
_TRIES = 2
"""How often a case may take its reading process along."""
_TICK_S = 0.25
_AT_ONCE = 50
"""Cases that are looked at between two looks at the workers."""


class Worker(Protocol):
    """One who takes cases and says through a pipe what came of them."""

    pipe: Any

    def send(self, job: Any) -> None:
        """Hand a case over."""

    def close(self) -> None:
        """End."""


class Queue:
    """Cases in the order in which they are to be worked on: priority, then arrival."""

    def __init__(self) -> None:
        self._heap: list[tuple[int, float, str]] = []

    def __len__(self) -> int:
        return len(self._heap)

    def put(self, entry: Entry) -> None:
        """Add a case."""
        heappush(self._heap, (-entry.priority, entry.arrived, entry.case))

    def take(self) -> str:
        """Remove the most urgent case and return its id."""
        return heappop(self._heap)[-1]


@dataclass
class Post:
    """A worker at its place, with the case it has in hand."""

    name: str
    make: Callable[[], Worker]
    worker: Worker
    case: str = ""

    def close(self) -> None:
        """Let the worker end."""
        self.worker.close()

    def renew(self) -> None:
        """Put a new worker where one has died."""
        self.worker.close()
        self.worker, self.case = self.make(), ""


class Run:
    """One run over the cases of a batch.

    Args:
        on: The day whose law is applied, ISO.
        store: Where results are written down.
        table: Where stages are.
        progress: Is told of everything.
        dry_run: Nothing is sent; a case that was filled is at its end.
    """

    def __init__(
        self, on: str, store: Store, table: BatchTable, progress: Progress, *, dry_run: bool
    ) -> None:
        self.gate = Gate()
        self._on = on
        self._store = store
        self._table = table
        self._progress = progress
        self._dry_run = dry_run
        self._entries: dict[str, Entry] = {}
        self._to_read, self._to_file = Queue(), Queue()
        self._posts: list[Post] = []

    def go(self, agenda: Iterator[Entry | None], readers: Sequence[Post], filers: Sequence[Post]) -> None:
        """Work until nothing is left to do; interrupted, the case at the portal is finished first."""
        self._posts = [*readers, *filers]
        try:
            while (has_more := self._take_up(agenda)) | self._hand_out(readers, filers):
                self._listen(0 if has_more else _TICK_S)
                self._progress.tell()
        finally:
            for post in self._posts:
                post.close()
            for post in filers:
                self._last_word(post)

    def _take_up(self, agenda: Iterator[Entry | None]) -> bool:
        """Look at some more cases, and tell whether there may be others; many are looked at beside the work."""
        looked_at = 0
        for entry in islice(agenda, _AT_ONCE):
            looked_at += 1
            if entry is not None:
                self._entries[entry.case] = entry
                self._to_read.put(entry)
                self._progress.moved(entry.case, entry.stage)
        return looked_at == _AT_ONCE

    def _hand_out(self, readers: Sequence[Post], filers: Sequence[Post]) -> bool:
        """Give everybody who rests a case, and tell whether there is any reason to go on."""
        for post in filers:
            if not post.case and len(self._to_file) and self.gate.is_open:
                post.case = self._to_file.take()
                post.worker.send(self._entries[post.case])
                self._progress.works(post.name, f"{post.case} 网上办理")
        for post in readers:
            if not post.case and len(self._to_read) and (len(self._to_file) < AHEAD or self.gate.is_shut):
                post.case = self._to_read.take()
                post.worker.send(Job(post.case, self._entries[post.case].path, self._on))
                self._progress.works(post.name, f"{post.case} 读取")
        waiting = len(self._to_read) + (0 if self.gate.is_shut else len(self._to_file))
        return bool(waiting) or any(post.case for post in self._posts)

    def _listen(self, patience_s: float) -> None:
        busy = {post.worker.pipe: post for post in self._posts if post.case}
        for pipe in wait(list(busy), timeout=patience_s):
            post = busy[cast("Any", pipe)]
            try:
                self._hear(post, post.worker.pipe.recv())
            except (EOFError, OSError):
                self._died(post)

    def _last_word(self, post: Post) -> None:
        while post.case and post.worker.pipe.poll():
            self._hear(post, post.worker.pipe.recv())

    def _hear(self, post: Post, word: object) -> None:
        if isinstance(word, Said):
            self._progress.works(post.name, f"{post.case} {word.text}")
            return
        entry, post.case = self._entries[post.case], ""
        self._progress.works(post.name, "")
        match word:
            case Judged():
                self._judged(entry, word)
            case Filed():
                self.gate.passed(word.exit_code)
                self._end(entry, self._stage(word.status), word.exit_code)
            case Late():
                self._again(entry)
            case Shut():
                self.gate.missed(word.exit_code, word.message, is_passing=word.is_passing)
                self._to_file.put(entry)

    def _stage(self, status: CaseStatus) -> str:
        rehearsed = self._dry_run and status is CaseStatus.READY
        return Stage.REHEARSED.value if rehearsed else status.value

    def _judged(self, entry: Entry, word: Judged) -> None:
        """Write a judged case down; one that may be filed waits for the portal."""
        is_ready = word.result.status is CaseStatus.READY
        self._store.keep(word.result if is_ready else held(word.result))
        entry = self._noted(entry, stamp=word.stamp, stage=word.result.status.value, tries=0)
        if is_ready:
            self._to_file.put(entry)
        else:
            self._end(entry, word.result.status.value, word.exit_code)

    def _again(self, entry: Entry) -> None:
        """Read a case anew whose files have changed since it was read."""
        self._to_read.put(self._noted(entry, stage=Stage.RECEIVED.value))

    def _died(self, post: Post) -> None:
        """Put a case back whose reader died; one that does it twice is not tried again."""
        entry = self._entries[post.case]
        post.renew()
        self._progress.works(post.name, "")
        entry = self._noted(entry, tries=entry.tries + 1)
        if entry.tries < _TRIES:
            self._to_read.put(entry)
            return
        why = "读取进程在本件上接连意外退出，本件没有读取，也没有提交；请把本件的文件发给维护人员。"
        failed = CaseResult(
            case=entry.case,
            folder=entry.path,
            status=CaseStatus.FAILED,
            on=self._on,
            why_not_automatic=(why,),
        )
        self._store.keep(failed)
        self._end(entry, CaseStatus.FAILED.value, exits.FAILED)

    def _end(self, entry: Entry, stage: str, exit_code: int) -> None:
        self._noted(entry, stage=stage, exit_code=exit_code)
        self._progress.done(Done(entry.case, Path(entry.path).name, stage))

    def _noted(self, entry: Entry, **changes: Any) -> Entry:
        entry = entry.model_copy(update=changes)
        self._entries[entry.case] = entry
        self._table.note(entry)
        self._progress.moved(entry.case, entry.stage)
        return entry
