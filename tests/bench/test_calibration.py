"""Shares right by confidence, and bounds that do not promise more than the counts allow."""

import pytest

from tests.bench.calibration import at_least, at_most, bins, expected_error
from tests.bench.measure import Outcome


def read(confidence, verdict="exact"):
    return Outcome("lease_contract", "scan", "lessor", "name", verdict, confidence, confidence >= 0.97)


@pytest.mark.parametrize(
    ("hits", "count", "bound"), [(0, 300, 0.009936), (1, 100, 0.046560), (5, 20, 0.455582), (3, 3, 1.0)]
)
def test_bound_is_that_of_clopper_and_pearson(hits, count, bound):
    """The bounds are those that tables of the binomial give."""
    found = at_most(hits, count)

    assert found == pytest.approx(bound, abs=2e-5)


def test_no_hit_in_many_is_three_of_them_at_most():
    """Nothing seen in n draws leaves about 3 / n."""
    found = at_most(0, 10_000)

    assert found == pytest.approx(3 / 10_000, rel=0.01)


def test_lower_bound_mirrors_the_upper():
    """What fails at most so often holds at least as often as the rest."""
    found = at_least(97, 100)

    assert found == pytest.approx(1 - at_most(3, 100))


def test_every_element_read_is_in_one_bin():
    """Confidence 0, 1 and the edges between are counted once; what was not read is not."""
    outcomes = [read(c) for c in (0.0, 0.5, 0.97, 0.999, 1.0)] + [read(0.0, "missing")]

    found = bins(outcomes)

    assert sum(one.count for one in found) == 5
    assert found[-1].count == 2


def test_extra_elements_count_as_wrong():
    """What a paper does not state lowers the share right."""
    outcomes = [read(0.98), read(0.98, "extra"), read(0.98, "wrong"), read(0.98)]

    (found,) = bins(outcomes)

    assert (found.count, found.share) == (4, 0.5)


def test_error_is_weighted_by_counts():
    """Many elements weigh more than few."""
    found = bins([read(0.9)] * 3 + [read(1.0, "wrong")])

    assert expected_error(found) == pytest.approx((3 * 0.1 + 1 * 1.0) / 4)
