"""What papers come on: a name for each way, and the file that it gives for the pages of one paper."""

from collections.abc import Callable
from random import Random

from PIL import Image

from tests.specimens import degrade

Pages = list[Image.Image]


def _scan(page: Image.Image, rng: Random) -> bytes:
    return degrade.scan(page, rng.randrange(10**6), tilt=rng.uniform(-1.4, 1.4))


def _scans(pages: Pages, rng: Random) -> list[bytes]:
    return [_scan(page, rng) for page in pages]


def _turned(jpeg: bytes, rng: Random) -> bytes:
    return degrade.turned(jpeg, rng.choice((90, 180, 270)))


def _photo(page: Image.Image, rng: Random) -> bytes:
    return degrade.photo(page, rng.randrange(10**6))


PAPERS: dict[str, tuple[str, Callable[[Pages, Random], bytes]]] = {
    "scanned_pdf": ("scan{}.pdf", lambda pages, rng: degrade.scanned_pdf(*_scans(pages, rng))),
    "tiff": ("scan{}.tif", lambda pages, rng: degrade.tiff(*_scans(pages, rng))),
}
"""Carriers of papers with any number of pages: file name and maker."""

PAGES: dict[str, tuple[str, Callable[[Image.Image, Random], bytes]]] = {
    "scan": ("scan{}.jpg", _scan),
    "webp": ("scan{}.webp", lambda page, rng: degrade.webp(_scan(page, rng))),
    "poor_scan": ("scan{}.jpg", lambda page, rng: degrade.poor_scan(page, rng.randrange(10**6))),
    "squeezed_scan": ("IMG_{}.jpg", lambda page, rng: degrade.squeezed(_scan(page, rng))),
    "folded_scan": ("scan{}.jpg", lambda page, rng: degrade.folded(page, rng.randrange(10**6))),
    "photo": ("IMG_{}.jpg", _photo),
    "shaded_photo": ("IMG_{}.jpg", lambda page, rng: degrade.photo(page, rng.randrange(10**6), shade=True)),
    "skewed_photo": ("IMG_{}.jpg", lambda page, rng: degrade.skewed_photo(page, rng.randrange(10**6))),
    "turned_scan": ("scan{}.jpg", lambda page, rng: _turned(_scan(page, rng), rng)),
    "turned_photo": ("IMG_{}.jpg", lambda page, rng: _turned(_photo(page, rng), rng)),
}
"""Carriers of a single page."""

_COMMON = ("scan", "scan", "photo", "photo")
"""These come so much more often than the others."""


def pictured(pages: Pages, number: int, rng: Random) -> tuple[str, str, bytes]:
    """Return carrier, file name and bytes for a paper that is handed in as a picture.

    Args:
        pages: The paper's pages; where there is more than one, the carrier is one that holds them all.
        number: The paper's number in its case, for the file name.
        rng: Chooses the carrier and everything about it.
    """
    if len(pages) > 1:
        return carried(rng.choice(list(PAPERS)), pages, number, rng)
    return carried(rng.choice((*_COMMON, *PAGES, *PAPERS)), pages, number, rng)


def carried(carrier: str, pages: Pages, number: int, rng: Random) -> tuple[str, str, bytes]:
    """Return carrier, file name and bytes for a paper on this carrier."""
    if carrier in PAPERS:
        name, make = PAPERS[carrier]
        data = make(pages, rng)
    else:
        name, make_page = PAGES[carrier]
        data = make_page(pages[0], rng)
    digits = f"{number:02d}" if name.startswith("scan") else str(2000 + number * 37 + rng.randrange(37))
    return carrier, name.format(digits), data


def mixed(printed: bytes, pages: Pages, number: int, rng: Random) -> tuple[str, str, bytes]:
    """Return carrier, file name and bytes for a paper whose first page is print and whose others are scans."""
    return "mixed_pdf", f"{number:02d}.pdf", degrade.mixed_pdf(printed, *_scans(pages[1:], rng))
