"""What a person must settle in a case: each thing with its places on paper and what would settle it."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from bot.model import CaseResult, CaseStatus
from extractors.model import Box, Record
from forms.model import Witness
from rules.model import Finding

Picture = Callable[[str, int], Image.Image | None]
"""Document and page to the page's picture, upright; None where it has none."""

_MARGIN = 0.6
"""Around a crop, in heights of the box, so that the eye sees where it is."""


class Place(Record):
    """One place on paper, for a person to look at."""

    file: str
    page: int
    raw: str
    crop: str = ""
    """File of the picture cut from the page; empty where the page has none."""


class OpenItem(Record):
    """One thing that a person must settle."""

    rule: str
    message: str
    cites: str
    facts: tuple[str, ...]
    places: tuple[Place, ...]
    settled_by: tuple[str, ...]


class OpenItems(Record):
    """What is open in one case."""

    case: str
    status: CaseStatus
    company_name: str | None
    files: tuple[str, ...]
    """Files that could not be read, each with its remedy."""
    items: tuple[OpenItem, ...]


def of(result: CaseResult, picture: Picture, crops: Path) -> OpenItems:
    """Return what is open, with crops cut into a folder.

    Args:
        result: A judged case.
        picture: Where page pictures come from.
        crops: Folder that receives the crops; made where it is missing.
    """
    items = tuple(_item(result, f, picture, crops) for f in result.findings if f.stops)
    files = tuple(f"{u.file}：{u.message}{u.remedy}" for u in result.unreadable)
    return OpenItems(
        case=result.case, status=result.status, company_name=result.company_name, files=files, items=items
    )


def _item(result: CaseResult, finding: Finding, picture: Picture, crops: Path) -> OpenItem:
    return OpenItem(
        rule=finding.rule,
        message=finding.message,
        cites=finding.cites,
        facts=finding.facts,
        places=tuple(_place(result, w, picture, crops) for w in _witnesses(result, finding)),
        settled_by=finding.settled_by,
    )


def _witnesses(result: CaseResult, finding: Finding) -> Iterator[Witness]:
    seen = set()
    for key in finding.facts:
        for witness in result.facts[key].witnesses if key in result.facts else ():
            where = (witness.document, witness.page, witness.box)
            if where not in seen:
                seen.add(where)
                yield witness


def _place(result: CaseResult, witness: Witness, picture: Picture, crops: Path) -> Place:
    page = picture(witness.document, witness.page)
    crop = _crop(page, _page_size(result, witness), witness.box) if page is not None else None
    name = ""
    if crop is not None:
        crops.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = (
            crops
            / f"{witness.document[:12]}-{witness.page}-{'-'.join(str(round(v)) for v in witness.box)}.png"
        )
        crop.save(path)
        name = str(path)
    return Place(file=witness.file, page=witness.page, raw=witness.raw, crop=name)


def _page_size(result: CaseResult, witness: Witness) -> tuple[float, float] | None:
    leaves = (leaf for p in result.papers for leaf in p.leaves)
    sizes = (leaf.size_of(witness.page) for leaf in leaves if leaf.document == witness.document)
    return next((size for size in sizes if size is not None), None)


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
