"""Whether confidence keeps its word: shares right by confidence, with the bounds that counts allow."""

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from tests.bench.measure import Outcome, grouped

EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.97, 0.99, 0.995, 0.999, 1.0)
"""Bins get narrower towards 1, where what is filed unseen lies; 0.97 is where sure begins."""


class Bin(NamedTuple):
    """Elements of about the same confidence."""

    low: float
    high: float
    count: int
    right: int
    mean: float
    """Their mean confidence."""

    @property
    def share(self) -> float:
        """What is right of them."""
        return self.right / self.count


def bins(outcomes: Iterable[Outcome]) -> list[Bin]:
    """Return the bins that hold anything; what was not read has no confidence and is in none."""
    read = [outcome for outcome in outcomes if outcome.verdict != "missing"]
    found = []
    for low, high in pairwise(EDGES):
        inside = [o for o in read if low <= o.confidence < high or (high == 1.0 and o.confidence == 1.0)]
        if inside:
            right = sum(outcome.verdict == "exact" for outcome in inside)
            mean = sum(outcome.confidence for outcome in inside) / len(inside)
            found.append(Bin(low, high, len(inside), right, mean))
    return found


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Bin]]:
    """Return the bins of each kind of element, those of all together first."""
    everything = list(outcomes)
    kinds = grouped(everything, lambda outcome: outcome.kind)
    return {"all": bins(everything), **{kind: bins(group) for kind, group in kinds.items()}}


def expected_error(found: list[Bin]) -> float:
    """Return the mean distance between confidence and share right, weighted by counts."""
    count = sum(one.count for one in found)
    return sum(one.count * abs(one.mean - one.share) for one in found) / count if count else 0.0


def at_most(hits: int, count: int, level: float = 0.95) -> float:
    """Return the share that the true one exceeds with a chance of 1 - level at most (Clopper-Pearson).

    With no hits this is about 3 / count at 95 %, the rule of three.

    >>> round(at_most(0, 300), 4)
    0.0099
    """
    if hits >= count:
        return 1.0
    low, high = hits / count, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _chance_up_to(hits, count, middle) > 1 - level else (low, middle)
    return high


def at_least(hits: int, count: int, level: float = 0.95) -> float:
    """Return the share below which the true one lies with a chance of 1 - level at most."""
    return 1 - at_most(count - hits, count, level)


def _chance_up_to(hits: int, count: int, share: float) -> float:
    """Return the chance of so many hits or fewer in count draws."""
    if share >= 1:
        return 0.0
    yes, no = math.log(share) if share > 0 else -math.inf, math.log1p(-share)
    return sum(
        math.exp(_log_choices(count, k) + (k * yes if k else 0.0) + (count - k) * no) for k in range(hits + 1)
    )


def _log_choices(count: int, chosen: int) -> float:
    return math.lgamma(count + 1) - math.lgamma(chosen + 1) - math.lgamma(count - chosen + 1)
