"""The database behind the store and the queue: SQLite beside the program, or a PostgreSQL server.

An address may be written as people know it (postgresql://…); the driver is ours to choose.
"""

import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect, make_url

from bot import migrations

CLAIMING = "queue-worker-"
"""How the queue's library names the threads that count and claim jobs; a test with four processes holds it to that."""
BUSY_MS = 30_000
_MAKING = 0x2E20_0000_0001
_POOL = 24
"""Connections of one process: twice its jobs under way, and some for those who watch over it."""


def connect(address: str) -> Engine:
    """Return an engine whose commits are on disk when they return."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite":
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=_POOL,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "options": "-c timezone=utc"},
        )
    _private(url.database)
    engine = create_engine(url, pool_size=_POOL)
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _claim_as_one)
    return engine


def make_tables(engine: Engine, metadata: MetaData) -> None:
    """Make the tables that are missing and bring older ones up to date.

    Of many processes that start at once one does it, and the others wait.
    """
    with engine.begin() as connection:
        if is_sqlite(engine):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MAKING})")
        was_empty = not inspect(connection).has_table("case")
        metadata.create_all(connection)
        migrations.upgrade(connection, was_empty=was_empty)


def is_sqlite(engine: Engine) -> bool:
    """Tell whether the database is a file of this machine."""
    return engine.dialect.name == "sqlite"


def _durable(connection: object, _: object) -> None:
    """An intent must be on disk before the click, so every commit waits for the disk."""
    connection.isolation_level = "IMMEDIATE"  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_MS}", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _claim_as_one(connection: Connection) -> None:
    """Counting the jobs under way and claiming the next is one step, or four processes break a limit of three.

    Only the claiming threads begin so: a migration that begins by itself would fail, and a reader would wait.
    """
    if threading.current_thread().name.startswith(CLAIMING):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _private(path: str | None) -> None:
    if path and path != ":memory:":
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
