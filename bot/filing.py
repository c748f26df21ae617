"""From a judged case to receipts: the submissions of a portal's halls, journalled in the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.errors import FilingUnknownError
from bot.model import CaseResult, CaseStatus, Filing, FilingState
from bot.portals.filler import PortalSession, file
from bot.portals.plan import Outcome, Receipt, State, Submission, plan_hash
from bot.portals.portal_map import Hall, PortalMap
from bot.store import Store
from forms.model import FilledForm


@dataclass(frozen=True)
class StoreJournal:
    """Writes intents and receipts of one case to the store."""

    store: Store
    case: str
    portal: str

    def sending(self, submission: Submission) -> None:
        """Write the intent down, durably, before the click."""
        hall, key = submission.hall, submission.business_key
        self.store.note_sending(self.case, self.portal, hall, key, submission.plan_hash)

    def receipt(self, submission: Submission, receipt: Receipt) -> None:
        """Write the receipt down."""
        self.store.note_receipt(self.case, self.portal, submission.hall, submission.business_key, receipt)


def submissions(result: CaseResult, portal_map: PortalMap) -> tuple[Submission, ...]:
    """Return what is to be sent, one submission a hall, in the portal's order."""
    return tuple(_submission(result, hall) for hall in portal_map.halls)


def _submission(result: CaseResult, hall: Hall) -> Submission:
    wanted = [p for p in hall.forms]
    forms = tuple(f for name in wanted for f in result.forms if f.form == name)
    skipped = {name: why for name, why in result.not_needed.items() if name in wanted}
    return Submission(
        hall=hall.id,
        business_key=_business_key(forms, hall),
        forms=forms,
        skipped=skipped,
        plan_hash=plan_hash(forms, skipped),
    )


def _business_key(forms: Sequence[FilledForm], hall: Hall) -> str:
    return next((text for f in forms if (text := f.text(hall.business_key))), "")


def file_all(
    result: CaseResult, session: PortalSession, portal_map: PortalMap, journal: StoreJournal, *, dry_run: bool
) -> tuple[tuple[Filing, ...], CaseStatus, Mapping[str, Mapping[str, str]]]:
    """File every hall in turn; the first that is not filed keeps the later ones back.

    Returns:
        What became of each form, where the case stands, and for a dry run each hall's held-back body.
    """
    filings: list[Filing] = []
    bodies: dict[str, Mapping[str, str]] = {}
    status = CaseStatus.FILED
    for submission in submissions(result, portal_map):
        if status not in {CaseStatus.FILED, CaseStatus.READY}:
            filings.extend(_all(submission, FilingState.WAITING_HUMAN, "前一项没有办成，本项没有开始"))
            continue
        outcome, why, status = _attempt(session, submission, journal, dry_run=dry_run)
        filings.extend(_filings(submission, outcome, why))
        if outcome is not None and outcome.body:
            bodies[submission.hall] = outcome.body
    return tuple(filings), status, bodies


def _attempt(
    session: PortalSession, submission: Submission, journal: StoreJournal, *, dry_run: bool
) -> tuple[Outcome | None, str, CaseStatus]:
    try:
        outcome = file(session, submission, journal, dry_run=dry_run)
    except FilingUnknownError as error:
        return None, str(error), CaseStatus.UNKNOWN
    if outcome.state is State.FILED:
        equal = outcome.readback_equal is not False
        return outcome, outcome.why, CaseStatus.FILED if equal else CaseStatus.REVIEW
    if outcome.state is State.BLOCKED:
        return outcome, outcome.why, CaseStatus.READY
    return outcome, outcome.why, CaseStatus.FAILED


_STATES = {
    State.FILED: FilingState.FILED,
    State.BLOCKED: FilingState.BLOCKED,
    State.NOT_FILED: FilingState.WAITING_HUMAN,
}


def _filings(submission: Submission, outcome: Outcome | None, why: str) -> list[Filing]:
    if outcome is None:
        return _all(submission, FilingState.UNKNOWN, why)
    receipt = outcome.receipt
    return [
        Filing(
            form=f.form,
            title=f.title,
            state=_STATES[outcome.state],
            receipt=receipt.items.get(f.form, receipt.number) if receipt else None,
            readback_equal=outcome.readback_equal,
            already=outcome.already,
            why=why,
        )
        for f in submission.forms
    ]


def _all(submission: Submission, state: FilingState, why: str) -> list[Filing]:
    return [Filing(form=f.form, title=f.title, state=state, why=why) for f in submission.forms]
