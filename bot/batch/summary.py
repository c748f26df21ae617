"""The summary of a batch: totals, the share that went straight through, minutes, causes, what to type next."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bot.batch.model import Stage
from bot.batch.rows import Kept
from bot.batch.views import STAGES, span
from bot.model import CaseResult, CaseStatus
from extractors.model import Record

MOST_CAUSES = 5
_THROUGH = {CaseStatus.FILED.value, Stage.REHEARSED.value}


class Cause(Record):
    """Why cases did not go straight through."""

    why: str
    """What was looked at, without the case's own values."""
    cases: int


class Summary(Record):
    """What summary.json holds."""

    folder: str
    out: str
    total: int
    stages: dict[str, int]
    straight_through: float
    """Share of the finished cases that nobody had to touch."""
    machine_minutes: float
    human_minutes: float
    causes: tuple[Cause, ...] = ()
    """The most frequent ones."""
    next_command: str = ""
    shut: str = ""
    """Why the portal was left alone."""
    exit_code: int = 0


class Tally:
    """Counts cases one by one."""

    def __init__(self) -> None:
        self._stages: Counter[str] = Counter()
        self._causes: Counter[str] = Counter()
        self._through = 0
        self._machine_s = 0.0
        self._human_s = 0.0

    def add(self, kept: Kept) -> None:
        """Count a case."""
        stage, result = kept.entry.stage, kept.result
        self._stages[stage] += 1
        if result is None:
            return
        self._machine_s += result.clock.machine_s
        self._human_s += result.clock.human_s
        untouched = not result.reviews and not result.clock.human_s
        if stage in _THROUGH and untouched:
            self._through += 1
        elif stage not in _THROUGH:
            self._causes.update(set(causes(result)))

    def summary(self, folder: Path, out: Path, *, shut: str, exit_code: int) -> Summary:
        """Return what was counted."""
        waiting = self._stages[Stage.RECEIVED.value] + self._stages[CaseStatus.READY.value]
        ended = self._stages.total() - waiting
        return Summary(
            folder=str(folder),
            out=str(out),
            total=self._stages.total(),
            stages=dict(sorted(self._stages.items())),
            straight_through=round(self._through / ended, 4) if ended else 0.0,
            machine_minutes=round(self._machine_s / 60, 1),
            human_minutes=round(self._human_s / 60, 1),
            causes=tuple(Cause(why=w, cases=n) for w, n in self._causes.most_common(MOST_CAUSES)),
            next_command=_next(folder, self._stages),
            shut=shut,
            exit_code=exit_code,
        )


def causes(result: CaseResult) -> Iterable[str]:
    """Yield why a case was not done, each in words that other cases share."""
    yield from (file.message.rstrip("。") for file in result.unreadable)
    if result.papers:  # without any, what they would have had to say is no news
        yield from (f"没有通过“{f.title}”" for f in result.findings if f.stops)
    unsent = [f.why for f in result.filings if f.why]
    # What a portal says names pages and labels; its first sentence says what happened.
    yield from (why.split("。")[0] for why in unsent)
    if not (result.papers or result.unreadable or unsent):
        yield from (why.split("。")[0] for why in result.why_not_automatic)


def _next(folder: Path, stages: Counter[str]) -> str:
    """Return the one command that is worth typing next; what nobody knows goes before everything."""
    again = f"zeromeet batch {folder}"
    if stages[CaseStatus.UNKNOWN.value]:
        return f"{again} --retry unknown"
    if stages[Stage.RECEIVED.value] or stages[CaseStatus.READY.value]:
        return again
    if stages[CaseStatus.FAILED.value]:
        return f"{again} --retry failed"
    if stages[CaseStatus.REVIEW.value]:
        return "zeromeet review list"
    return again if stages[CaseStatus.QUARANTINED.value] else ""


def said(summary: Summary) -> str:
    """Return a summary for people."""
    counts = "，".join(f"{STAGES[stage][1]} {count}" for stage, count in summary.stages.items())
    lines = [
        f"{summary.total} 件：{counts}。",
        f"直接办成 {summary.straight_through:.1%}；机器 {span(summary.machine_minutes * 60)}，人工 {span(summary.human_minutes * 60)}。",
    ]
    if summary.shut:
        lines.append(f"门户：{summary.shut}")
    if summary.causes:
        lines.append("没有直接办成的原因，最多的几种：")
        lines += [f"  {cause.cases} 件  {cause.why}" for cause in summary.causes]
    lines.append(f"结果：{summary.out}")
    if summary.next_command:
        lines.append(f"接下来：{summary.next_command}")
    return "\n".join(lines) + "\n"
