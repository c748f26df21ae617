"""What all numbers share: how they are printed."""

import re

from extractors.values.text import half_width

_FILLING = re.compile(r"[\s\-‐‑‒–—―−]+")


def without_filling(text: str) -> str:
    """Return a number without the spaces and hyphens that group its characters on paper."""
    return _FILLING.sub("", half_width(text))


def upper(text: str) -> str:
    """Raise ASCII letters only: other scripts have letters whose capitals are ASCII or two characters long."""
    return "".join(c.upper() if c.isascii() else c for c in text)
