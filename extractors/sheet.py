"""A paper as pieces of text that stand left of, right of and below one another.

Nothing here knows what a label means. Places are relations between pieces, never coordinates: the
same paper printed larger, shifted or by another office has the same relations.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from extractors.model import Box, Document, Page, Provenance, TextLine
from extractors.values import text

_LEVEL = 0.5
"""Two pieces stand on one line when they share this part of the lower one's height."""


_TRADITIONAL = "別别書书證证號号業业執执稱称類类資资經经營营範范圍围機机關关簽签發发蓋盖東东權权額额時时間间電电話话職职務务賃赁貸贷種种領领購购單单員员項项戶户帳账錄录檢检認认額额據据構构製制標标準准總总"
_SIMPLE = dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True))
"""A recogniser now and then takes a simplified character for its traditional form; labels are found all the same."""
_PAGE_NUMBER = re.compile(r"第\d{1,3}页([,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}|[-—]{1,2}\d{1,3}[-—]{1,2}")
_SCRAP, _READABLE = 3, 0.5
_OVERLAP = 0.35
"""The boxes of neighbours on a crooked photo may overlap by this part of the left one."""


@dataclass(frozen=True)
class Glyph:
    """One printed character, folded to half width for comparison."""

    char: str
    offset: int
    """Where it stands in its line's text."""
    x0: float
    x1: float


@dataclass(eq=False)
class Piece:
    """One line as a reader gave it, with its characters."""

    page: int
    line: TextLine
    glyphs: tuple[Glyph, ...]
    used: set[int] = field(default_factory=set)
    """Positions of glyphs that an element or known furniture explains."""

    @cached_property
    def text(self) -> str:
        """The characters without white space, folded; as long as glyphs."""
        return "".join(g.char for g in self.glyphs)

    @property
    def is_page_number(self) -> bool:
        """Whether it only counts the pages: no part of what stands above and below it."""
        return is_page_number(self.text)

    @property
    def is_noise(self) -> bool:
        """Whether it is the scrap of a seal or a stain rather than print: a few characters, hardly readable."""
        return is_noise(self.text, self.line.confidence)

    @property
    def height(self) -> float:
        """Height of the line, never 0."""
        return max(self.line.box[3] - self.line.box[1], 1.0)

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.line.box[1] + self.line.box[3]) / 2


def is_page_number(text: str) -> bool:
    """Tell whether a line, folded and without white space, only counts the pages."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def is_noise(text: str, confidence: float) -> bool:
    """Tell whether a line without white space is a scrap of a few characters, hardly readable."""
    return len(text) <= _SCRAP and confidence < _READABLE


@dataclass(frozen=True)
class Span:
    """A run of glyphs of one piece: start inclusive, end exclusive."""

    piece: Piece
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text as read, white space inside it kept."""
        glyphs = self.piece.glyphs[self.start : self.end]
        return self.piece.line.text[glyphs[0].offset : glyphs[-1].offset + 1] if glyphs else ""

    @property
    def box(self) -> Box:
        """Box of these glyphs."""
        glyphs = self.piece.glyphs[self.start : self.end]
        _, y0, _, y1 = self.piece.line.box
        return (glyphs[0].x0, y0, glyphs[-1].x1, y1) if glyphs else self.piece.line.box

    @property
    def is_doubted(self) -> bool:
        """Whether the recogniser hesitated over one of these glyphs."""
        doubted = self.piece.line.doubted
        return bool(doubted) and any(g.offset in doubted for g in self.piece.glyphs[self.start : self.end])

    def use(self) -> None:
        """Mark these glyphs as explained."""
        self.piece.used.update(range(self.start, self.end))


def whole(piece: Piece) -> Span:
    """Return the span of all glyphs of a piece."""
    return Span(piece, 0, len(piece.glyphs))


