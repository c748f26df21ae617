"""From a judged case to receipts: the submissions of a portal's halls, journalled in the store."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bot.errors import NOT_FILED, EvidenceError, FilingTakenError, FilingUnknownError, HandoverError
from bot.evidence import Bundle
from bot.model import CaseResult, CaseStatus, Filing, FilingState
from bot.portals.filler import PortalSession, file
from bot.portals.plan import Attempt, Outcome, Receipt, State, Submission, plan_hash
from bot.portals.portal_map import Hall, PortalMap
from bot.store import Store
from extractors.errors import ZeromeetError
from extractors.model import Record
from forms.model import FilledForm


@dataclass(frozen=True)
class StoreJournal:
    """Writes intents and receipts of one case to the store."""

    store: Store
    case: str
    portal: str
    _seen: dict[str, int] = field(default_factory=dict)
    """Hall to the number of clicks that were known when attempt() was asked."""

    def attempt(self, submission: Submission) -> Attempt | None:
        """Return the earlier click for the same business key, by whichever case."""
        kept = self.store.filing(self.portal, submission.hall, submission.business_key)
        self._seen[submission.hall] = kept.attempts if kept else 0
        if kept is None or kept.state == "withdrawn":
            return None
        return Attempt(at=kept.at, plan_hash=kept.plan_hash, receipt=kept.receipt)

    def sending(self, submission: Submission) -> None:
        """Write the intent down, durably, before the click."""
        hall, key = submission.hall, submission.business_key
        after = self._seen.get(hall, 0)
        if not self.store.note_sending(self.case, self.portal, hall, key, submission.plan_hash, after=after):
            raise FilingTakenError(f"同一件正由另一个进程办理。{NOT_FILED}")

    def withdrawn(self, submission: Submission) -> None:
        """Write down that the click led to nothing."""
        self.store.note_withdrawn(self.case, self.portal, submission.hall, submission.business_key)

    def receipt(self, submission: Submission, receipt: Receipt) -> None:
        """Write the receipt down."""
        self.store.note_receipt(self.case, self.portal, submission.hall, submission.business_key, receipt)


@dataclass(frozen=True)
class Witness:
    """A journal that also keeps evidence; nothing that goes wrong with a picture stops a filing."""

    journal: StoreJournal
    session: PortalSession
    bundle: Bundle

    def attempt(self, submission: Submission) -> Attempt | None:
        """Ask the journal."""
        return self.journal.attempt(submission)

    def sending(self, submission: Submission) -> None:
        """Take the page of all answers, then write the intent down."""
        self._picture("check")
        self.journal.sending(submission)

    def withdrawn(self, submission: Submission) -> None:
        """Tell the journal."""
        self.journal.withdrawn(submission)

    def receipt(self, submission: Submission, receipt: Receipt) -> None:
        """Write the receipt down first, then take its page."""
        self.journal.receipt(submission, receipt)
        self._picture("receipt")

    def _picture(self, name: str) -> None:
        with suppress(ZeromeetError):
            self.bundle.picture(name, self.session.picture(self.bundle.texts))


_KEYS = {"name_declaration": "company_name"}
"""Form to the field by which its hall knows a filing again; the credit code where none is named."""
_CREDIT_CODE = "enterprise.uscc"


def submissions(result: CaseResult, portal_map: PortalMap) -> tuple[Submission, ...]:
    """Return what is to be sent, one submission a hall, in the portal's order."""
    every = (_submission(result, hall) for hall in portal_map.halls)
    return tuple(submission for submission in every if submission.forms)


def _submission(result: CaseResult, hall: Hall) -> Submission:
    names = list(dict.fromkeys(page.form for page in hall.pages))
    forms = tuple(f for name in names for f in result.forms if f.form == name)
    skipped = {name: why for name, why in result.not_needed.items() if name in names}
    return Submission(
        hall=hall.id,
        business_key=_business_key(result, forms),
        forms=forms,
        skipped=skipped,
        plan_hash=plan_hash(forms, skipped),
    )


def _business_key(result: CaseResult, forms: Sequence[FilledForm]) -> str:
    named = (f.text(_KEYS[f.form]) for f in forms if f.form in _KEYS)
    code = result.facts[_CREDIT_CODE].value if _CREDIT_CODE in result.facts else ""
    return next((text for text in named if text), None) or str(code)


