"""One drawing surface for PDFs with text and for pictures, so that each layout is written once.

Lengths are points (1/72 inch) from the top left corner.
"""

from abc import ABC, abstractmethod
from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.specimens import fonts
from tests.specimens.seals import press

Colour = tuple[int, int, int]
BLACK: Colour = (20, 20, 20)
A4 = (595.0, 842.0)
_BASELINE = 0.86


def runs(text: str, style: str) -> list[tuple[str, str]]:
    """Cut a text where its face lacks a glyph, as office programs fall back to another face."""
    pieces: list[tuple[str, str]] = []
    for char in text:
        face = fonts.covering(char, style)
        if pieces and pieces[-1][1] == face:
            pieces[-1] = (pieces[-1][0] + char, face)
        else:
            pieces.append((char, face))
    return pieces


class Easel(ABC):
    """A stack of pages of one size, set in one face; the subclasses know the medium."""

    def __init__(self, style: str, size: tuple[float, float] = A4, paper: Colour = (255, 255, 255)) -> None:
        self.style = style
        self.width, self.height = size
        self.paper = paper
        self.seals: list[tuple[int, float, float, float, str]] = []
        self.pages = 1

    def text(
        self, at: tuple[float, float], text: str, size: float, *, colour: Colour = BLACK, style: str = ""
    ) -> float:
        """Write one line with its top left corner here, and return where it ends."""
        x, y = at
        for piece, face in runs(text, style or self.style):
            self._write((x, y + size * _BASELINE), piece, (face, size), colour)
            x += self._measured(piece, face, size)
        return x

    def measure(self, text: str, size: float, style: str = "") -> float:
        """Return the width of a line."""
        return sum(self._measured(piece, face, size) for piece, face in runs(text, style or self.style))

    def centred(
        self, middle: float, y: float, text: str, size: float, *, style: str = "", colour: Colour = BLACK
    ) -> None:
        """Write one line around a middle."""
        self.text((middle - self.measure(text, size, style) / 2, y), text, size, colour=colour, style=style)

    def seal(self, x: float, y: float, radius: float, words: str) -> None:
        """Press a round red seal on this page; a PDF with text gets none, its seals are electronic."""
        self.seals.append((self.pages, x, y, radius, words))

    def box(self, x: float, y: float, width: float, height: float, stroke: float = 0.6) -> None:
        """Draw the four sides of a box."""
        for start, end in (
            ((x, y), (x + width, y)),
            ((x, y + height), (x + width, y + height)),
            ((x, y), (x, y + height)),
            ((x + width, y), (x + width, y + height)),
        ):
            self.line(start, end, stroke)

    @abstractmethod
    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        stroke: float = 0.6,
        colour: Colour = BLACK,
    ) -> None:
        """Draw a straight line."""

    @abstractmethod
    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box."""

    @abstractmethod
    def new_page(self) -> None:
        """Go on with an empty page."""

    @abstractmethod
    def _write(self, at: tuple[float, float], text: str, look: tuple[str, float], colour: Colour) -> None:
        """Set a text."""

    @abstractmethod
    def _measured(self, text: str, face: str, size: float) -> float:
        """Return how wide a text is."""


class PdfEasel(Easel):
    """Draws a PDF with text."""

    def __init__(self, style: str, size: tuple[float, float] = A4, paper: Colour = (255, 255, 255)) -> None:
        super().__init__(style, size, paper)
        self._buffer = BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=size, invariant=1)

    def data(self) -> bytes:
        """Close the document and return it."""
        self._canvas.save()
        return self._buffer.getvalue()

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        stroke: float = 0.6,
        colour: Colour = BLACK,
    ) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(stroke)
        self._canvas.setStrokeColorRGB(*(c / 255 for c in colour))
        self._canvas.line(start[0], self.height - start[1], end[0], self.height - end[1])

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box."""
        self._canvas.setFillColorRGB(*(c / 255 for c in colour))
        self._canvas.rect(x, self.height - y - height, width, height, stroke=0, fill=1)

    def new_page(self) -> None:
        """Go on with an empty page."""
        self._canvas.showPage()
        self.pages += 1

    def _write(self, at: tuple[float, float], text: str, look: tuple[str, float], colour: Colour) -> None:
        self._canvas.setFont(fonts.registered(look[0]), look[1])
        self._canvas.setFillColorRGB(*(c / 255 for c in colour))
        self._canvas.drawString(at[0], self.height - at[1], text)

    def _measured(self, text: str, face: str, size: float) -> float:
        return pdfmetrics.stringWidth(text, fonts.registered(face), size)


class PictureEasel(Easel):
    """Draws page pictures."""

    def __init__(
        self, style: str, size: tuple[float, float] = A4, paper: Colour = (253, 253, 252), dpi: int = 200
    ) -> None:
        super().__init__(style, size, paper)
        self._scale = dpi / 72
        self.images: list[Image.Image] = []
        self._blank()

    def pictures(self) -> list[Image.Image]:
        """Return the pages with their seals pressed on."""
        for page, x, y, radius, words in self.seals:
            press(
                self.images[page - 1],
                (int(x * self._scale), int(y * self._scale)),
                int(radius * self._scale),
                words,
            )
        self.seals = []
        return self.images

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        stroke: float = 0.6,
        colour: Colour = BLACK,
    ) -> None:
        """Draw a straight line."""
        self._draw.line(
            (*self._at(start), *self._at(end)), fill=colour, width=max(1, round(stroke * self._scale))
        )

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box."""
        self._draw.rectangle((*self._at((x, y)), *self._at((x + width, y + height))), fill=colour)

    def new_page(self) -> None:
        """Go on with an empty page."""
        self.pages += 1
        self._blank()

    def _blank(self) -> None:
        self.images.append(Image.new("RGB", self._at((self.width, self.height)), self.paper))
        self._draw = ImageDraw.Draw(self.images[-1])

    def _at(self, point: tuple[float, float]) -> tuple[int, int]:
        return round(point[0] * self._scale), round(point[1] * self._scale)

    def _write(self, at: tuple[float, float], text: str, look: tuple[str, float], colour: Colour) -> None:
        font = fonts.face(look[0], round(look[1] * self._scale))
        self._draw.text(self._at(at), text, font=font, fill=colour, anchor="ls")

    def _measured(self, text: str, face: str, size: float) -> float:
        return fonts.face(face, round(size * self._scale)).getlength(text) / self._scale
