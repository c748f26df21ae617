"""How a name sounds: readings of its characters, and whether two names sound the same.

A character that names read in two ways (行, 长, 乐) has both readings: two texts sound the same if there is a way of
reading both alike. The readings come from rules/tables/names/readings.tsv.
"""

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

_FILE = Path(__file__).parents[1] / "tables" / "names" / "readings.tsv"

Sameness = Literal["toned", "toneless"]

NO_SYLLABLE = 511
"""Stands for every character that has no reading; real syllables are below it, and above 0."""


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return {character: read for key, characters in rows for read in [tuple(key.split())] for character in characters}


@cache
def _numbers() -> dict[str, int]:
    """Return the number of each toneless syllable, in the order of the alphabet."""
    bare = {reading[:-1] for read in set(_readings().values()) for reading in read}
    return {syllable: number for number, syllable in enumerate(sorted(bare), start=1)}


@cache
def syllable_table() -> dict[str, tuple[int, ...]]:
    """Return for each character the numbers of its syllables without tones, the commonest first; for keys in bulk."""
    numbers = _numbers()
    of = {read: tuple(dict.fromkeys(numbers[one[:-1]] for one in read)) for read in set(_readings().values())}
    return {character: of[read] for character, read in _readings().items()}


def readings(character: str) -> tuple[str, ...]:
    """Return how a character is read in names, as in "lv4", the commonest first; nothing if it is unknown."""
    return _readings().get(character, ())


def syllables(text: str) -> tuple[tuple[int, ...], ...]:
    """Return for each character of a text the numbers its syllables have, each from 1 to 511, without tones."""
    table = syllable_table()
    return tuple(table.get(character, (NO_SYLLABLE,)) for character in text)


@lru_cache(maxsize=1 << 16)
def _alike(a: str, b: str) -> Sameness | None:
    """Compare two characters."""
    if a == b or not set(readings(a)).isdisjoint(readings(b)):
        return "toned"
    table = syllable_table()
    return None if set(table.get(a, ())).isdisjoint(table.get(b, ())) else "toneless"


def same_sound(a: str, b: str) -> Sameness | None:
    """Say whether two texts sound the same with their tones, only without them, or not at all."""
    if len(a) != len(b):
        return None
    found: Sameness = "toned"
    for one, other in zip(a, b, strict=True):
        if one != other:
            alike = _alike(one, other)
            if alike is None:
                return None
            if alike == "toneless":
                found = alike
    return found
