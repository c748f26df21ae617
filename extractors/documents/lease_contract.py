"""Lease or proof of premises (房屋租赁合同, 住所使用证明): who may use which rooms, until when."""

from collections.abc import Iterator

from extractors.closing import take_closing_date
from extractors.lexicon import lexicon
from extractors.model import Element
from extractors.phrases import take_clauses
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "lease_contract"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a lease, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from take_clauses(taker, "lessor", "lessee", "address", "area_m2", "rent", "usage")
    yield from take_clauses(taker, "term_from", "term_to", "signed_on")
    yield from take_closing_date(taker, "signed_on")
