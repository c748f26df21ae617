from collections import Counter, defaultdict
from datetime import date

import pytest

from rules.engine import judge
from rules.model import Verdict
from rules.registry import rules
from tests.rules.cases import ON, all_cases, facts

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']}: {case['name']}")
def test_case_is_judged_as_the_lawyer_wrote(case):
    """A rule gives the verdict of the case and says what the case quotes."""
    on = date.fromisoformat(str(case.get("day", ON)))

    findings = [f for f in judge(facts(case["facts"]), (), on) if f.rule == case["rule"]]

    if case["verdict"] == "none":
        assert findings == []
    else:
        assert [f.verdict.value for f in findings] == [case["verdict"]]
        assert case.get("message", "") in findings[0].message


def test_every_rule_over_facts_has_a_case_of_each_verdict():
    """No rule is without a case that it passes, one that it fails and one that it leaves to a person."""
    told = defaultdict(set)
    for case in CASES:
        told[case["rule"]].add(case["verdict"])

    poor = [r.id for r in rules() if r.takes != "case" and not told[r.id] >= {v.value for v in Verdict}]

    assert poor == []


def test_every_case_is_about_a_rule_there_is():
    """A renamed rule does not leave its cases behind."""
    known = {r.id for r in rules()}

    assert {case["rule"] for case in CASES} <= known


def test_no_two_cases_of_a_rule_have_one_name():
    """A case can be found by its rule and name."""
    names = Counter((case["rule"], case["name"]) for case in CASES)

    assert [name for name, count in names.items() if count > 1] == []


def test_every_rule_cites_and_asks_in_chinese():
    """A clerk reads what a rule asks and what it rests on."""
    poor = [r.id for r in rules() if not r.title or not r.cites or r.title.isascii()]

    assert poor == []
