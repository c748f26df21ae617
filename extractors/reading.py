"""Files to documents: the text layer where there is one, OCR where there is none.

What was read is kept by content hash and reader version under home/readings, so that the same bytes
are never read twice; upright pictures of the pages that were read as pictures lie beside it.
"""

import io
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from PIL import Image

from extractors.against_pixels import Stretch, bare, is_shown
from extractors.answers import Shape, TextPage
from extractors.intake import DOCX, PDF, PICTURES, XLSX, Received
from extractors.model import Box, Document, Page, Reader, TextLine
from extractors.plausible import is_plausible
from extractors.readers.glyphs import Cell, Glyphs, Span
from extractors.readers.ocr import OcrProcess
from extractors.readers.ocr_child import Reading
from extractors.readers.parts import cut, level, painted_over
from extractors.readers.seals import without_seals
from extractors.readers.straighten import straighten
from extractors.readers.traces import darkened, legible
from extractors.sandbox import Sandbox
from extractors.sheet import is_noise

READER_VERSION = "8"
"""Raised whenever the same bytes would give other lines."""

DPI = 200
"""Resolution in which a PDF's pages are measured."""
LONGEST_SHEET = 4_000
"""Pixels of the longer side of a sheet that stands for an office page; that of a long text has millions."""
SAMPLE = 3
"""Lines of a strange text layer that are held against its page."""

AROUND_READ = 0.5
"""Part of a line's height around it in which marks belong to it, where others are looked for."""

_OFFICE: dict[str, tuple[str, Reader]] = {XLSX: ("xlsx", "xlsx"), DOCX: ("docx", "docx")}


