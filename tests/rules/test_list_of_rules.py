"""The numbered rules of the handbook are all in the code, and what papers cannot decide is written down."""

import re
from pathlib import Path

import pytest

from extractors.elements import papers
from forms.vocabulary import fact_specs
from rules.model import Verdict
from rules.registry import rules
from tests.rules.companies import case

PAGE = Path(__file__).parents[2].joinpath("docs", "explanation", "undecidable.md").read_text(encoding="utf-8")
ALL = {f"{group}-{number:02}" for group in "TC" for number in range(1, 31)}
KEPT_WHILE_FILING = {"T-29", "T-30"}
ASKED_EACH_TIME = (
    "seen.officers_unchecked",
    "seen.signatures",
    "seen.photographs",
    "seen.undertaking_signed",
    "owners.unknown",
)


def test_every_numbered_rule_is_in_the_code():
    """Nothing of T-01 to T-30 and C-01 to C-30 is forgotten; two of them the filing itself keeps."""
    codes = {code.strip() for rule in rules() for code in rule.codes.split(",")}

    assert ALL - codes == KEPT_WHILE_FILING


def test_every_kind_of_number_has_a_rule():
    """Credit codes, identity numbers, accounts, telephones and postcodes are each judged."""
    judged = {key for rule in rules() for key in (*rule.needs, *rule.maybe)}
    kinds = {fact_specs()[key].type for key in judged if key in fact_specs()}

    assert {"uscc", "id_number", "account", "phone", "date", "money"} <= kinds
    assert papers()


@pytest.mark.parametrize("rule", ASKED_EACH_TIME)
def test_what_papers_cannot_tell_is_never_passed_in_silence(rule):
    """A case whose papers are all in order still names it, with the person who decides."""
    verdicts = [finding for finding in case(7_000).findings() if finding.rule == rule]

    assert [finding.verdict for finding in verdicts] == [Verdict.UNSURE]
    assert all(finding.settled_by for finding in verdicts)


def test_page_names_only_rules_and_facts_that_exist():
    """The page on what papers cannot decide does not go stale."""
    known = {rule.id for rule in rules()}
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", PAGE))

    assert named <= known | set(fact_specs())
