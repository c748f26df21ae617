"""Telephone number: mobile, landline with area code, 400 and 800 numbers, foreign ones with +.

Normal form: digits only, an extension after the number, a plus sign only where it is printed.
A local number without its area code is not taken: eight digits can be anything.
"""

import re
from typing import Literal

from extractors.identifiers.flaw import Flaw
from extractors.values.text import half_width

Kind = Literal["mobile", "landline", "service", "foreign"]

_FILLING = re.compile(r"[\s\-‐‑‒–—―−()]+|转|分机|ext\.?", re.IGNORECASE)
_AREA = r"(?:10|2[0-9])[2-9][0-9]{7}|[3-9][0-9]{2}[2-9][0-9]{6,7}"
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("mobile", re.compile(r"(?:\+86|0086|86)?1[3-9][0-9]{9}")),
    ("landline", re.compile(rf"(?:0|(?:\+86|0086)0?)(?:{_AREA})[0-9]{{0,6}}")),
    ("service", re.compile(r"[48]00[0-9]{7}")),
    ("foreign", re.compile(r"\+(?!86)[1-9][0-9]{6,14}")),
)


def compact(text: str) -> str:
    """Return the number in normal form."""
    return _FILLING.sub("", half_width(text))


def kind(text: str) -> Kind | None:
    """Return what sort of number it is, or None where it is none."""
    number = compact(text)
    return next((kind for kind, form in _FORMS if form.fullmatch(number)), None)


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with a number, or None."""
    number = compact(text)
    if not re.fullmatch(r"\+?[0-9]*", number):
        return Flaw.CHARACTER
    if not 10 <= len(number) <= 20 and not number.startswith("+"):
        return Flaw.LENGTH
    return None if kind(text) else Flaw.FORM


def is_valid(text: str) -> bool:
    """Tell whether a text is a telephone number."""
    return flaw(text) is None
