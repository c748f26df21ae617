"""Processes that read and judge cases ahead of the filing; each holds one reader.

They keep nothing but the readings: what a process finds is handed to the program, which alone writes results
down, so that one that outlives its program for a moment can spoil nothing.
"""

import multiprocessing
import os
import signal
import threading
import time
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot import workshop
from bot.batch.folder import stamp
from bot.batch.model import Job, Judged, Said
from bot.crops import Scissors, pictures
from bot.model import CaseResult, CaseStatus
from bot.pipeline import Run
from bot.steps import read_and_judge
from bot.workshop import Workshop
from extractors.errors import UsageError, ZeromeetError

_LOOKS_EVERY_S = 0.5


class Reader:
    """The program's side of one reading process.

    Args:
        threads: In which it recognises; processes that share the cores do not each take all of them.
    """

    def __init__(self, threads: int) -> None:
        # A fork has everything loaded already, but it is safe only before the first thread has started.
        method = "fork" if threading.active_count() == 1 else "spawn"
        context: Any = multiprocessing.get_context(method)
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, threads), name="zeromeet-batch-reader")
        self._process.start()
        theirs.close()

    def send(self, job: Job) -> None:
        """Hand a case over; the answer comes through the pipe."""
        self.pipe.send(job)

    def close(self) -> None:
        """End the process, in the middle of a case if need be."""
        if self.pipe.closed:
            return
        self.pipe.close()
        self._process.join(timeout=0.2)
        self._process.kill()
        self._process.join()


def serve(pipe: Connection, threads: int) -> None:
    """Read what is asked for until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program tells us when to stop
    threading.Thread(target=_die_with, args=(os.getppid(),), daemon=True).start()
    with suppress(EOFError, OSError):
        job: Job = pipe.recv()  # the program has made the store by then
        with workshop.opened(lambda text: pipe.send(Said(text)), threads=threads) as shop:
            while True:
                pipe.send(judged(shop, job))
                job = pipe.recv()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOKS_EVERY_S)
    os._exit(1)


def judged(shop: Workshop, job: Job) -> Judged:
    """Return a case read and judged; one that cannot be read at all is a result too."""
    path = Path(job.path)
    before = stamp(path)  # what comes while we read is late
    run = Run(shop, job.case, path, date.fromisoformat(job.on))
    try:
        result = read_and_judge(run)
        _cut(run, result)
    except UsageError as error:
        return Judged(_without_papers(job, CaseStatus.QUARANTINED, error), before, 0)
    except ZeromeetError as error:
        return Judged(_without_papers(job, CaseStatus.FAILED, error), before, error.exit_code)
    return Judged(result, before, 0)


def _without_papers(job: Job, status: CaseStatus, error: ZeromeetError) -> CaseResult:
    return CaseResult(
        case=job.case, folder=job.path, status=status, on=job.on, why_not_automatic=(str(error),)
    )


def _cut(run: Run, result: CaseResult) -> None:
    """Cut out what a person will want to see, while the pages are at hand: elements that are doubtful."""
    folder = crops_of(run.shop.settings.home, result.case)
    scissors = Scissors(result, pictures(run.shop.reader, run.reading.received), folder)
    for paper in result.papers:
        for element in paper.elements:
            if not element.sure:
                first = element.sources[0]
                scissors.cut(first.document, first.page, first.box)


def crops_of(home: Path, case: str) -> Path:
    """Return where the crops of a case lie."""
    return home / "crops" / case
