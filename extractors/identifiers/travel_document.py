"""Numbers of passports and of the permits to travel to the mainland: letters and digits, no public check.

Only the form is known, and not every form: what does not fit is for a person to look at, never wrong.
"""

import re
from typing import Literal

from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import upper, without_filling

Kind = Literal["hong_kong_macau_permit", "taiwan_permit", "chinese_passport", "foreign_passport"]

_FORMS: dict[Kind, re.Pattern[str]] = {
    # H for Hong Kong, M for Macau; older books print the count of issues behind the number.
    "hong_kong_macau_permit": re.compile(r"[HM][0-9]{8}(?:[0-9]{2})?"),
    "taiwan_permit": re.compile(r"[0-9]{8}(?:[0-9]{2})?"),
    "chinese_passport": re.compile(
        r"(?:E[A-HJ-NP-Z0-9][0-9]{7}|[GDSPKM][0-9]{8}|(?:SE|PE|DE|KJ|MA)[0-9]{7})"
    ),
    "foreign_passport": re.compile(r"[A-Z0-9]{5,12}"),
}


def compact(text: str) -> str:
    """Return the number without spaces and hyphens, in capitals."""
    return upper(without_filling(text))


def flaw(text: str, kind: Kind | None = None) -> Flaw | None:
    """Return what is wrong with a number of a kind, or of any of them, or None."""
    forms = [_FORMS[kind]] if kind else _FORMS.values()
    return None if any(form.fullmatch(compact(text)) for form in forms) else Flaw.FORM


def is_valid(text: str, kind: Kind | None = None) -> bool:
    """Tell whether a text has the form of that kind's numbers, or of any of them."""
    return flaw(text, kind) is None
