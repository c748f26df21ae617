"""What the recogniser knows of each character of a line, where the engine tells the mean of all only.

A rare character is taken for a common one at 0.4 to 0.8 while its neighbours have 1.0, so the mean of
its line stays above 0.99, and a second reading of the line makes the same mistake. Measured on 11,000
letters and digits of scans and photos: 70 fall below the mark set here, every second of them is wrong.
Spaces, and marks of which it cannot tell the width, have 0.5 to 0.9 in lines that are read right; they
pulled the mean of every fourth line down for nothing.
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
_CLEAR = 0.99
"""Score from which it is not asked what else a character might be."""
_LETTER_OR_DIGIT = {"Lu", "Ll", "Lo", "Lt", "Lm", "Nd", "Nl"}


class Score(float):
    """A line's score, with the scores of its characters."""

    characters: tuple[float, ...] = ()


def hesitations(text: str, score: float) -> tuple[int, ...]:
    """Return where in a text the recogniser hesitated over a letter, a digit or a point.

    Other marks are left out: recognisers take one for another in many lines, and values are held
    against their kind.
    """
    characters = score.characters if isinstance(score, Score) else ()
    if len(characters) != len(text):
        return ()
    pairs = zip(text, characters, strict=True)
    return tuple(n for n, (character, one) in enumerate(pairs) if one < STEADY and _decides(character))


def _decides(character: str) -> bool:
    return character == "." or unicodedata.category(character) in _LETTER_OR_DIGIT


def decoded(self: Any, pred: Sequence[np.ndarray], **_: object) -> tuple[list[str], list[Score]]:
    """Do what the engine's decoder does, and keep what it throws away: to be put in the place of its call."""
    lines = [_line(self.character, chances) for chances in np.asarray(pred[0])]
    return [text for text, _ in lines], [score for _, score in lines]


def _line(alphabet: Sequence[str], chances: np.ndarray) -> tuple[str, Score]:
    """Return the text that the chances of each character in each frame mean, and its score."""
    indices, best = chances.argmax(axis=-1), chances.max(axis=-1)
    runs = list(_runs(indices))
    text = "".join(alphabet[indices[first]] for first, _ in runs)
    firsts = [_either_width(alphabet, chances[first]) for first, _ in runs]
    visible = [one for character, one in zip(text, firsts, strict=True) if not character.isspace()]
    score = Score(np.mean(visible) if visible else 0.0)
    score.characters = tuple(
        max(one, float(best[first:end].max())) for one, (first, end) in zip(firsts, runs, strict=True)
    )
    return text, score


def _either_width(alphabet: Sequence[str], chances: np.ndarray) -> float:
    """Return the chance of a frame's character, that of its other width added: （ and (."""
    first = int(chances.argmax())
    if chances[first] >= _CLEAR:
        return float(chances[first])
    second = int(np.argpartition(chances, -2)[-2])
    same = _folded(alphabet[first]) == _folded(alphabet[second])
    return min(float(chances[first] + (chances[second] if same else 0)), 1.0)


def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character)


def _runs(indices: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield where the frames of each character begin and end."""
    at = 0
    for index, frames in groupby(indices.tolist()):
        end = at + len(list(frames))
        if index != _BLANK:
            yield at, end
        at = end
