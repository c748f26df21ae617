"""Straightens a read picture: its lines become level boxes, and the picture turns with them."""

import math

import cv2
import numpy as np

from extractors.model import TextLine
from extractors.readers.ocr_child import Quad, RawLine

_LEAST_TILT = 0.3
"""Degrees below which turning would only blur."""
_LEAST_WIDTH = 4
"""Only lines so many times wider than high tell the tilt well."""


def straighten(picture: np.ndarray, lines: tuple[RawLine, ...]) -> tuple[np.ndarray, tuple[TextLine, ...]]:
    """Return the picture with level lines, and the lines as boxes in its pixels.

    Args:
        picture: Height × width × 3, already upright to the nearest quarter turn.
        lines: As the OCR process gave them for that picture.
    """
    tilt = _tilt(lines)
    if abs(tilt) < _LEAST_TILT:
        return picture, tuple(_text_line(line, np.eye(2, 3)) for line in lines)
    matrix, size = _turning(picture.shape[1], picture.shape[0], tilt)
    border = (255, 255, 255)
    turned = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_LINEAR, borderValue=border)
    return np.asarray(turned), tuple(_text_line(line, matrix) for line in lines)


def _tilt(lines: tuple[RawLine, ...]) -> float:
    """Return the median slope of the long lines in degrees, clockwise positive."""
    slopes = [slope for line in lines for slope in _slope(line.quad)]
    return float(np.median(slopes)) if slopes else 0.0


def _slope(quad: Quad) -> list[float]:
    (ax, ay), (bx, by), _, (dx, dy) = quad
    width, height = math.hypot(bx - ax, by - ay), math.hypot(dx - ax, dy - ay)
    if width < _LEAST_WIDTH * max(height, 1):
        return []
    slope = math.degrees(math.atan2(by - ay, bx - ax))
    return [slope] if abs(slope) < 45 else []


def _turning(width: int, height: int, degrees: float) -> tuple[np.ndarray, tuple[int, int]]:
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(height * sin + width * cos), int(height * cos + width * sin)
    matrix[0, 2] += wide / 2 - width / 2
    matrix[1, 2] += high / 2 - height / 2
    return matrix, (wide, high)


def _text_line(line: RawLine, matrix: np.ndarray) -> TextLine:
    corners = np.array(line.quad) @ matrix[:, :2].T + matrix[:, 2]
    # The mean of the two corners on a side: the box of a slightly crooked line stays as high as the line.
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    box = ((ax + dx) / 2, (ay + by) / 2, (bx + cx) / 2, (cy + dy) / 2)
    x0, y0, x1, y1 = (round(float(v), 1) for v in box)
    return TextLine(
        text=line.text,
        box=(x0, y0, x1, y1),
        confidence=min(max(line.score, 0.0), 1.0),
        doubted=line.doubted,
        reader="paddleocr",
    )