class Filed(Record):
    """What came of filing one case."""

    filings: tuple[Filing, ...]
    status: CaseStatus
    exit_code: int = 0
    """That of the error which stopped it; 0 where none did."""
    bodies: dict[str, dict[str, str]] = {}
    """Dry run: by hall the names and values of the request that was held back."""


def file_all(result: CaseResult, session: PortalSession, journal: StoreJournal, *, dry_run: bool) -> Filed:
    """File every hall in turn, with evidence; the first that is not filed keeps the later ones back."""
    filings: list[Filing] = []
    bodies: dict[str, dict[str, str]] = {}
    status, code = CaseStatus.FILED, 0
    for submission in submissions(result, session.portal):
        if status not in {CaseStatus.FILED, CaseStatus.READY}:
            filings.extend(_all(submission, FilingState.WAITING_HUMAN, "前一项没有办成，本项没有开始。"))
            continue
        try:
            outcome = _witnessed(result.case, session, submission, journal, dry_run=dry_run)
        except ZeromeetError as error:
            unknown = isinstance(error, FilingUnknownError)
            status, code = _stopped(error), error.exit_code
            state = FilingState.UNKNOWN if unknown else FilingState.WAITING_HUMAN
            filings.extend(_all(submission, state, str(error)))
            continue
        status = _status(outcome)
        if outcome.state is State.BLOCKED:
            session.reopen()  # the page that holds the last request back is of no further use
        filings.extend(_filings(submission, outcome))
        bodies[submission.hall] = dict(outcome.body)
    elsewhere = not_offered(result, session.portal)
    if elsewhere and status is CaseStatus.FILED:
        status = CaseStatus.REVIEW
    filings.extend(elsewhere)
    held = {hall: body for hall, body in bodies.items() if body}
    return Filed(filings=tuple(filings), status=status, exit_code=code, bodies=held)


def _witnessed(
    case: str, session: PortalSession, submission: Submission, journal: StoreJournal, *, dry_run: bool
) -> Outcome:
    """File one submission and keep the evidence; where that fails, the filing stands and says so."""
    if session.terms.home is None:
        return file(session, submission, journal, dry_run=dry_run)
    bundle = Bundle(session.terms.home, case, submission)
    outcome = file(session, submission, Witness(journal, session, bundle), dry_run=dry_run)
    if outcome.state is not State.FILED:
        return outcome
    try:
        bundle.close(outcome, session.trail, session.versions)
    except (EvidenceError, OSError) as error:
        why = (
            error.message
            if isinstance(error, EvidenceError)
            else "凭证没有写下（磁盘出错）；办理结果不受影响。"
        )
        return outcome.model_copy(update={"why": " ".join(filter(None, (outcome.why, why)))})
    return outcome


def not_offered(result: CaseResult, portal_map: PortalMap) -> list[Filing]:
    """Return the forms for which this portal has no page, so that none is forgotten."""
    offered = {page.form for hall in portal_map.halls for page in hall.pages}
    why = f"“{portal_map.title}”没有办理本事项的页面，本项没有提交，请在窗口或其他系统办理。"
    return [
        Filing(form=f.form, title=f.title, state=FilingState.WAITING_HUMAN, why=why)
        for f in result.forms
        if f.form not in offered
    ]


def _stopped(error: ZeromeetError) -> CaseStatus:
    if isinstance(error, FilingUnknownError):
        return CaseStatus.UNKNOWN
    return CaseStatus.REVIEW if isinstance(error, HandoverError) else CaseStatus.FAILED


def _status(outcome: Outcome) -> CaseStatus:
    if outcome.state is State.FILED:
        return CaseStatus.REVIEW if outcome.readback_equal is False else CaseStatus.FILED
    return CaseStatus.READY if outcome.state is State.BLOCKED else CaseStatus.FAILED


_STATES = {
    State.FILED: FilingState.FILED,
    State.BLOCKED: FilingState.BLOCKED,
    State.NOT_FILED: FilingState.WAITING_HUMAN,
}


def _filings(submission: Submission, outcome: Outcome) -> list[Filing]:
    receipt = outcome.receipt
    return [
        Filing(
            form=f.form,
            title=f.title,
            state=_STATES[outcome.state],
            receipt=receipt.items.get(f.form, receipt.number) if receipt else None,
            readback_equal=outcome.readback_equal,
            already=outcome.already,
            why=outcome.why,
        )
        for f in submission.forms
    ]


def _all(submission: Submission, state: FilingState, why: str) -> list[Filing]:
    return [Filing(form=f.form, title=f.title, state=state, why=why) for f in submission.forms]
