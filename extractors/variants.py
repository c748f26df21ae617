"""Traditional forms that a recogniser reads on a simplified paper: folded in plain texts, doubted in names.

廈 for 厦 is a misreading where all other print is simplified. An address has one way of writing, so it is put right
and its source keeps what was read; a person or a firm may bear the old form, so a name is left and looked at.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from extractors.elements import element_kind
from extractors.model import SURE, Element, TextLine
from extractors.take import HESITANT, Taker

_FORMS = Path(__file__).parent / "data" / "variants.tsv"
_PLAIN = frozenset({"address", "scope", "type", "authority", "bank", "paragraph"})
"""Kinds whose values are written in one way only."""
_MOST = 0.1
"""Part of the characters with two forms that may be traditional on a simplified paper."""
_FEWEST = 10
"""Simplified characters with a traditional form from which a paper is known to be simplified."""


def settle_variants(taker: Taker, elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the elements, traditional forms in what was recognised folded or doubted."""
    simplified = _is_simplified([piece.line for piece in taker.sheet.pieces])
    for element in elements:
        if not simplified or element.sources[0].reader != "paddleocr" or not _has_old_form(element):
            yield element
        elif isinstance(element.value, str) and _kind(taker, element.name) in _PLAIN:
            yield element.model_copy(update={"value": element.value.translate(_table()), "repaired": True})
        else:
            confidence = min(element.confidence, HESITANT)
            yield element.model_copy(update={"confidence": confidence, "sure": confidence >= SURE})


def _has_old_form(element: Element) -> bool:
    value = element.value
    cells = [cell for row in value for cell in row.values()] if isinstance(value, tuple) else [value]
    return any(isinstance(cell, str) and cell != cell.translate(_table()) for cell in cells)


def _kind(taker: Taker, name: str) -> str:
    return taker.words.kinds.get(name) or element_kind(taker.paper, name).type


def _is_simplified(lines: Iterable[TextLine]) -> bool:
    text = "".join(line.text for line in lines)
    new = frozenset(_table().values())
    old, simple = (sum(ord(c) in _table() for c in text), sum(c in new for c in text))
    return simple >= _FEWEST and old <= _MOST * (old + simple)


@cache
def _table() -> dict[int, str]:
    rows = _FORMS.read_text(encoding="utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if not row.startswith(("#", "form\t")))
    return {ord(old): simple for old, simple in pairs}
