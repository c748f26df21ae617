"""Exit codes: a contract with scripts (docs/reference/cli.md)."""

from bot.model import CaseResult, CaseStatus

DONE = 0
USAGE = 2
WAITING = 3
QUARANTINED = 4
FAILED = 5
UNAVAILABLE = 6
CHANGED = 7
UNKNOWN = 8
INTERRUPTED = 130

_SEVERITY = (UNKNOWN, CHANGED, UNAVAILABLE, FAILED, QUARANTINED, WAITING, DONE)
_OF_STATUS = {
    CaseStatus.FILED: DONE,
    CaseStatus.READY: DONE,
    CaseStatus.REVIEW: WAITING,
    CaseStatus.QUARANTINED: QUARANTINED,
    CaseStatus.FAILED: FAILED,
    CaseStatus.UNKNOWN: UNKNOWN,
}


def worst(*codes: int) -> int:
    """Return the code that wins where several apply."""
    return min(codes, key=_SEVERITY.index)


def of(result: CaseResult) -> int:
    """Return a case's exit code; a file that could not be read counts even where the case went on."""
    return worst(_OF_STATUS[result.status], QUARANTINED if result.unreadable else DONE)


def of_stage(stage: str) -> int:
    """Return the exit code of a case in a batch by its stage; one that is not done yet is no failure."""
    return _OF_STATUS[CaseStatus(stage)] if stage in set(CaseStatus) else DONE
