"""What a replay of many cases comes to: classes of differences, what of them was expected, what was exercised."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.replay.changes import Cause, Change, Level
from bot.replay.coverage import Coverage
from bot.replay.model import Stage
from extractors.model import Record

_SINCE = {
    Level.ELEMENT: Stage.PAPERS,
    Level.FACT: Stage.ELEMENTS,
    Level.FORM: Stage.ELEMENTS,
    Level.VERDICT: Stage.RULES,
    Level.OUTCOME: Stage.RULES,
    Level.PLAN: Stage.PLAN,
}
_ROOT_SINCE = {
    "words": Stage.PAPERS,
    "reader": Stage.PAPERS,
    "recording": Stage.PAPERS,
    "fact": Stage.ELEMENTS,
    "form": Stage.ELEMENTS,
    "table": Stage.RULES,
    "rule": Stage.RULES,
    "law": Stage.RULES,
    "map": Stage.PLAN,
}
_ORDER = tuple(Stage)


class CaseDiff(Record):
    """One recording and what differs."""

    name: str
    """Its path below the folder that was replayed."""
    case: str = ""
    changes: tuple[Change, ...] = ()
    missed: tuple[str, ...] = ()
    error: str = ""
    """Why it could not be replayed."""


class Expected(Record):
    """A class of differences that a person has accepted."""

    difference: str
    because: tuple[str, ...]
    since: Stage
    """The latest stage from which a replay shows it."""
    why: str = ""


class ChangeClass(Record):
    """Differences that are one: the same thing, for the same reason, in any number of cases."""

    difference: str
    because: tuple[str, ...]
    """Its causes in the end, in one line each."""
    directly: tuple[str, ...]
    since: Stage
    cases: tuple[str, ...]
    count: int
    """In some cases it is there more than once: in rows, or in papers of one kind."""
    example: Change
    is_expected: bool = False
    why: str = ""
    """What a person wrote when accepting it."""


class Report(Record):
    """A replay."""

    start: Stage
    program: str
    cases: tuple[CaseDiff, ...]
    classes: tuple[ChangeClass, ...]
    unused: tuple[Expected, ...] = ()
    """Expected, and seen in no case."""
    coverage: Coverage

    @property
    def unexpected(self) -> tuple[ChangeClass, ...]:
        """The classes that nobody has accepted."""
        return tuple(one for one in self.classes if not one.is_expected)

    @property
    def is_fine(self) -> bool:
        """True where every difference was expected, and everything expected was seen."""
        return not (self.unexpected or self.unused or any(one.error for one in self.cases))


def reported(
    cases: Sequence[CaseDiff], start: Stage, program: str, expected: Sequence[Expected], coverage: Coverage
) -> Report:
    """Return the report of a replay."""
    accepted = {(one.difference, one.because): one for one in expected}
    classes = tuple(_judged(one, accepted) for one in _classes(cases))
    seen = {(one.difference, one.because) for one in classes}
    unused = (
        one
        for key, one in accepted.items()
        if key not in seen and _ORDER.index(one.since) >= _ORDER.index(start)
    )
    return Report(
        start=start,
        program=program,
        cases=tuple(cases),
        classes=classes,
        unused=tuple(unused),
        coverage=coverage,
    )


def accepted(report: Report, before: Sequence[Expected], why: str) -> tuple[Expected, ...]:
    """Return what is expected once a person has accepted every difference of a report.

    What was accepted before keeps its reason; what this replay could not have shown is kept.
    """
    known = {(one.difference, one.because): one for one in before}
    now = [
        known.get((one.difference, one.because))
        or Expected(difference=one.difference, because=one.because, since=one.since, why=why)
        for one in report.classes
    ]
    hidden = [one for one in before if _ORDER.index(one.since) < _ORDER.index(report.start)]
    return tuple(sorted({*now, *hidden}, key=lambda one: (one.difference, one.because)))


def _judged(one: ChangeClass, expected: dict[tuple[str, tuple[str, ...]], Expected]) -> ChangeClass:
    found = expected.get((one.difference, one.because))
    return one.model_copy(update={"is_expected": True, "why": found.why}) if found else one


def _classes(cases: Iterable[CaseDiff]) -> Iterator[ChangeClass]:
    """Yield classes, those of most cases first."""
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[str, Change]]] = {}
    for case in cases:
        for change in case.changes:
            key = (change.text, tuple(root.text for root in change.roots))
            groups.setdefault(key, []).append((case.name, change))
    made = [_class(difference, because, found) for (difference, because), found in groups.items()]
    yield from sorted(made, key=lambda one: (one.because, -len(one.cases), one.difference))


def _class(difference: str, because: tuple[str, ...], found: Sequence[tuple[str, Change]]) -> ChangeClass:
    example = found[0][1]
    directly = Counter(_said(cause, change) for _, change in found for cause in change.because)
    return ChangeClass(
        difference=difference,
        because=because,
        directly=tuple(sorted(directly)),
        since=_since(example),
        cases=tuple(dict.fromkeys(name for name, _ in found)),
        count=len(found),
        example=example,
    )


def _said(cause: Cause, change: Change) -> str:
    del change
    return cause.text


def _since(change: Change) -> Stage:
    """Return the latest stage from which a replay shows a difference: that of its first root."""
    stages = [_ROOT_SINCE[root.level] for root in change.roots if root.level in _ROOT_SINCE]
    return min([*stages, _SINCE[change.level]], key=_ORDER.index)
