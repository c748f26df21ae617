"""Letter of authorisation (授权委托书, 指定代表或者共同委托代理人授权委托书)."""

from collections.abc import Iterator

from extractors.closing import take_closing_date
from extractors.lexicon import lexicon
from extractors.model import Element
from extractors.phrases import take_clauses
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.take import Taker

PAPER = "authorization_letter"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a letter of authorisation, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from take_clauses(taker, "principal", "agent_name", "agent_id_number", "agent_phone", "scope")
    yield from take_clauses(taker, "valid_from", "valid_to", "signed_on")
    yield from take_closing_date(taker, "signed_on")
