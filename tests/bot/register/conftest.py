"""A small register that the tests share, and one that each may change."""

import shutil
from datetime import date

import pytest

from bot.register.build import build
from bot.register.register import Register
from tests.bot.register.generate import write

ON = date(2026, 11, 23)
ROWS = 20_000


def quiet(_line):
    """Take a line of progress and say nothing."""


@pytest.fixture(scope="session")
def rows_file(tmp_path_factory):
    """The rows that the shared register is built from."""
    path = tmp_path_factory.mktemp("rows") / "rows.parquet"
    write(ROWS, path, seed=5)
    return path


@pytest.fixture(scope="session")
def folder(rows_file, tmp_path_factory):
    """A register of twenty thousand names; not to be changed."""
    out = tmp_path_factory.mktemp("register") / "names"
    build([rows_file], out, ON, quiet, workers=2)
    return out


@pytest.fixture
def own(folder, tmp_path):
    """A copy of the register that a test may change."""
    shutil.copytree(folder, tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
def register(own):
    """An open register that a test may change."""
    opened = Register(own)
    yield opened
    opened.close()
