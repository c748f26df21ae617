"""Title to premises (不动产权证书, 房屋所有权证)."""

from collections.abc import Iterator

from extractors.closing import take_by_ending
from extractors.lexicon import lexicon
from extractors.model import Element
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "premises_certificate"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a title to premises, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from taker.take("certificate_number", "owner", "address", "area_m2", "usage")
    yield from take_by_ending(taker, "certificate_number", holding="权")
