"""Registration number (注册号) of a business licence before October 2015: 15 digits.

6 for the registrar, 8 for the sequence, 1 check digit. One in ten resident numbers of the first generation passes
the same check: whether a number of 15 digits is this one, its label tells, never the check.

Source: GS 15-2006, ISO 7064 MOD 11,10.
"""

from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import without_filling


def compact(text: str) -> str:
    """Return the number without spaces and hyphens."""
    return without_filling(text)


def check_digit(number: str) -> str:
    """Return the 15th digit that belongs to the first 14."""
    product = 10
    for digit in number[:14]:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with a number, or None."""
    number = compact(text)
    if len(number) != 15:
        return Flaw.LENGTH
    if not set(number) <= set("0123456789"):
        return Flaw.CHARACTER
    return None if number[14] == check_digit(number) else Flaw.CHECKSUM


def is_valid(text: str) -> bool:
    """Tell whether a text can be a registration number."""
    return flaw(text) is None
