"""Values of the right kind and of the oddest content: what a misread paper may well bring."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Money
from forms.model import Fact
from forms.vocabulary import fact_specs
from rules.engine import verdicts
from rules.registry import Case, rules

WORDS = [
    "", " ", "X", "是", "一般纳税人", "有限责任公司", "股份有限公司", "个人独资企业", "indefinite", "）",
    "上海市", "中国", "上海市浦东新区张杨路500号", "91310115MA7XQ2W35T", "310104199105122421",
    "11010119000229001X", "J1000000000001", "男", "货币", "增值税专用发票（三联）", "𠮷𠮷有限公司", "١٢٣",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
DAYS = st.dates().map(date.isoformat)
NUMBERS = st.one_of(
    st.sampled_from(["0", "-1", "1E+40", "1E-40", "0.00"]), st.decimals(allow_nan=False, allow_infinity=False)
).map(str)
KINDS = {
    "date": DAYS,
    "term_end": st.one_of(DAYS, st.just("indefinite")),
    "money": NUMBERS.map(lambda amount: Money(amount=amount)),
    "number": NUMBERS,
    "percent": NUMBERS,
}


def rows(columns):
    cells = {name: KINDS.get(kind, TEXTS) for name, kind in columns.items()}
    row = st.fixed_dictionaries({}, optional=cells)
    return st.lists(row, max_size=3).map(tuple)


def fact(key):
    spec = fact_specs()[key]
    values = rows(spec.columns) if spec.type == "table" else KINDS.get(spec.type, TEXTS)
    return st.builds(
        lambda value: Fact(key=key, label=spec.label, value=value, confidence=1, sure=True), values
    )


@st.composite
def known_to(draw, one):
    """Facts that the rule asks for: all that it needs, some that it can use."""
    optional = draw(st.lists(st.sampled_from(one.maybe), unique=True)) if one.maybe else []
    return {key: draw(fact(key)) for key in (*one.needs, *optional)}


@pytest.mark.parametrize("one", [r for r in rules() if r.takes != "case"], ids=lambda one: one.id)
@settings(max_examples=40, deadline=None)
@given(st.data(), st.dates())
def test_rule_itself_never_raises(one, data, on):
    """The engine's net under a rule that breaks stays unused, whatever a paper says."""
    facts = data.draw(known_to(one))

    found = verdicts(one, Case(facts, (), on))

    assert not any("未能得出结论" in judged.finding.message for judged in found)
