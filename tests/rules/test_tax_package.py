"""Rules over filled forms: accounts, limits and methods that contradict each other stop the case."""

from datetime import date

import pytest

from forms.answer import fill_all
from forms.facts import gather
from rules.engine import judge
from rules.model import Verdict
from tests.forms.case_papers import full_case

ON = date(2026, 3, 25)
FACTS = gather(full_case(), {})
FORMS = fill_all(FACTS, ON)[0]


def judged(rule, forms=FORMS):
    return [f for f in judge(FACTS, forms, ON) if f.rule == rule]


def changed(form, field, text):
    """Return the forms with another text in a field."""
    return tuple(
        one
        if one.form != form
        else one.model_copy(
            update={
                "values": tuple(
                    v.model_copy(update={"text": text}) if v.field == field else v for v in one.values
                )
            }
        )
        for one in FORMS
    )


@pytest.mark.parametrize(
    "rule",
    [
        "tax_package.one_basic_account",
        "tax_package.special_invoices_have_a_limit",
        "tax_package.methods_fit_their_class",
    ],
)
def test_forms_as_filled_pass(rule):
    """What was filled from one set of papers does not contradict itself."""
    assert [f.verdict for f in judged(rule)] == [Verdict.PASS]


@pytest.mark.parametrize(
    ("rule", "form", "field", "text", "verdict"),
    [
        ("one_basic_account", "bank_account_report", "accounts[0].nature", "1120", Verdict.UNSURE),
        ("special_invoices_have_a_limit", "invoice_limit_approval", "limits[0].max_amount", "1.00", Verdict.FAIL),
        ("methods_fit_their_class", "accounting_filing", "depreciation_method", "21", Verdict.FAIL),
    ],
)  # fmt: skip
def test_contradiction_between_blanks_is_found(rule, form, field, text, verdict):
    """One changed blank is enough."""
    found = judged(f"tax_package.{rule}", changed(form, field, text))

    assert [f.verdict for f in found] == [verdict]


def test_second_basic_account_is_refused():
    """A body keeps one basic account."""
    report = next(f for f in FORMS if f.form == "bank_account_report")
    second = tuple(
        v.model_copy(update={"field": v.field.replace("[0]", "[1]")})
        for v in report.values
        if v.field.startswith("accounts[0]")
    )
    forms = tuple(f.model_copy(update={"values": (*f.values, *second)}) if f is report else f for f in FORMS)

    found = judged("tax_package.one_basic_account", forms)

    assert {f.verdict for f in found} == {Verdict.FAIL}
    assert len(found) == 2
