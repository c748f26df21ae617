"""Pictures in: decoded under limits, turned by their own mark, the sheet cut out and flattened."""

from collections.abc import Iterator
from typing import IO, Any

import cv2
import numpy as np
import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.errors import MalformedError, PixelsError, TooManyPagesError, UnsupportedError

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "HEIF", "BMP")
"""Formats that are decoded at all; most holes of decoders sit in the exotic ones. JPEG opens MPO too."""
MAX_PIXELS = 50_000_000
MAX_FRAMES = 50
LONGEST_SIDE = 3200
"""Larger pictures are reduced: A4 at 270 dpi loses no character and costs a fraction."""

Image.MAX_IMAGE_PIXELS = None  # our own limit is stricter and is checked before any decoding
pi_heif.register_heif_opener(thumbnails=False)

_SUBFILE = 254
"""TIFF tag that marks a frame as a reduced copy (bit 0) or a mask (bit 2) of another."""
_PHOTOMETRIC = 262
_ORIENTATION = 274
"""EXIF tag: 1 where a picture lies as it was taken."""
_PREVIEW = 800
_LEAST_SHARE, _MOST_SHARE = 0.2, 0.97
"""A sheet or card fills at least this share of a photo that is worth reading; a scan fills all of it."""
_FITS = 0.06
"""Part by which the area of an outline may differ from that of its four corners."""
_STANDS_OUT = 15
"""Grey levels by which paper must be lighter than what lies beside it."""
_BESIDE, _SAMPLES, _MOSTLY = 0.02, 40, 0.85
""""Beside" as a part of the picture's longer side; how many places along a side are looked at, and how many agree."""


_STRIP = 0.4
"""Width of the strip beside a side that is compared, in distances of the side from the middle."""
_SAME_TINT = 0.012
"""Part of the light by which the colours of one paper differ in sun and in shadow."""
_PRINTED = 0.3
"""Print beyond a side, as a part of the print before it, that makes both one paper."""
_AROUND, _STROKE, _INK = 15, 9, 0.15


def load(stream: IO[bytes]) -> tuple[Any, list[memoryview]]:
    """Return every page as RGB, upright by its EXIF mark, cut to the sheet where one stands out.

    Raises:
        UnreadableError: Not a picture of FORMATS, cut short, moving, too many pixels or frames.
    """
    try:
        with Image.open(stream, formats=FORMATS) as picture:
            _check(picture)
            frames = [_frame(picture, n) for n in _pages(picture)]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise MalformedError("图片已损坏或不完整，没有读取。") from error
    shapes = [{"height": f.shape[0], "width": f.shape[1]} for f in frames]
    return shapes, [np.ascontiguousarray(f).data.cast("B") for f in frames]


def array(shape: dict[str, int], pixels: bytes | memoryview) -> np.ndarray:
    """Return the RGB array of one frame that load() described."""
    return np.frombuffer(pixels, dtype=np.uint8).reshape(shape["height"], shape["width"], 3)


def _check(picture: Image.Image) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        size = round(picture.width * picture.height / 1e6)
        raise PixelsError(f"图片有 {size} 百万像素，超过 {MAX_PIXELS // 1_000_000} 百万的上限，没有读取。")


def _pages(picture: Image.Image) -> list[int]:
    """Return the frames that are pages; what else a file holds are copies of them for a machine.

    A moving picture is refused: its first frame need not be what a person saw.
    """
    frames = getattr(picture, "n_frames", 1)
    if frames == 1 or picture.format == "MPO":  # a phone's second picture is a preview or a map of depth
        return [0]
    if picture.format not in {"TIFF", "HEIF"}:
        raise UnsupportedError("这是会动的图片，没有读取。", "请改存为一般图片或 PDF 后重新上传。")
    if frames > MAX_FRAMES:
        raise TooManyPagesError(f"图片有 {frames} 页，超过 {MAX_FRAMES} 页的上限，没有读取。")
    primary = picture.size
    return [n for n in range(frames) if _is_page(picture, n, primary)]


def _is_page(picture: Image.Image, number: int, primary: tuple[int, int]) -> bool:
    picture.seek(number)
    if picture.format == "HEIF":  # a page is as large as the primary picture, upright or across
        return picture.width * picture.height >= primary[0] * primary[1]
    return not _tag(picture, _SUBFILE) & 0b101


def _frame(picture: Image.Image, number: int) -> np.ndarray:
    picture.seek(number)
    _check(picture)
    upright = picture
    if picture.getexif().get(_ORIENTATION, 1) != 1:
        upright = ImageOps.exif_transpose(picture)
    if upright.mode.startswith("I;16"):
        upright = _eight_bit(upright, white_is_zero=_tag(picture, _PHOTOMETRIC, 1) == 0)
    if "A" in upright.getbands() or upright.mode == "P":
        upright = _on_white(upright)
    if upright.mode != "RGB":
        upright = upright.convert("RGB")
    if max(upright.size) > LONGEST_SIDE:
        upright = upright.copy()  # a file with several pages keeps its own
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return cut_out(np.asarray(upright))


def _eight_bit(picture: Image.Image, *, white_is_zero: bool) -> Image.Image:
    """Return grey of 16 bits as grey of 8: Pillow would cut off the light ones and leaves a negative as it is."""
    grey = (np.asarray(picture) >> 8).astype(np.uint8)
    return Image.fromarray(255 - grey if white_is_zero else grey)


def _tag(picture: Image.Image, number: int, default: int = 0) -> int:
    return int(getattr(picture, "tag_v2", {}).get(number, default))


