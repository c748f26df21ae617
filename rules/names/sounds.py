"""How a name sounds: readings of its characters, and whether two names sound the same.

A character that names read in two ways (行, 长, 乐) has both readings: two texts sound the same if there is a way of
reading both alike. The readings come from rules/tables/names/readings.tsv.
"""

from functools import cache
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
    return {
        character: read
        for key, characters in rows
        for read in [tuple(key.split())]
        for character in characters
    }


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


@cache
def _heard() -> dict[str, tuple[frozenset[str], frozenset[int]]]:
    """Return for each character its readings and its syllables, ready to be intersected."""
    table = syllable_table()
    keys = {read: character for character, read in _readings().items()}
    sets = {read: (frozenset(read), frozenset(table[character])) for read, character in keys.items()}
    return {character: sets[read] for character, read in _readings().items()}


def alike(a: str, b: str) -> Sameness | None:
    """Say whether two characters can be read alike with their tones, only without them, or not at all."""
    if a == b:
        return "toned"
    heard = _heard()
    one, other = heard.get(a), heard.get(b)
    if one is None or other is None or one[1].isdisjoint(other[1]):
        return None
    return "toneless" if one[0].isdisjoint(other[0]) else "toned"


def same_sound(a: str, b: str) -> Sameness | None:
    """Say whether two texts sound the same with their tones, only without them, or not at all."""
    if len(a) != len(b):
        return None
    found: Sameness = "toned"
    for one, other in zip(a, b, strict=True):
        sound = alike(one, other)
        if sound is None:
            return None
        if sound == "toneless":
            found = sound
    return found
