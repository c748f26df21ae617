"""A database of each kind: SQLite in a file, and a real PostgreSQL server that the tests start."""

import pytest
from sqlalchemy import text

from bot import database
from bot.engine.cases import Cases, create_tables
from bot.engine.queue import Queue
from tests.bot.engine import postgres


@pytest.fixture(scope="session")
def server():
    """Run one PostgreSQL server for the session."""
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server is installed (.ci/setup.sh postgres)")
    with postgres.running() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgres"])
def address(request, tmp_path):
    """Return the address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'zeromeet.sqlite'}"
    return _emptied(request.getfixturevalue("server").address)


def _emptied(address):
    engine = database.connect(address)
    with engine.begin() as connection:
        for schema in ("dbos", "public"):
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return address


@pytest.fixture
def engine(address):
    """Return a connection pool on a database with our tables."""
    made = database.connect(address)
    create_tables(made)
    yield made
    made.dispose()


@pytest.fixture
def queue(engine):
    """Return the queue of that database."""
    opened = Queue(engine)
    yield opened
    opened.close()


@pytest.fixture
def cases(engine, queue):
    """Return the cases of that database."""
    return Cases(engine, queue)
