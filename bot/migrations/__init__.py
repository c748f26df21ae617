"""Brings the tables of a store that an older version made to the shape that this one needs.

A table that is missing is made as it is today (bot/database.py); a revision changes one that is there, and looks
first whether it has been changed already. Revisions only go forward, and old programs can still read what they leave.
"""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

FIRST = "0001"
"""What a store is that has tables and no version: made before there were revisions."""


def upgrade(connection: Connection, *, was_empty: bool) -> None:
    """Run the revisions that a database lacks, in the caller's transaction.

    Args:
        connection: Holds the lock under which tables are made.
        was_empty: There were no tables before: they have today's shape already.
    """
    scripts = ScriptDirectory(str(Path(__file__).parent))
    context = MigrationContext.configure(connection)
    if context.get_current_revision() is None:
        context.stamp(scripts, "head" if was_empty else FIRST)
    if context.get_current_revision() == scripts.get_current_head():
        return

    def steps(revision: str, _: MigrationContext) -> list[RevisionStep]:
        return scripts._upgrade_revs("head", revision)  # noqa: SLF001 - as the tool's own env.py files have it

    with EnvironmentContext(Config(), scripts, fn=steps) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def has_index(connection: Connection, table: str, name: str) -> bool:
    """Tell whether a table has an index already."""
    return any(index["name"] == name for index in inspect(connection).get_indexes(table))


def has_column(connection: Connection, table: str, name: str) -> bool:
    """Tell whether a table has a column already."""
    return any(column["name"] == name for column in inspect(connection).get_columns(table))
