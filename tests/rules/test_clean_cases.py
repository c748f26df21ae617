"""Invented companies whose papers are in order: no rule refuses one, and nothing but an open question stops it."""

from datetime import date
from importlib import import_module

import pytest

from extractors.model import Money
from forms.answer import fill_all
from forms.facts import gather
from rules.engine import judge
from rules.model import Verdict
from tests.forms.case_papers import paper
from tests.specimens.invent import company
from tests.specimens.papers import id_card

SEEDS = range(7_000, 7_200)
KINDS = {
    "business_license": "landscape_2019",
    "articles_of_association": "with_table",
    "shareholder_resolution": "numbered",
    "lease_contract": "labelled",
    "bank_account_notice": "print_2019",
    "authorization_letter": "lined",
    "name_application_sheet": "ruled",
    "tax_intake_sheet": "ruled",
}
UNANSWERABLE = {"税控设备领取方式", "税控设备服务商", "主营业务类别"}
"""Blanks that some of these papers leave open: a 税控盘 has two vendors, a scope may name several trades, and
who fetches invoices at a terminal does not say how the device is fetched."""


def stated(kind, file, truth):
    """Return a paper that states what the specimen says."""
    return paper(kind, file, 1.0, **{name: _value(value) for name, value in truth.items()})


def _value(value):
    if isinstance(value, dict):
        return Money(**value)
    if isinstance(value, list | tuple):
        return tuple({k: _value(v) for k, v in row.items()} for row in value)
    return value


def papers_of(seed):
    one = company(seed)
    for kind, layout in KINDS.items():
        module = import_module(f"tests.specimens.papers.{kind}")
        yield stated(kind, f"{kind}.pdf", module.truth(one, layout))
    for number, person in enumerate(id_card.holders(one)):
        yield stated("id_card", f"card{number}.jpg", id_card.truth(person, "stacked"))


@pytest.mark.parametrize("seed", SEEDS)
def test_company_whose_papers_are_in_order_is_not_refused(seed):
    """On the day of the bank account every paper agrees: no verdict is FAIL, and no doubt stops the case."""
    papers = list(papers_of(seed))
    facts = gather(papers, {})
    on = facts["bank_account.opened_on"].value

    day = date.fromisoformat(on)
    findings = judge(facts, fill_all(facts, day)[0], day, papers)

    refused = [(f.rule, f.message) for f in findings if f.verdict is Verdict.FAIL]
    stopped = [(f.rule, f.message) for f in findings if f.stops and f.verdict is Verdict.UNSURE]
    assert refused == []
    assert [s for s in stopped if not any(blank in s[1] for blank in UNANSWERABLE)] == []
