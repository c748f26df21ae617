"""One database under many processes, of either kind."""

import multiprocessing

import pytest
from sqlalchemy import inspect

from bot import database
from bot.engine.cases import create_tables
from bot.engine.queue import migrate

AT_ONCE = 6


def start(address, gate):
    gate.wait(60)
    engine = database.connect(address)
    create_tables(engine)
    migrate(engine)
    engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_processes_that_start_at_once_share_an_empty_database(kind, request, tmp_path):
    """One makes the tables, the others wait for it; nobody fails."""
    address = f"sqlite:///{tmp_path / 'zeromeet.sqlite'}"
    if kind == "postgres":
        address = request.getfixturevalue("server").emptied()
    context = multiprocessing.get_context("forkserver")
    gate = context.Barrier(AT_ONCE)

    processes = [context.Process(target=start, args=(address, gate)) for _ in range(AT_ONCE)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    engine = database.connect(address)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()

    assert [process.exitcode for process in processes] == [0] * AT_ONCE
    assert {"case", "served", "call", "api_key", "filing"} <= tables


def test_address_is_taken_as_people_write_it():
    """The driver is ours to choose."""
    for written in ("postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"):
        assert database.connect(written).dialect.driver == "psycopg"
