"""Invented values put in the place of true ones wherever these stand: spaced out, in full width, over two lines.

A text keeps its length and each character its place, so that boxes and positions stay right.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.replay.invented import Inventor

_DASHES = frozenset("-‐‑‒–—―−－")
_WIDE = 0xFEE0
_ACROSS = 4
"""Shortest value that is also looked for over the end of a line; shorter ones would be met by chance."""
_PART, _NUMBER_PART = 3, 6
"""Shortest part of a value, or of a number, that is taken for one at the edge of a line."""
_NUMBER = re.compile(r"[0-9A-Z]{8,}")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])")
_LEAST_DIGITS = 6
_MISREAD = 2
"""Characters in which a number may differ from a known one and still be a misreading of it."""


class _Place(NamedTuple):
    line: int
    at: int


class _Stream(NamedTuple):
    """Lines as they are searched: without space, width and case; and where each character stands."""

    text: str
    places: tuple[_Place, ...]


class Mask:
    """Replaces values in texts.

    Args:
        values: True value to invented one, of equal length once folded.
        kept: Numbers that are of no person, such as amounts.
        inventor: Makes up numbers that are in no value.
    """

    def __init__(self, values: Mapping[str, str], kept: Iterable[str], inventor: Inventor) -> None:
        folded = {fold(true): fold(made) for true, made in values.items()}
        sure = {true: made for true, made in folded.items() if true and len(true) == len(made)}
        self._values = dict(sorted(sure.items(), key=lambda pair: (-len(pair[0]), pair[0])))
        self._numbers = {true: made for true, made in self._values.items() if _NUMBER.fullmatch(true)}
        self._kept = {fold(one) for one in kept}
        self._inventor = inventor

    def text(self, text: str) -> str:
        """Return one text with invented values."""
        return self.lines([text])[0]

    def lines(self, texts: Sequence[str]) -> list[str]:
        """Return lines that stand one after another with invented values."""
        stream = _stream(texts)
        made: dict[_Place, str] = {}
        for start, new in self._found(stream, texts):
            places = stream.places[start : start + len(new)]
            pairs = list(zip(places, new, strict=True))
            if all(made.get(place, char) == char for place, char in pairs):
                made |= dict(pairs)
        written = [list(text) for text in texts]
        for place, char in made.items():
            written[place.line][place.at] = _like(char, texts[place.line][place.at])
        return ["".join(chars) for chars in written]

    def _found(self, stream: _Stream, texts: Sequence[str]) -> Iterator[tuple[int, str]]:
        """Yield where what goes; whole values first, the longest ones before the others."""
        for true, made in self._values.items():
            for start in _all(stream.text, true):
                places = stream.places[start : start + len(true)]
                if len(true) >= _ACROSS or places[0].line == places[-1].line:
                    yield start, made
        starts = _line_starts(stream, len(texts))
        for start, end in starts:
            yield from self._parts(stream.text, start, end)
        for start, end in starts:
            for run in _NUMBER.finditer(stream.text, start, end):
                if self._is_personal(run[0]):
                    yield run.start(), self._run(run[0])

    def _parts(self, text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Yield the parts of values at the edges of one line."""
        line = text[start:end]
        for true, made in self._values.items():
            least = _NUMBER_PART if true in self._numbers else _PART
            for size in range(min(len(line), len(true) - 1), least - 1, -1):
                if line.endswith(true[:size]):
                    yield end - size, made[:size]
                    break
            for size in range(min(len(line), len(true) - 1), least - 1, -1):
                if line.startswith(true[-size:]):
                    yield start, made[-size:]
                    break
            if least <= len(line) < len(true) and (at := true.find(line)) >= 0:
                yield start, made[at : at + len(line)]

    def _is_personal(self, run: str) -> bool:
        digits = sum(char.isdecimal() for char in run)
        return digits >= _LEAST_DIGITS and run not in self._kept and not _DAY.fullmatch(run)

    def _run(self, run: str) -> str:
        """Return what stands for a number: a misreading of a known one stays the same misreading."""
        for true, made in self._numbers.items():
            wrong = [n for n, (a, b) in enumerate(zip(run, true, strict=False)) if a != b]
            if len(run) == len(true) and len(wrong) <= _MISREAD:
                return "".join(_misread(made[n], true[n], run[n]) for n in range(len(run)))
        return self._inventor.run(run)


def fold(text: str) -> str:
    """Return a text as it is searched."""
    return _stream([text]).text


def _stream(texts: Sequence[str]) -> _Stream:
    chars: list[str] = []
    places: list[_Place] = []
    for line, text in enumerate(texts):
        for at, char in enumerate(text):
            plain = unicodedata.normalize("NFKC", char)
            plain = (plain if len(plain) == 1 else char).upper()
            if not plain.isspace() and plain not in _DASHES and len(plain) == 1:
                chars.append(plain)
                places.append(_Place(line, at))
    return _Stream("".join(chars), tuple(places))


def _line_starts(stream: _Stream, lines: int) -> list[tuple[int, int]]:
    """Return where each line begins and ends in a stream."""
    ends = [0] * (lines + 1)
    for place in stream.places:
        ends[place.line + 1] += 1
    for number in range(lines):
        ends[number + 1] += ends[number]
    return [(ends[n], ends[n + 1]) for n in range(lines)]


def _all(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _misread(made: str, true: str, read: str) -> str:
    if read == true or not read.isdecimal() or not true.isdecimal() or not made.isdecimal():
        return made if read == true else read
    return str((int(made) + int(read) - int(true)) % 10)


def _like(char: str, old: str) -> str:
    """Return a character in the width and case of the one that it stands for."""
    if 0xFF01 <= ord(old) <= 0xFF5E and 0x21 <= ord(char) <= 0x7E:
        char = chr(ord(char) + _WIDE)
    return char.lower() if old.islower() else char
