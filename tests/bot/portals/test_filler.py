"""One submission at a portal that breaks in every way: filed once, or said not to be."""

import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from small_portal import PASSWORD, SmallPortal

from bot.errors import (
    FilingUnknownError,
    LoginFailedError,
    PortalBusyError,
    PortalMapError,
    PortalRefusedError,
    PortalUnavailableError,
    ReadbackError,
    SentOtherwiseError,
    SessionEndedError,
)
from bot.portals.filler import Credentials, PortalSession, State, Submission, file, load, plan_hash
from bot.portals.plan import Attempt, Receipt
from forms.model import FilledForm, FormValue

NAME = "上海云栖'\"<b>科技有限公司🏮"


class Journal:
    """Writes to memory, in order, with what the portal held at that moment."""

    def __init__(self, portal: SmallPortal) -> None:
        self.portal = portal
        self.lines: list[str] = []
        self.earlier: Attempt | None = None

    def attempt(self, submission: Submission) -> Attempt | None:  # noqa: ARG002 - as the protocol asks
        return self.earlier

    def withdrawn(self, submission: Submission) -> None:  # noqa: ARG002 - as the protocol asks
        self.lines.append("withdrawn")

    def sending(self, submission: Submission) -> None:
        self.lines.append(f"sending {submission.plan_hash[:8]} {len(self.portal.filings)}")

    def receipt(self, submission, receipt) -> None:  # noqa: ARG002 - as the protocol asks
        self.lines.append(f"receipt {receipt.number} {len(self.portal.filings)}")


@pytest.fixture
def portal():
    running = SmallPortal()
    yield running
    running.close()


@pytest.fixture
def journal(portal) -> Journal:
    return Journal(portal)


@pytest.fixture
def visit(chromium, portal):
    """Open sessions that end with the test."""
    opened: list[PortalSession] = []

    def open_session(password: str = PASSWORD, limit_s: float = 2.0) -> PortalSession:
        portal_map = load(Path(__file__).with_name("pages") / "small.yaml")
        account = Credentials(user="agent", password=password)
        opened.append(PortalSession(portal_map, portal.base, account, chromium, limit_s))
        return opened[-1]

    yield open_session
    for session in opened:
        session.close()


def filled(form: str, **texts: str) -> FilledForm:
    values = tuple(FormValue(form=form, field=f, label=f, text=t, shown=t) for f, t in texts.items())
    return FilledForm(form=form, title=form, values=values)


def submission(
    *forms: FilledForm, key: str = "上海'云\"栖1", skipped: dict[str, str] | None = None
) -> Submission:
    skipped = skipped or {}
    digest = plan_hash(forms, skipped)
    return Submission(hall="names", business_key=key, forms=forms, skipped=skipped, plan_hash=digest)


@pytest.fixture
def planned() -> Submission:
    name = filled("name", name=NAME, remark="第一行\n第二行")
    return submission(name, filled("accounting", standard="102", begun="2026-03-01"))


def test_filing_keeps_what_was_planned(visit, portal, planned, journal):
    """A filing ends with the portal's number, and its record equals the plan field by field."""
    outcome = file(visit(), planned, journal)

    assert (outcome.state, outcome.receipt.number, outcome.readback_equal) == (State.FILED, "2026-0001", True)
    assert portal.filings["2026-0001"]["name"] == NAME
    assert portal.filings["2026-0001"]["remark"] == "第一行\n第二行"
    assert portal.filings["2026-0001"]["begun"] == "2026/03/01"


def test_intent_is_written_before_the_click(visit, planned, journal):
    """The journal knows of the filing before the portal does, and of the receipt after."""
    file(visit(), planned, journal)

    assert journal.lines == [f"sending {planned.plan_hash[:8]} 0", "receipt 2026-0001 1"]


def test_second_run_files_nothing(visit, portal, planned, journal):
    """The same plan under the same key is filed once; the second run says so."""
    file(visit(), planned, journal)
    portal.posts.clear()

    again = file(visit(), planned, journal)

    assert (again.already, again.receipt.number, again.readback_equal) == (True, "2026-0001", True)
    assert portal.posts == ["/login"]
    assert len(portal.filings) == 1


def test_other_plan_under_the_same_key_stops(visit, portal, planned, journal):
    """A filing that is there already and differs from the plan is left to a person."""
    file(visit(), planned, journal)
    other = submission(filled("name", name="另一家公司", remark="第一行\n第二行"), planned.forms[1])

    with pytest.raises(ReadbackError) as stopped:
        file(visit(), other, journal)

    assert stopped.value.labels == ("企业名称",)
    assert NAME not in str(stopped.value)
    assert len(portal.filings) == 1


