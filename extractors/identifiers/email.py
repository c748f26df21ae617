"""E-mail address: what portals take, not all that RFC 5322 allows."""

import re

from extractors.identifiers.flaw import Flaw
from extractors.values.text import half_width

_LONGEST = 254
_CHARACTERS = re.compile(r"[A-Za-z0-9.@!#$%&'*+/=?^_`{|}~-]*")
_FORM = re.compile(
    r"[^@.]+(?:\.[^@.]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]+"
)


def compact(text: str) -> str:
    """Return the address without the spaces that reading put in; its case stays as printed."""
    return "".join(half_width(text).split())


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with an address, or None."""
    address = compact(text)
    if not 6 <= len(address) <= _LONGEST:
        return Flaw.LENGTH
    if not _CHARACTERS.fullmatch(address):
        return Flaw.CHARACTER
    return None if _FORM.fullmatch(address) else Flaw.FORM


def is_valid(text: str) -> bool:
    """Tell whether a text is an e-mail address."""
    return flaw(text) is None
