"""The nouns of reading: a document, its lines, the papers in it and what they state."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Reader = Literal["pdf", "paddleocr", "xlsx", "docx"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the upright page, origin at the top left."""

SURE = 0.97
"""Confidence from which a value is used without asking a person."""


class Record(BaseModel):
    """A value object: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TextLine(Record):
    """A run of text as a reader saw it; never cleaned in place."""

    text: str
    box: Box
    confidence: float = Field(ge=0, le=1)
    """1.0 where the text comes from a file's own text layer."""
    doubted: tuple[int, ...] = ()
    """Positions in the text of characters that the recogniser hesitated over."""
    reader: Reader


class Page(Record):
    """One side of paper, upright, with the lines read from it."""

    number: int = Field(ge=1)
    width: float
    height: float
    """Pixels: those of the upright image, or of a PDF page drawn at 200 dpi."""
    lines: tuple[TextLine, ...] = ()
    hidden: bool = False
    """Its file also holds text here that the page does not show; that text is in no line."""


class Document(Record):
    """One file as it was handed in."""

    id: str
    """SHA-256 of the bytes, in hex: the same bytes are never read twice."""
    filename: str
    """The path as found under the case folder, for people only."""
    media_type: str
    pages: tuple[Page, ...] = ()


class Provenance(Record):
    """Where on paper a value stands."""

    document: str
    page: int = Field(ge=1)
    box: Box
    raw: str
    """The text as read, before any cleaning."""
    reader: Reader


class Money(Record):
    """An amount in the currency's main unit."""

    amount: str
    """Decimal string with two places, in yuan for CNY: "1000000.00"."""
    currency: str = "CNY"
    """ISO 4217."""


Cell = str | Money
Row = dict[str, Cell]
Value = str | Money | tuple[Row, ...]
"""A value in the normal form that elements.yaml gives its kind."""


class Element(Record):
    """One value that a paper states about the enterprise or its people."""

    name: str
    """A key of its paper in elements.yaml, for example "company_name"."""
    value: Value
    confidence: float = Field(ge=0, le=1)
    sources: tuple[Provenance, ...] = Field(min_length=1)
    """For a table one source a row, in the order of the rows."""
    sure: bool
    """The promise that the product would file this value without asking."""
    repaired: bool = False


class Leaf(Record):
    """Pages of one file."""

    document: str
    file: str
    pages: tuple[int, ...]
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each page, as in Paper."""

    def size_of(self, page: int) -> tuple[float, float] | None:
        """Return a page's width and height, or None where these pages are others."""
        return dict(zip(self.pages, self.sizes, strict=True)).get(page) if self.sizes else None


class Paper(Record):
    """One recognised paper: a part of a document, or all of it."""

    document: str
    file: str
    kind: str
    """A top-level key of elements.yaml, or "unknown"."""
    pages: tuple[int, ...]
    confidence: float = Field(ge=0, le=1)
    """How sure it is that the paper is of this kind."""
    elements: tuple[Element, ...] = ()
    left_over: tuple[str, ...] = ()
    """Lines that no element and no known furniture explains."""
    warnings: tuple[str, ...] = ()
    """What a person should know of the paper."""
    suspicions: tuple[str, ...] = ()
    """Why it may not be what it seems: text that it does not show, or shows otherwise than it says."""
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each page, in the pixels that boxes are in."""
    also: tuple[Leaf, ...] = ()
    """Where the rest of the paper stands: the other side of a card in another file or on another page."""
    copy_of: Leaf | None = None
    """An earlier copy of the same paper; what this one says speaks for nothing that the first does not."""

    def file_of(self, document: str) -> str:
        """Return the name of the file, of those that the paper stands in, with this document."""
        return next((leaf.file for leaf in self.also if leaf.document == document), self.file)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """Everywhere the paper stands, its own file first."""
        return (Leaf(document=self.document, file=self.file, pages=self.pages, sizes=self.sizes), *self.also)

    def element(self, name: str) -> Element | None:
        """Return the element of that name, or None where the paper does not state it."""
        return next((e for e in self.elements if e.name == name), None)
