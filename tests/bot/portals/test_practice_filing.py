"""The whole of both halls of the practice portal, and its bad days."""

from contextlib import ExitStack
from pathlib import Path

import pytest
import yaml

from bot.errors import PortalChangedError, PortalRefusedError, PortalUnavailableError
from bot.portals import fingerprint
from bot.portals.filler import Credentials, PortalSession, State, Submission, file, load, plan_hash
from bot.portals.fingerprint import Change
from bot.portals.plan import Attempt
from bot.portals.portal_map import file_of
from bot.portals.session import Terms
from bot.portals.walk import walk
from bot.practice.server import running
from bot.practice.store import PracticeStore
from forms.model import FilledForm, FormValue

PASSWORD = "invented-2"
PLAN = Path(__file__).with_name("pages") / "practice_plan.yaml"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def person(first: str) -> str:
    """Complete 17 digits to a resident's number."""
    return first + "10X98765432"[sum(int(c) * 2 ** (17 - n) for n, c in enumerate(first)) % 11]


def credit_code(first: str) -> str:
    """Complete 17 characters to a credit code."""
    return first + ALPHABET[-sum(ALPHABET.index(c) * 3**n for n, c in enumerate(first)) % 31]


NUMBERS = {
    "PERSON_1": person("31011519850312402"),
    "PERSON_2": person("65010219900807361"),
    "USCC": credit_code("91310115MA1K0P7XQ"),
}


class Journal:
    """Keeps the order of events."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.earlier: Attempt | None = None

    def attempt(self, submission: Submission) -> Attempt | None:  # noqa: ARG002 - as the protocol asks
        return self.earlier

    def withdrawn(self, submission: Submission) -> None:  # noqa: ARG002 - as the protocol asks
        self.lines.append("withdrawn")

    def sending(self, submission: Submission) -> None:
        self.lines.append(f"sending {submission.hall}")

    def receipt(self, submission: Submission, receipt) -> None:
        self.lines.append(f"receipt {submission.hall} {receipt.number}")


@pytest.fixture
def journal() -> Journal:
    return Journal()


@pytest.fixture
def plan():
    """Make the submission of a hall; fields may be altered, forms skipped."""

    def make(hall: str, skipped: tuple[str, ...] = (), **changes: dict[str, str | None]) -> Submission:
        texts = yaml.safe_load(PLAN.read_text(encoding="utf-8"))
        wanted = [form for form in load("practice").hall(hall).forms if form not in skipped]
        forms = tuple(filled(form, texts[form] | changes.get(form, {})) for form in wanted)
        reasons = dict.fromkeys(skipped, "企业没有申请。")
        key = NUMBERS["USCC"] if hall == "tax" else texts["name_declaration"]["company_name"]
        digest = plan_hash(forms, reasons)
        return Submission(hall=hall, business_key=key, forms=forms, skipped=reasons, plan_hash=digest)

    return make


def filled(form: str, texts: dict[str, str | None]) -> FilledForm:
    stated = {field: NUMBERS.get(text, text) for field, text in texts.items() if text is not None}
    values = tuple(FormValue(form=form, field=f, label=f, text=t, shown=t) for f, t in stated.items())
    return FilledForm(form=form, title=form, values=values)


@pytest.fixture
def portal(chromium, tmp_path):
    """Start the practice portal with faults and open a session; all on one database."""
    with ExitStack() as stack:

        def start(*faults: str) -> PortalSession:
            database = tmp_path / "practice.sqlite"
            base = stack.enter_context(running(database, "agent", PASSWORD, faults=faults))
            account = Credentials(user="agent", password=PASSWORD)
            terms = Terms(recorded=fingerprint.load(file_of("practice")))
            session = PortalSession(load("practice"), base, account, chromium, 10.0, terms=terms)
            return stack.enter_context(session)

        yield start


@pytest.fixture
def store(tmp_path):
    """Open the authority's own database."""
    return lambda: PracticeStore(tmp_path / "practice.sqlite")


def test_fingerprint_is_that_of_the_portal(portal):
    """The fingerprint that comes with the practice portal has every page, and nothing has changed since."""
    keys = {"name": "上海云栖科技有限公司", "tax": NUMBERS["USCC"]}

    reports = list(walk(portal(), fingerprint.load(file_of("practice")), keys))

    assert [(r.heading, r.faults, r.drifts) for r in reports if not (r.reached and r.is_sound)] == []
    assert all(
        r.form
        for r in reports
        if r.heading in {p.heading for h in load("practice").halls for p in h.pages[1:]}
    )


def test_walk_tells_of_drift_and_types_nothing(portal, store):
    """A renamed label is told with the guess what it is called now; no draft holds any answer."""
    keys = {"tax": NUMBERS["USCC"]}

    reports = list(walk(portal("renamed-label"), fingerprint.load(file_of("practice")), keys))

    (found,) = [d for r in reports for d in r.drifts]
    assert (found.change, found.before, found.now) == (Change.RENAMED, "经营范围", "业务范围")
    assert [draft.answers for draft in store().drafts()] == [{}]


