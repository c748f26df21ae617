"""What a page shows on which nothing was read: nothing, or marks too faint for the recogniser.

A scanner sees the other side of thin paper too. So marks that are read in a mirror are no text of this page.
"""

from collections.abc import Iterable

import cv2
import numpy as np

from extractors.readers.ocr_child import RawLine

_LONGEST = 1600
"""Pixels of the longer side in which marks are looked for."""
_PAPER = 41
"""Pixels around a mark of which the lightest are its paper."""
_FAINTEST, _ABOVE_NOISE = 6.0, 4.0
"""Grey levels by which a mark is darker than its paper, at least, and in multiples of what the paper itself varies."""
_SMALLEST, _TALLEST = 0.006, 0.04
"""Height of a character as a part of the page's longer side; dust is smaller, bars and shadows are taller."""
_WIDEST = 0.5
"""Width of a row of joined characters as a part of the page's longer side."""
_EDGE = 0.03
_LEGIBLE = 0.8
_FEWEST = 4
"""Marks of a character's size from which there may be text."""


def darkened(picture: np.ndarray) -> np.ndarray | None:
    """Return a page (RGB) with its faint marks black on white, None where it bears none that could be text."""
    scale = min(1.0, _LONGEST / max(picture.shape[:2]))
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 1.0)
    paper = cv2.GaussianBlur(
        cv2.dilate(cv2.medianBlur(soft, 5), np.ones((_PAPER, _PAPER))), (0, 0), _PAPER / 4
    )
    depth = paper.astype(np.float32) - soft
    depth -= np.median(depth)
    noise = 1.4826 * float(np.median(np.abs(depth)))
    least = max(_FAINTEST, _ABOVE_NOISE * noise)
    if _characters(depth > least) < _FEWEST:
        return None
    shown = 255 - np.clip(depth * (255 / (2.5 * least)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.cvtColor(shown, cv2.COLOR_GRAY2RGB))


def _characters(marks: np.ndarray) -> int:
    """Count the marks of a character's size away from the edges, strokes of one character taken as one."""
    height, width = marks.shape
    side = max(height, width)
    joined = cv2.morphologyEx(marks.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((5, 5)))
    _, _, found, middles = cv2.connectedComponentsWithStats(joined)
    count = 0
    for (_, _, wide, tall, _), (x, y) in zip(found[1:], middles[1:], strict=True):
        of_size = _SMALLEST * side < tall < _TALLEST * side and _SMALLEST * side / 2 < wide < _WIDEST * side
        inside = _EDGE < x / width < 1 - _EDGE and _EDGE < y / height < 1 - _EDGE
        count += bool(of_size and inside)
    return count


def legible(lines: Iterable[RawLine]) -> int:
    """Count the characters of lines that the recogniser is confident of."""
    return sum(len(line.text) for line in lines if line.score > _LEGIBLE and len(line.text) > 1)
