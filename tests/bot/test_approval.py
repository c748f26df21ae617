"""Approval is bound to the exact values."""

import pytest

from bot import approval
from bot.model import CaseResult, CaseStatus
from bot.portals.plan import Receipt
from bot.store import Store
from forms.model import FilledForm, FormValue


@pytest.fixture
def store(tmp_path):
    kept = Store(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield kept
    kept.close()


@pytest.fixture
def case(store, tmp_path) -> str:
    return store.open_case(tmp_path)


def result(case: str, status: CaseStatus = CaseStatus.READY, **texts: str) -> CaseResult:
    values = tuple(
        FormValue(form="realname", field=f, label={"name": "姓名", "phone": "电话"}[f], text=t, shown=t)
        for f, t in texts.items()
    )
    forms = (FilledForm(form="realname", title="实名办税", values=values),)
    return CaseResult(case=case, folder="f", status=status, on="2026-11-23", forms=forms)


def test_case_that_nobody_had_to_approve_goes_on(store, case):
    """Where no person was asked, the rules alone decide."""
    ready = result(case, name="林晓")

    assert approval.held_to(store, ready) == ready


def test_approved_values_go_on(store, case):
    """The same values, judged again, are the approved ones."""
    approval.approve(store, result(case, name="林晓", phone="1"))

    assert approval.held_to(store, result(case, name="林晓", phone="1")).status is CaseStatus.READY


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ({"name": "林晓晓", "phone": "1"}, "“姓名”"),
        ({"name": "林晓"}, "“实名办税”"),
        ({"name": "林晓", "phone": ""}, "“电话”"),
    ],
)
def test_change_after_approval_voids_it(store, case, now, told):
    """One other value, and the case waits for a person again, who is told which."""
    approval.approve(store, result(case, name="林晓", phone="1"))

    held = approval.held_to(store, result(case, **now))

    assert held.status is CaseStatus.REVIEW
    assert told in held.why_not_automatic[0]


def test_new_approval_takes_the_place_of_the_old(store, case):
    """What counts is the last word."""
    approval.approve(store, result(case, name="林晓"))
    approval.approve(store, result(case, name="林晓晓"))

    assert approval.held_to(store, result(case, name="林晓晓")).status is CaseStatus.READY
    assert approval.held_to(store, result(case, name="林晓")).status is CaseStatus.REVIEW


def test_person_settles_a_doubt(store, case):
    """What a person found out at the portal closes the click, with who and why in the history."""
    store.note_sending(case, "practice", "tax", "91310000", "a" * 64)
    doubts = store.doubts(case)

    settled = store.settle(case, "tax", Receipt(hall="tax", number="T7"), "clerk:电话询问大厅")

    assert (doubts, settled, store.doubts(case)) == (("tax",), True, ())
    assert store.filing("practice", "tax", "91310000").receipt.number == "T7"
    assert store.events(case)[-1][1] == "settled:tax:filed:clerk:电话询问大厅"


def test_doubt_that_is_none_is_not_settled(store, case):
    """A hall in which nothing was clicked cannot be settled."""
    assert store.settle(case, "tax", None, "clerk:看过") is False
