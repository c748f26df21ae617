from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.model import Money
from extractors.values import money, numerals

LETTERS = {
    "1000000": "壹佰万元整",
    "10000": "壹万元整",
    "10": "壹拾元整",
    "1010": "壹仟零壹拾元整",
    "10001": "壹万零壹元整",
    "100100": "壹拾万零壹佰元整",
    "1000100": "壹佰万零壹佰元整",
    "12345678": "壹仟贰佰叁拾肆万伍仟陆佰柒拾捌元整",
    "100000001": "壹亿零壹元整",
    "120000050": "壹亿贰仟万零伍拾元整",
    "1005.05": "壹仟零伍元零伍分",
    "1005.50": "壹仟零伍元伍角整",
    "0.10": "壹角整",
    "0.01": "壹分",
    "0": "零元整",
}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("人民币100.0000万元整", "1000000.00"),
        ("100万元人民币", "1000000.00"),
        ("100.00000万人民币", "1000000.00"),
        ("壹佰万元整", "1000000.00"),
        ("人民币壹佰万圆整", "1000000.00"),
        ("1,000,000元", "1000000.00"),
        ("500万", "5000000.00"),
        ("叁佰万", "3000000.00"),
        ("￥1000.00", "1000.00"),
        ("¥1000.00", "1000.00"),
        ("¥ 1 000 000.00", "1000000.00"),
        ("人民币 100. 00 万 元", "1000000.00"),
        ("一百万元", "1000000.00"),
        ("拾万元整", "100000.00"),
        ("叁佰贰拾万伍仟元整", "3205000.00"),
        ("壹拾万柒仟元整", "107000.00"),
        ("壹拾万零柒仟元整", "107000.00"),
        ("1亿2000万元", "120000000.00"),
        ("人民币壹佰万元整（¥1,000,000.00）", "1000000.00"),
        ("100万元（大写：壹佰万元整）", "1000000.00"),
        ("大写：壹佰万元整　小写：¥1,000,000.00", "1000000.00"),
        ("公司注册资本为人民币一百万元。", "1000000.00"),
        ("股东二人，出资100万元", "1000000.00"),
        ("月租金5000元/月", "5000.00"),
        ("人民币（大写）：壹佰万元整（¥1000000）", "1000000.00"),
        ("人民币(小写)1000000.00", "1000000.00"),
        ("100（万元）", "1000000.00"),
        ("0元", "0.00"),
    ],
)
def test_yuan_are_read(text, amount):
    """Figures, letters and both together give the amount in yuan."""
    assert money.money(text) == Money(amount=amount)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("USD 50万", "500000.00", "USD"),
        ("美元伍拾万元", "500000.00", "USD"),
        ("50.000000万美元", "500000.00", "USD"),
        ("50万元（美元）", "500000.00", "USD"),
        ("HK$1,000", "1000.00", "HKD"),
        ("100万欧元", "1000000.00", "EUR"),
        ("日元1000万", "10000000.00", "JPY"),
    ],
)
def test_foreign_money_keeps_its_currency(text, amount, currency):
    """The currency that is named counts, also where 元 stands behind it."""
    assert money.money(text) == Money(amount=amount, currency=currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1000000",
        "$1000",
        "100万元（大写：壹佰零壹万元整）",
        "12万元；24万元",
        "50万美元（人民币350万元）",
        "人民币100万美元",
        "-100元",
        "100-200万元",
        "10O万元",
        "1O0万元",
        "¥100O",
        "10 00元",
        "人民币100。00万元",
        "1,00元",
        "100.001元",
        "5元/㎡·天",
        "不超过100万元",
        "三元区",
        "百万元",
        "一千一元",
        "壹佰壹元",
        "玖玖万元",
        "壹万壹亿元",
        "60%",
        "9" * 30 + "元",
        "亿" * 300 + "元",
    ],
)
def test_what_is_no_sure_amount_is_not_read(text):
    """Bare numbers, contradictions, misread digits, rates and limits give no amount."""
    assert money.money(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("60", "万元", Money(amount="600000.00")),
        ("60.5", "（万元）", Money(amount="605000.00")),
        ("60", "单位：万美元", Money(amount="600000.00", currency="USD")),
        ("1,000", "元", Money(amount="1000.00")),
        ("60万元", "万元", Money(amount="600000.00")),
        ("60", "股", None),
        ("60（万股）", "万元", None),
        ("60", None, None),
        ("六", "万元", None),
    ],
)
def test_a_column_lends_its_unit_to_bare_numbers(text, unit, value):
    """A number takes the unit of its column's head; an amount with a unit of its own keeps that."""
    assert money.money(text, unit=unit) == value


@pytest.mark.parametrize(("amount", "letters"), LETTERS.items())
def test_capital_letters_are_written_as_banks_ask(amount, letters):
    """Zeros inside, 角 and 分 follow the rules for bills."""
    assert money.capital_letters(Decimal(amount)) == letters


@pytest.mark.parametrize("amount", ["-1", "0.001", "1e16"])
def test_an_amount_beyond_capital_letters_is_refused(amount):
    """There is no writing for less than nothing, parts of a 分 or more than the units reach."""
    with pytest.raises(ValueError, match="capital letters"):
        money.capital_letters(Decimal(amount))


@given(st.decimals(min_value=0, max_value=10**16 - 1, places=2))
def test_capital_letters_are_read_back(amount):
    """What is written in capital letters is read as the same amount, alone and beside its figures."""
    letters = money.capital_letters(amount)

    assert money.money(letters) == Money(amount=f"{amount:.2f}")
    assert money.money(f"人民币{letters}（¥{amount:,.2f}）") == Money(amount=f"{amount:.2f}")


@given(st.integers(0, 10**16 - 1), st.sampled_from(numerals.NUMERALS), st.integers(0, 40))
def test_numerals_stand_for_one_number(number, character, place):
    """A numeral with another character in it is another number or none."""
    right = numerals.written(number)
    at = place % len(right)
    wrong = right[:at] + character + right[at + 1 :]

    assert numerals.integer(right) == number
    assert numerals.plain(wrong) == right or numerals.integer(wrong) != number


@given(st.one_of(st.text(), st.text("0123456789.,万亿元人民币¥壹佰零角分整（）美 ")), st.none() | st.text())
def test_any_text_is_judged(text, unit):
    """No text makes the reader fail, and every amount has two places."""
    value = money.money(text, unit=unit)

    assert value is None or value.amount[-3] == "."
