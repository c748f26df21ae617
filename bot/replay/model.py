"""The nouns of recording: everything about a case that cannot be computed again, and everything that can."""

from enum import StrEnum
from typing import Literal

from bot.model import CaseStatus, Review, Unreadable
from bot.name_check import NameCheck
from extractors.model import Paper, Record
from extractors.readers.recorded import Answers
from forms.model import Fact, FilledForm
from rules.model import Finding
from rules.settle import Settlement

SUFFIX = ".zeromeet"


class Stage(StrEnum):
    """What a replay begins with: everything behind it is computed anew."""

    PAPERS = "papers"
    """What the readers returned."""
    ELEMENTS = "elements"
    """What the papers state."""
    RULES = "rules"
    """The facts and the filled forms."""
    PLAN = "plan"
    """What is to be typed at the portal."""
    PORTAL = "portal"
    """The portal's answers, in a real browser."""


class KeptFile(Record):
    """One file of the case."""

    id: str
    """SHA-256 of the bytes, in hex."""
    name: str
    media_type: str
    pages: int
    is_kept: bool
    """Its bytes and the pictures of its pages are in the recording."""


class NotedName(Record):
    """What the name check said of one name, where it was compared with a register."""

    asked: str
    """The proposal in full, as text."""
    answer: NameCheck


class Typed(Record):
    """One text as it is planned for one control of a portal."""

    page: str
    """Heading of the page."""
    label: str
    """The words of the control on it."""
    field: str
    """Our field: "form.path", the row's number with it."""
    kind: str
    text: str
    """In the portal's own words."""


class PlannedHall(Record):
    """What is planned for one hall of a portal."""

    hall: str
    business_key: str
    skipped: dict[str, str]
    """Forms that are not needed, each with the reason."""
    typed: tuple[Typed, ...]
    refused: str = ""
    """Why the map cannot take the plan."""


class Exchange(Record):
    """One request to the portal and its answer."""

    method: str
    path: str
    """With the query, without the address."""
    body: str = ""
    """Names and values as JSON, files by their names."""
    status: int
    headers: dict[str, str] = {}
    answer: str = ""
    """Base64 of the bytes."""


class Manifest(Record):
    """What a recording is of."""

    format: Literal[1] = 1
    case: str
    on: str
    """The day by whose law it was judged, ISO: the only clock of a replay."""
    program: str
    """Version, and a hash of the code."""
    portal: str
    is_pseudonymised: bool = False
    files: tuple[KeptFile, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


class Filled(Record):
    """The forms of the case."""

    forms: tuple[FilledForm, ...] = ()
    not_needed: dict[str, str] = {}


class Outcome(Record):
    """What the rules made of it."""

    findings: tuple[Finding, ...] = ()
    named: tuple[Finding, ...] = ()
    """Those of them that the name check made: it is asked where facts are gathered."""
    status: CaseStatus
    why: tuple[str, ...] = ()
    settlement: Settlement = Settlement()


class Recording(Record):
    """One case; each part is a member of the file."""

    manifest: Manifest
    units: dict[str, str] = {}
    """Everything that is data or a declared function, by its name: a hash of it, so that a change can be named."""
    answers: tuple[Answers, ...] = ()
    papers: tuple[Paper, ...] = ()
    reviews: tuple[Review, ...] = ()
    names: tuple[NotedName, ...] = ()
    facts: dict[str, Fact] = {}
    filled: Filled = Filled()
    outcome: Outcome
    plan: tuple[PlannedHall, ...] = ()
    traffic: tuple[Exchange, ...] = ()
