"""Two days of law over one case show what the law changed."""

from datetime import date

from bot.rule_changes import NOT_JUDGED, compare
from tests.forms.case_papers import SHARES, articles, full_case


def change(changes, rule):
    return next(c for c in changes.changes if c.rule == rule)


def test_new_law_is_named_as_the_cause_with_its_table_step():
    """A term of ten years was free before the Company Law of 2024 and is not after."""
    late = tuple(row | {"due_on": "2036-03-15"} for row in SHARES)
    papers = [articles(shareholders=late) if p.kind == "articles_of_association" else p for p in full_case()]

    found = change(compare("甲", papers, date(2024, 6, 30), date(2026, 3, 25)), "capital.paid_within_limit")

    assert (found.before, found.after) == (NOT_JUDGED, "fail")
    assert any("无 → 5（2024-07-01 起）" in cause for cause in found.causes)


def test_forms_of_either_day_are_named():
    """The merged form took the place of six."""
    found = compare("甲", full_case(), date(2019, 12, 1), date(2019, 12, 2))

    assert "新办纳税人涉税事项综合申请" in found.forms_new
    assert {"登记信息确认", "发票票种核定"} <= set(found.forms_gone)


def test_same_day_twice_changes_nothing():
    """What does not depend on the day is not reported."""
    found = compare("甲", full_case(), date(2026, 3, 25), date(2026, 3, 25))

    assert (found.changes, found.forms_new, found.forms_gone) == ((), (), ())
