"""Business licence (营业执照): the items that the law puts on every licence.

Source: 市场主体登记管理条例 第二十一条; 实施细则 第二十三条, in force since 2022-03-01.
Not read: the national emblem, the QR code, the copy number.
"""

from collections.abc import Iterator

from extractors.closing import take_by_ending, take_closing_date
from extractors.cross_check import confirmed
from extractors.lexicon import lexicon
from extractors.model import Element
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "business_license"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a business licence, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from confirmed(_items(taker))


def _items(taker: Taker) -> Iterator[Element]:
    yield from taker.take("unified_social_credit_code", "company_name", "company_type")
    yield from taker.take("legal_representative", "registered_capital", "established_on", "address")
    yield from taker.take("term_from", "term_to", "business_scope", "registration_authority", "issued_on")
    yield from take_by_ending(taker, "registration_authority")
    yield from take_closing_date(taker, "issued_on")
