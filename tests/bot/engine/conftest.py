"""A database of each kind: SQLite in a file, and a real PostgreSQL server that the tests start."""

import pytest

from bot import database
from bot.engine.cases import Cases, create_tables
from bot.engine.queue import Queue


@pytest.fixture(params=["sqlite", "postgres"])
def address(request, tmp_path):
    """Return the address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'zeromeet.sqlite'}"
    return request.getfixturevalue("server").emptied()


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
