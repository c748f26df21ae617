"""The nouns of running a case."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from extractors.model import Paper, Record
from forms.model import Fact, FilledForm
from rules.model import Finding
from rules.settle import Settlement


class CaseStatus(StrEnum):
    """Where a case stands after a run."""

    FILED = "filed"
    REVIEW = "review"
    """A person must decide something; nothing was filed that depends on it."""
    READY = "ready"
    """Judged and free to be filed; what `check` ends with where nothing is open."""
    QUARANTINED = "quarantined"
    """No paper of it could be read."""
    FAILED = "failed"
    """We or the portal broke; nothing is half-filed."""
    UNKNOWN = "unknown"
    """A filing was sent and its outcome could not be learned."""


class FilingState(StrEnum):
    """Where one form stands at the portal."""

    FILED = "filed"
    BLOCKED = "blocked"
    """Dry run: everything filled, the last request held back."""
    WAITING_HUMAN = "waiting_human"
    """Not sent: a finding or a portal's gate waits for a person."""
    UNKNOWN = "unknown"


class Filing(Record):
    """What became of one form."""

    form: str
    title: str
    state: FilingState
    receipt: str | None = None
    readback_equal: bool | None = None
    """The portal's own record equals the plan, field by field; None where nothing was filed."""
    already: bool = False
    """The portal had accepted it in an earlier run; nothing was sent now."""
    why: str = ""


class Unreadable(Record):
    """One file that could not be read; the others went on."""

    file: str
    code: str
    message: str
    remedy: str


class Review(Record):
    """A person's decision on one fact; the machine's value stays beside it."""

    fact: str
    machine_value: str | None
    value: str
    who: str
    at: datetime
    why: str
    witnesses: str = ""
    """Hash of the witnesses the person saw: when they change, the review is open again."""


class Approval(Record):
    """A person's word that exactly these values may be filed."""

    plan_hash: str
    texts: str
    """JSON of "form.field" to text, so that a later difference can be named."""
    who: str
    at: datetime


class Span(Record):
    """How long one stage took."""

    stage: str
    seconds: float = Field(ge=0)


class Clock(Record):
    """Machine time and human time, apart."""

    machine_s: float = 0
    human_s: float = 0
    """From the case's first stop for a person until its release."""
    spans: tuple[Span, ...] = ()


class CaseResult(Record):
    """Everything one run of a case found and did: what `process --json` prints."""

    case: str
    folder: str
    status: CaseStatus
    company_name: str | None = None
    on: str
    """The day whose law was applied, ISO."""
    papers: tuple[Paper, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    facts: dict[str, Fact] = {}
    forms: tuple[FilledForm, ...] = ()
    not_needed: dict[str, str] = {}
    """Items of the package this company need not file, each with the reason."""
    findings: tuple[Finding, ...] = ()
    filings: tuple[Filing, ...] = ()
    reviews: tuple[Review, ...] = ()
    why_not_automatic: tuple[str, ...] = ()
    settlement: Settlement = Settlement()
    """What to ask of the applicant so that the case can go on."""
    clock: Clock = Clock()
