"""Names judged by themselves: the cases of lawyers, sets of whole names, and what must hold of every rule."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.names.form_rules import UNDECIDED, judge, rules
from rules.names.model import Parts, Proposal, outcome
from rules.names.parse import parse

HERE = Path(__file__).parent
ON = date(2026, 3, 10)
CASES = yaml.safe_load((HERE / "form_rules.yaml").read_text(encoding="utf-8"))
PREDICATES = (
    [f"N-A{n}" for n in ("04", "05", "06", "07a", "07b", "07c", "08a", "08b", "09", "10")]
    + [f"N-A11-{n}" for n in range(1, 10)]
    + [f"N-A{n}" for n in ("12a", "12b", "12c", "13", "14", "15", "16", "17", "18", "20", "23")]
    + [f"N-B{n}" for n in ("09", "10a", "10b", "11", "12", "14", "15", "16-1", "16-2", "16-3", "16-4")]
    + [f"N-B{n}" for n in (19, 20, 21, 23, 24, 25)]
    + [f"N-C{n}" for n in ("04", "05-1", "05-2", "05-3", "05-4", "05-5", "05-6", "06-1", "06-2", "06-3")]
    + [f"N-C{n:02}" for n in range(7, 30)]
)


def judged(case):
    text, region = case["text"], case.get("region", "310115")
    given_parts = case.get("parts")
    parts = Parts(given_parts[1], given_parts[0], "", *given_parts[2:]) if given_parts else None
    proposal = Proposal(
        text,
        case.get("day", ON),
        parts,
        region,
        case.get("industry_code", ""),
        case.get("company_type", ""),
        Decimal(case["capital"]) if "capital" in case else None,
        case.get("is_foreign_owned"),
        related=tuple(case.get("related", ())),
        approvals=tuple(case.get("approvals", ())),
    )
    return judge(proposal, parts or parse(text, region=region)[0])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case_of_the_lawyers(case):
    """Each rule objects where a lawyer says so, with these words and this article, and nowhere else."""
    hits = judged(case)

    about = [hit for hit in hits if case["rule"] in {"全部", hit.rule}]

    assert bool(about) == (case["verdict"] == "hit"), hits
    assert case.get("message", "") in "".join(hit.message for hit in about)
    assert outcome(tuple(about)) == case.get("outcome", outcome(tuple(about)))
    assert case.get("cites") is None or case["cites"] in about[0].cites


def test_every_rule_has_a_case_for_each_outcome():
    """No rule is without an example that it refuses and one that it lets pass."""
    shown = {(case["rule"], case["verdict"]) for case in CASES}

    bare = [
        (rule.id, verdict)
        for rule in rules()
        for verdict in ("hit", "none")
        if (rule.id, verdict) not in shown
    ]

    assert not bare


def rows(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def mistakes(name):
    """Return the ordinary names that met an objection, and the bad ones that did not meet theirs."""
    wrong = []
    for row in rows(name):
        hits = judged({"text": row["name"], "region": row["region"], "company_type": type_of(row["name"])})
        is_right = row["rule"] in [hit.rule for hit in hits] if row["rule"] else not hits
        wrong += [] if is_right else [(row, hits)]
    return wrong


def type_of(name):
    """A limited company, but for names whose ending says another kind; three of the bad names say a wrong one."""
    is_wrong = name in {"上海云栖科技股份有限公司", "上海云栖商行", "上海云栖科技"}
    is_limited = name.endswith("有限公司") and "股份" not in name
    return "1130" if is_wrong or is_limited else ""


def test_names_that_the_rules_were_built_on():
    """Every ordinary name passes, every bad one meets its rule."""
    wrong = mistakes("built_on.tsv")

    assert not wrong


def test_names_written_before_they_were_judged():
    """Of names that were written before anything was seen of them, at most one in fifty is judged wrongly."""
    files = ("judged_only.tsv", "judged_later.tsv")

    wrong = [mistake for file in files for mistake in mistakes(file)]

    assert len(wrong) <= sum(len(rows(file)) for file in files) / 50


def test_every_predicate_is_judged_or_named_as_undecided():
    """Nothing of the handbook is left out in silence."""
    known = {rule for one in rules() for rule in (one.id, *one.also)} | {one.rule for one in UNDECIDED}

    missing = set(PREDICATES) - known

    assert not missing


def test_every_cited_article_is_there_and_every_hit_cites():
    """A rule rests on an article on each day that it holds."""
    from forms.law import citation

    for rule in rules():
        begins = [citation(reference).begin for reference in rule.cites]

        assert begins
        assert min(begins) <= max(rule.begin, min(begins)) <= rule.end


parts = st.builds(
    Parts,
    st.text(max_size=12),
    st.text(max_size=6),
    st.sampled_from(["", "310000", "310115", "320576", "999999", "x"]),
    st.text(max_size=12),
    st.text(max_size=8),
    st.sampled_from(["F1", "F2", "F6", "F8"]),
    st.text(max_size=5),
)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60), st.one_of(st.none(), parts), st.dates(), st.sampled_from(["", "310115", "a", "3"])
)
def test_no_text_makes_a_rule_raise(text, stated, on, region):
    """Whatever a founder types, the answer is hits and no exception."""
    proposal = Proposal(text, on, stated, region, region, region)

    hits = judge(proposal, stated or parse(text)[0])

    assert all(hit.message and hit.cites for hit in hits)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("中国家际全（）美上海公司有限A1 \n\0雲"), max_size=30).map("".join))
def test_no_mixture_of_telling_characters_makes_a_rule_raise(text):
    """The characters that rules look for, in any order."""
    hits = judge(Proposal(text, ON, region="310115"), parse(text, region="310115")[0])

    assert all(hit.message for hit in hits)