class PaperReader:
    """Reads documents; owns the sandbox and the OCR process, both started when first needed.

    Args:
        home: The product's data folder.
        keep: Whether readings are kept for the next time.
        sandbox: Opens the files; closed with the reader.
        threads: Of the OCR process; as many as the machine has cores where nothing is said.
    """

    def __init__(
        self, home: Path, *, keep: bool = True, sandbox: Sandbox | None = None, threads: int | None = None
    ) -> None:
        self._home = home
        self._keep = keep
        self._sandbox = sandbox or Sandbox()
        self._ocr = OcrProcess(home, threads)
        self._pictures: dict[tuple[str, int], np.ndarray] = {}
        self._glyphs = Glyphs(bare, self._glyphs_kept())
        self._spans: dict[tuple[str, int], Sequence[Sequence[Span]]] = {}
        """Of the PDF that was read last: where each character of each line stands."""
        self._greys: dict[tuple[str, int], np.ndarray] = {}
        """Of the same PDF: pages that were drawn along with their reading."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End both processes, and keep what was learned of glyphs for the next reader."""
        self._sandbox.close()
        self._ocr.close()
        learned = self._glyphs.remembered()
        if self._keep and learned != self._glyphs_kept():
            _write(self._glyphs_path(), learned)

    def expect(self, received: Iterable[Received]) -> None:
        """Begin loading what these files will need, while other work goes on.

        Raises:
            ModelMissingError: One of them is a picture, and the OCR models are not installed.
        """
        fresh = [one for one in received if not self.knows(one)]
        if fresh:
            self._sandbox.start()
        if any(one.media_type in PICTURES for one in fresh):
            self._ocr.start()

    def knows(self, received: Received) -> bool:
        """Tell whether this file's reading is kept."""
        return self._keep and self._kept(received.id).is_file()

    def read(self, received: Received) -> Document:
        """Return the document with the lines of every page.

        Raises:
            UnreadableError: This file cannot be read; others can.
            ReaderCrashedError: The OCR process died twice on one page.
            ModelMissingError: OCR is needed and its models are not installed.
        """
        with self._sandbox.one_file(received.id, anew=True):
            if self.knows(received):
                kept = Document.model_validate_json(self._kept(received.id).read_bytes())
                self._sandbox.grant(len(kept.pages))
                return kept.model_copy(update={"filename": received.filename})
            pages = self._pages(received)
        document = Document(
            id=received.id, filename=received.filename, media_type=received.media_type, pages=pages
        )
        if self._keep:
            _write(self._kept(received.id), document.model_dump_json().encode())
        return document

    def picture(self, received: Received, page: int, dpi: int = 110) -> Image.Image:
        """Return one page upright; its pixels relate to the boxes as its size to the page's size.

        Raises:
            UnreadableError: The file is gone or cannot be drawn.
        """
        kept = self._picture_path(received.id, page)
        if kept.is_file():
            with Image.open(kept) as picture:
                return picture.convert("RGB")
        if (received.id, page) in self._pictures:
            return Image.fromarray(self._pictures[received.id, page])
        if received.media_type == PDF:
            with self._sandbox.one_file(received.id, anew=True):
                return Image.fromarray(self._page_drawn(received, page, dpi))
        return _drawn(self.read(received).pages[page - 1])

    def shows_traces(self, received: Received, page: Page) -> bool:
        """Tell whether a page bears marks beside its lines that may be text, other than those of its back.

        Raises:
            UnreadableError: The file is gone or cannot be drawn.
            ModelMissingError: There are marks, and the OCR models are not installed.
        """
        if received.media_type in _OFFICE:
            return False
        picture = np.asarray(self.picture(received, page.number))
        scale = picture.shape[1] / page.width
        read = [line for line in page.lines if not is_noise(line.text, line.confidence)]
        shown = darkened(painted_over(picture, read, scale, AROUND_READ))
        if shown is None:
            return False
        straight, mirrored = (self._ocr.read(side).lines for side in (shown, shown[:, ::-1]))
        return legible(mirrored) <= legible(straight)

    def lines_seen(
        self, received: Received, page: int, boxes: Sequence[Box], dpi: int = DPI
    ) -> list[Reading]:
        """Read these boxes of a PDF's drawn page by OCR, one line each; boxes are in pixels at 200 dpi.

        Raises:
            UnreadableError: The file is gone or cannot be drawn.
            ModelMissingError: The OCR models are not installed.
        """
        known = self._lines_kept(received.id)
        keys = [f"{page} {dpi} {box}" for box in boxes]
        fresh = [box for key, box in zip(keys, boxes, strict=True) if key not in known]
        if fresh:
            picture = without_seals(self._page_drawn(received, page, dpi))
            seen = self._ocr.read_lines([cut(picture, box, dpi / DPI) for box in fresh])
            known |= {f"{page} {dpi} {box}": reading for box, reading in zip(fresh, seen, strict=True)}
            if self._keep:
                _write(self._lines_path(received.id), json.dumps(known).encode())
        return [known[key] for key in keys]

    def are_shown(self, document: Document, received: Received, stretches: Sequence[Stretch]) -> list[bool]:
        """Tell of each stretch of a PDF's lines whether its page surely shows it; False says nothing.

        Raises:
            UnreadableError: The file is gone or cannot be drawn.
            ModelMissingError: The OCR models are not installed.
        """
        kept = self._shown_kept(received.id)
        keys = [" ".join(map(str, stretch)) for stretch in stretches]
        fresh = [
            s
            for s, key in zip(stretches, keys, strict=True)
            if key not in kept and self._has_spans(document, s)
        ]
        grey = {page: self._page_grey(received, page) for page in {s.page for s in fresh}}
        cells = [self._cells(document, s, grey[s.page]) for s in fresh]
        shown = self._glyphs.are_shown(cells, self._ocr.read_lines)
        proven = kept | {" ".join(map(str, s)) for s, yes in zip(fresh, shown, strict=True) if yes}
        if self._keep and proven != kept:
            _write(self._shown_path(received.id), json.dumps(sorted(proven)).encode())
        return [key in proven for key in keys]

    def _has_spans(self, document: Document, stretch: Stretch) -> bool:
        lines = self._spans.get((document.id, stretch.page), [])
        text = document.pages[stretch.page - 1].lines[stretch.line].text
        return stretch.line < len(lines) and len(lines[stretch.line]) == len(text)

    def _cells(self, document: Document, stretch: Stretch, grey: np.ndarray) -> list[Cell]:
        line = document.pages[stretch.page - 1].lines[stretch.line]
        spans = self._spans[document.id, stretch.page][stretch.line]
        return self._glyphs.cells(grey, line.box, spans, line.text, range(stretch.first, stretch.end))

    def _pages(self, received: Received) -> tuple[Page, ...]:
        if received.media_type == PDF:
            return self._pdf(received)
        if received.media_type in _OFFICE:
            task, reader = _OFFICE[received.media_type]
            found: list[TextPage] = self._sandbox.run(task, received.path).data
            return tuple(_text_page(n, p, reader) for n, p in enumerate(found, 1))
        shapes, blobs = self._sandbox.run("picture", received.path)
        frames = zip(shapes, blobs, strict=True)
        return tuple(self._seen(received.id, n, _array(s, b)) for n, (s, b) in enumerate(frames, 1))

    def _pdf(self, received: Received) -> tuple[Page, ...]:
        answer = self._sandbox.run("pdf", received.path)
        found: list[TextPage] = answer.data
        self._sandbox.grant(len(found))
        self._spans = {(received.id, number): page.spans for number, page in enumerate(found, 1)}
        drawn = ((number, page.grey) for number, page in enumerate(found, 1) if page.grey)
        self._greys = {
            (received.id, number): np.frombuffer(blob, np.uint8).reshape(size)
            for (number, size), blob in zip(drawn, answer.blobs, strict=True)
        }
        return tuple(self._pdf_page(received, number, page) for number, page in enumerate(found, 1))

    def _pdf_page(self, received: Received, number: int, found: TextPage) -> Page:
        page = _text_page(number, found, "pdf")
        believed = bool(page.lines) and self._is_true(received, page)
        if believed and not found.unread:
            return page
        picture = self._page_drawn(received, number)
        if not believed:
            return self._seen(received.id, number, picture).model_copy(update={"hidden": page.hidden})
        rest = self._ocr.read(without_seals(painted_over(picture, page.lines)))
        if rest.turned:  # what is pasted lies on its side, so the page is read as it lies
            return self._seen(received.id, number, picture).model_copy(update={"hidden": page.hidden})
        return page.model_copy(update={"lines": (*page.lines, *level(rest.lines))})

    def _is_true(self, received: Received, page: Page) -> bool:
        """Tell whether a text layer is believed: its words are known ones, or its page shows the same."""
        if is_plausible(page.lines):
            return True
        longest = sorted(page.lines, key=lambda line: len(line.text))[-SAMPLE:]
        seen = self.lines_seen(received, page.number, [line.box for line in longest])
        return is_shown([line.text for line in longest], seen)

    def _page_drawn(self, received: Received, page: int, dpi: int = DPI) -> np.ndarray:
        with self._sandbox.one_file(received.id):
            shape, (pixels,) = self._sandbox.run("pdf_page", received.path, page=page, dpi=dpi)
        return _array(shape, pixels)

    def _page_grey(self, received: Received, page: int) -> np.ndarray:
        if (received.id, page) in self._greys:
            return self._greys[received.id, page]
        with self._sandbox.one_file(received.id):
            shape, (pixels,) = self._sandbox.run("pdf_grey", received.path, page=page)
        return _array(shape, pixels)

    def _seen(self, document: str, number: int, picture: np.ndarray) -> Page:
        """Read a picture and keep it upright for whoever looks at the page."""
        seen = self._ocr.read(without_seals(picture))
        upright = np.ascontiguousarray(np.rot90(picture, seen.turned // 90)) if seen.turned else picture
        straight, lines = straighten(upright, seen.lines)
        self._keep_picture(document, number, straight)
        height, width = straight.shape[:2]
        return Page(number=number, width=width, height=height, lines=lines)

    def _keep_picture(self, document: str, number: int, picture: np.ndarray) -> None:
        if not self._keep:
            self._pictures[document, number] = picture
            return
        buffer = io.BytesIO()
        Image.fromarray(picture).save(buffer, "JPEG", quality=80)
        _write(self._picture_path(document, number), buffer.getvalue())

    def _kept(self, document: str) -> Path:
        return self._home / "readings" / READER_VERSION / f"{document}.json"

    def _lines_kept(self, document: str) -> dict[str, Reading]:
        path = self._lines_path(document)
        found = json.loads(path.read_bytes()) if self._keep and path.is_file() else {}
        return {key: Reading(*reading) for key, reading in found.items()}

    def _lines_path(self, document: str) -> Path:
        return self._home / "readings" / READER_VERSION / f"{document}-lines.json"

    def _shown_kept(self, document: str) -> set[str]:
        path = self._shown_path(document)
        return set(json.loads(path.read_bytes())) if self._keep and path.is_file() else set()

    def _shown_path(self, document: str) -> Path:
        return self._home / "readings" / READER_VERSION / f"{document}-shown.json"

    def _glyphs_kept(self) -> bytes:
        path = self._glyphs_path()
        return path.read_bytes() if self._keep and path.is_file() else b""

    def _glyphs_path(self) -> Path:
        return self._home / "readings" / READER_VERSION / "glyphs"

    def _picture_path(self, document: str, page: int) -> Path:
        return self._home / "readings" / READER_VERSION / f"{document}-{page}.jpg"


def _text_page(number: int, found: TextPage, reader: Reader) -> Page:
    lines = tuple(
        TextLine(text=text, box=tuple(box), confidence=1.0, reader=reader) for text, *box in found.lines
    )
    return Page(number=number, width=found.width, height=found.height, lines=lines, hidden=found.hidden)


def _array(shape: Shape, pixels: memoryview) -> np.ndarray:
    size = (shape.height, shape.width) if shape.depth == 1 else (shape.height, shape.width, shape.depth)
    return np.frombuffer(pixels, np.uint8).reshape(size)


def _drawn(page: Page) -> Image.Image:
    """Return an empty sheet in the shape of an office page, whose invented layout has no picture."""
    scale = min(1.0, LONGEST_SHEET / max(page.width, page.height, 1.0))
    return Image.new("RGB", (max(int(page.width * scale), 1), max(int(page.height * scale), 1)), "white")


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    draft.replace(path)
