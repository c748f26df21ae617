"""A person's decision is kept with who, when, why and the value before, and holds while the papers do."""

import getpass
from datetime import UTC, datetime, timedelta

import pytest

from bot import review
from bot.model import CaseResult, CaseStatus
from bot.store import Store
from extractors.errors import UsageError
from extractors.model import Money
from forms.model import Fact, Witness

CAPITAL = "capital.amount"


@pytest.fixture
def store(tmp_path):
    opened = Store(f"sqlite:///{tmp_path / 'zeromeet.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def result(store, tmp_path):
    """Return a case whose licence and articles state another capital."""
    facts = {CAPITAL: capital(("a", "2000000.00"), ("b", "3000000.00"))}
    case = store.open_case(tmp_path / "papers")
    return CaseResult(case=case, folder="papers", status=CaseStatus.REVIEW, on="2026-11-23", facts=facts)


def capital(*said):
    """Return the fact of the capital as these documents state it."""
    witnesses = tuple(
        Witness(
            file=f"{document}.pdf",
            document=document * 64,
            original=document * 64,
            page=1,
            box=(0, 0, 10, 10),
            element="business_license.registered_capital",
            value=Money(amount=amount),
            raw=amount,
            confidence=0.99,
            sure=True,
        )
        for document, amount in said
    )
    return Fact(
        key=CAPITAL,
        label="注册资本",
        value=witnesses[0].value,
        confidence=0.99,
        sure=True,
        conflict=len({w.value.amount for w in witnesses}) > 1,
        witnesses=witnesses,
    )


def test_decision_keeps_who_when_why_and_the_value_before(store, result):
    """Everything that an auditor asks is in the kept decision."""
    review.decide(store, result, CAPITAL, "2000000", "  电话核实，以营业执照为准 ")

    (kept,) = store.reviews(result.case)
    assert kept.fact == CAPITAL
    assert kept.who == getpass.getuser()
    assert datetime.now(UTC) - kept.at < timedelta(minutes=1)
    assert kept.why == "电话核实，以营业执照为准"
    assert "2000000" in kept.machine_value.replace(",", "")
    assert kept.value == "2000000"


def test_value_before_is_empty_where_no_paper_said_anything(store, result):
    """A person may supply what no paper states; the record then says so."""
    kept = review.decide(store, result, "enterprise.name", "上海云栖网络科技有限公司", "来电补充")

    assert kept.machine_value is None
    assert kept.witnesses == ""


def test_newest_decision_wins(store, result):
    """Who decides again corrects the earlier decision, which stays on record."""
    review.decide(store, result, CAPITAL, "2000000", "以营业执照为准")
    review.decide(store, result, CAPITAL, "3000000", "补正后的章程为准")

    answers = review.in_force(store.reviews(result.case), result.facts)

    assert answers[CAPITAL].value == Money(amount="3000000.00")
    assert len(store.reviews(result.case)) == 2


def test_reason_in_force_names_the_person(store, result):
    """What a filed value rests on is told with its person."""
    review.decide(store, result, CAPITAL, "2000000", "以营业执照为准")

    answer = review.in_force(store.reviews(result.case), result.facts)[CAPITAL]

    assert answer.why.startswith("以营业执照为准")
    assert getpass.getuser() in answer.why


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(capital(("a", "2000000.00"), ("b", "2500000.00")), id="value"),
        pytest.param(capital(("a", "2000000.00"), ("c", "3000000.00")), id="document"),
        pytest.param(capital(("a", "2000000.00")), id="witness-gone"),
        pytest.param(capital(("a", "2000000.00"), ("b", "3000000.00"), ("c", "1.00")), id="witness-new"),
    ],
)
def test_changed_witness_reopens_the_decision(store, result, now):
    """A decision holds for the papers that the person saw and for no others."""
    review.decide(store, result, CAPITAL, "2000000", "以营业执照为准")

    assert review.in_force(store.reviews(result.case), {CAPITAL: now}) == {}


def test_vanished_fact_reopens_the_decision(store, result):
    """Where no paper states the fact any more, the decision is void too."""
    review.decide(store, result, CAPITAL, "2000000", "以营业执照为准")

    assert review.in_force(store.reviews(result.case), {}) == {}


def test_order_of_witnesses_does_not_reopen(store, result):
    """The same papers under other names or in another order are the same papers."""
    review.decide(store, result, CAPITAL, "2000000", "以营业执照为准")

    turned = {CAPITAL: capital(("b", "3000000.00"), ("a", "2000000.00"))}

    assert CAPITAL in review.in_force(store.reviews(result.case), turned)


@pytest.mark.parametrize(
    ("fact", "value", "why"),
    [
        pytest.param("capital.colour", "2000000", "以营业执照为准", id="unknown-fact"),
        pytest.param(CAPITAL, "很多", "以营业执照为准", id="no-money"),
        pytest.param(CAPITAL, "", "以营业执照为准", id="empty-value"),
        pytest.param("legal_rep.mobile", "一个电话", "看错了", id="no-phone-number"),
        pytest.param("enterprise.established_on", "2026-13-45", "看错了", id="no-day"),
        pytest.param("investors", "甲乙各半", "看错了", id="no-table"),
        pytest.param(CAPITAL, "2000000", "", id="no-reason"),
        pytest.param(CAPITAL, "2000000", " \t\n　", id="blank-reason"),
    ],
)
def test_decision_that_cannot_hold_is_refused(store, result, fact, value, why):
    """An unknown fact, a value of another kind and a missing reason keep nothing, and the sentence says so."""
    with pytest.raises(UsageError) as refused:
        review.decide(store, result, fact, value, why)

    assert store.reviews(result.case) == ()
    assert refused.value.exit_code == 2
    assert not value or value not in str(refused.value)
