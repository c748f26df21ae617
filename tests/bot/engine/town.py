"""Invented papers and an invented authority for the engine's tests: steps that take time and leave traces.

The authority is a folder: a filing is a file in it, made with O_EXCL under a name of its own, so that a second
one of the same case is seen. Half of the cases are filed naively, to show that the test would see a double.
"""

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

from bot import database
from bot.engine.model import Outcome, State
from bot.engine.queue import Limits
from bot.engine.worker import Rhythm, Worker


class Authority:
    """Takes filings and can be asked for them."""

    def __init__(self, folder):
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def file(self, case):
        """Take a filing; each is a file of its own."""
        (self._folder / f"{case}.{os.getpid()}.{time.monotonic_ns()}").touch(exist_ok=False)

    def filings(self, case):
        """Return how many filings of a case there are."""
        return len(list(self._folder.glob(f"{case}.*")))


class Steps:
    """Steps with invented durations; a case's reference says what is special about it."""

    def __init__(self, folder, read_s=0.01, file_s=0.03):
        self.authority = Authority(folder / "authority")
        self._intents = folder / "intents"
        self._intents.mkdir(parents=True, exist_ok=True)
        self._spans = folder / "spans"
        self._spans.mkdir(exist_ok=True)
        self._read_s, self._file_s = read_s, file_s

    def prepare(self, case, judging):
        """Take the time of reading; "ask" stops for a person until one has released it."""
        if "poison" in case.reference:
            os._exit(9)
        time.sleep(self._read_s)
        judging()
        waits = "ask" in case.reference and case.step == "read"
        return Outcome(state=State.REVIEW if waits else State.READY)

    def file(self, case, is_mine):
        """File with an intent and a look first, or naively."""
        if "naive" not in case.reference and self._was_sent(case.id):
            return Outcome(state=State.FILED)
        is_mine()
        begun = time.monotonic_ns()
        time.sleep(self._file_s / 2)
        self.authority.file(case.id)
        time.sleep(self._file_s / 2)
        (self._spans / f"{begun}-{time.monotonic_ns()}").touch()
        return Outcome(state=State.FILED)

    def _was_sent(self, case):
        try:
            os.close(os.open(self._intents / case, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return self.authority.filings(case) > 0
        return False


def most_at_once(folder):
    """Return how many filings were under way at once at the busiest moment."""
    spans = [tuple(map(int, path.name.split("-"))) for path in (folder / "spans").iterdir()]
    return max(sum(a <= begun < b for a, b in spans) for begun, _ in spans)


def work(address, folder, read_s=0.01, file_s=0.03, portal_at_once=64):
    """Run one worker until it is told to stop, or killed."""
    limits = Limits(
        readers=4, filers=4, portal_at_once=portal_at_once, portal_per_minute=1_000_000, poll_s=0.05
    )
    rhythm = Rhythm(take_over=0.2, sweep=2, drain=5)
    steps = Steps(Path(folder), read_s, file_s)
    worker = Worker(database.connect(address), Path(folder), steps, limits=limits, rhythm=rhythm)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(stop)


nursery = multiprocessing.get_context("forkserver")
"""Workers are forked from a process that has imported everything, so that hundreds can be born and killed."""
nursery.set_forkserver_preload(["tests.bot.engine.town"])


def born(*arguments):
    """Start a worker as a process."""
    process = nursery.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process
