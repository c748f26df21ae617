from datetime import date

from forms.answer import fill_all
from forms.facts import gather
from forms.model import Answer
from rules.engine import judge
from rules.model import Verdict
from tests.forms.case_papers import ZHAO, ZHAO_ID, full_case

ON = date(2026, 3, 25)
RULE = "papers.legal_rep_card"


def found(papers, answers=None):
    facts = gather(papers, answers or {})
    forms, _ = fill_all(facts, ON)
    return [f for f in judge(facts, forms, ON, papers) if f.rule == RULE]


def without_card_of(name):
    return [p for p in full_case() if p.kind != "id_card" or p.element("name").value != name]


def test_case_with_the_card_passes():
    """A number that a card states needs no more proof."""
    findings = found(full_case())

    assert [f.verdict for f in findings] == [Verdict.PASS]


def test_missing_card_stops_and_says_what_to_bring():
    """A number known only from the articles is not filed before a card or a person confirms it."""
    findings = found(without_card_of(ZHAO))

    assert [(f.verdict, f.stops) for f in findings] == [(Verdict.UNSURE, True)]
    assert "章程.pdf" in findings[0].message
    assert findings[0].settled_by[0] == "补交法定代表人身份证人像面和国徽面"


def test_person_who_compared_the_card_settles_it():
    """An answer of a person stands for the card."""
    findings = found(without_card_of(ZHAO), {"legal_rep.id_no": Answer(value=ZHAO_ID, why="见过原件")})

    assert [f.verdict for f in findings] == [Verdict.PASS]


def test_number_that_no_form_asks_for_needs_no_card():
    """Where nothing states the number to an authority, nobody asks for the card."""
    papers = without_card_of(ZHAO)

    findings = judge(gather(papers, {}), (), ON, papers)

    assert [f.verdict for f in findings if f.rule == RULE] == [Verdict.PASS]


def test_paper_that_shows_otherwise_than_it_says_stops_the_case():
    """A suspicion about one paper is a finding that names its file and stops."""
    papers = full_case()
    forged = papers[0].model_copy(update={"suspicions": ("PDF 第 1 页含有页面上看不见的文字。",)})

    findings = judge(gather(papers, {}), (), ON, [forged, *papers[1:]])

    (finding,) = [f for f in findings if f.rule == "papers.as_printed"]
    assert (finding.verdict, finding.stops) == (Verdict.UNSURE, True)
    assert forged.file in finding.message
