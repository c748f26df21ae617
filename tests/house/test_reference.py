"""The reference pages say what the rules, tables, forms, laws and elements say today."""

import runpy
from pathlib import Path

import pytest

import cli

FOLDER = Path(cli.__file__).parent / "docs" / "reference"
MADE = runpy.run_path(str(FOLDER / "make.py"))


@pytest.mark.parametrize("name", sorted(MADE["PAGES"]))
def test_page_is_the_one_that_is_made_today(name):
    """Whoever changes a rule runs docs/reference/make.py; nobody reads of a rule that is gone."""
    written = (FOLDER / name).read_text(encoding="utf-8")

    assert written == MADE["page"](name), "run: python docs/reference/make.py"
