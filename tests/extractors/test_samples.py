"""The sample papers are read as they were written: scans, a photo, a scanned PDF, text, cells and paragraphs."""

from pathlib import Path

import pytest

from bot.intake import read_files
from extractors.intake import files_of
from extractors.model import Money
from extractors.reading import PaperReader
from tests.specimens.people import software, trading

SAMPLES = Path(__file__).parents[2] / "samples"


def yuan(amount):
    return Money(amount=f"{amount}.00", currency="CNY")


def licence(c):
    return {
        "unified_social_credit_code": c.code,
        "company_name": c.name,
        "company_type": c.kind,
        "legal_representative": c.head.name,
        "registered_capital": yuan(c.capital),
        "established_on": c.established.isoformat(),
        "address": c.address,
    }


def card(p):
    return {
        "name": p.name,
        "sex": p.sex,
        "ethnicity": "汉",
        "born_on": p.born.isoformat(),
        "address": p.home,
        "id_number": p.number,
        "issuing_authority": p.police,
        "valid_from": p.card_from.isoformat(),
        "valid_to": p.card_to.isoformat(),
    }


def bank(c):
    return {
        "account_name": c.name,
        "account_number": c.account_number,
        "bank_name": c.bank,
        "legal_representative": c.head.name,
        "basic_account_number": c.account,
        "opened_on": c.opened.isoformat(),
    }


def articles(c):
    return {
        "company_name": c.name,
        "address": c.address,
        "business_scope": c.scope,
        "registered_capital": yuan(c.articles_capital or c.capital),
        "legal_representative": c.head.name,
        "term_to": "indefinite",
        "signed_on": c.signed.isoformat(),
        "shareholders": tuple(
            {
                "name": s.holder.name,
                "id_number": s.holder.number,
                "subscribed_capital": yuan(s.amount),
                "percent": str(s.percent),
                "contribution_form": "货币",
                "due_on": s.due.isoformat(),
            }
            for s in c.shares
        ),
    }


def name_sheet(c):
    return {
        "proposed_names": tuple({"company_name": n} for n in (c.name, *c.spare_names)),
        "district": c.division,
        "trade_name": c.trade_name,
        "industry": c.industry,
        "organization_form": "有限公司",
        "registered_capital": yuan(c.capital),
        "address": c.address,
        "business_scope": c.scope,
        "agent_name": c.head.name,
        "agent_id_number": c.head.number,
        "agent_phone": c.head.mobile,
    }


def intake(c):
    return {
        "company_name": c.name,
        "unified_social_credit_code": c.code,
        "accounting_standard": c.accounting_standard,
        "vat_taxpayer_kind": "一般纳税人",
        "general_taxpayer_from": "次月1日",
        "employee_count": str(c.staff),
        "finance_officer_name": c.finance.name,
        "finance_officer_id_number": c.finance.number,
        "finance_officer_phone": c.finance.mobile,
        "tax_handler_name": c.clerk.name,
        "tax_handler_id_number": c.clerk.number,
        "invoice_buyer_name": c.clerk.name,
        "invoice_requests": tuple(
            {"invoice_kind": k, "max_amount": yuan(100000), "monthly_quantity": n, "holding_quantity": n}
            for k, n in (("增值税专用发票", "25"), ("增值税普通发票", "50"))
        ),
    }


EXPECTED = {
    "qiming-software": {
        "IMG_0412.jpg": ("business_license", licence(software())),
        "IMG_0413.jpg": ("id_card", card(software().head)),
        "scan-03.jpg": ("id_card", card(software().finance)),
        "scan-04.pdf": ("id_card", card(software().clerk)),
        "scan-05.jpg": ("bank_account_notice", bank(software())),
        "scan-06.jpg": ("shareholder_resolution", {"company_name": software().name}),
        "07.pdf": ("articles_of_association", articles(software())),
        "08.pdf": ("name_application_sheet", name_sheet(software())),
        "09.xlsx": ("tax_intake_sheet", intake(software())),
        "10.pdf": ("lease_contract", {"address": software().address, "usage": "办公"}),
        "11.docx": ("authorization_letter", {"agent_id_number": software().clerk.number}),
    },
    "hengyue-trading": {
        "1.jpg": ("business_license", licence(trading())),
        "2.jpg": ("id_card", card(trading().head)),
        "5.jpg": ("bank_account_notice", bank(trading())),
        "6.pdf": ("articles_of_association", articles(trading())),
        "7.pdf": ("name_application_sheet", name_sheet(trading())),
        "8.pdf": ("tax_intake_sheet", intake(trading())),
    },
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Return every sample paper by case and file, read once."""
    read = {}
    with PaperReader(tmp_path_factory.mktemp("samples")) as reader:
        for case in EXPECTED:
            files = files_of(SAMPLES / case)
            for found in read_files(files, SAMPLES / case, reader):
                read[case, found.name] = found.papers
    return read


@pytest.mark.parametrize(("case", "file"), [(case, file) for case in EXPECTED for file in EXPECTED[case]])
def test_paper_is_read_as_it_was_written(papers, case, file):
    """The kind is recognised and every listed element is exact."""
    kind, expected = EXPECTED[case][file]

    (paper,) = papers[case, file]

    assert paper.kind == kind
    read = {name: e.value for name in expected if (e := paper.element(name))}
    assert read == expected


def test_nothing_sure_is_wrong(papers):
    """What the product would file without asking is right on every sample paper."""
    wrong = [
        (case, file, name)
        for case, files in EXPECTED.items()
        for file, (_, expected) in files.items()
        for name, value in expected.items()
        if (e := papers[case, file][0].element(name)) and e.sure and e.value != value
    ]

    assert wrong == []
