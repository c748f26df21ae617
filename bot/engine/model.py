"""The nouns of a case that is run as a service."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from bot.model import CaseResult
from extractors.model import Record


class State(StrEnum):
    """Where a served case stands; a contract of the API."""

    RECEIVED = "received"
    READING = "reading"
    JUDGING = "judging"
    REVIEW = "review"
    """Waits for a person's decision."""
    READY = "ready"
    """Judged; waits for its turn at the portal."""
    FILING = "filing"
    WAITING_HUMAN = "waiting_human"
    """A portal's gate waits for a person: a captcha, a face, a signature."""
    FILED = "filed"
    QUARANTINED = "quarantined"
    """No paper could be read, or the case killed every worker that took it."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Sent, and the outcome could not be learned: a person must look."""
    CANCELLED = "cancelled"


FINAL = frozenset({State.FILED, State.CANCELLED})
WITH_A_PERSON = frozenset({State.REVIEW, State.WAITING_HUMAN, State.QUARANTINED, State.FAILED, State.UNKNOWN})
"""No job is needed: the next act is a person's, and the wait is a row."""
MOVING = frozenset(State) - FINAL - WITH_A_PERSON
"""A case in one of these has a live job, or a sweeper gives it one."""
OPEN = frozenset(State) - FINAL - {State.FILING, State.UNKNOWN}
"""Papers may still join, and it may be cancelled: nothing is on its way to the portal."""
TOLD = frozenset({*FINAL, *WITH_A_PERSON})
"""States that the portal which handed the case in is told of."""


class Step(StrEnum):
    """What a job does to a case."""

    READ = "read"
    """Read and judge."""
    JUDGE = "judge"
    """Judge again, after a person's decisions; what was read is known by then."""
    FILE = "file"


class Ticket(Record):
    """The one live job of a case; an older ticket's job finds that it is stale and does nothing."""

    case: str
    number: int
    step: Step


class Intake(Record):
    """What a case is handed in with."""

    tenant: str
    folder: str
    """Where its papers lie, one file each under a neutral name."""
    reference: str = ""
    """The portal's own name for the case, told back to it and never looked into."""
    region: str = ""
    portal: str = "practice"
    priority: int = Field(default=5, ge=1, le=9)
    """1 goes first."""
    callback_url: str = ""
    on: str = ""
    """The day of its receipt, ISO, in China; the law of that day applies."""


class ServedCase(Intake):
    """A case as the service knows it."""

    id: str
    state: State
    version: int
    """Raised by every change; a person's act names the one it saw."""
    ticket: int = 0
    step: Step = Step.READ
    starts: int = 0
    """How often a worker began the present job."""
    tries: int = 0
    """How often the portal was asked in vain since a person last looked."""
    created_at: datetime
    changed_at: datetime
    result: CaseResult | None = None


class Outcome(Record):
    """What a step made of a case."""

    state: State
    result: CaseResult | None = None
    exit_code: int = 0
    """That of the error which stopped it (docs/reference/cli.md); it decides whether to try again."""


class Upload(Record):
    """One file as it was handed in."""

    file: str
    """Its neutral name in the case's folder."""
    label: str
    """Its own name: shown to people, never used as a path."""
    sha256: str
    size: int
