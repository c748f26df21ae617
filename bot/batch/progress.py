"""How far a batch is: the counts, the pace and what each worker does, for a terminal, a log and a file."""

import json
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from bot.batch.files import write_whole
from extractors.model import Record

_PACE_OVER = 40
"""Finished cases from which the pace is taken: enough to be calm, few enough to follow a change."""
_FILE_EVERY_S = 1.0


class Done(NamedTuple):
    """One case that came to its end in this run."""

    case: str
    name: str
    """Of its folder or archive."""
    stage: str


class Snapshot(Record):
    """What progress.json holds."""

    state: str
    """running, interrupted or done."""
    total: int
    stages: dict[str, int]
    """Stage to number of cases."""
    finished: int
    """Cases that are done, in this run or before."""
    finished_now: int
    at_work: dict[str, str]
    """Worker to case and stage."""
    per_hour: float | None
    left_s: float | None
    elapsed_s: float
    begun_at: float | None
    """When the first case of this run was begun, in seconds since the epoch."""
    pid: int


class View(Protocol):
    """Shows progress to somebody."""

    def show(self, now: Snapshot) -> None:
        """Show how far it is; called often."""

    def done(self, one: Done) -> None:
        """Show a case that is done."""

    def close(self) -> None:
        """Show no more."""


class Progress:
    """Keeps count and tells the views.

    Args:
        stages: Case to stage as the run finds them.
        finished: Tells whether a stage is an end in this run.
        views: Who is told.
    """

    def __init__(
        self, stages: Mapping[str, str], finished: Callable[[str], bool], views: Iterable[View]
    ) -> None:
        self._stages = dict(stages)
        self._finished = finished
        self._views = tuple(views)
        self._begun = time.monotonic()
        self._first: float | None = None
        self._at_work: dict[str, str] = {}
        self._ends: deque[float] = deque([self._begun], maxlen=_PACE_OVER)
        self._now = 0

    def works(self, worker: str, text: str) -> None:
        """Note what a worker does; an empty text says that it rests."""
        if not text:
            self._at_work.pop(worker, None)
            return
        if self._first is None:
            self._first = round(time.time(), 2)
        self._at_work[worker] = text

    def moved(self, case: str, stage: str) -> None:
        """Note a case's stage."""
        self._stages[case] = stage

    def done(self, one: Done) -> None:
        """Note a case's end."""
        self.moved(one.case, one.stage)
        self._ends.append(time.monotonic())
        self._now += 1
        for view in self._views:
            view.done(one)

    def tell(self, state: str = "running") -> Snapshot:
        """Show how far it is."""
        now = self.snapshot(state)
        for view in self._views:
            view.show(now)
        return now

    def snapshot(self, state: str = "running") -> Snapshot:
        """Return how far it is."""
        stages = Counter(self._stages.values())
        finished = sum(count for stage, count in stages.items() if self._finished(stage))
        pace = self._pace()
        left = len(self._stages) - finished
        return Snapshot(
            state=state,
            total=len(self._stages),
            stages=dict(sorted(stages.items())),
            finished=finished,
            finished_now=self._now,
            at_work=dict(sorted(self._at_work.items())),
            per_hour=round(pace * 3600, 1) if pace else None,
            left_s=round(left / pace) if pace else None,
            elapsed_s=round(time.monotonic() - self._begun, 1),
            begun_at=self._first,
            pid=os.getpid(),
        )

    def _pace(self) -> float | None:
        """Return cases a second over the last of them, the present pause counted."""
        if len(self._ends) < 2:
            return None
        return (len(self._ends) - 1) / max(time.monotonic() - self._ends[0], 0.001)

    def close(self) -> None:
        """Let the views end."""
        for view in self._views:
            view.close()


class ProgressFile:
    """Writes progress.json whole, for other programs to watch."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = -_FILE_EVERY_S

    def show(self, now: Snapshot) -> None:
        """Write the file, once a second at most while it runs."""
        if now.state == "running" and time.monotonic() - self._last < _FILE_EVERY_S:
            return
        self._last = time.monotonic()
        write_whole(self._path, (json.dumps(now.model_dump(), ensure_ascii=False) + "\n").encode())

    def done(self, one: Done) -> None:
        """Nothing: counts say it."""

    def close(self) -> None:
        """Nothing: the last state stays."""
