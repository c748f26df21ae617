"""Whether a page shows the characters that its text layer claims, told glyph by glyph.

A renderer draws one character of one font and size with the very same pixels wherever it stands. So each
picture of a character needs to be read only once: those never seen before are put beside each other on a
strip, which OCR reads, and what it confirms is known from then on. A picture that is not pixel for pixel a
known one proves nothing, whatever made it: a font that lies, or a stroke painted over a digit.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from extractors.model import Box
from extractors.readers.ocr_child import Reading

Span = Sequence[float]
"""Left and right end of one character, in pixels of the page."""
ReadStrips = Callable[[list[np.ndarray]], list[Reading]]

HEIGHT = 48
"""Pixels of a strip: the recogniser's own height."""
CONFIRMED = 0.9
"""Score of a strip below which it confirms nothing."""
MOST_KNOWN = 20_000
"""Pictures kept at most; then all are forgotten, for the fonts in use come back soon."""
_LENGTHS = (24, 6)
"""Cells on one strip at most: what a long strip leaves in doubt, for one mark too many, short ones may tell."""
_AIR = 0.15
"""Part of a line's height that is looked at above and below it; a half on either side of it."""
_FAINT = 8
"""Levels by which ink is darker than the paper; fainter ink is seen by no one."""
_GAP = 10
_DIGEST = 32
"""Bytes that stand for a picture and its claim."""


class Cell(NamedTuple):
    """What the layer claims for a place, and what the page shows there."""

    text: str
    """One character; more where marks that cannot be read alone hang on it."""
    picture: np.ndarray
    """Grey, as high as its line, as wide as its ink."""
    ink: bytes
    """Digest of the claim and the pixels of the ink: the same for the same glyph. Empty where there is no ink."""


class Glyphs:
    """The pictures of characters that were read and found to be what they are claimed to be.

    Args:
        bare: What of a text its reading is held against: nothing of a mark that no reading tells surely.
        remembered: What remembered() of other glyphs told.
    """

    def __init__(self, bare: Callable[[str], str], remembered: bytes = b"") -> None:
        self._bare = bare
        self._known = {remembered[n : n + _DIGEST] for n in range(0, len(remembered), _DIGEST)}

    def remembered(self) -> bytes:
        """Return what was confirmed, of no use but to other glyphs."""
        return b"".join(sorted(self._known))

    def cells(self, grey: np.ndarray, line: Box, spans: Sequence[Span], text: str, part: range) -> list[Cell]:
        """Return the cells of a part of a line; together they hold all of its ink.

        Args:
            grey: The page as drawn, height × width.
            line: The line's box, in pixels of the page.
            spans: One for every character of the text.
            text: The whole line.
            part: Which of its characters are asked about.
        """
        air = _AIR * (line[3] - line[1])
        strip = grey[max(round(line[1] - air), 0) : round(line[3] + air)]
        inked = [n for n, char in enumerate(text) if not char.isspace()]
        edges = dict(zip(inked, _edges([spans[n] for n in inked], line), strict=True))
        groups = self._groups(text, [n for n in inked if n in part])
        return [
            _cell("".join(text[n] for n in group), strip[:, edges[group[0]][0] : edges[group[-1]][1]])
            for group in groups
        ]

    def are_shown(self, stretches: Sequence[Sequence[Cell]], read: ReadStrips) -> list[bool]:
        """Tell of each stretch of cells whether the page surely shows all of it."""
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        asked = {cell.ink: cell for stretch in stretches for cell in stretch if cell.ink}
        for length in _LENGTHS:
            strange = [cell for ink, cell in asked.items() if ink not in self._known]
            # A narrow digit between wide characters is easily passed over.
            strange.sort(key=lambda cell: cell.text.isascii())
            shares = list(_shares(strange, length))
            readings = read([_strip(share) for share in shares]) if shares else []
            for share, reading in zip(shares, readings, strict=True):
                self._known.update(cell.ink for cell in self._confirmed(share, reading))
        return [all(cell.ink in self._known for cell in stretch) for stretch in stretches]

    def _groups(self, text: str, places: Sequence[int]) -> list[list[int]]:
        """Part places into single characters; a mark that is not compared stays with both its neighbours."""
        groups: list[list[int]] = []
        hangs = True
        for n in places:
            is_mark = not self._bare(text[n])
            if groups and (hangs or is_mark):
                groups[-1].append(n)
            else:
                groups.append([n])
            hangs = is_mark
        return groups

    def _confirmed(self, share: Sequence[Cell], reading: Reading) -> Iterator[Cell]:
        """Yield the cells whose claim stands in its very place of the reading.

        No reading is shifted until it fits: a font whose digits are moved on by one would fit then.
        """
        claimed = [self._bare(cell.text) for cell in share]
        read = self._bare(reading.text)
        if reading.score < CONFIRMED or len("".join(claimed)) != len(read):
            return
        at = 0
        for cell, claim in zip(share, claimed, strict=True):
            if read[at : at + len(claim)] == claim:
                yield cell
            at += len(claim)


def _edges(spans: Sequence[Span], line: Box) -> list[tuple[int, int]]:
    """Return where each cell begins and ends: in the middle between neighbours, so that no ink is left out."""
    if not spans:
        return []
    reach = (line[3] - line[1]) / 2
    middles = [(one[1] + other[0]) / 2 for one, other in pairwise(spans)]
    cuts = [max(round(x), 0) for x in (spans[0][0] - reach, *middles, spans[-1][1] + reach)]
    return list(pairwise(cuts))


def _cell(text: str, tile: np.ndarray) -> Cell:
    if not tile.size:
        return Cell(text, tile, b"")
    paper = int(tile.max())
    ink = tile < paper - _FAINT
    if not ink.any():
        return Cell(text, tile, b"")
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    left, right = columns[0], columns[-1] + 1
    glyph = tile[rows[0] : rows[-1] + 1, left:right]
    drawn = f"{text} {paper} {glyph.shape} ".encode() + glyph.tobytes()
    return Cell(text, tile[:, left:right], hashlib.sha256(drawn).digest())


def _shares(cells: Sequence[Cell], longest: int) -> Iterator[Sequence[Cell]]:
    """Yield cells in shares of about one length."""
    count = -(-len(cells) // longest)
    for n in range(count):
        yield cells[n * len(cells) // count : (n + 1) * len(cells) // count]


def _strip(cells: Sequence[Cell]) -> np.ndarray:
    """Return cells beside each other as one line."""
    gap = np.full((HEIGHT, _GAP), 255, np.uint8)
    parts = [gap]
    for cell in cells:
        height, width = cell.picture.shape
        size = (max(round(width * HEIGHT / height), 1), HEIGHT)
        parts += [cv2.resize(cell.picture, size, interpolation=cv2.INTER_CUBIC), gap]
    return np.asarray(cv2.cvtColor(np.hstack(parts), cv2.COLOR_GRAY2RGB))
