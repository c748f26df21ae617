"""Bank account notice: 基本存款账户信息 (since 2019) and 开户许可证 (before).

Not read: the bank's seal.
"""

from collections.abc import Iterator

from extractors.closing import take_closing_date
from extractors.lexicon import lexicon
from extractors.model import Element
from extractors.phrases import take_clauses
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "bank_account_notice"
WORDS = lexicon(PAPER)
_PRINT_DATE = 0.9
"""A date that a person should confirm."""


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a bank account notice, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from take_clauses(taker, "account_name", "account_number", "bank_name", "legal_representative")
    yield from taker.take("basic_account_number", "opened_on")
    # The licence's date is the account's; on the later print it may be the day of printing.
    licence = any("许可证" in piece.text for piece in taker.sheet.pieces)
    yield from take_closing_date(taker, "opened_on", most=1.0 if licence else _PRINT_DATE)
