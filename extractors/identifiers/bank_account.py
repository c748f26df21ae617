"""Account number (账号) of a unit: 8 to 32 digits.

Banks number accounts each in its own way; a unit's account need not pass the Luhn check of cards, so none is asked.
"""

from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import without_filling

SHORTEST = 8
LONGEST = 32


def compact(text: str) -> str:
    """Return the number without the spaces and hyphens that group it."""
    return without_filling(text)


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with a number, or None."""
    number = compact(text)
    if not set(number) <= set("0123456789"):
        return Flaw.CHARACTER
    return None if SHORTEST <= len(number) <= LONGEST else Flaw.LENGTH


def is_valid(text: str) -> bool:
    """Tell whether a text can be an account number."""
    return flaw(text) is None
