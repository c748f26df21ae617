"""Fixtures that many tests share."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from extractors.model import Document, Page, TextLine
from extractors.sheet import Sheet

# On the integration machine a property is tried with the same examples every time; elsewhere with new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("integration", deadline=None, derandomize=True)
settings.load_profile("integration" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every test away from the user's own data."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["ZEROMEET_HOME"] = str(folder)
    yield folder
    del os.environ["ZEROMEET_HOME"]


@pytest.fixture(scope="session")
def sheet() -> Callable[..., Sheet]:
    """Return what makes a sheet of rows of text; two or more spaces part two pieces of a row."""

    def make(*rows: str, confidence: float = 1.0, reader: str = "pdf") -> Sheet:
        lines = [line for n, row in enumerate(rows) for line in _lines(row, n, confidence, reader)]
        page = Page(number=1, width=1600, height=max(len(rows) * 60, 2000), lines=tuple(lines))
        return Sheet(
            Document(id="0" * 64, filename="a.pdf", media_type="application/pdf", pages=(page,)), (page,)
        )

    return make


def _lines(row: str, number: int, confidence: float, reader: str) -> Iterator[TextLine]:
    x, top = 100.0, 100 + number * 45.0
    for part in row.split("  "):
        width = sum(30 if ord(c) > 0x2E7F else 16 for c in part)
        if part.strip():
            box = (x, top, x + width, top + 30)
            yield TextLine.model_validate(
                {"text": part.strip(), "box": box, "confidence": confidence, "reader": reader}
            )
        x += width + 60