def test_skipped_form_is_passed_over(visit, portal, journal):
    """A form that is not needed is skipped by the portal's own button and left empty."""
    only_name = submission(filled("name", name=NAME), skipped={"accounting": "以后再办"})

    outcome = file(visit(), only_name, journal)

    assert outcome.readback_equal is True
    assert "standard" not in portal.filings["2026-0001"]


@pytest.mark.parametrize("fault", ["lost", "error", "drop", "hang", "late"])
def test_lost_receipt_is_taken_from_the_list(visit, portal, planned, journal, fault):
    """A filing that was taken while its answer was lost is found, not repeated."""
    portal.fault = fault

    outcome = file(visit(), planned, journal)

    assert (outcome.state, outcome.receipt.number, outcome.readback_equal) == (State.FILED, "2026-0001", True)
    assert len(portal.filings) == 1
    assert portal.posts.count("/submit") == 1


@pytest.mark.parametrize("fault", ["error_before", "drop_before"])
def test_failed_click_is_said_not_to_be_filed(visit, portal, planned, journal, fault):
    """A portal that answered with a failure and does not list the filing has not got it."""
    portal.fault = fault

    outcome = file(visit(), planned, journal)

    assert (outcome.state, outcome.receipt) == (State.NOT_FILED, None)
    assert "没有提交" in outcome.why
    assert portal.filings == {}
    assert portal.posts.count("/submit") == 1


def test_not_filed_may_be_tried_again(visit, portal, planned, journal):
    """After a failed click the same plan is filed by the next run."""
    portal.fault = "error_before"
    session = visit()
    file(session, planned, journal)
    portal.fault = ""

    outcome = file(session, planned, journal)

    assert (outcome.state, outcome.already, len(portal.filings)) == (State.FILED, False, 1)


def test_silence_that_lasts_is_unknown(visit, portal, planned, journal):
    """A click without any answer, that the list does not show, is neither filed nor not filed."""
    portal.fault = "hang_before"

    with pytest.raises(FilingUnknownError) as unknown:
        file(visit(), planned, journal)

    assert unknown.value.exit_code == 8
    assert portal.posts.count("/submit") == 1


def test_list_that_cannot_be_seen_is_unknown(visit, portal, planned, journal):
    """A lost answer with the list out of order is left to a person."""
    portal.fault = "list"
    session = visit()
    session.fill_forms(planned)
    portal.list_closed = False

    outcome = file(session, planned, journal)

    assert outcome.state is State.FILED
    assert outcome.receipt.number == "2026-0001"
    portal.fault = "error"
    with pytest.raises(PortalUnavailableError):
        file(session, planned.model_copy(update={"business_key": "case-2"}), journal)


def test_lost_answer_and_closed_portal_is_unknown(visit, portal, planned):
    """The portal fails at the click and then closes: nothing can tell, and nothing is repeated."""
    portal.fault = "error"

    class Closing(Journal):
        def sending(self, submission: Submission) -> None:  # noqa: ARG002 - as the protocol asks
            portal.list_closed = True

    with pytest.raises(FilingUnknownError):
        file(visit(), planned, Closing(portal))

    assert portal.posts.count("/submit") == 1


def test_browser_that_dies_after_the_click(visit, portal, planned, chromium):
    """A browser killed at the last moment is started again to ask the list."""

    class Killing(Journal):
        def sending(self, submission: Submission) -> None:  # noqa: ARG002 - as the protocol asks
            portal.commit()
            chromium._browser.close()

    outcome = file(visit(), planned, Killing(portal))

    assert (outcome.state, outcome.readback_equal) == (State.FILED, True)
    assert len(portal.filings) == 1


def test_refusal_at_the_click_is_told_in_the_portals_words(visit, portal, planned, journal):
    """The portal's own message reaches the clerk, and nothing counts as filed."""
    portal.fault = "refuse_before"

    with pytest.raises(PortalRefusedError, match="业务规则校验不通过"):
        file(visit(), planned, journal)

    assert portal.filings == {}


def test_refusal_that_repeats_a_value_is_masked(visit, planned, journal):
    """A message of the portal that repeats what was filled is told without it."""
    refused = submission(filled("name", name="上海重名公司", remark="拒绝"), planned.forms[1])

    with pytest.raises(PortalRefusedError) as stopped:
        file(visit(), refused, journal)

    assert "与已有企业相同" in stopped.value.message
    assert "上海重名公司" not in str(stopped.value)


