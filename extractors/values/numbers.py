"""Plain numbers, percentages and account numbers."""

import re

from extractors.identifiers import bank_account
from extractors.values import numerals
from extractors.values.spacing import close_up
from extractors.values.text import half_width

_UNIT = r"(?:人|名|位|份|张|本|卷|套|台|个|户|间|平方米|平米|㎡|m2|m²|M2)"
_NUMBER = re.compile(rf"(?P<figures>(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?){_UNIT}?")
_CHINESE = re.compile(rf"(?P<numeral>[{numerals.NUMERALS}]+){_UNIT}?")
_PERCENT = re.compile(r"(?P<figures>[0-9]+(?:\.[0-9]+)?)%?")
_CHINESE_PERCENT = re.compile(rf"百分之(?P<numeral>[{numerals.NUMERALS}]+)")
_CLOSING = "。;,."
_LONGEST = 30


def number(text: str) -> str | None:
    """Return a number as a decimal string, without thousands separators and unit; places stay as printed."""
    body = close_up(half_width(text)).rstrip(_CLOSING)
    match = _NUMBER.fullmatch(body)
    if match and len(body) <= _LONGEST:
        return _plain(match["figures"])
    chinese = _CHINESE.fullmatch(body)
    value = numerals.integer(chinese["numeral"]) if chinese else None
    return None if value is None else str(value)


def percent(text: str) -> str | None:
    """Return a share in percent as a decimal string without closing zeros.

    A number without the sign is taken as percent: 0.6 stays "0.6", since nobody can tell 0.6 % from 60 %.
    """
    body = close_up(half_width(text)).rstrip(_CLOSING)
    match = _PERCENT.fullmatch(body)
    if match and len(body) <= _LONGEST:
        figures = _plain(match["figures"])
        return figures.rstrip("0").rstrip(".") if "." in figures else figures
    chinese = _CHINESE_PERCENT.fullmatch(body)
    value = numerals.integer(chinese["numeral"]) if chinese else None
    return None if value is None else str(value)


def account(text: str) -> str | None:
    """Return the digits of a unit's bank account."""
    return bank_account.compact(text) if bank_account.is_valid(text) else None


def _plain(figures: str) -> str:
    whole, dot, places = figures.replace(",", "").partition(".")
    return f"{whole.lstrip('0') or '0'}{dot}{places}"
