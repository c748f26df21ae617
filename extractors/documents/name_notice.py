"""Notice on a company name (企业名称预先核准通知书, 企业名称自主申报告知书)."""

from collections.abc import Iterator

from extractors.closing import take_by_ending, take_closing_date
from extractors.lexicon import lexicon
from extractors.lists import take_list
from extractors.model import Element
from extractors.phrases import take_clauses
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "name_notice"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a notice on a name, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from take_clauses(taker, "company_name", "notice_number", "issued_on", "reserved_until")
    yield from take_clauses(taker, "registration_authority")
    yield from take_list(taker, "investors", "name")
    yield from take_by_ending(taker, "notice_number", holding="第")
    yield from take_by_ending(taker, "registration_authority")
    yield from take_closing_date(taker, "issued_on")
