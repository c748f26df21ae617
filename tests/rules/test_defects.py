"""One defect in a company whose papers are in order: the rule that is about it finds it, and no other refuses."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from rules.model import Verdict
from rules.registry import rules
from tests.rules.companies import Case, case, record

SEED = 7_000
"""深圳瑾景贸易有限公司: legal representative 郝树书, other shareholder 韩明和, head of finance 黎远."""
DEFECTS = [
    defect
    for file in sorted(Path(__file__).with_name("defects").glob("*.yaml"))
    for defect in yaml.safe_load(file.read_text(encoding="utf-8"))
]


def seeded(defect: dict[str, Any]) -> Case:
    """Return the company's case with one defect."""
    one = case(SEED)
    if "moved_to" in defect:
        one.move(defect["moved_to"])
    for old, new in defect.get("replace", {}).items():
        one.replace(old, new)
    for papers, key in ((one.papers, "papers"), (one.cards, "cards")):
        for kind, changes in defect.get(key, {}).items():
            papers[kind] = changed(papers[kind], changes)
        for gone in defect.get("without", []):
            papers.pop(gone, None)
    one.answers = defect.get("answers", {})
    one.on = defect.get("day", one.on)
    one.more = [record(p["kind"], p["file"], p.get("states", {})) for p in defect.get("more", [])]
    one.notes = defect.get("noted", {})
    return one


def changed(stated: Any, changes: Any) -> Any:
    """Return what a paper states after changes: of a table by row number, of a paper or row by name."""
    if isinstance(stated, list | tuple):
        rows = [changed(row, changes.get(number, {})) for number, row in enumerate(stated, 1)]
        return [row for row in rows if row is not None]
    if not isinstance(changes, dict) or not isinstance(stated, dict):
        return changes
    merged = stated | {name: changed(stated.get(name), new) for name, new in changes.items()}
    return {name: value for name, value in merged.items() if value is not None}


@pytest.mark.parametrize("defect", DEFECTS, ids=[defect["rule"] for defect in DEFECTS])
def test_one_defect_is_found_by_its_rule_and_no_other_refuses(defect):
    """The rule that a defect is about says so; every other rule lets the case be, or asks."""
    findings = seeded(defect).findings()

    verdicts = {finding.verdict for finding in findings if finding.rule == defect["rule"]}
    refusing = {finding.rule for finding in findings if finding.verdict is Verdict.FAIL}
    assert Verdict(defect.get("verdict", "fail")) in verdicts
    assert refusing - {defect["rule"]} == set(defect.get("with", {}))


def test_every_rule_has_a_defect_that_it_is_about():
    """Nobody adds a rule without showing what it finds."""
    assert sorted(defect["rule"] for defect in DEFECTS) == sorted(rule.id for rule in rules())


@pytest.mark.parametrize(
    "defect", [d for d in DEFECTS if d.get("verdict") == "unsure"], ids=lambda d: d["rule"]
)
def test_a_rule_that_never_refuses_says_why(defect):
    """Where papers cannot show that something is wrong, the reason is written down."""
    assert defect["because"]
