"""Invented papers and an invented authority for the engine's tests: steps that take time and leave traces.

The authority is a folder: a filing is a file in it, made with O_EXCL under a name of its own, so that a second
one of the same case is seen. Half of the cases are filed naively, to show that the test would see a double.
"""

import os
import sys
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
        time.sleep(self._file_s / 2)
        self.authority.file(case.id)
        time.sleep(self._file_s / 2)
        return Outcome(state=State.FILED)

    def _was_sent(self, case):
        try:
            os.close(os.open(self._intents / case, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return self.authority.filings(case) > 0
        return False


def main():
    """Run one worker until it is killed: ADDRESS FOLDER [READ_S FILE_S READERS FILERS]."""
    address, folder = sys.argv[1], Path(sys.argv[2])
    read_s, file_s = (float(n) for n in (*sys.argv[3:5], 0.01, 0.03)[:2])
    readers, filers = (int(n) for n in (*sys.argv[5:7], 4, 4)[:2])
    limits = Limits(
        readers=readers, filers=filers, portal_at_once=64, portal_per_minute=1_000_000, poll_s=0.05
    )
    worker = Worker(
        database.connect(address),
        folder,
        Steps(folder, read_s, file_s),
        limits=limits,
        rhythm=Rhythm(take_over=0.2, sweep=2, drain=5),
    )
    stop = threading.Event()
    import signal

    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    worker.run(stop)


if __name__ == "__main__":
    main()
