"""Keys: one number for everything that must be equal before two names are compared at all.

Names are compared within one authority and one industry. A key folds both and the syllables of a trade name (or of a
part of one) into 63 bits, so that a search reads only names that are alike:

    key = ((authority * 2 + family) * 512**n + syllables in base 512) mod P  *  65,536  +  class of the industry

Different trade names may share a key; whoever searches compares the trade names themselves.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import permutations

from extractors.values import regions
from rules.names import shapes, sounds
from rules.names.compare import MOST_PERMUTED

PRIME = (1 << 47) - 115
"""The largest prime below 2**47."""
BASE = 512
CLASSES = 1 << 16
WHOLE, PART = 0, 1
"""Families of keys: of a whole trade name, and of the parts of it that may be contained in it."""
_MOST_READINGS = 64
"""Ways of reading one trade name that get a key each."""
_ASKED_AT_ONCE = 256
"""Wishes whose tails are remembered: those of one check and its suggestions."""
_LEAST_PART = 2
_POWERS = 16
_MUNICIPALITIES = {"11", "12", "31", "50"}
_NO_CITY = "90"
"""What stands for the city in codes of counties that a province administers itself."""

Spoken = tuple[tuple[int, ...], ...]
"""For each character the numbers of its syllables."""
Tail = tuple[int, int, int]
"""Family, BASE to the number of syllables, the syllables in base 512: all of a key but authority and class."""


@cache
def provinces() -> frozenset[str]:
    """Return the first two digits of every province."""
    return frozenset(region.code[:2] for region in regions.table())


@lru_cache(maxsize=1 << 14)
def authority(code: str) -> int:
    """Return the number of the authority that registers names of a division; 0 for the national one.

    All registrars within one prefecture-level city are one authority (企业名称申报指引2025年版); a municipality is
    one, a county without a city too.

    Args:
        code: Six digits of the division, or nothing; a code of no province is nothing.
    """
    if code[:2] not in provinces():
        return 0
    if code[:2] in _MUNICIPALITIES:
        return int(code[:2]) * 10_000
    return int(code) if code[2:4] == _NO_CITY else int(code[:4]) * 100


def key(of: int, tail: Tail, industry: int) -> int:
    """Return a key: an authority, a tail, and the class of an industry."""
    family, power, value = tail
    return ((of * 2 + family) * power + value) % PRIME * CLASSES + industry


def lowest(of: int, tails: Iterable[Tail]) -> list[int]:
    """Return the keys of an authority's tails for class 0; the class of an industry may be added to each."""
    twice = of * 2
    return [((twice + family) * power + value) % PRIME * CLASSES for family, power, value in tails]


@lru_cache(maxsize=1 << 17)
def stored(trade_name: str) -> tuple[Tail, ...]:
    """Return the tails under which a register keeps a trade name: the whole, and each part that may be contained."""
    spoken = sounds.syllables(trade_name)
    found = list(_tails(WHOLE, spoken))
    for begin, end in _parts(len(trade_name)):
        found += _tails(PART, spoken[begin:end])
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=_ASKED_AT_ONCE)
def asked(trade_name: str) -> tuple[Tail, ...]:
    """Return the tails under which names like a wish may be kept.

    The same sound; names that contain it and that it contains; one character exchanged for one that looks almost the
    same; the same characters in another order.
    """
    spoken = sounds.syllables(trade_name)
    found = [*_tails(WHOLE, spoken), *_tails(PART, spoken)]
    for begin, end in _parts(len(trade_name)):
        found += _tails(WHOLE, spoken[begin:end])
    for other in (*_alike(trade_name, spoken), *_permuted(spoken)):
        found += _tails(WHOLE, other)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=_ASKED_AT_ONCE)
def screened(trade_name: str) -> tuple[Tail, ...]:
    """Return the tails that tell whether a trade name is worth a search: the same sound, containing, contained."""
    spoken = sounds.syllables(trade_name)
    found = dict.fromkeys((*_tails(WHOLE, spoken), *_tails(PART, spoken)))
    for begin, end in _parts(len(trade_name)):
        found |= dict.fromkeys(_tails(WHOLE, spoken[begin:end]))
    return tuple(found)


@lru_cache(maxsize=_ASKED_AT_ONCE)
def exact(trade_name: str) -> tuple[Tail, ...]:
    """Return the tails under which a trade name itself is kept."""
    return tuple(_tails(WHOLE, sounds.syllables(trade_name)))


def _parts(length: int) -> Iterator[tuple[int, int]]:
    """Yield where the parts begin and end that have two characters or more, and half of the whole."""
    for size in range(max(_LEAST_PART, (length + 1) // 2), length):
        for begin in range(length - size + 1):
            yield begin, begin + size


def _tails(family: int, spoken: Spoken) -> list[Tail]:
    """Return a tail for each way of reading what is spoken."""
    values = [0]
    for choices in spoken:
        values = [(value * BASE + syllable) % PRIME for value in values for syllable in choices]
        del values[_MOST_READINGS:]
    power = _powers()[len(spoken)] if len(spoken) < _POWERS else pow(BASE, len(spoken), PRIME)
    return [(family, power, value) for value in values]


@cache
def _powers() -> tuple[int, ...]:
    return tuple(pow(BASE, n, PRIME) for n in range(_POWERS))


def _alike(trade_name: str, spoken: Spoken) -> Iterator[Spoken]:
    for place, character in enumerate(trade_name):
        for other in shapes.near(character):
            yield (*spoken[:place], *sounds.syllables(other), *spoken[place + 1 :])


def _permuted(spoken: Spoken) -> Iterator[Spoken]:
    if len(spoken) <= MOST_PERMUTED:
        yield from permutations(spoken)
