"""What counts allow to say of a share: intervals that hold for few cases as for many."""

import math

LEVEL = 0.95


def at_most(hits: int, count: int, level: float = LEVEL) -> float:
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


def at_least(hits: int, count: int, level: float = LEVEL) -> float:
    """Return the share below which the true one lies with a chance of 1 - level at most."""
    return 1 - at_most(count - hits, count, level)


def wilson(hits: int, count: int, z: float = 1.959964) -> tuple[float, float]:
    """Return the interval of a share at 95 % (Wilson 1927); everything is open where nothing was counted.

    >>> [round(v, 3) for v in wilson(90, 100)]
    [0.826, 0.945]
    """
    if not count:
        return 0.0, 1.0
    share, square = hits / count, z * z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = z * math.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def labels_wanted(error: float, level: float = LEVEL) -> int:
    """Return how many values must have been checked, all of them right, to prove an error so small.

    >>> labels_wanted(0.001)
    2995
    """
    return math.ceil(math.log(1 - level) / math.log1p(-error))


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
