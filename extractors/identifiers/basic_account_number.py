"""Number of a unit's account with the central bank (基本存款账户编号, before 2019 核准号).

A letter for the kind of account, 4 digits for the place, 7 for the sequence, 2 for the version; no check digit.
"""

from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import upper, without_filling

_KINDS = {"J": "基本存款账户", "L": "临时存款账户", "Z": "专用存款账户"}


def compact(text: str) -> str:
    """Return the number without spaces and hyphens, in capitals."""
    return upper(without_filling(text))


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with a number, or None."""
    number = compact(text)
    if len(number) != 14:
        return Flaw.LENGTH
    return None if number[0] in _KINDS and set(number[1:]) <= set("0123456789") else Flaw.CHARACTER


def is_valid(text: str) -> bool:
    """Tell whether a text can be such a number."""
    return flaw(text) is None


def account_kind(text: str) -> str | None:
    """Return the kind of account in the words of the bank, or None where the text is no such number."""
    return _KINDS[compact(text)[0]] if is_valid(text) else None
