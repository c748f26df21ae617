"""Resolution of the shareholders, or decision of the only one (股东会决议, 股东决定).

Source: 公司法 第五十九条、第六十条. Not read: the vote, the signatures' shapes.
"""

from collections.abc import Iterator

from extractors.appointments import take_appointments
from extractors.closing import take_closing_date
from extractors.headline import take_headline_company
from extractors.lexicon import lexicon
from extractors.lists import take_list
from extractors.model import Element
from extractors.phrases import take_clauses
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "shareholder_resolution"
WORDS = lexicon(PAPER)
POSTS = ("executive_director", "legal_representative", "manager", "supervisor")


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a resolution, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from take_appointments(taker, *POSTS)
    yield from take_clauses(taker, "company_name", "executive_director", "legal_representative", "manager")
    yield from take_clauses(taker, "supervisor", "resolved_on")
    yield from take_headline_company(taker, "company_name")
    yield from take_list(taker, "shareholders", "name")
    yield from take_closing_date(taker, "resolved_on")
