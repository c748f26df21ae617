"""The dial: what share of cases goes straight through, and what clerks must look at, for each tolerated error.

Values are parted into bands of confidence. What people checked bounds the error of each band, and what cases
hold of each band says how much it counts: people check doubtful values more often than others, and a band that
nobody has looked at counts as wrong altogether. All bounds hold together with 95 % (Bonferroni), so a threshold
may be chosen after looking at them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.batch.bounds import LEVEL, at_most, labels_wanted, wilson
from extractors.model import Record

THRESHOLDS = (0.9999, 0.9995, 0.999, 0.998, 0.995, 0.99, 0.98, 0.97, 0.95, 0.9, 0.8, 0.5)
ERRORS = (0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05)


class Label(NamedTuple):
    """One value that a person has checked."""

    confidence: float
    right: bool


class Load(NamedTuple):
    """What one case would ask of a clerk."""

    confidences: tuple[float, ...]
    """Of every value that its forms take from papers."""
    stops: bool
    """Something is wrong or missing that no confidence would settle."""


class Setting(Record):
    """One position of the dial."""

    error: float
    """Tolerated share of wrong values among those that nobody is asked about."""
    threshold: float | None
    """Confidence from which nobody is asked; None where too little was checked to allow any."""
    checked: int
    """Values at or above it that people have checked."""
    wrong: int
    error_at_most: float
    """Upper bound, at 95 % for all thresholds together."""
    straight_through: float
    straight_through_low: float
    straight_through_high: float
    clerk_minutes: float
    """For a hundred cases."""
    checked_wanted: int = 0
    """Where none is allowed: values that must be checked, all right, before one can be."""


class Dial(Record):
    """What `zeromeet tune --json` prints."""

    cases: int
    labels: int
    wrong: int
    audited: int
    """Cases of the random sample that a person has released."""
    live_error: float | None = None
    """Share of wrong values in the sample, and the most that it may be."""
    live_error_at_most: float | None = None
    asked: Setting
    settings: tuple[Setting, ...]


def settings(
    labels: Sequence[Label], loads: Sequence[Load], errors: Sequence[float], seconds: float
) -> list[Setting]:
    """Return the position for each tolerated error.

    Args:
        labels: What people have checked.
        loads: The cases whose share is asked for.
        errors: Tolerated shares.
        seconds: What a clerk takes for one value, or for one thing that stops a case.
    """
    return [_setting(error, labels, loads, seconds) for error in errors]


def _setting(error: float, labels: Sequence[Label], loads: Sequence[Load], seconds: float) -> Setting:
    positions = _positions(labels, loads)
    allowed = [one for one in positions if one.error_at_most <= error]
    chosen = allowed[-1] if allowed else positions[0]
    limit = chosen.threshold if allowed else _NOBODY
    through = sum(not load.stops and all(c >= limit for c in load.confidences) for load in loads)
    low, high = wilson(through, len(loads))
    return Setting(
        error=error,
        threshold=chosen.threshold if allowed else None,
        checked=chosen.checked,
        wrong=chosen.wrong,
        error_at_most=round(chosen.error_at_most, 6),
        straight_through=round(through / len(loads), 4) if loads else 0.0,
        straight_through_low=round(low, 4),
        straight_through_high=round(high, 4),
        clerk_minutes=round(_minutes(loads, limit, seconds), 1),
        checked_wanted=0 if allowed else labels_wanted(error, _LEVEL_OF_A_BAND),
    )


_LEVEL_OF_A_BAND = 1 - (1 - LEVEL) / len(THRESHOLDS)
_NOBODY = 2.0
"""No confidence reaches it."""


class _Position(NamedTuple):
    threshold: float
    checked: int
    wrong: int
    error_at_most: float


def _positions(labels: Sequence[Label], loads: Sequence[Load]) -> list[_Position]:
    """Return what is known of each threshold, from the strictest on."""
    counted = [c for load in loads for c in load.confidences] or [label.confidence for label in labels]
    found: list[_Position] = []
    checked = wrong = held = 0
    errors, above = 0.0, _NOBODY
    for threshold in THRESHOLDS:
        band = [label.right for label in labels if threshold <= label.confidence < above]
        share = sum(threshold <= c < above for c in counted)
        checked, wrong, held = checked + len(band), wrong + band.count(False), held + share
        errors += share * at_most(band.count(False), len(band), _LEVEL_OF_A_BAND)
        found.append(_Position(threshold, checked, wrong, errors / held if held else 1.0))
        above = threshold
    return found


def _minutes(loads: Sequence[Load], limit: float, seconds: float) -> float:
    looks = sum(load.stops + sum(c < limit for c in load.confidences) for load in loads)
    return looks * seconds / 60 / len(loads) * 100 if loads else 0.0
