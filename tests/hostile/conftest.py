"""What opens hostile files, and the good file that is read after each."""

import pytest

from extractors.sandbox import Sandbox
from tests.hostile.good import WORDS, text_pdf

SHORT = 2
"""Seconds that files stopped by the clock alone are given here."""


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox() as warm:
        yield warm


@pytest.fixture(scope="session")
def hasty():
    with Sandbox(seconds=SHORT) as warm:
        yield warm


@pytest.fixture(scope="session")
def neighbour(tmp_path_factory):
    path = tmp_path_factory.mktemp("good") / "neighbour.pdf"
    path.write_bytes(text_pdf(WORDS))
    return path
