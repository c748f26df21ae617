"""What a case asks and a portal does not offer is named, never dropped."""

from bot.filing import not_offered
from bot.model import CaseResult, CaseStatus, FilingState
from bot.portals.portal_map import load
from forms.model import FilledForm


def test_form_without_a_page_at_the_portal_waits_for_a_person():
    """The merged form of 2019 is no page of the practice portal; the other one is."""
    forms = tuple(
        FilledForm(form=form, title=title, values=())
        for form, title in [("comprehensive_application", "综合申请"), ("realname", "实名办税")]
    )
    result = CaseResult(case="1", folder="f", status=CaseStatus.READY, on="2021-06-01", forms=forms)

    (left,) = not_offered(result, load("practice"))

    assert (left.form, left.state) == ("comprehensive_application", FilingState.WAITING_HUMAN)
    assert "没有办理本事项的页面" in left.why
