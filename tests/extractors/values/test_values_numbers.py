import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values import numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50㎡", "1234.50"),
        ("86.5 平方米", "86.5"),
        ("20人", "20"),
        ("二十人", "20"),
        (" 25 份", "25"),
        ("1 000", "1000"),
        ("007", "7"),
        ("０", "0"),
        ("12 34", None),
        ("1,23", None),
        ("-3", None),
        ("约20人", None),
        ("20-30人", None),
        ("2O", None),
        ("", None),
    ],
)
def test_a_number_is_read(text, value):
    """Separators and the unit go; what is not one number is none."""
    assert numbers.number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("60%", "60"),
        ("60", "60"),
        ("60.00 %", "60"),
        ("６０％", "60"),
        ("33.3333%", "33.3333"),
        ("100.0%", "100"),
        ("0.6", "0.6"),
        ("百分之六十", "60"),
        ("0", "0"),
        ("60‰", None),
        ("6O%", None),
        ("60%40%", None),
    ],
)
def test_a_percentage_is_read(text, value):
    """The number is taken as printed, without closing zeros."""
    assert numbers.percent(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1001 2345 6789 0123 456", "1001234567890123456"),
        ("3105-0161-3600", "310501613600"),
        ("账号123", None),
    ],
)
def test_an_account_number_is_read(text, value):
    """Grouping goes; anything but 8 to 32 digits is no account number."""
    assert numbers.account(text) == value


@given(st.one_of(st.text(), st.text("0123456789.,% 人㎡零一十百万亿")))
def test_any_text_is_judged(text):
    """No text makes a reader fail."""
    for read in (numbers.number, numbers.percent, numbers.account):
        value = read(text)
        assert value is None or (value.isascii() and value[0].isdigit())
