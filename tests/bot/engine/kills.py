"""kill -9 of workers and of the database at random moments, while cases flow: nothing lost, doubled or stuck.

Run for long: python -m tests.bot.engine.kills --kills 5000 --on postgres
"""

import argparse
import os
import random
import signal
import tempfile
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from bot import database
from bot.engine.cases import Cases, create_tables
from bot.engine.model import Intake, State, Step
from bot.engine.queue import Queue
from bot.engine.tables import ServedRow
from tests.bot.engine import postgres, town

WORKERS = 3
UNDER_WAY = 30
"""Cases that are kept moving while the killing goes on."""
PAUSE_S = 1.0
LAST_S = 120.0
KINDS = ("", "ask", "naive", "naive ask", "", "naive")


class Tally(NamedTuple):
    """What became of the cases of one run."""

    kills: int
    pauses: int
    restarts: int
    cases: int
    lost: int
    """Accepted and not filed."""
    doubled: int
    """Filed twice although the worker asked first."""
    naive_doubled: int
    """Filed twice where it did not: shows that the killing bites."""
    seconds: float


class Town:
    """One database, its workers, an authority, a clerk and somebody who kills."""

    def __init__(self, address, folder, seed, server=None):
        self._chance = random.Random(seed)
        self._address, self._folder, self._server = address, folder, server
        engine = database.connect(address)
        create_tables(engine)
        self._engine = engine
        self.cases = Cases(engine, Queue(engine))
        self._authority = town.Authority(folder / "authority")
        self._known = {}
        self._over = threading.Event()
        self._workers = [self._born() for _ in range(WORKERS)]
        self.kills = self.pauses = self.restarts = 0

    def run(self, kills, restart_every=0):
        """Kill this often while cases flow, then let the rest end, and count."""
        start = time.monotonic()
        helpers = [threading.Thread(target=task, daemon=True) for task in (self._feed, self._release)]
        for helper in helpers:
            helper.start()
        while self.kills < kills:
            time.sleep(self._chance.uniform(0.05, 0.6))
            self._harm(restart_every)
        self._over.set()
        helpers[0].join()
        self._wait_for_the_rest()
        for worker in self._workers:
            worker.terminate()
            worker.join(10)
        return self._tally(time.monotonic() - start)

    def _harm(self, restart_every):
        if restart_every and self.kills % restart_every == restart_every - 1:
            self._server.stop()
            self.restarts += 1
            time.sleep(0.5)
            self._server.start()
        self._bear_again()
        number = self._chance.randrange(WORKERS)
        victim = self._workers[number]
        if self._chance.random() < 0.1:
            with suppress(ProcessLookupError):  # it may have ended by itself: the server was away too long
                os.kill(victim.pid, signal.SIGSTOP)
                time.sleep(PAUSE_S)
                os.kill(victim.pid, signal.SIGCONT)
            self.pauses += 1
            return
        victim.kill()
        victim.join()
        self.kills += 1
        self._workers[number] = self._born()

    def _born(self):
        return town.born(self._address, str(self._folder))

    def _feed(self):
        while not self._over.is_set():
            with suppress(SQLAlchemyError):
                if len(self._unfinished()) < UNDER_WAY:
                    self._hand_in()
                    continue
            time.sleep(0.05)

    def _hand_in(self):
        number = len(self._known)
        folder = str(self._folder / "papers" / f"{number}-{self._chance.random()}")
        kind = KINDS[number % len(KINDS)]
        case = self.cases.receive(Intake(tenant="hall", folder=folder, reference=kind))
        self._known[case] = kind

    def _release(self):
        while True:
            with suppress(SQLAlchemyError):
                for case in self._unfinished(State.REVIEW):
                    self.cases.act(case, None, {State.REVIEW}, lambda *_: (State.JUDGING, Step.JUDGE))
            time.sleep(0.1)

    def _unfinished(self, state=None):
        query = select(ServedRow.case).where(ServedRow.state != State.FILED)
        query = query.where(ServedRow.state == state) if state else query
        with Session(self._engine) as session:
            return session.exec(query).all()

    def _bear_again(self):
        """Start workers that have ended by themselves, as a supervisor does."""
        for number, worker in enumerate(self._workers):
            if not worker.is_alive():
                self._workers[number] = self._born()

    def _wait_for_the_rest(self):
        until = time.monotonic() + LAST_S
        while time.monotonic() < until:
            self._bear_again()
            with suppress(SQLAlchemyError):
                if not self._unfinished():
                    return
            time.sleep(0.2)

    def _tally(self, seconds):
        unfinished = set(self._unfinished())
        filings = {case: self._authority.filings(case) for case in self._known}
        twice = {case for case, count in filings.items() if count > 1}
        naive = {case for case in twice if "naive" in self._known[case]}
        lost = {case for case in self._known if case in unfinished or not filings[case]}
        return Tally(
            kills=self.kills,
            pauses=self.pauses,
            restarts=self.restarts,
            cases=len(self._known),
            lost=len(lost),
            doubled=len(twice - naive),
            naive_doubled=len(naive),
            seconds=round(seconds, 1),
        )


def run(kills, on, seed, restart_every=0):
    """Run one town and return its tally."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zeromeet-kills-")))
        server = stack.enter_context(postgres.running()) if on == "postgres" else None
        address = server.address if server else f"sqlite:///{folder / 'zeromeet.sqlite'}"
        return Town(address, folder, seed, server).run(kills, restart_every if server else 0)


def main():
    """Run from the command line and print the tally."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=300)
    asked.add_argument("--on", choices=("sqlite", "postgres"), default="sqlite")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument(
        "--restart-every", type=int, default=50, help="kills between two crashes of the server"
    )
    given = asked.parse_args()
    print(run(given.kills, given.on, given.seed, given.restart_every))  # noqa: T201


if __name__ == "__main__":
    main()
