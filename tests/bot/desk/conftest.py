"""One service for the session: what tests hand in, they find by its id."""

import pytest

from bot import settings
from tests.bot.desk.serving import serving


@pytest.fixture(scope="session")
def served(tmp_path_factory, home):
    """Run a service on a database of its own, with no workers."""
    folder = tmp_path_factory.mktemp("served")
    have = settings.load().model_copy(
        update={
            "database": f"sqlite:///{folder / 'zeromeet.sqlite'}",
            "files": folder / "files",
            "rate": 10_000,
            "webhook_allow": "127.0.0.0/8",
        }
    )
    with serving(have) as running:
        yield running
