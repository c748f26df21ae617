"""What holds for all cases: order does not matter, and agreement never turns a verdict against a company."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answer import fill_all
from forms.facts import gather
from rules.engine import judge
from rules.model import Verdict
from tests.forms.case_papers import full_case

ON = date(2026, 3, 25)
PAPERS = full_case()


def judged(papers):
    facts = gather(papers, {})
    return judge(facts, fill_all(facts, ON)[0], ON, papers)


def verdicts(papers):
    return {(f.rule, f.facts): f.verdict for f in judged(papers)}


@settings(max_examples=15, deadline=None)
@given(st.permutations(PAPERS))
def test_order_of_papers_changes_no_verdict(papers):
    """However the files are named or handed in, the case is judged alike."""
    assert verdicts(papers) == verdicts(PAPERS)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(PAPERS), st.integers(1, 3))
def test_another_paper_that_agrees_turns_no_verdict_against_the_company(paper, times):
    """Who hands a paper in again, from another scanner, is not refused for it."""
    again = [
        paper.model_copy(
            update={
                "document": f"{paper.document}-{n}",
                "file": f"再{n}-{paper.file}",
                "elements": tuple(_of(e, f"{paper.document}-{n}") for e in paper.elements),
            }
        )
        for n in range(times)
    ]
    before = verdicts(PAPERS)

    after = verdicts([*PAPERS, *again])

    worse = {rule for rule, verdict in before.items() if verdict is Verdict.PASS}
    assert not {rule for rule in worse if after.get(rule, Verdict.PASS) is Verdict.FAIL}


def _of(element, document):
    places = tuple(s.model_copy(update={"document": document}) for s in element.sources)
    return element.model_copy(update={"sources": places})
