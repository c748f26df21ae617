"""A worker: takes tickets, runs their steps, and looks after the cases of workers that died."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import exits
from bot.engine import slots as slots_module
from bot.engine.cases import Cases, create_tables
from bot.engine.model import Outcome, ServedCase, State, Step, Ticket
from bot.engine.queue import QUEUES, Limits, Queue, Runner
from bot.engine.slots import SlotLostError, Slots
from extractors.errors import ZeromeetError

HUNG, LOST = 70, 75
"""How a worker ends that cannot go on: a job over its time, a lock that is gone."""
RETRIES = {exits.UNAVAILABLE: (30, 120, 600, 1_800, 3_600, *(10_800,) * 8)}
"""By the exit code of what stopped a case: how many seconds until each next try; all else is a person's.

Together more than a day: a portal that is closed for the night is no reason to trouble anyone."""

_log = logging.getLogger(__name__)


class Steps(Protocol):
    """What is done to a case; plain functions that know nothing of the queue."""

    def prepare(self, case: ServedCase, judging: Callable[[], None]) -> Outcome:
        """Read and judge; judging() is called between the two."""

    def file(self, case: ServedCase, is_mine: Callable[[], None]) -> Outcome:
        """File; is_mine() is called right before each last click and raises where the case is another's now."""


class Rhythm(NamedTuple):
    """How often a worker looks around, and how long it waits, in seconds."""

    take_over: float = 0.5
    sweep: float = 30
    job_limit: float = 1_800
    drain: int = 120


class Worker:
    """One worker process."""

    def __init__(
        self,
        engine: Engine,
        home: Path,
        steps: Steps,
        *,
        limits: Limits | None = None,
        rhythm: Rhythm | None = None,
        queues: tuple[str, ...] = QUEUES,
    ) -> None:
        create_tables(engine)
        self._steps = steps
        self._rhythm = rhythm or Rhythm()
        self._queue = Queue(engine)
        self._cases = Cases(engine, self._queue)
        self._slots: Slots = slots_module.hold(engine, home)
        self._runner = Runner(engine, self._slots.name, limits or Limits(), queues)
        self._begun: dict[Ticket, float] = {}

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop, then give the jobs under way time to end."""
        self._runner.start(self.job)
        _log.info("worker up", extra={"worker": self._slots.name})
        swept = 0.0
        while not stop.wait(self._rhythm.take_over):
            self._look_after()
            if time.monotonic() - swept > self._rhythm.sweep:
                swept = time.monotonic()
                self._sweep()
        _log.info("worker drains", extra={"worker": self._slots.name})
        self._runner.stop(self._rhythm.drain)

    def job(self, ticket: Ticket) -> None:
        """Run one ticket's step and write down what came of it.

        Raises:
            SQLAlchemyError: The database is away; the queue asks again.
        """
        case = self._cases.start(ticket)
        if case is None:
            return
        with self._timed(ticket):
            outcome = self._outcome(case, ticket)
        end = after(case, ticket.step, outcome)
        self._cases.finish(ticket, end.outcome, end.step, end.delay_s)

    def _outcome(self, case: ServedCase, ticket: Ticket) -> Outcome:
        try:
            if ticket.step is Step.FILE:
                return self._steps.file(case, self._assert_mine)
            return self._steps.prepare(case, lambda: self._judging(ticket))
        except SQLAlchemyError:
            raise
        except ZeromeetError as error:
            _log.warning("case stopped", extra={"case": case.id, "error": error.code})
            return Outcome(state=State.FAILED, exit_code=error.exit_code)
        except Exception as error:  # noqa: BLE001 - one case's surprise must not cost the others their worker
            _log.error("case broke", extra={"case": case.id, "error": type(error).__name__})
            return Outcome(state=State.FAILED, exit_code=exits.FAILED)

    def _assert_mine(self) -> None:
        """End this process rather than click where another may be clicking."""
        try:
            self._slots.check()
        except SlotLostError:
            slots_module.die(LOST)

    def _judging(self, ticket: Ticket) -> None:
        self._cases.moved(ticket, State.JUDGING)

    @contextmanager
    def _timed(self, ticket: Ticket) -> Iterator[None]:
        self._begun[ticket] = time.monotonic()
        try:
            yield
        finally:
            del self._begun[ticket]

    def _look_after(self) -> None:
        now = time.monotonic()
        if any(now - begun > self._rhythm.job_limit for begun in list(self._begun.values())):
            _log.error("job over its time")
            slots_module.die(HUNG)
        try:
            self._slots.check()
            with self._slots.dead(sorted(self._queue.holders())) as names:
                if names and self._runner.take_over(names):
                    _log.warning("took over", extra={"workers": names})
        except SlotLostError:
            slots_module.die(LOST)
        except SQLAlchemyError as error:
            _log.warning("database away", extra={"error": type(error).__name__})

    def _sweep(self) -> None:
        with suppress(SQLAlchemyError):
            for case in self._cases.sweep():
                _log.warning("swept", extra={"case": case})


class After(NamedTuple):
    """What follows a step."""

    outcome: Outcome
    step: Step | None = None
    delay_s: float = 0


def after(case: ServedCase, step: Step, outcome: Outcome) -> After:
    """Return what follows a step's outcome: the filing, another try later, or nothing without a person."""
    waits = RETRIES.get(outcome.exit_code, ())
    if outcome.state is State.FAILED and case.tries < len(waits):
        waiting = State.READY if step is Step.FILE else State.RECEIVED
        return After(outcome.model_copy(update={"state": waiting}), step, waits[case.tries])
    if outcome.state is State.READY and step is not Step.FILE:
        return After(outcome, Step.FILE)
    return After(outcome)
