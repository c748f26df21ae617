"""Name application sheet (企业名称申报信息表): the name that the applicant asks for."""

from collections.abc import Iterator

from extractors.lexicon import lexicon
from extractors.lists import take_list
from extractors.model import Element
from extractors.phrases import take_sentence_rows
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.tables import take_table
from extractors.take import Taker

PAPER = "name_application_sheet"
WORDS = lexicon(PAPER)


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a name application sheet, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from taker.take("district", "trade_name", "industry", "organization_form", "company_type")
    yield from taker.take("registered_capital", "address", "business_scope")
    yield from taker.take("agent_name", "agent_id_number", "agent_phone")
    yield from take_table(taker, "investors")
    yield from take_sentence_rows(taker, "investors")
    yield from take_list(taker, "proposed_names", "company_name")
