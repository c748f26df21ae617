"""One case, from papers to receipt: read, understand, judge, then file or hand to a person."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.intake import case_files, read_files
from bot.judging import company, conclude, understand
from bot.model import CaseResult, CaseStatus, Clock, Filing, FilingState, Span, Unreadable
from bot.workshop import Told, Workshop
from extractors.extract import joined
from extractors.gather import gather as put_together
from extractors.intake import Received
from extractors.model import Paper
from extractors.readers.recorded import Reads


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

    @property
    def spans(self) -> tuple[Span, ...]:
        """The stages so far, in order."""
        return tuple(self._spans)

    def clock(self, human_s: float) -> Clock:
        """Return the machine time so far with its stages, and the human time beside it."""
        machine = round(time.monotonic() - self._start, 2)
        return Clock(machine_s=machine, human_s=round(human_s, 1), spans=self.spans)


@dataclass
class Reading:
    """What was read from a case folder."""

    papers: list[Paper] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    received: dict[str, Received] = field(default_factory=dict)
    """By document id: where the report finds the pages' pictures."""


@dataclass
class Run:
    """One run of one case."""

    shop: Workshop
    case: str
    folder: Path
    on: date
    watch: Stopwatch = field(default_factory=Stopwatch)
    reading: Reading = field(default_factory=Reading)

    def read(self) -> None:
        """Read every file of the case.

        Raises:
            UsageError: There is nothing to read.
        """
        with self.watch.stage("read"):
            self.reading = read_papers(self.folder, self.shop.reader, self.shop.tell)

    def judge(self) -> CaseResult:
        """Return the case understood and judged, a person's decisions taken into account."""
        papers, unreadable = tuple(self.reading.papers), tuple(self.reading.unreadable)
        reviews = self.shop.store.reviews(self.case)
        with self.watch.stage("understand"):
            known = understand(papers, reviews, self.on, self.shop.names)
        with self.watch.stage("judge"):
            concluded = conclude(papers, unreadable, known, self.on)
        return CaseResult(
            case=self.case,
            folder=str(self.folder),
            status=concluded.status,
            company_name=company(known.facts),
            on=self.on.isoformat(),
            papers=papers,
            unreadable=unreadable,
            facts=known.facts,
            forms=known.forms,
            not_needed=known.not_needed,
            findings=concluded.findings,
            reviews=reviews,
            why_not_automatic=concluded.why,
            settlement=concluded.settlement,
            clock=self.clock(),
        )

    def clock(self) -> Clock:
        """Return this run's machine time and the case's human time."""
        return self.watch.clock(self.shop.store.human_seconds(self.case))


def read_papers(folder: Path, reader: Reads, tell: Told) -> Reading:
    """Return what the files of a case say, sides of cards and pages of contracts put together.

    Raises:
        UsageError: There is nothing to read.
    """
    reading = Reading()
    for number, found in enumerate(read_files(case_files(folder), folder, reader), 1):
        tell(f"已读第 {number} 份：{found.name}")
        reading.papers.extend(found.papers)
        if found.unreadable is not None:
            reading.unreadable.append(found.unreadable)
        if found.received is not None:
            reading.received.setdefault(found.received.id, found.received)
    reading.papers = list(put_together(joined(reading.papers, reading.received, reader)))
    return reading


def held(result: CaseResult) -> CaseResult:
    """Return a case that waits for a person, its forms kept back."""
    filings = tuple(Filing(form=f.form, title=f.title, state=FilingState.WAITING_HUMAN) for f in result.forms)
    return result.model_copy(update={"filings": filings})


def timed(result: CaseResult, spans: Sequence[Span], human_s: float = 0) -> CaseResult:
    """Return a case whose clock also counts what was done since it was judged.

    Args:
        result: A judged case.
        spans: The stages since.
        human_s: How much of them the machine only waited for a person.
    """
    clock = result.clock
    machine = round(clock.machine_s + sum(span.seconds for span in spans) - human_s, 2)
    human = round(clock.human_s + human_s, 1)
    longer = clock.model_copy(
        update={"machine_s": machine, "human_s": human, "spans": (*clock.spans, *spans)}
    )
    return result.model_copy(update={"clock": longer})


def after_filing(result: CaseResult, filings: tuple[Filing, ...], status: CaseStatus) -> CaseResult:
    """Return a judged case with what became of its forms."""
    why = tuple(dict.fromkeys(f.why for f in filings if f.why)) if status is not CaseStatus.FILED else ()
    update = {"filings": filings, "status": status, "why_not_automatic": why}
    return result.model_copy(update=update)
