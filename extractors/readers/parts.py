"""Parts of a drawn page: one line cut out of it, or all of it but the lines that are known."""

from collections.abc import Iterable

import numpy as np

from extractors.model import Box, TextLine
from extractors.readers.ocr_child import RawLine

_AIR = 0.15
"""Part of a line's height that is kept around it; glyphs reach over the boxes that fonts claim."""
_LEAST_SCORE = 0.5
"""Lines read with less are marks that look like print."""


def cut(picture: np.ndarray, box: Box, scale: float = 1.0) -> np.ndarray:
    """Return what stands in a box, with a little air.

    Args:
        picture: Height × width × 3.
        box: Where to cut.
        scale: Pixels of the picture for one of the box.
    """
    x0, y0, x1, y1 = _grown(box, scale, picture)
    return np.ascontiguousarray(picture[y0:y1, x0:x1])


def painted_over(
    picture: np.ndarray, lines: Iterable[TextLine], scale: float = 1.0, air: float = _AIR
) -> np.ndarray:
    """Return the picture with these lines painted in the colour of the paper; scale as in cut()."""
    rest = picture.copy()
    paper = np.median(picture[::16, ::16].reshape(-1, 3), axis=0).astype(np.uint8)
    for line in lines:
        x0, y0, x1, y1 = _grown(line.box, scale, picture, air)
        rest[y0:y1, x0:x1] = paper
    return rest


def level(lines: Iterable[RawLine]) -> tuple[TextLine, ...]:
    """Return lines as the level boxes around them; the picture is not turned."""
    return tuple(
        TextLine(
            text=line.text,
            box=_around(line),
            confidence=min(line.score, 1.0),
            doubted=line.doubted,
            reader="paddleocr",
        )
        for line in lines
        if line.score >= _LEAST_SCORE
    )


def _around(line: RawLine) -> Box:
    across, down = zip(*line.quad, strict=True)
    return round(min(across), 1), round(min(down), 1), round(max(across), 1), round(max(down), 1)


def _grown(box: Box, scale: float, picture: np.ndarray, air: float = _AIR) -> tuple[int, int, int, int]:
    """Return a box in whole pixels with air around it, at least one pixel, inside the picture."""
    height, width = picture.shape[:2]
    x0, y0, x1, y1 = (v * scale for v in box)
    by = air * (y1 - y0)
    left, top = min(max(int(x0 - by), 0), width - 1), min(max(int(y0 - by), 0), height - 1)
    return left, top, max(min(round(x1 + by), width), left + 1), max(min(round(y1 + by), height), top + 1)
