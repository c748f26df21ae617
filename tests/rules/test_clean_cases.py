"""Invented companies whose papers are in order: no rule refuses one, and nothing but an open question stops it."""

import pytest

from rules.model import Verdict
from tests.rules.companies import case

SEEDS = range(7_000, 7_200)
UNANSWERABLE = {"税控设备领取方式", "税控设备服务商", "主营业务类别"}
"""Blanks that some of these papers leave open: a 税控盘 has two vendors, a scope may name several trades, and
who fetches invoices at a terminal does not say how the device is fetched."""


@pytest.mark.parametrize("seed", SEEDS)
def test_company_whose_papers_are_in_order_is_not_refused(seed):
    """On the day of the bank account every paper agrees: no verdict is FAIL, and no doubt stops the case."""
    findings = case(seed).findings()

    refused = [(f.rule, f.message) for f in findings if f.verdict is Verdict.FAIL]
    stopped = [(f.rule, f.message) for f in findings if f.stops and f.verdict is Verdict.UNSURE]
    assert refused == []
    assert [s for s in stopped if not any(blank in s[1] for blank in UNANSWERABLE)] == []
