"""Which characters look almost the same."""

from pathlib import Path

import pytest

from rules.names import shapes

HERE = Path(__file__).parent


@pytest.mark.parametrize(("file", "least"), [("shape_pairs.txt", 57), ("shape_pairs_unseen.txt", 55)])
def test_pairs_picked_by_hand(file, least):
    """Nine of ten pairs that a person would mix up are in the table; the second list did not shape it."""
    pairs = (HERE / file).read_text(encoding="utf-8").split()

    found = [pair for pair in pairs if pair[1] in shapes.near(pair[0])]

    assert len(found) >= least


def test_table_is_small_and_mutual():
    """A character has at most eight neighbours and fewer than three on average, and is a neighbour of each."""
    table = shapes.table()

    assert max(map(len, table.values())) <= 8
    assert sum(map(len, table.values())) < 3 * 6_763
    assert all(a in table[b] and a != b for a, near in table.items() for b in near)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("泰山", "秦山", True),
        ("未来", "末来", True),
        ("泰山", "秦川", False),
        ("泰山", "泰山", False),
        ("己", "己己", False),
    ],
)
def test_two_names(a, b, expected):
    """Names look the same if one character differs, and that one almost not."""
    assert shapes.same_shape(a, b) is expected
