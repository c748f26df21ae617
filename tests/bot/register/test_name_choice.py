"""Which of the applicant's names a case declares."""

from datetime import date

import pytest

from bot.name_check import NameChecker
from bot.name_choice import RULE, choose
from forms.answer import fill_all
from forms.facts import gather
from rules.model import Severity, Verdict
from tests.rules.companies import case

ON = date(2026, 11, 8)
FIRST, SECOND = "深圳瑾景贸易有限公司", "深圳越长贸易有限公司"
SHENZHEN = "440305"


@pytest.fixture
def checker(register):
    return NameChecker(register)


def facts_of(*, granted=False, proposed=(FIRST, SECOND)):
    one = case(7_000)
    if not granted:
        one.papers.pop("business_license")
    one.papers["name_application_sheet"]["proposed_names"] = [{"company_name": name} for name in proposed]
    return one.records(), gather(one.records(), {})


def test_first_wish_that_is_free_is_declared(checker):
    """Nothing is changed, and the case says what was compared."""
    _, facts = facts_of()

    choice = choose(facts, ON, checker)

    assert choice.answers == {}
    assert [(f.rule, f.verdict) for f in choice.findings] == [(RULE, Verdict.PASS)]


def test_taken_first_wish_gives_way_to_the_first_spare_name_that_is_free(checker, register):
    """The form then declares the spare name in all its parts, and the report names who has the first."""
    register.add("深圳瑾景商贸有限公司", SHENZHEN)
    papers, facts = facts_of()

    choice = choose(facts, ON, checker)

    declared = gather(papers, choice.answers)
    (form,) = [f for f in fill_all(declared, ON)[0] if f.form == "name_declaration"]
    assert (form.text("company_name"), form.text("trade_name")) == (SECOND, "越长")
    assert form.text("alternatives[0].company_name") is None
    assert any("深圳瑾景商贸有限公司" in f.message for f in choice.findings)
    assert not any(f.stops for f in choice.findings)


def test_where_no_name_is_free_the_case_waits_with_free_names(checker, register):
    """A person is told who has the name, and which near it are free."""
    register.add("深圳瑾景商贸有限公司", SHENZHEN)
    register.add("深圳越长商贸有限公司", SHENZHEN)
    _, facts = facts_of()

    choice = choose(facts, ON, checker)

    assert choice.answers == {}
    (finding,) = [f for f in choice.findings if f.stops]
    assert finding.severity is Severity.BLOCK
    assert sum(way.startswith("改用“") for way in finding.settled_by) >= 3


def test_granted_name_is_not_held_against_itself(checker, register):
    """A registered company finds itself in the register; that stops nothing."""
    register.add(FIRST, SHENZHEN)
    _, facts = facts_of(granted=True)

    choice = choose(facts, ON, checker)

    assert choice == ({}, ())


def test_granted_name_that_is_like_another_only_warns(checker, register):
    """The authority has decided; a person may still want to know."""
    register.add("深圳瑾景商贸有限公司", SHENZHEN)
    _, facts = facts_of(granted=True)

    choice = choose(facts, ON, checker)

    assert [f.severity for f in choice.findings] == [Severity.WARN]


def test_without_a_register_the_case_says_that_nothing_was_compared():
    """No register is no reason to stop, and none to be silent."""
    _, facts = facts_of()

    (finding,) = choose(facts, ON, NameChecker()).findings

    assert (finding.verdict, finding.severity) == (Verdict.UNSURE, Severity.INFO)
    assert "没有比对" in finding.message
