"""The pictures of the report, as data: each page once, and sharp cuts where a person must decide."""

import base64
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PIL import Image

from bot.report.places import Sheet
from extractors.model import Box

Pages = Callable[[str, int], Image.Image | None]
"""Document and page to the page's picture, upright; None where it has none. Any scale: boxes are
laid over it by their share of the page's width and height."""

_PAGE_WIDTH = 1000
_CUT_WIDTH = 760
_QUALITIES = (68, 54, 42, 32)
"""Tried in turn until a page keeps to its share; the last is still good to read."""
_ALL_PAGES = 2_000_000
_LEAST_SHARE = 120_000
"""Bytes of JPEG that a report's pages may take together, and that a page may take in any case."""
_CUT_QUALITY = 78


@dataclass(frozen=True)
class Cut:
    """A piece of a page in the picture's own sharpness."""

    data: str
    width: int
    height: int


@dataclass(frozen=True)
class Album:
    """Pictures as data: URIs."""

    pages: Mapping[str, str]
    """By the sheet's id; a page without a picture is missing."""
    cuts: Mapping[tuple[str, Box], Cut]
    """By the sheet's id and the window that was cut."""


def album(sheets: Iterable[Sheet], wanted: Mapping[str, set[Box]], pages: Pages) -> Album:
    """Return the pictures of a report; every page is asked for once.

    Args:
        sheets: The pages to show.
        wanted: Windows to cut, by the sheet's id.
        pages: Where the pictures come from.
    """
    sheets = list(sheets)
    share = max(_ALL_PAGES // max(len(sheets), 1), _LEAST_SHARE)
    shown: dict[str, str] = {}
    cuts: dict[tuple[str, Box], Cut] = {}
    for sheet in sheets:
        picture = pages(sheet.document, sheet.number) if sheet.laid_out else None
        if picture is None:
            continue
        flat = picture.convert("RGB")
        shown[sheet.id] = _page(_narrow(flat, _PAGE_WIDTH), share)
        for box in sorted(wanted.get(sheet.id, ())):
            cuts[sheet.id, box] = _cut(flat, box, sheet.size)
    return Album(shown, cuts)


def _cut(page: Image.Image, box: Box, size: tuple[float, float]) -> Cut:
    x, y = page.width / size[0], page.height / size[1]
    left, top = min(int(box[0] * x), page.width - 1), min(int(box[1] * y), page.height - 1)
    right = min(max(round(box[2] * x), left + 1), page.width)
    bottom = min(max(round(box[3] * y), top + 1), page.height)
    piece = _narrow(page.crop((left, top, right, bottom)), _CUT_WIDTH)
    return Cut(_data(_jpeg(piece, _CUT_QUALITY)), piece.width, piece.height)


def _narrow(picture: Image.Image, width: int) -> Image.Image:
    if picture.width <= width:
        return picture
    height = max(round(picture.height * width / picture.width), 1)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _page(picture: Image.Image, share: int) -> str:
    jpegs = (_jpeg(picture, quality) for quality in _QUALITIES[:-1])
    fitting = next((jpeg for jpeg in jpegs if len(jpeg) <= share), None)
    return _data(fitting or _jpeg(picture, _QUALITIES[-1]))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=quality, optimize=True, progressive=True)
    return held.getvalue()


def _data(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
