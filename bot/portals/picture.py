"""Pictures of a page as evidence: all of it, with what was filled in blotted out."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from bot.portals.controls import SCRIPTS

PLACES = (SCRIPTS / "places.js").read_text(encoding="utf-8")
_BLOT = (60, 60, 60)
_MARGIN = 2


def masked(page: Page, texts: Sequence[str]) -> bytes:
    """Return the whole page as PNG, with every place that shows one of the texts, or holds an answer, blotted out.

    The page itself is not touched.
    """
    places = page.evaluate(PLACES, [text for text in texts if text.strip()])
    picture = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    brush = ImageDraw.Draw(picture)
    for left, top, right, bottom in places:
        brush.rectangle((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN), fill=_BLOT)
    out = BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()
