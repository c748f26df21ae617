"""The table of hostile papers, and what may be answered to them; each is made by a small function.

Numbers such as P1 name the kind of attack: P for PDF, I for pictures, Z for office files and archives.
"""

from collections.abc import Callable
from typing import NamedTuple

ACCEPTED = "accepted"

TIMEOUT = frozenset({"timeout"})
BOMB = frozenset({"bomb"})
MALFORMED = frozenset({"malformed"})
PAGES = frozenset({"too_many_pages"})
PIXELS = frozenset({"pixels"})
HARMLESS = frozenset({ACCEPTED})
STOPPED = frozenset({"timeout", "bomb", "malformed", "crashed", "pixels", "too_many_pages"})
"""Any answer that refuses the file and says why."""
SURVIVED = STOPPED | HARMLESS
"""Any defined answer: what counts is that nothing else suffers."""


class Attack(NamedTuple):
    """One hostile file, how it is made and what may be answered."""

    kind: str
    name: str
    make: Callable[[], bytes]
    allowed: frozenset[str]
    promise: str
    suffix: str = ".pdf"
    slow: bool = False
    """It is stopped by the clock alone, and so costs the whole limit."""


ATTACKS: list[Attack] = []


def attack(
    kind: str, name: str, allowed: frozenset[str], *args: object, slow: bool = False, suffix: str = ".pdf"
):
    """Enter a generator into the table, once for each set of arguments."""

    def enter(make: Callable[..., bytes]) -> Callable[..., bytes]:
        promise = (make.__doc__ or "").strip()
        ATTACKS.append(Attack(kind, name, lambda: make(*args), allowed, promise, suffix, slow))
        return make

    return enter
