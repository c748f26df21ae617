"""Whether a text layer is made of words: a font that maps to wrong characters makes none.

The words are those of the papers this product knows, taken as pairs of neighbouring characters. Measured
on text PDFs: a third of a real page's pairs are known, at most 7 of 100 once its characters are exchanged
for one another.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from extractors.model import TextLine
from extractors.values.text import squash

_FOLDER = Path(__file__).with_name("documents")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LEAST_KNOWN = 0.1
_LEAST_PAIRS = 20
"""A page with fewer pairs is too short to tell."""


def is_plausible(lines: Iterable[TextLine]) -> bool:
    """Tell whether a page's Chinese text holds known words, or is too short to hold any."""
    pairs = [pair for line in lines for pair in _pairs(squash(line.text))]
    known = sum(1 for pair in pairs if pair in _known())
    return len(pairs) < _LEAST_PAIRS or known >= _LEAST_KNOWN * len(pairs)


def _pairs(text: str) -> Iterator[str]:
    for run in _CHINESE.findall(text):
        yield from (run[n : n + 2] for n in range(len(run) - 1))


@cache
def _known() -> frozenset[str]:
    files = (path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.yaml")))
    return frozenset(pair for words in files for pair in _pairs(words))
