"""Readings of a number that a reader of print may have missed."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[1] / "data" / "confusions.yaml"
_MOST = 2
"""Substitutions tried: with three, a wrong number too often passes every check."""
_LONGEST = 18


@cache
def confusions() -> dict[str, tuple[str, ...]]:
    """Return for a character as read what may stand on the paper instead."""
    raw: dict[str, list[str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {read: tuple(meant) for read, meant in raw.items()}


def candidates(read: str, alphabet: str, passes: Callable[[str], bool]) -> tuple[str, ...]:
    """Return what passes after at most two substitutions, fewest first; a number that passes is left alone.

    More than one candidate means that nobody but a person can tell.
    """
    if passes(read):
        return (read,)
    if len(read) > _LONGEST:
        return ()
    return tuple(dict.fromkeys(c for c in _variants(read, alphabet) if passes(c)))


def _variants(read: str, alphabet: str) -> Iterator[str]:
    """Yield the variants in which every character that cannot be right was replaced."""
    wrong = {i for i, c in enumerate(read) if c not in alphabet}
    open_places = [i for i, c in enumerate(read) if c in confusions()]
    for count in range(1, _MOST + 1):
        for places in combinations(open_places, count):
            if wrong <= set(places):
                yield from _replaced(read, places)


def _replaced(read: str, places: tuple[int, ...]) -> Iterator[str]:
    for chosen in product(*(confusions()[read[i]] for i in places)):
        variant = list(read)
        for place, character in zip(places, chosen, strict=True):
            variant[place] = character
        yield "".join(variant)