class Sheet:
    """The pages of one paper, or of one file that may hold several."""

    def __init__(self, document: Document, pages: Sequence[Page]) -> None:
        self.document = document
        self.pages = tuple(pages)
        self.pieces = tuple(p for page in pages for p in _in_reading_order(_pieces(page)))
        self._by_page = {
            page.number: tuple(p for p in self.pieces if p.page == page.number) for page in pages
        }
        self._tops = {
            number: sorted((p.line.box[1], n) for n, p in enumerate(on_page))
            for number, on_page in self._by_page.items()
        }
        self._tallest = {
            number: max((p.height for p in on_page), default=0.0) for number, on_page in self._by_page.items()
        }
        self._levels: dict[Piece, tuple[Piece, ...]] = {}

    def right_of(self, piece: Piece) -> Piece | None:
        """Return the next piece to the right on the same line."""
        left, _, right, _ = piece.line.box
        edge = right - max(0.5 * piece.height, _OVERLAP * (right - left))
        level = (p for p in self._level(piece) if p.line.box[0] >= edge)
        return min(level, key=lambda p: p.line.box[0], default=None)

    def left_of(self, piece: Piece) -> Piece | None:
        """Return the next piece to the left on the same line."""
        edge = piece.line.box[0] + 0.5 * piece.height
        level = (p for p in self._level(piece) if p.line.box[2] <= edge)
        return max(level, key=lambda p: p.line.box[2], default=None)

    def below(self, piece: Piece, left: float, right: float, reach: float) -> Piece | None:
        """Return the next piece below within the columns left..right.

        Args:
            piece: Where to start.
            left: Left edge of the columns looked at, in pixels.
            right: Their right edge.
            reach: How far down the next piece may begin, in heights of this piece.
        """
        foot = piece.line.box[3]
        near = [
            p
            for p in self._beginning(piece.page, foot - 0.4 * piece.height, foot + reach * piece.height)
            if p is not piece
            and p.middle > piece.middle + 0.4 * piece.height
            and min(right, p.line.box[2]) > max(left, p.line.box[0])
        ]
        highest = min(near, key=lambda p: p.line.box[1], default=None)
        level = (p for p in near if highest is not None and on_one_line(highest, p))
        return min(level, key=lambda p: p.line.box[0], default=None)

    def _level(self, piece: Piece) -> tuple[Piece, ...]:
        """Return the other pieces on the same printed line, in reading order."""
        if piece not in self._levels:
            _, top, _, bottom = piece.line.box
            near = self._beginning(piece.page, top - self._tallest[piece.page], max(bottom, top + 1))
            self._levels[piece] = tuple(p for p in near if p is not piece and on_one_line(piece, p))
        return self._levels[piece]

    def _beginning(self, page: int, highest: float, lowest: float) -> Iterator[Piece]:
        """Yield the pieces whose tops lie between, in reading order; a page may be made of thousands."""
        tops = self._tops[page]
        first, end = bisect_left(tops, (highest, -1)), bisect_right(tops, (lowest, len(tops)))
        for n in sorted(n for _, n in tops[first:end]):
            yield self._by_page[page][n]

    def on_page(self, number: int) -> tuple[Piece, ...]:
        """Return the pieces of one page in reading order."""
        return self._by_page[number]

    def provenance(self, spans: Sequence[Span]) -> Provenance:
        """Return where a value made of these spans stands; a value over two pages is placed on the first."""
        first = spans[0].piece
        boxes = [s.box for s in spans if s.piece.page == first.page]
        return Provenance(
            document=self.document.id,
            page=first.page,
            box=around(boxes),
            raw="".join(s.text for s in spans),
            reader=first.line.reader,
        )

    def leftover(self) -> Iterator[Piece]:
        """Yield the pieces that are mostly unexplained."""
        for piece in (p for p in self.pieces if not p.is_page_number):
            meaningful = [n for n, g in enumerate(piece.glyphs) if g.char.isalnum()]
            unexplained = [n for n in meaningful if n not in piece.used]
            if len(unexplained) > 0.5 * len(meaningful):
                yield piece


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around boxes."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def on_one_line(one: Piece, other: Piece) -> bool:
    """Tell whether two pieces stand on one printed line."""
    top = max(one.line.box[1], other.line.box[1])
    bottom = min(one.line.box[3], other.line.box[3])
    return bottom - top >= _LEVEL * min(one.height, other.height)


@cache
def fold(char: str) -> str:
    """Return a character as labels are compared: half width, the common form of radicals and traditional ones."""
    folded = text.half_width(char)
    folded = _SIMPLE.get(folded, folded)
    return folded if len(folded) == 1 else char


def glyph_weight(char: str) -> float:
    """Return how wide a character is set, in widths of a Chinese character."""
    return 1.0 if ord(char) > 0x2E7F else 0.55


def _pieces(page: Page) -> list[Piece]:
    pieces = (Piece(page.number, line, _glyphs(line)) for line in page.lines)
    return [p for p in pieces if p.glyphs]


def _glyphs(line: TextLine) -> tuple[Glyph, ...]:
    """Spread the characters over the line's width; readers give boxes of lines only."""
    weights = [glyph_weight(c) for c in line.text]
    unit = (line.box[2] - line.box[0]) / (sum(weights) or 1)
    glyphs, x = [], line.box[0]
    for offset, (char, weight) in enumerate(zip(line.text, weights, strict=True)):
        if not char.isspace():
            glyphs.append(Glyph(fold(char), offset, round(x, 1), round(x + weight * unit, 1)))
        x += weight * unit
    return tuple(glyphs)


def _in_reading_order(pieces: list[Piece]) -> Iterator[Piece]:
    """Yield pieces line by line from the top, each line from the left."""
    row: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        if row and not on_one_line(row[0], piece):
            yield from sorted(row, key=lambda p: p.line.box[0])
            row = []
        row.append(piece)
    yield from sorted(row, key=lambda p: p.line.box[0])
