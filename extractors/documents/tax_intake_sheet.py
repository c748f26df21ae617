"""Tax intake sheet (新办纳税人办税信息采集表): what no other paper says, filled in by the company."""

from collections.abc import Iterator

from extractors.lexicon import lexicon
from extractors.lists import take_people
from extractors.model import Element
from extractors.recognise import by_words
from extractors.sheet import Sheet
from extractors.tables import take_table
from extractors.take import Taker

PAPER = "tax_intake_sheet"
WORDS = lexicon(PAPER)
ROLES = {
    "财务负责人": "finance_officer",
    "办税": "tax_handler",
    "购票": "invoice_buyer",
    "领票": "invoice_buyer",
}


def recognise(sheet: Sheet) -> float:
    """Return how sure it is that a sheet is a tax intake sheet, 0-1."""
    return by_words(sheet, WORDS)


def extract(taker: Taker) -> Iterator[Element]:
    """Take the items one by one; what is left over is reported."""
    yield from taker.take("company_name", "unified_social_credit_code", "accounting_standard")
    yield from taker.take("depreciation_method", "inventory_costing_method", "amortization_method")
    yield from taker.take("accounting_software", "accounting_software_version")
    yield from taker.take("vat_taxpayer_kind", "general_taxpayer_from", "tax_device", "invoice_delivery")
    yield from taker.take("phone", "email", "postcode", "employee_count")
    for person in ("finance_officer", "tax_handler", "invoice_buyer"):
        yield from taker.take(f"{person}_name", f"{person}_id_number", f"{person}_phone")
    yield from take_people(taker, "people", ROLES)
    yield from take_table(taker, "invoice_requests")
