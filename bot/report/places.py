"""Every place on paper that the report shows: one box with one id, whoever speaks of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.model import CaseResult
from bot.report import words
from extractors.model import Box, Element, Paper, Provenance, Row
from forms.model import Fact, FormValue, Witness

_MARGIN = 0.5
"""Around a crop, in heights of the box, so that the eye sees where it is."""
_LEAST = 14.0
"""Least margin, in pixels of the page."""
_PAD = 0.003
"""Around a drawn box, in widths of the page."""
_OFFICE = {"xlsx", "docx"}
Where = tuple[str, int, Box]
PageKey = tuple[str, int]


@dataclass
class Place:
    """One box on one page."""

    id: str
    page_id: str
    file: str
    page: int
    box: Box
    raw: str
    """As read; drawn where the page has no picture."""
    window: Box = (0, 0, 0, 0)
    """The box with some of the paper around it, kept within the page."""
    frame: Box = (0, 0, 0, 0)
    """The box as it is drawn: a little wider, so that its line does not run through the text."""
    named: list[str] = field(default_factory=list)
    """Element and value, one for each thing that was read there."""
    fact: str | None = None
    """A fact that rests on it."""
    sure: bool = True
    open: bool = False
    """A finding that stops the case looks at it."""

    @property
    def type_size(self) -> float:
        """The size of type in which its text is drawn where the page has no picture."""
        return min((self.box[3] - self.box[1]) * 0.8, 36)

    @property
    def squeezed(self) -> bool:
        """True where that text must be narrowed to stay within the box."""
        return words.ems(self.raw) * self.type_size > self.box[2] - self.box[0]


@dataclass
class Sheet:
    """One page of one document."""

    id: str
    document: str
    number: int
    size: tuple[float, float]
    places: list[Place] = field(default_factory=list)
    laid_out: bool = True
    """Read from a file that has a layout of its own; office files have none, so no picture either."""


class Places:
    """The places of one case, found by document, page and box."""

    def __init__(self, result: CaseResult) -> None:
        self.sheets: dict[PageKey, Sheet] = {}
        self._by: dict[Where, Place] = {}
        self._papers = result.papers
        for paper in result.papers:
            self._add_paper(paper)
        for fact in result.facts.values():
            for witness in fact.witnesses:
                for place in self.of_witness(witness):
                    place.fact = place.fact or fact.key
        self._mark_open(result)
        self._close()

    def of_witness(self, witness: Witness) -> list[Place]:
        """Return where a witness stands: for a table all its rows, for anything else one place."""
        rows = self._rows(witness) if isinstance(witness.value, tuple) else ()
        if rows:
            return [self._at(witness.file, source) for source in rows]
        where = Provenance(
            document=witness.document, page=witness.page, box=witness.box, raw=witness.raw, reader="paddleocr"
        )
        return [self._at(witness.file, where)]

    def of_value(self, value: FormValue, fact: Fact) -> Place | None:
        """Return the place that a form's value came from, None where no paper states it."""
        texts = {value.text, value.shown}
        stated = next((w for w in fact.witnesses if words.plain(w.value) & texts), None)
        if stated:
            return self.of_witness(stated)[0]
        for witness in fact.witnesses:
            if isinstance(witness.value, tuple):
                places = self.of_witness(witness)
                return places[_row(witness.value, value) % len(places)]
        return self.of_witness(fact.witnesses[0])[0] if fact.witnesses else None

    def _add_paper(self, paper: Paper) -> None:
        for leaf in paper.leaves:
            for number in leaf.pages:
                self._sheet(leaf.document, number).size = leaf.size_of(number) or (0, 0)
        for element in paper.elements:
            for source, told in zip(element.sources, _told(paper, element), strict=True):
                place = self._at(paper.file_of(source.document), source)
                place.named.append(told)
                place.sure = place.sure and element.sure

    def _rows(self, witness: Witness) -> tuple[Provenance, ...]:
        name = witness.element.split(".")[1]
        mine = (p for p in self._papers if any(leaf.document == witness.document for leaf in p.leaves))
        found = (e for p in mine for e in p.elements if e.name == name and e.value == witness.value)
        return next((e.sources for e in found), ())

    def _sheet(self, document: str, number: int) -> Sheet:
        key = (document, number)
        if key not in self.sheets:
            self.sheets[key] = Sheet(f"page-{len(self.sheets) + 1}", document, number, (0, 0))
        return self.sheets[key]

    def _at(self, file: str, source: Provenance) -> Place:
        where = (source.document, source.page, source.box)
        if where not in self._by:
            sheet = self._sheet(source.document, source.page)
            name = f"box-{len(self._by) + 1}"
            self._by[where] = Place(name, sheet.id, file, source.page, source.box, source.raw)
            sheet.laid_out = sheet.laid_out and source.reader not in _OFFICE
            sheet.places.append(self._by[where])
        return self._by[where]

    def _mark_open(self, result: CaseResult) -> None:
        keys = {key for finding in result.findings if finding.stops for key in finding.facts}
        for fact in (result.facts[key] for key in sorted(keys & result.facts.keys())):
            for place in (p for w in fact.witnesses for p in self.of_witness(w)):
                place.open = True

    def _close(self) -> None:
        """Give a page without a size of its own the room that it needs, and every place its window."""
        for sheet in self.sheets.values():
            if not all(sheet.size) or not sheet.laid_out:
                sheet.size = _room(sheet)
            for place in sheet.places:
                place.window = window(place.box, sheet.size)
                left, top, right, bottom = place.box
                pad = sheet.size[0] * _PAD
                place.frame = (left - pad, top - pad, right + pad, bottom + pad)


def _room(sheet: Sheet) -> tuple[float, float]:
    """Return a size that holds all boxes of a page."""
    right = max((p.box[2] for p in sheet.places), default=0) * 1.05
    bottom = max((p.box[3] for p in sheet.places), default=0) * 1.05
    return (max(right, sheet.size[0]) or 100, max(bottom, sheet.size[1]) or 140)


def window(box: Box, size: tuple[float, float]) -> Box:
    """Return a box with a margin around it, within the page, and never empty."""
    margin = max(_MARGIN * (box[3] - box[1]), _LEAST)
    left, top = max(box[0] - margin, 0), max(box[1] - margin, 0)
    right, bottom = min(box[2] + margin, size[0]), min(box[3] + margin, size[1])
    return (left, top, max(right, left + 1), max(bottom, top + 1))


def around(places: list[Place], size: tuple[float, float]) -> Box:
    """Return one window that holds several places of a page."""
    boxes = [p.box for p in places]
    whole = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return window(whole, size)


def _told(paper: Paper, element: Element) -> Iterator[str]:
    """Yield what each source of an element says: for a table the row that stands there."""
    name = words.label(paper.kind, element.name)
    by_row = isinstance(element.value, tuple) and len(element.value) == len(element.sources)
    for number in range(len(element.sources)):
        told = (element.value[number],) if by_row and isinstance(element.value, tuple) else element.value
        yield f"{name}：{words.value(told)}"


def _row(rows: tuple[Row, ...], value: FormValue) -> int:
    """Return the row that a form's value stands in: the one with its text, else the one of its number."""
    inside = value.field.partition("[")[2].partition("]")[0]
    number = int(inside) if inside.isdecimal() else 0
    texts = {value.text, value.shown}
    holding = [n for n, row in enumerate(rows) if any(words.plain(cell) & texts for cell in row.values())]
    return number if number in holding or not holding else holding[0]
