"""Who lives: a worker's name is a lock that its death frees and that a stopped process keeps.

Locks, not timers: a worker that merely pauses keeps its cases, so nobody files what it is about to file.
"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot import database
from extractors.errors import ZeromeetError

MOST = 256
_SPACE = 0x2E20
"""Keeps our advisory locks apart from those of other programs in the same database."""
_GRACE_S = 10
"""After a restart of the server its former owners take their locks back before anyone takes over."""

_log = logging.getLogger(__name__)


class SlotLostError(ZeromeetError):
    """This worker can no longer show that it lives, so another may have its cases."""

    code = "slot_lost"
    remedy = "进程会退出并由监护程序重新启动；案件由其他进程接手，不会重复提交。"


class Slots(Protocol):
    """The locks of all workers on one database."""

    name: str
    """This worker's own, held until it ends."""

    def check(self) -> None:
        """Raise SlotLostError where the lock is gone."""

    def dead(self, names: Sequence[str]) -> AbstractContextManager[list[str]]:
        """Hold, while the block runs, the locks of those that nobody else holds."""


def hold(engine: Engine, home: Path) -> "Slots":
    """Take the first free name on this database.

    Raises:
        SlotLostError: There are as many workers as names.
    """
    return FileSlots(home / "slots") if database.is_sqlite(engine) else ServerSlots(engine)


def living(engine: Engine, home: Path) -> list[str]:
    """Return the names of the workers that live now."""
    if not database.is_sqlite(engine):
        query = text(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :space"
        )
        with engine.connect() as connection:
            return sorted(f"w{row[0]:03d}" for row in connection.execute(query, {"space": _SPACE}))
    folder = home / "slots"
    return sorted(path.name for path in folder.iterdir() if _is_held(path)) if folder.is_dir() else []


def _is_held(path: Path) -> bool:
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


class FileSlots:
    """Locks on files: workers of one machine on one SQLite database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.name, self._file = next(self._free())

    def check(self) -> None:
        """A file's lock is lost only with the process."""

    @contextmanager
    def dead(self, names: Sequence[str]) -> Iterator[list[str]]:
        """Hold the locks of those names that nobody else holds."""
        held = {name: file for name in names if name != self.name and (file := self._lock(name)) is not None}
        try:
            yield list(held)
        finally:
            for file in held.values():
                file.close()

    def _free(self) -> Iterator[tuple[str, IO[str]]]:
        for number in range(MOST):
            name = f"w{number:03d}"
            if (file := self._lock(name)) is not None:
                yield name, file
        raise _full()

    def _lock(self, name: str) -> IO[str] | None:
        file = (self._folder / name).open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file


class ServerSlots:
    """Advisory locks of a PostgreSQL server: workers of many machines."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection = self._opened()
        self._number = next((n for n in range(MOST) if _try(self._connection, n)), MOST)
        if self._number == MOST:
            raise _full()
        self.name = f"w{self._number:03d}"

    def check(self) -> None:
        """Ask for the lock over the connection that holds it; take it back after a restart of the server.

        Raises:
            SlotLostError: Another worker has it now, or the server stays away.
        """
        with suppress(SQLAlchemyError):
            if self._holds():
                return
        until = time.monotonic() + _GRACE_S
        while time.monotonic() < until:
            with suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection = self._opened()
                if _try(self._connection, self._number):
                    return
            time.sleep(0.2)
        raise SlotLostError("工作进程失去了自己的锁，已停止。")

    @contextmanager
    def dead(self, names: Sequence[str]) -> Iterator[list[str]]:
        """Hold the locks of those names that nobody else holds."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            young = "SELECT now() - pg_postmaster_start_time() < make_interval(secs => :grace)"
            if connection.execute(text(young), {"grace": _GRACE_S}).scalar():
                yield []
                return
            others = [name for name in names if name != self.name]
            held = [name for name in others if _try(connection, int(name[1:]))]
            try:
                yield held
            finally:
                for name in held:
                    connection.execute(
                        text("SELECT pg_advisory_unlock(:space, :n)"), {"space": _SPACE, "n": int(name[1:])}
                    )

    def _holds(self) -> bool:
        query = (
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND classid = :space AND objid = :n AND pid = pg_backend_pid()"
        )
        return bool(self._connection.execute(text(query), {"space": _SPACE, "n": self._number}).scalar())

    def _opened(self) -> Connection:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        return connection


def _full() -> SlotLostError:
    return SlotLostError(f"已有 {MOST} 个工作进程，没有启动。")


def _try(connection: Connection, number: int) -> bool:
    query = text("SELECT pg_try_advisory_lock(:space, :n)")
    return bool(connection.execute(query, {"space": _SPACE, "n": number}).scalar())


def die(code: int) -> None:
    """End at once, with every thread; whatever was under way is taken over."""
    logging.shutdown()
    os._exit(code)
