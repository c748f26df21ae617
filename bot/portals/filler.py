"""Files one submission: asks first, fills, writes down, clicks once, and proves what the portal kept."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.errors import (
    FilingUnknownError,
    HandoverError,
    PortalChangedError,
    PortalClosedError,
    PortalMapError,
    PortalRefusedError,
    PortalUnavailableError,
    ReadbackError,
    SentOtherwiseError,
    SessionEndedError,
)
from bot.portals.plan import Attempt, Journal, Outcome, Receipt, State, Submission, plan_hash
from bot.portals.portal_map import Hall, PortalMap, load
from bot.portals.session import Credentials, PortalSession
from bot.portals.slots import assert_covered
from extractors.errors import ZeromeetError

__all__ = [
    "Credentials",
    "Journal",
    "Outcome",
    "PortalMap",
    "PortalSession",
    "Receipt",
    "State",
    "Submission",
    "file",
    "load",
    "plan_hash",
]

R = TypeVar("R")

ASK_EVERY_S = 0.5
"""Pause between two looks at a portal's list, out of courtesy."""
PAUSES_S = (0.5, 2.0)
"""Before filling is begun again after an interruption."""
MOST_PATIENCE_S = 30.0
"""A portal that wants to be left alone for longer is left to a later run."""
KEPT_OTHERWISE = "门户已经受理，没有再次提交。"


def file(
    session: PortalSession, submission: Submission, journal: Journal, *, dry_run: bool = False
) -> Outcome:
    """File a submission at most once, and prove that the portal keeps what was planned.

    Args:
        session: A visit to the portal.
        submission: What is planned.
        journal: Written durably before the last click and after the receipt.
        dry_run: Fill everything, hold the last request back and return its body.

    Raises:
        ReadbackError: The portal already holds a filing of this key that differs, or a page shows other values.
        FilingUnknownError: The click was made and nothing tells whether it was taken.
        ZeromeetError: Anything else that stopped before the click, or the portal's refusal after it.
    """
    if not submission.business_key:
        raise PortalMapError("没有可以用来查重的业务标识，本件没有提交。")
    assert_covered(session.portal.hall(submission.hall), submission)
    if known := _known(session, submission, journal):
        return known
    _patiently(session, lambda: session.fill_forms(submission))
    if dry_run:
        return Outcome(state=State.BLOCKED, body=session.rehearse(submission.hall))
    return _click(session, submission, journal)


def _known(session: PortalSession, submission: Submission, journal: Journal) -> Outcome | None:
    """Return what came of an earlier click; None where nothing was filed so far."""
    hall, earlier = session.portal.hall(submission.hall), journal.attempt(submission)
    if earlier and hall.filings is None:
        return _remembered(hall, submission, earlier)
    if receipt := _asked(session, submission, earlier):
        return _already(session, submission, journal, receipt)
    if earlier and earlier.receipt:
        raise FilingUnknownError("我们存有它的回执，门户的清单里却没有这一件；没有再次提交。")
    return None


def _click(session: PortalSession, submission: Submission, journal: Journal) -> Outcome:
    journal.sending(submission)
    try:
        found = _send(session, submission)
    except FilingUnknownError:
        raise
    except ZeromeetError:  # anything else is raised only where nothing was taken
        journal.withdrawn(submission)
        raise
    if isinstance(found, Outcome):
        journal.withdrawn(submission)
        return found
    journal.receipt(submission, found)
    return _proved(session, submission, found)


def _remembered(hall: Hall, submission: Submission, earlier: Attempt) -> Outcome:
    """Return what our own record says where the portal cannot be asked."""
    if earlier.receipt is None:
        raise FilingUnknownError("上次已按下提交而没有收到回执，这个门户没有清单可查。")
    if earlier.plan_hash != submission.plan_hash:
        raise ReadbackError(hall.title, [hall.title], KEPT_OTHERWISE)
    return Outcome(state=State.FILED, receipt=earlier.receipt, already=True)


