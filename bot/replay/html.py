"""A replay as one HTML file that works offline: causes, classes, both sides of each difference, crops of the paper."""

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from PIL import Image

from bot.replay import archive
from bot.replay.changes import Change, Level
from bot.replay.record import page_member
from bot.replay.report import ChangeClass, Report
from extractors.errors import UsageError
from extractors.model import Box, Paper
from forms.model import Fact

_FOLDER = Path(__file__).parent
_STYLE = _FOLDER.parent / "report" / "report.css"
_MARGIN = 0.8
"""Around a crop, in heights of its line."""
_WIDEST = 760
_MOST_CROPS = 200
"""Of a report; what is behind more of them is one mistake."""


class _Place(NamedTuple):
    document: str
    page: int
    box: Box
    size: tuple[float, float]


class Shown(NamedTuple):
    """One class with the crop of its example."""

    one: ChangeClass
    crop: str
    """A data: URI, empty where there is no picture."""


def write(report: Report, files: Mapping[str, Path], out: Path) -> None:
    """Write the report of a replay.

    Args:
        report: What was found.
        files: The recordings by the names they are reported by.
        out: The file to write; its folder exists.
    """
    out.write_text(render(report, files), encoding="utf-8", errors="backslashreplace")


def render(report: Report, files: Mapping[str, Path]) -> str:
    """Return the report as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    classes = [
        Shown(one, _crop(files.get(one.cases[0]), one.example) if number < _MOST_CROPS else "")
        for number, one in enumerate(report.classes)
    ]
    style = Markup(_STYLE.read_text(encoding="utf-8"))  # noqa: S704 - ours, not from a paper
    return environment.get_template("report.html").render(report=report, classes=classes, style=style)


def _crop(path: Path | None, change: Change) -> str:
    """Return the place on paper that an example is about, from the picture in its recording."""
    if path is None or change.level not in {Level.ELEMENT, Level.FACT}:
        return ""
    place = _place(path, change)
    member = page_member(place.document, place.page) if place else ""
    if place is None or member not in archive.names(path):
        return ""
    try:
        with Image.open(io.BytesIO(archive.member(path, member))) as picture:
            return _data(_cut(picture.convert("RGB"), place))
    except (OSError, UsageError):
        return ""


def _place(path: Path, change: Change) -> _Place | None:
    papers: tuple[Paper, ...] = archive.part(path, "papers")
    if change.level is Level.FACT:
        facts: dict[str, Fact] = archive.part(path, "facts")
        witnesses = facts[change.what].witnesses if change.what in facts else ()
        stands = [(w.document, w.page, w.box) for w in witnesses]
    else:
        kind, _, name = change.what.partition(".")
        found = (p.element(name) for p in papers if p.kind == kind and change.place.startswith(p.file))
        stands = [(s.document, s.page, s.box) for e in found if e for s in e.sources]
    for document, page, box in stands:
        leaves = (leaf for paper in papers for leaf in paper.leaves if leaf.document == document)
        size = next((size for leaf in leaves if (size := leaf.size_of(page))), None)
        if size:
            return _Place(document, page, box, size)
    return None


def _cut(page: Image.Image, place: _Place) -> Image.Image:
    x, y = page.width / place.size[0], page.height / place.size[1]
    left, top, right, bottom = place.box
    margin = _MARGIN * (bottom - top)
    area = (
        max(int((left - margin) * x), 0),
        max(int((top - margin) * y), 0),
        min(int((right + margin) * x) + 1, page.width),
        min(int((bottom + margin) * y) + 1, page.height),
    )
    piece = page.crop(area) if area[2] > area[0] and area[3] > area[1] else page
    if piece.width > _WIDEST:
        piece = piece.resize((_WIDEST, max(round(piece.height * _WIDEST / piece.width), 1)))
    return piece


def _data(picture: Image.Image) -> str:
    held = io.BytesIO()
    picture.save(held, "PNG")
    return f"data:image/png;base64,{base64.b64encode(held.getvalue()).decode()}"
