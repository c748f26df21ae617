"""The nouns of a batch."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from bot.model import CaseResult, CaseStatus
from bot.visit import PRACTICE
from extractors.model import Record


class Stage(StrEnum):
    """Stages of a case in a batch that are no status of a case."""

    RECEIVED = "received"
    REHEARSED = "rehearsed"
    """A dry run filled everything; nothing was sent."""


FINAL = {s.value for s in CaseStatus} - {CaseStatus.READY.value}
"""Stages with which a case is done, until its files change or --retry names them."""


class Entry(Record):
    """One case of a batch, and how far it is."""

    case: str
    batch: str
    """The folder that holds the batch's cases."""
    path: str
    """The case's own folder or archive."""
    priority: int = 0
    """Higher goes first."""
    arrived: float = 0
    """Seconds since the epoch."""
    stamp: str = ""
    """Names, sizes and times of the files that were read; empty where none were."""
    stage: str = "received"
    """A Stage or a CaseStatus."""
    exit_code: int = 0
    tries: int = 0
    """How often in a row the process that read it died."""


class BatchOrder(Record):
    """What a batch is asked to do."""

    folder: Path
    """Every sub-folder and every ZIP in it is a case."""
    out: Path
    on: date
    readers: int
    """Processes that read."""
    portal: str = PRACTICE
    url: str | None = None
    resume: bool = True
    """False: every case is judged anew; what was read and what was filed is still not done twice."""
    retry: frozenset[str] = frozenset()
    """Stages whose cases are taken up again."""
    only: tuple[str, ...] = ()
    """Names (with * and ?) or case ids; empty takes all."""
    dry_run: bool = False


class Job(NamedTuple):
    """One case for a process that reads."""

    case: str
    path: str
    on: str


class Said(NamedTuple):
    """A worker says how far it is."""

    text: str


class Judged(NamedTuple):
    """A worker has read and judged a case, or says why it could not."""

    result: CaseResult
    stamp: str
    exit_code: int


class Filed(NamedTuple):
    """A worker has brought a case to the portal, and kept what became of it."""

    status: CaseStatus
    exit_code: int
    company: str | None


class Late(NamedTuple):
    """Files have come since the case was read: it must be read again before it is filed."""


class Shut(NamedTuple):
    """The portal could not be entered; the case was not touched."""

    exit_code: int
    message: str
    is_passing: bool
    """It may open again by itself."""


Word = Said | Judged | Filed | Late | Shut