@pytest.mark.parametrize("hall", ["name", "tax"])
def test_whole_hall_is_filed(portal, plan, journal, store, hall):
    """Every form of a hall ends with its number, and the portal keeps what was planned."""
    planned = plan(hall)

    outcome = file(portal(), planned, journal)

    assert (outcome.state, outcome.readback_equal, outcome.why) == (State.FILED, True, "")
    assert set(outcome.receipt.items) == {form.form for form in planned.forms}
    assert len(set(outcome.receipt.items.values())) == len(planned.forms)
    assert [f.number for f in store().filings(planned.business_key)] == [outcome.receipt.number]
    assert journal.lines == [f"sending {hall}", f"receipt {hall} {outcome.receipt.number}"]


def test_small_company_skips_what_it_does_not_need(portal, plan, journal):
    """Forms that are not needed are skipped; a term without end leaves the last day open."""
    skipped = (
        "vat_general_registration",
        "invoice_type_approval",
        "invoice_limit_approval",
        "device_issue",
        "invoice_pickup",
    )
    planned = plan(
        "tax", skipped, registration_confirmation={"term_to": "indefinite", "tax_registration_type": None}
    )

    outcome = file(portal(), planned, journal)

    assert outcome.readback_equal is True
    assert set(outcome.receipt.items) == {form.form for form in planned.forms}


def test_running_twice_files_once(portal, plan, journal, store):
    """The second run finds the first one's filing, with the same numbers, and says so."""
    session = portal()
    first = file(session, plan("name"), journal)

    second = file(session, plan("name"), journal)

    assert (second.already, second.receipt) == (True, first.receipt)
    assert len(store().filings(plan("name").business_key)) == 1


def test_lost_receipt_is_reconciled(portal, plan, journal, store):
    """A receipt page that fails after the portal took the filing leads to the list, not to a second filing."""
    outcome = file(portal("lost-receipt"), plan("name"), journal)

    assert (outcome.state, outcome.readback_equal) == (State.FILED, True)
    assert [f.number for f in store().filings(plan("name").business_key)] == [outcome.receipt.number]
    assert set(outcome.receipt.items) == {"name_declaration"}


def test_server_error_on_submit_is_not_filed_and_can_be_retried(portal, plan, journal, store):
    """A failed click leaves nothing filed; the next run goes on with the draft and files it."""
    failed = file(portal("500-on-submit"), plan("name"), journal)

    retried = file(portal(), plan("name"), journal)

    assert failed.state is State.NOT_FILED
    assert (retried.state, retried.readback_equal) == (State.FILED, True)
    assert len(store().filings(plan("name").business_key)) == 1


def test_other_rows_in_an_old_draft_are_taken_away(portal, plan, journal):
    """A draft of an earlier plan with more rows ends with the rows of this one."""
    file(portal("500-on-submit"), plan("name"), journal)
    fewer = dict.fromkeys(("alternatives[0].company_name", "alternatives[1].company_name"))

    outcome = file(portal(), plan("name", name_declaration=fewer), journal)

    assert outcome.readback_equal is True


def test_refusal_is_told_in_the_portals_words(portal, plan, journal, store):
    """A refused click is a refusal, with the portal's reason."""
    with pytest.raises(PortalRefusedError, match="系统繁忙"):
        file(portal("refuse-submit"), plan("name"), journal)

    assert store().filings(plan("name").business_key) == []


def test_value_that_the_portal_checks_and_refuses(portal, plan, journal, store):
    """The portal's message about a field reaches the clerk without the value."""
    wrong = {"applicant_mobile": "12345678901"}

    with pytest.raises(PortalRefusedError, match="11 位手机号码") as stopped:
        file(portal(), plan("name", name_declaration=wrong), journal)

    assert "12345678901" not in str(stopped.value)
    assert journal.lines == []


def test_maintenance(portal, plan, journal):
    """A portal under maintenance is not available."""
    with pytest.raises(PortalUnavailableError, match="维护"):
        file(portal("maintenance"), plan("name"), journal)


def test_renamed_label_stops_before_the_form_is_touched(portal, plan, journal):
    """A renamed field stops the filing and names page and label."""
    session = portal("renamed-label")

    with pytest.raises(PortalChangedError, match=r"企业名称自主申报.*经营范围"):
        file(session, plan("name"), journal)

    assert session.page.get_by_role("textbox", name="字号", exact=True).input_value() == ""
    assert journal.lines == []


def test_rewritten_value_is_found_in_the_record(portal, plan, journal):
    """A value that the portal changes while accepting is found by comparing its record."""
    outcome = file(portal("rewrite"), plan("name"), journal)

    assert (outcome.state, outcome.readback_equal) == (State.FILED, False)


def test_dry_run_files_nothing(portal, plan, journal, store):
    """A dry run goes as far as the last button and shows what it would have sent."""
    outcome = file(portal(), plan("name"), journal, dry_run=True)

    assert outcome.state is State.BLOCKED
    assert set(outcome.body) == {"token"}
    assert store().filings(plan("name").business_key) == []
    assert journal.lines == []
