from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Money
from forms.law import citation
from forms.model import Fact
from forms.vocabulary import fact_specs
from rules.engine import judge, verdicts
from rules.model import Severity, Verdict
from rules.registry import Case, Rule, register, rules
from tests.rules.cases import facts

ON = date(2026, 3, 10)
TEXTS = st.one_of(
    st.text(max_size=20), st.sampled_from(["indefinite", "2026-02-30", "9999-12-31", "0001-01-01", "NaN"])
)
CELLS = st.one_of(TEXTS, st.builds(Money, amount=TEXTS, currency=st.sampled_from(["CNY", "USD"])))
KEYS = sorted(fact_specs())
PRACTICE = ("good_practice:填表须有依据",)


@st.composite
def odd_facts(draw):
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=25))
    return {key: draw(odd_fact(key)) for key in keys}


@st.composite
def odd_fact(draw, key):
    columns = sorted(fact_specs()[key].columns) or ["name"]
    rows = st.lists(st.dictionaries(st.sampled_from(columns), CELLS, max_size=5), max_size=3).map(tuple)
    value = draw(st.one_of(CELLS, rows))
    conflict = draw(st.booleans())
    return Fact(key=key, label=key, value=value, confidence=1, sure=not conflict, conflict=conflict)


@settings(max_examples=60, deadline=None)
@given(odd_facts(), st.dates(min_value=date(1950, 1, 1)))
def test_no_rule_raises_whatever_the_facts(odd, on):
    """Odd values on any day end in findings, never in an exception."""
    findings = judge(odd, (), on)

    assert all(f.message and f.cites for f in findings)


@settings(max_examples=30, deadline=None)
@given(odd_facts(), st.randoms())
def test_order_of_facts_does_not_matter(odd, random):
    """The same facts in another order give the same findings."""
    shuffled = list(odd.items())
    random.shuffle(shuffled)

    assert judge(dict(shuffled), (), ON) == judge(odd, (), ON)


def _broken(name):
    raise KeyError(name)


def test_rule_that_breaks_leaves_the_case_to_a_person():
    """A crash is UNSURE, and what the paper says is not in its message."""
    broken = Rule("test.broken", "试验", PRACTICE, _broken, needs=("enterprise.name",))

    found = verdicts(broken, Case(facts({"enterprise.name": "云栖科技有限公司"}), (), ON))

    assert found[0].finding.verdict is Verdict.UNSURE
    assert found[0].finding.stops
    assert "KeyError" in found[0].finding.message
    assert "云栖" not in found[0].finding.message


def test_two_functions_cannot_share_a_rule_id():
    """An id names one rule only."""
    known = rules()[0]

    try:
        register(Rule(known.id, "试验", PRACTICE, _broken))
        refused = ""
    except ValueError as error:
        refused = str(error)

    assert known.id in refused


def test_amount_in_another_currency_is_left_to_a_person():
    """Dollars are not compared with yuan."""
    capital = facts({"capital.amount": "1000000.00", "investors": [{"name": "甲", "percent": "100"}]})
    dollars = capital["capital.amount"].model_copy(
        update={"value": Money(amount="1000000.00", currency="USD")}
    )

    findings = judge(capital | {"capital.amount": dollars}, (), ON)

    found = next(f for f in findings if f.rule == "capital.shares_add_up")
    assert found.verdict is Verdict.UNSURE
    assert "1000000" not in found.message


def test_missing_need_names_the_value_and_the_paper_that_would_bring_it():
    """UNSURE is of use only if it says what is missing and where it comes from."""
    one = Rule("test.needs", "试验", PRACTICE, _broken, needs=("bank_account.name",))

    found = verdicts(one, Case({}, (), ON))[0].finding

    assert found.verdict is Verdict.UNSURE
    assert "没有材料写明账户名称" in found.message
    assert found.settled_by == ("补交写明账户名称的《基本存款账户信息》",)


def test_doubt_told_twice_stops_once():
    """Two blocking rules that wait for one fact make one stop; the other stays as information."""
    unsure = facts({"legal_rep.id_no": {"value": "310115198803070010", "sure": False}, "legal_rep.sex": "男"})

    findings = judge(unsure, (), ON)

    waiting = [f for f in findings if f.verdict is Verdict.UNSURE]
    assert sum(f.stops for f in waiting) == 1
    assert {f.severity for f in waiting if not f.stops} == {Severity.INFO}


def test_verdict_names_the_table_step_and_the_article_it_rests_on():
    """From a refusal of six years a lawyer gets to the five of the law, its days and its words."""
    case = {
        "enterprise.type": "有限责任公司",
        "enterprise.established_on": "2026-03-01",
        "investors": [{"name": "甲", "due_on": "2032-03-02"}],
    }

    found = next(f for f in judge(facts(case), (), ON) if f.rule == "capital.paid_within_limit")

    assert "company_law_2023:第四十七条" in found.articles
    assert [(b.table, b.value, str(b.begin)) for b in found.basis] == [
        ("capital.contribution_years", "5", "2024-07-01")
    ]
    assert found.basis[0].quote in citation("company_law_2023:第四十七条").quote


def test_rule_is_not_judged_before_its_law():
    """What nobody was bound by is no finding."""
    day_before = {f.rule for f in judge({}, (), date(2024, 6, 30))}
    law = {f.rule: f.articles for f in judge(facts({"investors": []}), (), date(2018, 6, 1))}

    assert "capital.legacy_term" not in day_before
    assert not any("2023" in article for articles in law.values() for article in articles)
