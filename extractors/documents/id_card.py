"""Identity card (居民身份证): portrait side, emblem side or both.

Source: 居民身份证法 第三条. The number states birthday and sex once more, so both are read twice.
"""

from collections.abc import Iterator

from extractors.cross_check import agreed
from extractors.lexicon import lexicon
from extractors.model import Element
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "id_card"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is an identity card, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from agreed(taker.take("name", "sex", "ethnicity", "born_on", "address", "id_number"))
    yield from taker.take("issuing_authority", "valid_from", "valid_to")
