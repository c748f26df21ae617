"""The ways in which papers print money and days, and the normal forms of both."""

from datetime import date
from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_YEAR_DIGITS = "〇一二三四五六七八九"


def money(amount: Decimal | int) -> dict[str, str]:
    """Return the normal form of an amount in yuan."""
    return {"amount": f"{Decimal(amount):.2f}", "currency": "CNY"}


def capitals(amount: int) -> str:
    """Return an amount in capital letters, as 1000000 is 壹佰万元整."""
    high, low = divmod(amount, 10_000)
    text = f"{_group(high)}万" if high else ""
    if low:
        text += ("零" if high and low < 1000 else "") + _group(low)
    return f"{text}元整"


def _group(number: int) -> str:
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + _PLACES[place]
        zero = not digit
    return text


def wan(amount: int) -> str:
    """Return yuan in ten thousands, without closing zeros."""
    return (
        f"{Decimal(amount) / 10_000:f}".rstrip("0").rstrip(".") if amount % 10_000 else str(amount // 10_000)
    )


def licence_money(amount: int, form: int) -> str:
    """Return a capital in one of the prints found on papers."""
    forms = (
        f"人民币{Decimal(amount) / 10_000:.4f}万元整",
        f"{wan(amount)}万元人民币",
        f"人民币{capitals(amount)}",
        capitals(amount),
        f"人民币{wan(amount)}万元",
        f"{amount:,}元",
    )
    return forms[form % len(forms)]


def day(value: date, form: int = 0) -> str:
    """Return a day in one of the prints found on papers."""
    forms = (
        f"{value.year}年{value.month}月{value.day}日",
        f"{value.year}年{value.month:02d}月{value.day:02d}日",
        f"{value:%Y-%m-%d}",
        f"{value.year} 年 {value.month} 月 {value.day} 日",
        written(value),
        f"{value:%Y.%m.%d}",
        f"{value.year}/{value.month}/{value.day}",
    )
    return forms[form % len(forms)]


def written(value: date) -> str:
    """Return a day in Chinese numerals, as 二〇二六年十一月五日."""
    year = "".join(_YEAR_DIGITS[int(c)] for c in str(value.year))
    return f"{year}年{_small(value.month)}月{_small(value.day)}日"


def _small(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_YEAR_DIGITS[tens]}十") + (
        _YEAR_DIGITS[ones] if ones else ""
    )


def wide(label: str, width: int = 4) -> str:
    """Space a short label to the width of long ones, as licences print 名　　称."""
    if len(label) == 2:
        return label[0] + "　" * (width - 2) + label[1]
    return " ".join(label) if len(label) == 3 else label


def capitals_small(amount: int) -> str:
    """Return an invoice limit as the tax office words it, as 100000 is 十万元."""
    words = {1_000: "一千元", 10_000: "一万元", 100_000: "十万元", 1_000_000: "一百万元"}
    return words[amount]