def _on_white(picture: Image.Image) -> Image.Image:
    rgba = picture.convert("RGBA")
    paper = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(paper, rgba)


def cut_out(picture: np.ndarray) -> np.ndarray:
    """Return the sheet of paper in a photo, flattened; the picture itself where none stands out."""
    corners = _sheet_corners(picture)
    if corners is None:
        return picture
    a, b, c, d = corners
    width = int(max(np.linalg.norm(b - a), np.linalg.norm(c - d)))
    height = int(max(np.linalg.norm(d - a), np.linalg.norm(c - b)))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return np.asarray(cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_CUBIC))


def _sheet_corners(picture: np.ndarray) -> np.ndarray | None:
    """Return the four corners, clockwise from the top left, of a light sheet on a darker ground.

    None where no outline is surely that of a sheet: a wrong cut loses lines, and no cut loses nothing.
    """
    scale = min(_PREVIEW / max(picture.shape[:2]), 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (7, 7), 0)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    for mask in _masks(small, grey):
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        outline = max(outlines, key=cv2.contourArea, default=None)
        corners = None if outline is None else _four_corners(outline)
        if outline is None or corners is None or not _is_sheet(grey, outline, corners):
            continue
        if not _goes_on_in_shadow(small, grey, corners):
            return np.asarray(_clockwise(corners) / scale)
    return None


def _masks(small: np.ndarray, grey: np.ndarray) -> Iterator[np.ndarray]:
    """Yield what may be paper: what is light, and what has little colour, which a shadow does not change."""
    kernel = np.ones((15, 15), np.uint8)
    saturation = cv2.cvtColor(small, cv2.COLOR_RGB2HSV)[:, :, 1]
    for levels, kind in ((grey, cv2.THRESH_BINARY), (saturation, cv2.THRESH_BINARY_INV)):
        _, mask = cv2.threshold(levels, 0, 255, kind + cv2.THRESH_OTSU)
        yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel))


def _four_corners(outline: np.ndarray) -> np.ndarray | None:
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, closed=True)
    for tolerance in (0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, tolerance * around, closed=True)
        if len(corners) == 4:
            return np.asarray(corners.reshape(4, 2), dtype=np.float64)
    return None


def _is_sheet(grey: np.ndarray, outline: np.ndarray, corners: np.ndarray) -> bool:
    """Tell a sheet on a table from a frame printed on a sheet, and from the lit part of a shadowed one."""
    area = cv2.contourArea(corners.astype(np.float32))
    share = area / grey.size
    fills = abs(cv2.contourArea(outline) / max(area, 1) - 1) < _FITS
    return bool(_LEAST_SHARE < share < _MOST_SHARE and fills and _stands_out(grey, corners))


def _stands_out(grey: np.ndarray, corners: np.ndarray) -> bool:
    """Tell whether a sheet is lighter than what lies right beside it, along each of its sides."""
    middle = corners.mean(axis=0)
    step = _BESIDE * max(grey.shape)
    for one, other in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        points = one + (other - one) * np.linspace(0.08, 0.92, _SAMPLES)[:, None]
        inward = middle - (one + other) / 2
        inward /= max(float(np.linalg.norm(inward)), 1e-6)
        inside, outside = _levels(grey, points + inward * step), _levels(grey, points - inward * step)
        steps = (inside - outside)[~np.isnan(outside)]
        if len(steps) and np.mean(steps > _STANDS_OUT) < _MOSTLY:
            return False
    return True


def _goes_on_in_shadow(small: np.ndarray, grey: np.ndarray, corners: np.ndarray) -> bool:
    """Tell whether beyond a side there is the same paper, only darker: of one tint, and printed on.

    The edge of a shadow looks like that of a sheet; what lies behind it does not look like a table.
    """
    tint = small.astype(np.float32) / np.maximum(small.sum(axis=2, keepdims=True), 1)
    around = np.maximum(cv2.GaussianBlur(grey, (0, 0), _AROUND), 1)
    hollows = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((_STROKE, _STROKE), np.uint8))
    marks = (hollows > _INK * around).astype(np.float32)
    middle = corners.mean(axis=0)
    for one, other in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        out = ((one + other) / 2 - middle) * _STRIP
        inside, outside = (_strip(grey.shape, one, other, way) for way in (-out, out))
        if not outside.any() or not inside.any():
            continue
        apart = float(np.abs(tint[inside].mean(axis=0) - tint[outside].mean(axis=0)).max())
        if apart < _SAME_TINT and marks[outside].mean() > _PRINTED * marks[inside].mean():
            return True
    return False


def _strip(shape: tuple[int, ...], one: np.ndarray, other: np.ndarray, way: np.ndarray) -> np.ndarray:
    """Return the mask of a strip along a side, a little off it."""
    mask = np.zeros(shape[:2], np.uint8)
    near, far = way * 0.15, way
    strip = np.array([one + near, other + near, other + far, one + far])
    cv2.fillConvexPoly(mask, np.round(strip).astype(np.int32), 1)
    return mask.astype(bool)


def _levels(grey: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Return the brightness at points; NaN where they lie outside of the picture."""
    x, y = np.round(points).astype(int).T
    height, width = grey.shape
    within = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    levels = grey[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)].astype(np.float64)
    return np.where(within, levels, np.nan)


def _clockwise(corners: np.ndarray) -> np.ndarray:
    around = corners - corners.mean(axis=0)
    ordered = corners[np.argsort(np.arctan2(around[:, 1], around[:, 0]))]
    first = int(np.argmin(ordered.sum(axis=1)))
    return np.roll(ordered, -first, axis=0)
