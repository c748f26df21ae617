"""Keys: whatever the definition calls alike shares a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.register import keys
from rules.names.compare import trade_relation

CHARACTERS = "云栖芸溪长乐常勒行重阳牛栏兰蓝山金未末己已泰秦"
TRADE_NAMES = st.text(CHARACTERS, min_size=1, max_size=5)


@given(TRADE_NAMES, TRADE_NAMES)
def test_trade_names_that_are_alike_share_a_key(mine, other):
    """Nothing that the definition of likeness finds is lost on the way to it."""
    shared = set(keys.asked(mine)) & set(keys.stored(other))

    assert shared or trade_relation(mine, other) is None


@given(st.text(max_size=40), st.integers(0, 999_999), st.integers(0, keys.CLASSES - 1))
def test_key_of_any_text_fits_sixty_three_bits(text, authority, industry):
    """A key is a number that the database can hold, whatever is asked."""
    found = [keys.key(authority, tail, industry) for tail in (*keys.stored(text), *keys.asked(text[:6]))]

    assert all(0 <= key < 1 << 63 for key in found)
    assert all(key % keys.CLASSES == industry for key in found)


@pytest.mark.parametrize(
    ("code", "authority"),
    [
        ("310115", 310_000),
        ("320583", 320_500),
        ("429004", 429_004),
        ("320000", 320_000),
        ("", 0),
        ("000000", 0),
    ],
)
def test_registrars_of_one_city_are_one_authority(code, authority):
    """Districts and county-level cities compare with their city, a county without a city with itself."""
    found = keys.authority(code)

    assert found == authority
