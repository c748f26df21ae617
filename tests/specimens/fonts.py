"""Fonts that the papers are set in: a Song, a Kai and two Hei faces from Debian's packages."""

from functools import cache
from pathlib import Path

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


def complete() -> bool:
    """Tell whether every face is installed."""
    return all((_FOLDER / name).is_file() for name in FILES.values())


@cache
def face(style: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a face for drawing on pictures, in pixels."""
    return ImageFont.truetype(str(_FOLDER / FILES[style]), size)


@cache
def registered(style: str) -> str:
    """Register a face for PDFs and return its name there."""
    pdfmetrics.registerFont(TTFont(style, str(_FOLDER / FILES[style]), subfontIndex=0))
    return style
