"""Takes cases in: many requests share one commit, and one idempotency key makes one case.

A commit waits for the disk. Requests that arrive while one waits are written together by the next, so that
their number is not bound to the number of commits that a disk makes.
"""

import asyncio
import queue
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.desk.problems import Problem
from bot.engine.acts import add_uploads
from bot.engine.cases import Cases
from bot.engine.model import Intake, Upload
from bot.engine.tables import AnswerRow

MOST_TOGETHER = 64
_WAIT_S = 2.0
"""How long a request waits for another with its key before it is told to come again."""


class Wish(NamedTuple):
    """A case to be taken."""

    case: str
    intake: Intake
    uploads: tuple[Upload, ...]
    key: str = ""
    """Idempotency key; empty where none was sent."""
    body_hash: str = ""


class Taken(NamedTuple):
    """Where a wish ended: in its own case, or in the one that its key made before."""

    case: str
    is_new: bool


class Reservations:
    """Idempotency keys whose requests are coming in right now, in one event loop."""

    def __init__(self) -> None:
        self._under_way: dict[tuple[str, str], asyncio.Event] = {}

    @asynccontextmanager
    async def held(self, tenant: str, key: str) -> AsyncIterator[None]:
        """Hold a key while its request comes in.

        Raises:
            Problem: Another request has held it for longer than is worth waiting.
        """
        if not key:
            yield
            return
        name, done = (tenant, key), asyncio.Event()
        try:
            async with asyncio.timeout(_WAIT_S):
                while (other := self._under_way.setdefault(name, done)) is not done:
                    await other.wait()
        except TimeoutError:
            raise Problem("in_progress", retry_after=1) from None
        try:
            yield
        finally:
            del self._under_way[name]
            done.set()


class Desk:
    """One writer for all requests of this process."""

    def __init__(self, engine: Engine, cases: Cases) -> None:
        self._engine, self._cases = engine, cases
        self._wishes: queue.SimpleQueue[tuple[Wish, Future[Taken]] | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, name="intake", daemon=True)
        self._writer.start()

    def take(self, wish: Wish) -> "Future[Taken]":
        """Take a case; the future is done when it is on disk.

        Raises:
            Problem: In the future: the key was used for another body.
        """
        future: Future[Taken] = Future()
        self._wishes.put((wish, future))
        return future

    def close(self) -> None:
        """Write what has come and end."""
        self._wishes.put(None)
        self._writer.join()

    def _write(self) -> None:
        while (first := self._wishes.get()) is not None:
            batch = [first]
            while len(batch) < MOST_TOGETHER and not self._wishes.empty():
                another = self._wishes.get()
                if another is None:
                    self._wishes.put(None)
                    break
                batch.append(another)
            self._write_together(batch)

    def _write_together(self, batch: list[tuple[Wish, "Future[Taken]"]]) -> None:
        try:
            taken = self._written([wish for wish, _ in batch])
        except Exception as error:  # noqa: BLE001 - whoever waits is told, and the writer lives
            self._write_apart(batch, error)
            return
        for (_, future), outcome in zip(batch, taken, strict=True):
            _settle(future, outcome)

    def _write_apart(self, batch: list[tuple[Wish, "Future[Taken]"]], error: Exception) -> None:
        """One request's fault is not the others': each is written by itself, once more where a key was in the way."""
        if len(batch) == 1 and not isinstance(error, IntegrityError):
            batch[0][1].set_exception(error)
            return
        for wish, future in batch:
            try:
                _settle(future, self._written([wish])[0])
            except Exception as found:  # noqa: BLE001
                future.set_exception(found)

    def _written(self, wishes: list[Wish]) -> list[Taken | Problem]:
        with Session(self._engine) as session:
            taken = [self._one(session, wish) for wish in wishes]
            session.commit()
        return taken

    def _one(self, session: Session, wish: Wish) -> Taken | Problem:
        tenant = wish.intake.tenant
        known = session.get(AnswerRow, (tenant, wish.key)) if wish.key else None
        if known is not None:
            return (
                Taken(known.case, is_new=False)
                if known.body_hash == wish.body_hash
                else Problem("key_reused")
            )
        case = self._cases.add(session, wish.intake, wish.case)
        add_uploads(session, case, wish.uploads)
        if wish.key:
            session.add(
                AnswerRow(
                    tenant=tenant, key=wish.key, body_hash=wish.body_hash, case=case, at=datetime.now(UTC)
                )
            )
            session.flush()
        return Taken(case, is_new=True)


def _settle(future: "Future[Taken]", outcome: Taken | Problem) -> None:
    if isinstance(outcome, Problem):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
