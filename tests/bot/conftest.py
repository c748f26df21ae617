"""A real PostgreSQL server, started once for the tests that need it."""

import pytest

from tests.bot.engine import postgres


@pytest.fixture(scope="session")
def server():
    """Run one PostgreSQL server for the session."""
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server is installed (.ci/setup.sh postgres)")
    with postgres.running() as running:
        yield running
