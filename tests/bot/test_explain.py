"""Every blank, fact and verdict leads back to the paper and to the law."""

from datetime import date

import pytest
from PIL import Image

from bot.crops import Scissors
from bot.explain import explain
from bot.model import CaseResult, CaseStatus
from extractors.errors import UsageError
from forms.answer import fill_all
from forms.facts import gather
from rules.engine import judge
from tests.forms.case_papers import ADDRESS, full_case

ON = date(2026, 3, 25)


@pytest.fixture(scope="module")
def result():
    """Return a judged case whose papers all agree."""
    papers = [p.model_copy(update={"sizes": ((1000.0, 1000.0),) * len(p.pages)}) for p in full_case()]
    facts = gather(papers, {})
    forms, not_needed = fill_all(facts, ON)
    return CaseResult(
        case="1",
        folder="papers",
        status=CaseStatus.READY,
        on=ON.isoformat(),
        papers=tuple(papers),
        facts=facts,
        forms=forms,
        not_needed=not_needed,
        findings=judge(facts, forms, ON, papers),
    )


@pytest.fixture
def scissors(result, tmp_path):
    return Scissors(result, lambda *_: Image.new("RGB", (500, 500), "white"), tmp_path / "crops")


def walked(reasons):
    for reason in reasons:
        yield reason
        yield from walked(reason.because)


def test_field_leads_over_its_derivation_to_a_crop(result, scissors):
    """The division code of a form comes from an address, the address from a place on the licence."""
    chain = explain(result, "registration_confirmation.registered_region", scissors)

    found = list(walked(chain))

    assert [r.kind for r in found[:4]] == ["field", "fact", "default", "fact"]
    witness = next(r for r in found if r.name == "business_license.address")
    assert ADDRESS in witness.text
    with Image.open(witness.place.crop) as crop:
        assert crop.width > 0


def test_verdict_leads_to_table_step_article_and_facts(result, scissors):
    """A lawyer sees the number, its days and the words of the article; a clerk the papers."""
    (verdict,) = explain(result, "capital.paid_within_limit", scissors)

    kinds = {r.kind: r for r in verdict.because}

    assert "5（2024-07-01 起）" in kinds["table"].text
    assert any("五年内缴足" in r.detail for r in verdict.because if r.kind == "article")
    assert any(r.kind == "witness" for r in walked(verdict.because))


def test_every_name_in_a_case_can_be_explained(result, scissors):
    """No chain is circular or breaks off in an error."""
    names = {f.rule for f in result.findings} | result.facts.keys()
    names |= {f"{v.form}.{v.field}" for form in result.forms for v in form.values}

    assert all(explain(result, name, scissors) for name in names)


def test_unknown_name_gets_the_nearest_ones(result, scissors):
    """A slip of the pen is not a dead end."""
    with pytest.raises(UsageError, match=r"capital\.amount"):
        explain(result, "capital.amuont", scissors)
