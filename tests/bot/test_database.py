"""One database under many processes, of either kind."""

import multiprocessing

import pytest
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

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


OLD = """
CREATE TABLE "case" (id VARCHAR PRIMARY KEY, folder VARCHAR NOT NULL UNIQUE, status VARCHAR NOT NULL,
    result VARCHAR NOT NULL, stopped_at TIMESTAMP, human_s FLOAT NOT NULL);
CREATE TABLE review (id INTEGER PRIMARY KEY, "case" VARCHAR NOT NULL, body VARCHAR NOT NULL);
CREATE TABLE event (id INTEGER PRIMARY KEY, "case" VARCHAR NOT NULL, at TIMESTAMP NOT NULL, what VARCHAR NOT NULL);
CREATE TABLE filing (id INTEGER PRIMARY KEY, "case" VARCHAR NOT NULL, portal VARCHAR NOT NULL, hall VARCHAR NOT NULL,
    business_key VARCHAR NOT NULL, plan_hash VARCHAR NOT NULL, state VARCHAR NOT NULL, receipt VARCHAR NOT NULL,
    attempts INTEGER NOT NULL, at TIMESTAMP NOT NULL, UNIQUE (portal, hall, business_key));
INSERT INTO "case" VALUES ('20261123-001', '/papers', 'filed', '', NULL, 0)
"""
"""A store as the first version made it, with a case."""


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request, tmp_path):
    """Connect to an empty database."""
    address = f"sqlite:///{tmp_path / 'old.sqlite'}"
    if request.param == "postgres":
        address = request.getfixturevalue("server").emptied()
    made = database.connect(address)
    yield made
    made.dispose()


def differences(engine):
    """Return where a database is not as the program's tables are: tables, columns and indexes."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    return [
        one for one in found if one[0] not in {"add_index", "remove_index"} or one[1].table.name == "served"
    ]


def run(engine, statements):
    with engine.begin() as connection:
        for statement in statements.split(";"):
            connection.execute(text(statement))


def test_store_of_the_first_version_is_brought_up_to_date(engine):
    """Its cases are there, the new tables too, and a second start changes nothing."""
    run(engine, OLD)

    create_tables(engine)
    create_tables(engine)

    with engine.connect() as connection:
        kept = connection.execute(text('SELECT id FROM "case"')).scalars().all()
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    assert kept == ["20261123-001"]
    assert version == ["0002"]
    assert inspect(engine).has_table("served")


def test_older_table_gets_what_it_lacks(engine):
    """A service of the version before is changed to what a fresh one is."""
    create_tables(engine)
    run(engine, "DROP INDEX ix_served_changed_at; UPDATE alembic_version SET version_num = '0001'")
    before = differences(engine)

    create_tables(engine)

    assert before
    assert differences(engine) == []


def test_fresh_store_is_as_the_last_revision_leaves_it(engine):
    """Nothing is left to do on a database that was empty."""
    create_tables(engine)

    assert differences(engine) == []
