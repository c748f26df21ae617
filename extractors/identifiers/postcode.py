"""Postcode (邮政编码): six digits."""

from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import without_filling


def compact(text: str) -> str:
    """Return the code without the spaces between its boxes."""
    return without_filling(text)


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with a code, or None."""
    code = compact(text)
    if len(code) != 6:
        return Flaw.LENGTH
    return None if set(code) <= set("0123456789") else Flaw.CHARACTER


def is_valid(text: str) -> bool:
    """Tell whether a text can be a postcode."""
    return flaw(text) is None
