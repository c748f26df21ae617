"""Number of a foreigner's permanent residence card (外国人永久居留身份证), of two prints that are both in use.

Since December 2023 18 characters that begin with 9 and end with the resident number's check; before, three
letters of the nationality and 12 digits with the date of birth inside, whose check is not known to us.
"""

import re
from datetime import date

from extractors.identifiers import resident_id
from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import upper, without_filling

_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")


def compact(text: str) -> str:
    """Return the number without spaces and hyphens, in capitals."""
    return upper(without_filling(text))


def flaw(text: str, on: date | None = None) -> Flaw | None:
    """Return the first thing that is wrong with a number, or None; on is the day of the check."""
    number = compact(text)
    if len(number) == 15:
        return None if _OLD.fullmatch(number) else Flaw.CHARACTER
    if len(number) == 18 and number[0] != "9":
        return Flaw.FORM
    return resident_id.flaw(number, on)


def is_valid(text: str, on: date | None = None) -> bool:
    """Tell whether a text is such a number."""
    return flaw(text, on) is None
