"""One case, from papers to receipt: read, understand, judge, then file or hand to a person."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot import decide, review
from bot.intake import case_files, read_files
from bot.model import CaseResult, CaseStatus, Clock, Filing, FilingState, Span, Unreadable
from bot.store import Store
from extractors.intake import Received
from extractors.model import Paper
from extractors.reading import PaperReader
from forms.answer import fill_all
from forms.facts import gather
from forms.model import Fact
from rules.engine import judge

Filer = Callable[[CaseResult], tuple[tuple[Filing, ...], CaseStatus]]
"""Files a judged case; returns what became of each form and where the case then stands."""


class Stopwatch:
    """Collects how long each stage of one run takes."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._spans: list[Span] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside as one stage."""
        start = time.monotonic()
        try:
            yield
        finally:
            self._spans.append(Span(stage=name, seconds=round(time.monotonic() - start, 2)))

    def clock(self, human_s: float) -> Clock:
        """Return the machine time so far with its stages, and the human time beside it."""
        machine = round(time.monotonic() - self._start, 2)
        return Clock(machine_s=machine, human_s=round(human_s, 1), spans=tuple(self._spans))


@dataclass
class Reading:
    """What was read from a case folder."""

    papers: list[Paper] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    received: dict[str, Received] = field(default_factory=dict)
    """By document id: where the report finds the pages' pictures."""


Told = Callable[[str], None]
"""Takes one line of progress for people."""


def read_case(folder: Path, reader: PaperReader, tell: Told) -> Reading:
    """Read every file of a case.

    Raises:
        UsageError: There is nothing to read.
    """
    files = case_files(folder)
    reading = Reading()
    for number, (name, received, outcome) in enumerate(read_files(files, folder, reader), 1):
        if isinstance(outcome, Unreadable):
            reading.unreadable.append(outcome)
        else:
            reading.papers.extend(outcome)
        if received is not None:
            reading.received.setdefault(received.id, received)
        tell(f"读取 {number}/{len(files)} {name}")
    return reading


def judge_case(
    case: str, folder: Path, on: date, reading: Reading, store: Store, watch: Stopwatch
) -> CaseResult:
    """Return a case understood and judged, with a person's decisions taken into account."""
    reviews = store.reviews(case)
    with watch.stage("understand"):
        said = gather(reading.papers, {})
        answers = review.in_force(reviews, said)
        facts = gather(reading.papers, answers) if answers else said
        forms, not_needed = fill_all(facts, on)
    with watch.stage("judge"):
        findings = judge(facts, forms, on, reading.papers)
    return CaseResult(
        case=case,
        folder=str(folder),
        status=decide.status(reading.papers, reading.unreadable, findings),
        company_name=_company(facts),
        on=on.isoformat(),
        papers=tuple(reading.papers),
        unreadable=tuple(reading.unreadable),
        facts=dict(facts),
        forms=forms,
        not_needed=dict(not_needed),
        findings=findings,
        reviews=reviews,
        why_not_automatic=decide.reasons(reading.papers, reading.unreadable, findings),
        clock=watch.clock(store.human_seconds(case)),
    )


def run(
    case: str, folder: Path, on: date, reader: PaperReader, store: Store, watch: Stopwatch, *, tell: Told
) -> tuple[CaseResult, Reading]:
    """Read and judge one case folder and keep the result; nothing is filed."""
    with watch.stage("read"):
        reading = read_case(folder, reader, tell)
    return judge_case(case, folder, on, reading, store, watch), reading


def file_case(result: CaseResult, filer: Filer, watch: Stopwatch, human_s: float) -> CaseResult:
    """File a case that is ready; one that waits for a person keeps its forms back."""
    if result.status is not CaseStatus.READY:
        waiting = tuple(
            Filing(form=f.form, title=f.title, state=FilingState.WAITING_HUMAN, why="等人工决定后再办理")
            for f in result.forms
        )
        return result.model_copy(update={"filings": waiting, "clock": watch.clock(human_s)})
    with watch.stage("file"):
        filings, status = filer(result)
    return result.model_copy(update={"filings": filings, "status": status, "clock": watch.clock(human_s)})


def _company(facts: dict[str, Fact]) -> str | None:
    fact = facts.get("enterprise.name")
    return fact.value if fact is not None and isinstance(fact.value, str) else None
