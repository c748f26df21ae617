"""Pages that say nothing: blank backs, pages with only their number, sheets that part a stack in a scanner.

Such a page goes along with the paper it lies in. Whether it bears marks that nobody could read is asked of its picture.
"""

import re
from functools import cache
from pathlib import Path

import yaml

from extractors.model import Page, TextLine
from extractors.sheet import fold, is_noise, is_page_number

_WORDS = Path(__file__).parent / "data" / "empty_pages.yaml"
_NO_LETTER = re.compile(r"[\W_]+")


def is_empty(page: Page) -> bool:
    """Tell whether a page bears nothing but its number, scraps and words that mean that it is empty."""
    return all(_says_nothing(line) for line in page.lines)


def _says_nothing(line: TextLine) -> bool:
    text = "".join(fold(c) for c in line.text if not c.isspace())
    said = _NO_LETTER.sub("", text).upper()
    return is_page_number(text) or is_noise(text, line.confidence) or not said or said in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(yaml.safe_load(_WORDS.read_text(encoding="utf-8"))["words"])
