from datetime import date

import pytest

from forms.answer import fill_all
from forms.facts import gather
from forms.model import Answer
from rules.engine import judge
from rules.model import Severity, Verdict
from rules.registry import rules
from tests.forms.case_papers import (
    QIAN,
    QIAN_ID,
    SHARES,
    ZHAO,
    ZHAO_ID,
    articles,
    full_case,
    id_card,
    intake,
    paper,
    resident,
)

ON = date(2024, 3, 25)
OTHER_ID = resident("31010119900307003")


def findings(papers, answers=None):
    facts = gather(papers, answers or {})
    forms, _ = fill_all(facts, ON)
    return judge(facts, forms, ON, papers)


def found(papers, rule, answers=None):
    return [f for f in findings(papers, answers) if f.rule == rule and f.verdict is not Verdict.PASS]


def replaced(new):
    return [new if old.file == new.file else old for old in full_case()]


def test_number_beside_two_names_fails_and_names_both_files():
    """One card belongs to one person: a slip in either name is found over all papers."""
    (finding,) = found(replaced(intake(tax_handler_name="赵云凡")), "identity.one_number_one_name")

    assert (finding.verdict, finding.stops) == (Verdict.FAIL, True)
    assert "采集表.xlsx写“赵云凡”" in finding.message
    assert ZHAO in finding.message


def test_name_beside_two_numbers_fails():
    """A person whose number differs from paper to paper stops the case, whatever the role."""
    stranger, number = "孙行远", resident("31010119850307003")
    card = id_card(stranger, number, "身份证三.jpg")
    letter = paper("authorization_letter", "委托书.pdf", agent_name=stranger, agent_id_number=OTHER_ID)

    (finding,) = found([*full_case(), card, letter], "identity.one_name_one_number")

    assert finding.verdict is Verdict.FAIL
    assert OTHER_ID in finding.message
    assert number in finding.message


def test_namesakes_with_a_card_each_are_a_question():
    """Two people may share a name: with two cards nobody says that a paper is wrong."""
    (finding,) = found(
        [*full_case(), id_card(ZHAO, OTHER_ID, "身份证三.jpg")], "identity.one_name_one_number"
    )

    assert finding.verdict is Verdict.UNSURE


def test_dim_reading_is_a_question():
    """A name that was not read surely proves no contradiction."""
    dim = paper("id_card", "身份证三.jpg", confidence=0.6, name="赵云凡", id_number=ZHAO_ID)

    (finding,) = found([*full_case(), dim], "identity.one_number_one_name")

    assert finding.verdict is Verdict.UNSURE


def test_conflict_that_another_rule_reports_is_not_said_twice():
    """A clerk reads each contradiction once."""
    papers = replaced(intake(finance_officer_id_number=OTHER_ID))

    told = [f for f in findings(papers) if f.rule.startswith(("identity.", "consistency.finance_head_id"))]

    assert [f.rule for f in told if f.verdict is not Verdict.PASS] == ["consistency.finance_head_id"]


def test_answer_of_a_person_settles_the_name():
    """What a person decided about someone is not asked again."""
    rows = (SHARES[0], SHARES[1] | {"id_number": OTHER_ID})
    papers = replaced(articles(shareholders=rows))
    answers = {
        "finance_head.id_no": Answer(value=QIAN_ID, why="见过原件"),
        "finance_head.name": Answer(value=QIAN, why="见过原件"),
    }

    assert found(papers, "identity.one_name_one_number", answers) == []


def test_papers_to_be_signed_are_named_as_information():
    """Signatures are not read: the papers that need them are named, and nothing stops."""
    (finding,) = found(full_case(), "seen.signatures")

    assert (finding.verdict, finding.severity) == (Verdict.UNSURE, Severity.INFO)
    assert "章程.pdf" in finding.message


def test_pictures_of_cards_are_named_as_information():
    """Glare and screens are not looked for, and the report says so."""
    (finding,) = found(full_case(), "seen.photographs")

    assert "身份证一.jpg" in finding.message
    assert not finding.stops


def test_what_the_reader_noticed_of_a_page_is_told():
    """A part that is missing from a photograph is a warning with its file."""
    card = full_case()[2].model_copy(update={"warnings": ("没有看到国徽面。",)})

    (finding,) = found([card, *full_case()], "seen.whole_page")

    assert (finding.severity, finding.verdict) == (Severity.WARN, Verdict.UNSURE)
    assert finding.message == f"{card.file}：没有看到国徽面。"


def test_promise_that_rests_on_a_paper_is_told():
    """The signature under a promise is for people to look at."""
    (finding,) = found(full_case(), "seen.undertaking_signed")

    assert finding.severity is Severity.INFO
    assert "名称申报.docx" in finding.message


def test_shareholding_company_with_its_licence_is_not_asked_for():
    """A licence in the shareholder's own name answers the question for it."""
    name = "云岚投资有限公司"
    rows = (SHARES[0], SHARES[1] | {"name": name, "id_number": "91310115MA7XQ2W35U"})
    other = paper("business_license", "股东执照.pdf", company_name=name)

    without = found(replaced(articles(shareholders=rows)), "shareholders.company_papers")
    with_it = found([*replaced(articles(shareholders=rows)), other], "shareholders.company_papers")

    assert [f.severity for f in without] == [Severity.WARN]
    assert with_it == []


@pytest.mark.parametrize("number", range(1, 31))
def test_every_rule_across_papers_has_its_number(number):
    """The list of rules across papers is whole."""
    codes = {code for one in rules() for code in one.codes.split(", ")}

    assert f"C-{number:02}" in codes
