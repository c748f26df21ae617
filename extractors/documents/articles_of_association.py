"""Articles of association (公司章程): the clauses that 公司法 第四十六条 demands.

Values stand beside labels, in clauses or in the shareholders' table. Not read: the organs' powers.
"""

from collections.abc import Iterator

from extractors.appointments import take_appointments
from extractors.closing import take_closing_date
from extractors.headline import take_headline_company
from extractors.lexicon import lexicon
from extractors.model import Element
from extractors.phrases import take_clauses, take_sentence_rows
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.tables import take_table
from extractors.take import Taker

PAPER = "articles_of_association"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is articles of association, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from take_appointments(taker, "legal_representative")
    names = ("company_name", "address", "business_scope", "registered_capital")
    yield from take_clauses(taker, *names, "legal_representative", "term_to", "signed_on")
    yield from take_headline_company(taker, "company_name")
    yield from take_table(taker, "shareholders")
    yield from take_sentence_rows(taker, "shareholders")
    yield from take_closing_date(taker, "signed_on")
