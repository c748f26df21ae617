"""Resident number (公民身份号码), 18 characters: region, date of birth, sequence, check character.

The same scheme serves residence permits of people from Hong Kong, Macau and Taiwan (81, 82, 83) and, with a
first digit 9, the foreigner's permanent residence card of 2023. Regions are not compared with any list:
a number keeps the code of a county that is long gone. Numbers of 15 digits belong to the first generation of
cards, which ended on 2013-01-01 (居民身份证法 第二十三条).

Source: GB 11643-1999.
"""

from datetime import date
from typing import Literal

from extractors.identifiers import repair
from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import upper, without_filling

_DIGITS = "0123456789"
_CHECK = "10X98765432"
_EARLIEST = 1800


def compact(text: str) -> str:
    """Return the number without spaces and hyphens, with a capital X."""
    return upper(without_filling(text))


def check_character(number: str) -> str:
    """Return the 18th character that belongs to the first 17."""
    return _CHECK[sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(number[:17])) % 11]


def flaw(text: str, on: date | None = None) -> Flaw | None:
    """Return the first thing that is wrong with a number, or None.

    Args:
        text: The number as read.
        on: The day of the check; a later date of birth is a flaw. Without it any calendar date is taken.
    """
    number = compact(text)
    if len(number) != 18:
        return Flaw.LENGTH
    if not _is_formed(number):
        return Flaw.CHARACTER
    if number[17] != check_character(number):
        return Flaw.CHECKSUM
    born = _date_in(number)
    return Flaw.DATE if born is None or (on is not None and born > on) else None


def is_valid(text: str, on: date | None = None) -> bool:
    """Tell whether a text is such a number with a date of birth that exists."""
    return flaw(text, on) is None


def birth_date(text: str) -> date | None:
    """Return the date of birth, or None where the text is no valid number."""
    return _date_in(compact(text)) if is_valid(text) else None


def sex(text: str) -> Literal["男", "女"] | None:
    """Return the sex that the 17th digit tells, or None where the text is no valid number."""
    if not is_valid(text):
        return None
    return "男" if int(compact(text)[16]) % 2 else "女"


def from_first_generation(text: str) -> str | None:
    """Return the 18 characters that belong to a number of 15 digits, or None where it is none."""
    number = compact(text)
    if len(number) != 15 or not set(number) <= set(_DIGITS):
        return None
    longer = f"{number[:6]}19{number[6:]}"
    longer += check_character(longer)
    return longer if is_valid(longer) else None


def repair_candidates(text: str, on: date | None = None) -> tuple[str, ...]:
    """Return numbers right in check and date after at most two likely misreadings are undone."""
    return repair.candidates(compact(text), _DIGITS + "X", lambda number: is_valid(number, on))


def _is_formed(number: str) -> bool:
    return set(number[:17]) <= set(_DIGITS) and number[0] != "0" and number[17] in _CHECK


def _date_in(number: str) -> date | None:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    try:
        return date(year, month, day) if year >= _EARLIEST else None
    except ValueError:
        return None
