"""A known value is found in whatever dress it leaves."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import leaks

NUMBER = "31011519850312402X"


@pytest.mark.parametrize(
    "dress",
    [
        NUMBER,
        "3101 1519 8503 1240 2x",
        "310115-19850312-402X",
        "３１０１１５１９８５０３１２４０２Ｘ",
        json.dumps({"n": f"号码{NUMBER}"}),
        f"https://portal.example/case/{NUMBER}?a=1",
    ],
)
def test_number_is_found(dress):
    """Spaces, hyphens, full width, JSON and addresses hide nothing."""
    assert leaks.found(f"before {dress} after", [NUMBER]) == [NUMBER]


def test_escaped_name_is_found():
    """JSON that escapes Chinese characters hides no name."""
    assert leaks.found(json.dumps("欧阳林晓"), ["欧阳林晓"]) == ["欧阳林晓"]


def test_what_tells_nothing_is_not_looked_for():
    """A short number or a single character stands anywhere."""
    assert leaks.found("12345 晓 abc 2026", ["1234", "晓", "abc", "", "2026"]) == []


@given(st.text(min_size=0, max_size=60), st.from_regex(r"[1-9]\d{16}[0-9X]", fullmatch=True))
def test_a_planted_value_never_escapes(around, number):
    """Whatever stands around it, a planted number is found; an unplanted one only where it is there."""
    assert leaks.found(f"{around}\n{number}\n{around}", [number]) == [number]