def test_record_that_differs_is_not_called_equal(visit, portal, planned, journal):
    """A portal that keeps something else than it showed is found out after the receipt."""
    portal.fault = "alter"

    outcome = file(visit(), planned, journal)

    assert (outcome.state, outcome.readback_equal) == (State.FILED, False)
    assert journal.lines[-1] == "receipt 2026-0001 1"


def test_closed_portal(visit, portal, planned, journal):
    """A maintenance page is told as such, and nothing is sent."""
    portal.closed = True

    with pytest.raises(PortalUnavailableError, match="维护") as closed:
        file(visit(), planned, journal)

    assert closed.value.exit_code == 6
    assert (portal.posts, journal.lines) == ([], [])


def test_portal_that_is_not_there(visit, portal, planned, journal):
    """A portal that refuses connections is not available."""
    portal.close()

    with pytest.raises(PortalUnavailableError, match="没有提交"):
        file(visit(), planned, journal)


def test_wrong_password(visit, portal, planned, journal):
    """A refused login names neither account nor password."""
    with pytest.raises(LoginFailedError) as failed:
        file(visit(password="wrong-secret"), planned, journal)

    assert "wrong-secret" not in str(failed.value)
    assert portal.filings == {}


def test_session_that_ends_is_begun_anew(visit, portal, planned, journal):
    """A portal that signs us out half-way is signed in to again, and the filing goes on."""
    session = visit()
    session.login()
    session.page.context.clear_cookies()

    outcome = file(session, planned, journal)

    assert outcome.state is State.FILED
    assert len(portal.filings) == 1


def test_portal_that_keeps_signing_us_out(visit, portal, planned, journal):
    """Where signing in again does not help, the filing stops with nothing sent."""
    portal.forgetful = True

    with pytest.raises(SessionEndedError, match="登录已经失效"):
        file(visit(), planned, journal)

    assert (portal.filings, journal.lines) == ({}, [])


def test_busy_portal_is_left_alone_for_as_long_as_it_asks(visit, portal, planned, journal):
    """After 429 the filing goes on when the time has passed that the portal asked for."""
    portal.busy = ["1"]

    outcome = file(visit(), planned, journal)

    assert (outcome.state, portal.busy) == (State.FILED, [])


def test_portal_that_wants_peace_for_long_is_left_to_a_later_run(visit, portal, planned, journal):
    """Nobody waits an hour in front of a browser."""
    portal.busy = ["3600"]

    with pytest.raises(PortalBusyError, match="3600 秒"):
        file(visit(), planned, journal)

    assert journal.lines == []


def test_click_of_a_killed_run_is_waited_for(visit, portal, planned, journal):
    """After a click whose outcome nobody learned, the list is asked until the filing must be there."""
    portal.draft = {"key": planned.business_key, "name": NAME, "remark": "第一行\n第二行"}
    portal.draft |= {"standard": "小企业会计准则", "begun": "2026/03/01"}
    threading.Timer(1.0, portal.commit).start()
    journal.earlier = Attempt(at=datetime.now(UTC), plan_hash=planned.plan_hash)

    outcome = file(visit(), planned, journal)

    assert (outcome.already, len(portal.filings), "/submit" in portal.posts) == (True, 1, False)


def test_old_click_that_the_list_lacks_is_made_again(visit, portal, planned, journal):
    """Once the time has passed in which a filing appears in the list, the list is believed."""
    journal.earlier = Attempt(at=datetime.now(UTC) - timedelta(minutes=1), plan_hash="")

    outcome = file(visit(), planned, journal)

    assert (outcome.state, len(portal.filings)) == (State.FILED, 1)


def test_receipt_that_the_list_does_not_know_stops(visit, portal, planned, journal):
    """Where our record and the portal's list contradict each other, nothing is filed again."""
    receipt = Receipt(hall="names", number="2026-0007")
    journal.earlier = Attempt(at=datetime.now(UTC), plan_hash=planned.plan_hash, receipt=receipt)

    with pytest.raises(FilingUnknownError, match="清单里却没有"):
        file(visit(), planned, journal)

    assert "/submit" not in portal.posts


def without_list(session: PortalSession) -> PortalSession:
    """Make the portal one that shows neither a list nor what it keeps."""
    hall = session.portal.halls[0].model_copy(update={"filings": None, "kept": None})
    session.portal = session.portal.model_copy(update={"halls": (hall,)})
    return session