def _asked(session: PortalSession, submission: Submission, earlier: Attempt | None) -> Receipt | None:
    """Ask the portal's list; where a click was made a moment ago, until its filing must be there."""
    if earlier is None or earlier.receipt:
        return _patiently(session, lambda: session.reconcile(submission))
    settle_s = session.portal.hall(submission.hall).settle_s
    left = settle_s - (datetime.now(UTC) - earlier.at).total_seconds()
    return _settle(session, submission, min(max(left, 0.0), settle_s))


def _patiently(session: PortalSession, act: Callable[[], R]) -> R:
    """Do what files nothing; after an interruption sign in again and do it anew, the portal's draft being kept."""
    for pause in PAUSES_S:
        try:
            return act()
        except PortalClosedError:
            raise
        except (SessionEndedError, PortalUnavailableError) as error:
            wait = max(pause, getattr(error, "wait_s", 0.0))
            if wait > MOST_PATIENCE_S:
                raise
            time.sleep(wait)
            session.reopen()
    return act()


def _proved(session: PortalSession, submission: Submission, receipt: Receipt) -> Outcome:
    """Compare the portal's record with the plan; a record that cannot be seen takes nothing back."""
    if session.portal.hall(submission.hall).kept is None:
        return Outcome(state=State.FILED, receipt=receipt, why="")
    try:
        equal = not session.differences(submission, receipt)
    except ZeromeetError:
        return Outcome(
            state=State.FILED, receipt=receipt, why="门户已经受理；它的留存记录暂时打不开，还没有核对。"
        )
    why = "" if equal else "门户已经受理，但它留存的内容与计划不一致，请人工核对。"
    return Outcome(state=State.FILED, receipt=receipt, readback_equal=equal, why=why)


def _already(session: PortalSession, submission: Submission, journal: Journal, receipt: Receipt) -> Outcome:
    if wrong := session.differences(submission, receipt):
        raise ReadbackError(session.portal.hall(submission.hall).title, wrong, KEPT_OTHERWISE)
    journal.receipt(submission, receipt)
    return Outcome(state=State.FILED, receipt=receipt, readback_equal=True, already=True)


def _send(session: PortalSession, submission: Submission) -> Receipt | Outcome:
    """Click, and after any doubt let the portal's own list decide."""
    try:
        session.submit(submission.hall)
        if receipt := session.receipt(submission):
            return receipt
        doubt: ZeromeetError | None = None
    except (SentOtherwiseError, PortalMapError):
        raise  # held back before it left
    except ZeromeetError as error:
        doubt = error
    hall, unanswered = session.portal.hall(submission.hall), session.unanswered
    if hall.filings is None and not isinstance(doubt, PortalRefusedError):
        raise FilingUnknownError("已按下提交，但没有收到回执，这个门户没有清单可查。") from doubt
    # Neither an error page nor a refusal proves that nothing was written, and the list may lag.
    if receipt := _settle(session, submission, hall.settle_s):
        return receipt
    if isinstance(doubt, PortalRefusedError | PortalChangedError | HandoverError):
        raise doubt
    if unanswered:
        raise FilingUnknownError("已按下提交，门户一直没有答复，它的清单里也还没有这一件。")
    why = "已按下提交，门户没有受理：它的清单里没有这一件。本件没有提交，可以重试。"
    return Outcome(state=State.NOT_FILED, why=why)


def _settle(session: PortalSession, submission: Submission, patience_s: float) -> Receipt | None:
    """Ask the list until the filing is there, as long as the portal may still be at it.

    Raises:
        FilingUnknownError: The list could not be seen, or contradicts itself.
    """
    until = time.monotonic() + patience_s
    while True:
        late = time.monotonic() >= until
        try:
            session.reopen()
            receipt = session.reconcile(submission)
        except ZeromeetError as error:
            if late or not isinstance(error, PortalUnavailableError):
                raise FilingUnknownError("已按下提交，但没有收到回执，门户的清单也打不开。") from error
        else:
            if receipt or late:
                return receipt
        time.sleep(ASK_EVERY_S)
