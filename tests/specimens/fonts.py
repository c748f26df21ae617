"""Fonts that the papers are set in, from Debian's packages."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont as Face
from PIL import ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FOLDER = Path("/usr/share/fonts")
FILES = {
    "song": "truetype/arphic-gbsn00lp/gbsn00lp.ttf",
    "kai": "truetype/arphic-gkai00mp/gkai00mp.ttf",
    "hei": "truetype/wqy/wqy-microhei.ttc",
    "zenhei": "truetype/wqy/wqy-zenhei.ttc",
}
PICTURE_FILES = {
    "noto_song": ("opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    "noto_hei": ("opentype/noto/NotoSansCJK-Regular.ttc", 2),
}
"""Faces with cubic outlines, which only pictures can be set in; the number is the Simplified Chinese member."""
_FALLBACK = {"hei": "truetype/wqy/wqy-microhei.ttc", "symbol": "truetype/dejavu/DejaVuSans.ttf"}


def complete() -> bool:
    """Tell whether every face is installed."""
    names = [*FILES.values(), *(name for name, _ in PICTURE_FILES.values()), *_FALLBACK.values()]
    return all((_FOLDER / name).is_file() for name in names)


@cache
def face(style: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a face for drawing on pictures, in pixels."""
    path, index = _place(style)
    return ImageFont.truetype(path, size, index=index)


@cache
def registered(style: str) -> str:
    """Register a face for PDFs and return its name there."""
    pdfmetrics.registerFont(TTFont(style, _place(style)[0], subfontIndex=0))
    return style


@cache
def covering(char: str, style: str) -> str:
    """Return this style, or the first other one that has the character."""
    return next(s for s in (style, *_FALLBACK) if ord(char) in _characters(s))


@cache
def _characters(style: str) -> frozenset[int]:
    path, index = _place(style)
    with Face(path, fontNumber=index, lazy=True) as loaded:
        return frozenset(loaded.getBestCmap())


def _place(style: str) -> tuple[str, int]:
    name, index = PICTURE_FILES.get(style, ("", 0))
    return str(_FOLDER / (name or FILES.get(style) or _FALLBACK[style])), index
