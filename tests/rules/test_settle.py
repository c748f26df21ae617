import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.recognise import modules
from forms.answer import fill_all
from forms.facts import gather
from rules.engine import judge
from rules.model import Finding, Severity, Verdict
from rules.remedies import Remedy, document, wants, words
from rules.settle import settle
from tests.forms.case_papers import full_case
from tests.rules.cases import facts as facts_of
from tests.rules.test_engine import odd_facts

ON = date(2026, 3, 25)
NUMBER = r"[0-9]{8}"


def judged(papers):
    facts = gather(papers, {})
    forms, _ = fill_all(facts, ON)
    return judge(facts, forms, ON, papers), facts


def settled(papers):
    findings, facts = judged(papers)
    return settle(findings, facts, "甲公司")


def without(*kinds):
    return [paper for paper in full_case() if paper.kind not in kinds]


def finding(rule, *facts, settled_by=(), verdict=Verdict.FAIL, message="不符合。"):
    return Finding(
        rule=rule, title="题", verdict=verdict, severity=Severity.BLOCK, message=message, cites="", facts=facts,
        settled_by=settled_by,
    )  # fmt: skip


def test_good_case_asks_for_nothing():
    """A case that goes straight through writes to nobody."""
    settlement = settled(full_case())

    assert settlement.asks == ()
    assert settlement.message == ""


def test_missing_paper_is_asked_for_once():
    """However many blanks hang on a paper, the applicant reads of it once."""
    settlement = settled(without("bank_account_notice"))

    asked = [ask.what for ask in settlement.asks if "基本存款账户信息" in ask.what]
    assert len(asked) == 1


def test_message_numbers_what_it_asks():
    """The message names the company and every ask, and says what happens then."""
    settlement = settled(without("tax_intake_sheet"))

    assert settlement.message.startswith("“甲公司”")
    assert all(f"{n}. {ask.what}" in settlement.message for n, ask in enumerate(settlement.asks, 1))
    assert "收到后" in settlement.message


@pytest.mark.parametrize("kind", sorted({paper.kind for paper in full_case()}))
def test_every_finding_that_stops_is_asked_for_or_left_to_the_desk(kind):
    """Nothing that stops the case is lost on the way to the message."""
    findings, facts = judged(without(kind))

    settlement = settle(findings, facts, None)

    told = {rule for one in (*settlement.asks, *settlement.desk) for rule in one.settles}
    assert told == {f.rule for f in findings if f.stops}


@settings(max_examples=25, deadline=None)
@given(st.randoms(), st.sampled_from(sorted({paper.kind for paper in full_case()})))
def test_order_of_findings_does_not_matter(random, kind):
    """The same findings in another order give the same asks and the same message."""
    findings, facts = judged(without(kind))
    shuffled = random.sample(findings, len(findings))

    assert settle(shuffled, facts, "甲") == settle(findings, facts, "甲")


def test_message_holds_no_number_of_a_person():
    """Identity numbers stay in the file, whatever a finding, a phrase or a company name says."""
    broken = finding(
        "a.b", settled_by=("补交 330106199003078817 的公证书",), message="330106199003078817 有误。"
    )

    settlement = settle([broken], {}, "甲公司")

    assert settlement.asks
    assert "330106199003078817" not in settlement.message
    assert "1990" not in settlement.message


def test_same_paper_in_other_words_is_the_same_remedy():
    """A corrected paper is one thing however two rules phrase it."""
    one = finding("a.a", settled_by=("更正后的《章程》",))
    two = finding("b.b", settled_by=("修改出资期限后的《章程》", "国务院批准文件"))

    settlement = settle([one, two], {}, None)

    assert [ask.settles for ask in settlement.asks] == [("a.a", "b.b")]


def test_one_person_in_two_roles_has_one_card():
    """Whoever is both legal representative and finance head is asked for one card."""
    known = facts_of({"legal_rep.name": "沈知远", "finance_head.name": "沈知远"})

    assert document("id_card", "财务负责人证件号码", known) == Remedy("document", "id_card", "法定代表人")


