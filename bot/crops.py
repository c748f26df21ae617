"""Places on paper for a person to look at: pictures cut from the pages of a case."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from PIL import Image

from bot.model import CaseResult
from extractors.errors import UnreadableError
from extractors.intake import Received
from extractors.model import Box, Record
from extractors.reading import PaperReader
from forms.model import Witness

Picture = Callable[[str, int], Image.Image | None]
"""Document and page to the page's picture, upright; None where it has none."""

_MARGIN = 0.6
"""Around a crop, in heights of the box, so that the eye sees where it is."""


def pictures(reader: PaperReader, received: Mapping[str, Received]) -> Picture:
    """Return what finds the pages of these documents; a page that cannot be drawn has no picture."""

    def picture(document: str, page: int) -> Image.Image | None:
        with suppress(UnreadableError):
            return reader.picture(received[document], page) if document in received else None
        return None

    return picture


class Place(Record):
    """One place on paper, for a person to look at."""

    file: str
    page: int
    raw: str
    crop: str = ""
    """File of the picture cut from the page; empty where the page has none."""


class Scissors:
    """Cuts crops of one case into a folder.

    Args:
        result: The case, whose papers know the sizes of their pages.
        picture: Where page pictures come from.
        folder: Receives the crops; made where it is missing.
    """

    def __init__(self, result: CaseResult, picture: Picture, folder: Path) -> None:
        self._result = result
        self._picture = picture
        self._folder = folder

    def place(self, witness: Witness) -> Place:
        """Return where a witness stands, its crop cut out and kept."""
        name = self.cut(witness.document, witness.page, witness.box)
        return Place(file=witness.file, page=witness.page, raw=witness.raw, crop=name)

    def cut(self, document: str, page: int, box: Box) -> str:
        """Cut a place out, keep it and return its file; empty where the page has no picture."""
        path = self._folder / name_of(document, page, box)
        if path.is_file():
            return str(path)
        picture = self._picture(document, page)
        crop = _crop(picture, self._page_size(document, page), box) if picture is not None else None
        if crop is None:
            return ""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        crop.save(path)
        return str(path)

    def _page_size(self, document: str, page: int) -> tuple[float, float] | None:
        leaves = (leaf for p in self._result.papers for leaf in p.leaves)
        sizes = (leaf.size_of(page) for leaf in leaves if leaf.document == document)
        return next((size for size in sizes if size is not None), None)


def name_of(document: str, page: int, box: Box) -> str:
    """Return the name of a crop's file, which says nothing of what the crop shows."""
    corners = "-".join(str(round(v)) for v in box)
    return f"{document[:12]}-{page}-{corners}.png"


def _crop(page: Image.Image, size: tuple[float, float] | None, box: Box) -> Image.Image | None:
    if size is None:
        return None
    x, y = page.width / size[0], page.height / size[1]
    margin = _MARGIN * (box[3] - box[1])
    area = (
        max(int((box[0] - margin) * x), 0),
        max(int((box[1] - margin) * y), 0),
        min(int((box[2] + margin) * x) + 1, page.width),
        min(int((box[3] + margin) * y) + 1, page.height),
    )
    return page.crop(area) if area[2] > area[0] and area[3] > area[1] else None
