"""What people and portals do to a case: decide, release, cancel, add papers; each one commit, on the version they saw."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from bot.engine.cases import Cases
from bot.engine.model import OPEN, WITH_A_PERSON, ServedCase, State, Step, Upload
from bot.engine.tables import ServedRow, UploadRow
from bot.model import Approval, Review
from bot.store import ApprovalRow, CaseRow, EventRow, ReviewRow

JOINABLE = OPEN
RELEASABLE = WITH_A_PERSON
CANCELLABLE = OPEN


def decide(cases: Cases, case: str, version: int, review: Review) -> ServedCase | None:
    """Keep a person's decision on one fact; the case waits on until it is released."""

    def change(session: Session, row: ServedRow) -> tuple[State, None]:
        session.add(ReviewRow(case=case, body=review.model_dump_json()))
        _note(session, case, f"reviewed:{review.fact}:{review.who}")
        return State(row.state), None

    return cases.act(case, version, WITH_A_PERSON, change)


def release(
    cases: Cases, case: str, version: int, who: str, approval: Approval | None = None
) -> ServedCase | None:
    """Judge a case again with the person's decisions; it goes on by itself where nothing is open any more.

    Args:
        cases: Where it is.
        case: Its id.
        version: The one that the person saw.
        who: They.
        approval: Their word for the values as they stand now; others would wait for them again.
    """

    def change(session: Session, row: ServedRow) -> tuple[State, Step]:
        _stop_clock(session, case)
        if approval is not None:
            session.merge(ApprovalRow(case=case, body=approval.model_dump_json()))
        _note(session, case, f"released:{who}")
        if row.state == State.QUARANTINED:
            return State.RECEIVED, Step.READ
        return State.JUDGING, Step.JUDGE

    return cases.act(case, version, RELEASABLE, change)


def cancel(cases: Cases, case: str, version: int, who: str) -> ServedCase | None:
    """End a case of which nothing is on its way to the portal."""

    def change(session: Session, _: ServedRow) -> tuple[State, None]:
        _stop_clock(session, case)
        _note(session, case, f"cancelled:{who}")
        return State.CANCELLED, None

    return cases.act(case, version, CANCELLABLE, change)


def join(cases: Cases, case: str, uploads: Sequence[Upload]) -> ServedCase | None:
    """Add late papers to an open case, which is read again with them."""

    def change(session: Session, _: ServedRow) -> tuple[State, Step]:
        _stop_clock(session, case)
        add_uploads(session, case, uploads)
        _note(session, case, f"joined:{len(uploads)}")
        return State.RECEIVED, Step.READ

    return cases.act(case, None, JOINABLE, change)


def add_uploads(session: Session, case: str, uploads: Sequence[Upload]) -> None:
    """Write down which files belong to a case, in the caller's transaction."""
    session.add_all(UploadRow(case=case, **upload.model_dump()) for upload in uploads)


def _note(session: Session, case: str, what: str) -> None:
    session.add(EventRow(case=case, at=datetime.now(UTC), what=what))


def _stop_clock(session: Session, case: str) -> None:
    row = session.get_one(CaseRow, case)
    if row.stopped_at is not None:
        row.human_s += (datetime.now(UTC) - row.stopped_at.replace(tzinfo=UTC)).total_seconds()
        row.stopped_at = None
        session.add(row)