def test_compare_originals_is_left_to_the_desk_where_the_rule_could_not_tell():
    """A rule that cannot tell asks the clerk, not the applicant."""
    unclear = finding("a.a", settled_by=("人工选择区县",), verdict=Verdict.UNSURE)

    settlement = settle([unclear], {}, None)

    assert settlement.asks == ()
    assert [chore.what for chore in settlement.desk] == ["人工选择区县"]


def test_rule_that_broke_is_left_to_the_desk():
    """A fault of ours is never put to the applicant."""
    fault = finding("a.a", verdict=Verdict.UNSURE, message="未能得出结论。")

    assert settle([fault], {}, None).message == ""


def test_passing_finding_wants_nothing():
    """Only what does not hold is settled."""
    assert wants(finding("a.a", verdict=Verdict.PASS), {}) == ()


def test_disputed_capital_is_one_ask():
    """Papers that differ about the capital give one question with what each says, and no paper besides."""
    known = facts_of({"capital.amount": {"conflict": ["2000000.00", "3000000.00"]}})
    findings = judge(known, (), ON)
    about_capital = [f for f in findings if f.stops and "capital.amount" in f.facts]

    settlement = settle(about_capital, known, "甲公司")

    assert [(ask.kind, ask.facts) for ask in settlement.asks] == [("answer", ("capital.amount",))]


def test_disputed_number_of_a_person_is_asked_for_on_paper():
    """A number that a card proves is not asked for in a message, nor repeated there."""
    known = facts_of({"legal_rep.id_no": {"conflict": ["330106199003078817", "330106199003078825"]}})
    findings = [f for f in judge(known, (), ON) if f.stops]

    settlement = settle(findings, known, "甲公司")

    assert {ask.kind for ask in settlement.asks} == {"document"}
    assert not re.search(NUMBER, settlement.model_dump_json())


def test_answer_is_preferred_to_a_paper_where_either_would_do():
    """A tie goes to what costs the applicant least."""
    known = facts_of({"capital.amount": {"conflict": ["2000000.00", "3000000.00"]}})
    doubt = finding("consistency.capital", "capital.amount")

    (want,) = [w for w in wants(doubt, known) if w.about]

    assert {remedy.kind for way in want.ways for remedy in way} == {"answer", "document"}
    assert settle([doubt.model_copy(update={"settled_by": ()})], known, None).asks[0].kind == "answer"


def test_warnings_are_asked_for_on_request():
    """What does not stop a case is left out of the message, unless it is wanted there."""
    hint = finding("a.a", settled_by=("更正后的《章程》",)).model_copy(update={"severity": Severity.WARN})

    assert settle([hint], {}, None).asks == ()
    assert len(settle([hint], {}, None, warnings=True).asks) == 1


@settings(max_examples=40, deadline=None)
@given(odd_facts())
def test_no_settlement_raises_whatever_the_facts(odd):
    """Odd values end in asks or in work for the desk, never in an exception."""
    findings = judge(odd, (), ON)

    settlement = settle(findings, odd, None, warnings=True)

    told = {rule for one in (*settlement.asks, *settlement.desk) for rule in one.settles}
    assert told == {f.rule for f in findings if f.verdict is not Verdict.PASS}


def test_number_of_the_legal_representative_is_asked_for_on_the_card():
    """A number that only its card proves is not asked for on a paper that would leave the card missing."""
    missing = finding("completeness.required_blank", "legal_rep.id_no", verdict=Verdict.UNSURE)

    (ask,) = settle([missing], {}, None).asks

    assert ask.what == "请提交法定代表人的《居民身份证》"


@pytest.mark.parametrize("section", ["personal", "at_hand", "self_filled", "papers", "proved_on"])
def test_papers_of_the_word_list_are_papers_that_we_know(section):
    """A kind of paper that is renamed is renamed in the word list as well."""
    listed = getattr(words(), section)

    kinds = listed.values() if section == "proved_on" else listed
    assert set(kinds) <= set(modules())
