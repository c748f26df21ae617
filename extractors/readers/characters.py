"""What the recogniser knows of each character of a line, where the engine tells the mean of all only.

A rare character is taken for a common one at 0.4 to 0.8 while its neighbours have 1.0, so the mean of
its line stays above 0.99, and a second reading of the line makes the same mistake. Measured on 11,000
letters and digits of scans and photos: 70 fall below the mark set here, every second of them is wrong.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import numpy as np

STEADY = 0.9
"""Score from which a character is believed as far as its line is."""
_BLANK = 0
"""Index that the engine gives to the space between two characters."""
_LETTER_OR_DIGIT = {"Lu", "Ll", "Lo", "Lt", "Lm", "Nd", "Nl"}


class Score(float):
    """A line's score, with the scores of its characters."""

    characters: tuple[float, ...] = ()


def hesitations(text: str, score: float) -> tuple[int, ...]:
    """Return where in a text the recogniser hesitated over a letter, a digit or a point.

    Spaces and other marks are left out: it cannot tell their width, which no value depends on.
    """
    characters = score.characters if isinstance(score, Score) else ()
    if len(characters) != len(text):
        return ()
    pairs = zip(text, characters, strict=True)
    return tuple(n for n, (character, one) in enumerate(pairs) if one < STEADY and _counts(character))


def _counts(character: str) -> bool:
    return character == "." or unicodedata.category(character) in _LETTER_OR_DIGIT


def decoded(self: Any, indices: np.ndarray, chances: np.ndarray, **_: object) -> list[tuple[str, Score]]:
    """Do what the engine's decoder does, and keep what it throws away: to be put in the place of its decode()."""
    return [_line(self.character, *line) for line in zip(indices, chances, strict=True)]


def _line(alphabet: Sequence[str], indices: np.ndarray, chances: np.ndarray) -> tuple[str, Score]:
    runs = list(_runs(indices))
    score = Score(np.mean([chances[first] for first, _ in runs]) if runs else 0.0)
    score.characters = tuple(float(chances[first:end].max()) for first, end in runs)
    return "".join(alphabet[indices[first]] for first, _ in runs), score


def _runs(indices: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield where the frames of each character begin and end."""
    at = 0
    for index, frames in groupby(indices.tolist()):
        end = at + len(list(frames))
        if index != _BLANK:
            yield at, end
        at = end