def test_portal_without_a_list_files_all_the_same(visit, portal, planned, journal):
    """Where nothing can be asked, the receipt proves the filing, and nothing is claimed of the record."""
    outcome = file(without_list(visit()), planned, journal)

    assert (outcome.state, outcome.readback_equal, len(portal.filings)) == (State.FILED, None, 1)


def test_portal_without_a_list_leaves_a_doubt_to_a_person(visit, portal, planned, journal):
    """Without a list a lost receipt is unknown, and the next run does not even open the form."""
    portal.fault = "lost"

    with pytest.raises(FilingUnknownError, match="没有清单"):
        file(without_list(visit()), planned, journal)
    journal.earlier = Attempt(at=datetime.now(UTC) - timedelta(days=1), plan_hash="")
    with pytest.raises(FilingUnknownError, match="没有清单"):
        file(without_list(visit()), planned, journal)

    assert portal.posts.count("/submit") == 1


@pytest.mark.parametrize("same", [True, False])
def test_portal_without_a_list_is_not_asked_twice(visit, portal, planned, journal, same):
    """Our own receipt stands for the filing; other values under the same key are never sent."""
    receipt = Receipt(hall="names", number="2026-0007")
    told = planned.plan_hash if same else "0" * 64
    journal.earlier = Attempt(at=datetime.now(UTC), plan_hash=told, receipt=receipt)

    if same:
        outcome = file(without_list(visit()), planned, journal)
        assert (outcome.already, outcome.receipt) == (True, receipt)
    else:
        with pytest.raises(ReadbackError, match="已经受理"):
            file(without_list(visit()), planned, journal)

    assert portal.posts == []


def test_dry_run_sends_nothing(visit, portal, planned, journal):
    """A dry run fills everything, shows the last request and holds it back."""
    outcome = file(visit(), planned, journal, dry_run=True)

    assert (outcome.state, outcome.body) == (State.BLOCKED, {"token": "t1"})
    assert portal.draft["name"] == NAME
    assert portal.filings == {}
    assert "/submit" not in portal.posts
    assert journal.lines == []


@pytest.mark.parametrize(
    "trick",
    [
        "document.forms[0].addEventListener('formdata', e => e.formData.set('name', '别人的名称'))",
        "document.forms[0].addEventListener('submit', () => { document.forms[0].elements.name.value = '别人的名称' })",
        "document.forms[0].addEventListener('formdata', e => e.formData.append('name', '别人的名称'))",
        "document.forms[0].addEventListener('formdata', e => e.formData.set('remark', '别人的名称'))",
    ],
    ids=["data", "control", "twice", "other blank"],
)
def test_script_that_alters_a_value_is_caught(visit, portal, planned, journal, trick):
    """A page that would send something else than it showed is stopped before the request leaves."""
    portal.script = f"<script>if (document.forms[0].elements.name) {trick}</script>"

    with visit() as session, pytest.raises(SentOtherwiseError, match=r"企业名称|备注"):
        file(session, planned, journal)

    assert "/form/name" not in portal.posts
    assert portal.filings == {}


def test_plan_that_the_map_cannot_place_is_not_begun(visit, portal, journal):
    """A field without a place in the map stops before a draft is made."""
    lost = submission(filled("name", name=NAME, phone="13800138000"), skipped={"accounting": "以后再办"})

    with pytest.raises(PortalMapError, match="phone"):
        file(visit(), lost, journal)

    assert portal.posts == []


def test_kept_values_come_back_in_our_forms(visit, planned, journal):
    """What the portal keeps is told in our codes and dates."""
    session = visit()
    outcome = file(session, planned, journal)

    kept = session.kept_values(planned, outcome.receipt)

    assert kept["accounting.standard"] == "102"
    assert kept["accounting.begun"] == "2026-03-01"
    assert kept["name.name"] == NAME


def test_picture_shows_no_answer(visit, planned):
    """The page in view is kept in its full length; where an answer stands, every dot has one colour."""
    session = visit()
    session.fill_forms(planned)
    place = session.page.locator("dd", has_text="科技有限公司").bounding_box()

    picture = Image.open(BytesIO(session.picture([v.text for f in planned.forms for v in f.values])))

    box = (place["x"] + 2, place["y"] + 2, place["x"] + 60, place["y"] + place["height"] - 2)
    assert len(picture.crop(tuple(map(round, box))).getcolors()) == 1
    assert picture.height >= 900
