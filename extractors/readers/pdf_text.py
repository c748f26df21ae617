"""PDFs with text: the text layer as runs of characters with their boxes; and pages drawn as pictures.

Coordinates are pixels of the page drawn at 200 dpi.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any

import cv2
import numpy as np
import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from extractors import preflight
from extractors.errors import EncryptedError, MalformedError, PixelsError, TooManyPagesError
from extractors.readers import visible

DPI = 200
SCALE = DPI / 72
MAX_PAGES = 100
MAX_PAGE_PIXELS = 40_000_000
MAX_PIXELS = 16_000_000
"""Of a page that is drawn along with its reading."""
MOST_DRAWN = 8
"""Pages that are handed out as drawn; the papers that are read here have one or two."""
LEAST_CHARACTERS = 8
"""A page with fewer readable characters in its text layer is read as a picture."""

_BREAK = 1.2
"""A gap of so many character widths without any white space in it separates two runs."""


_OWN_PAGE = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    b"<</Length 54>>stream\nBT /F1 12 Tf 72 720 Td (AAAAAAAAAA) Tj ET 0 0 9 9 re S\nendstream",
    b"<</Type/Font/Subtype/TrueType/BaseFont/Helvetica/FirstChar 65/LastChar 65/Widths[667]/ToUnicode 6 0 R>>",
    b"<</Length 75>>stream\nbegincmap 1 begincodespacerange <00> <FF> endcodespacerange endcmap\nendstream",
)


def read(stream: IO[bytes]) -> tuple[Any, list[memoryview]]:
    """Return size and text of every page: {"width", "height", "lines": [[text, x0, y0, x1, y1], ...]}.

    "spans" hold left and right end of every character of every line. The first pages with lines are handed out
    as drawn, in levels of grey: "grey" is height and width of the picture, None where there is none.

    A page whose text layer is missing or unreadable has no lines; draw() shows it instead. Only text that
    the page shows is returned: "hidden" tells that there is more, "unread" that the page shows print that
    is in no line.

    Raises:
        UnreadableError: Encrypted, broken, or too many pages.
    """
    data = stream.read()
    preflight.pdf(data)
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise TooManyPagesError(
                    f"文件有 {len(document.pages)} 页，超过 {MAX_PAGES} 页的上限，没有读取。"
                )
            if not document.pages:
                raise MalformedError("文件里没有可读的页，可能没有传完整。")
            drawn = pypdfium2.PdfDocument(data)
            pages = [_page(*both) for both in zip(document.pages, drawn, strict=True)]
            return [page for page, _ in pages], [grey for _, grey in pages if grey is not None]
    except (PdfminerException, PDFPasswordIncorrect, pypdfium2.PdfiumError) as error:
        if isinstance(error, PDFPasswordIncorrect) or isinstance(error.__context__, PDFPasswordIncorrect):
            raise EncryptedError("文件有密码，没有读取。") from error
        raise MalformedError("PDF 已损坏或没有传完整，没有读取。") from error


def warm_up() -> None:
    """Read a page of our own: what parsers make at their first page, every fork then finds made."""
    head = b"%PDF-1.4\n"
    objects = (b"%d 0 obj\n%s\nendobj\n" % numbered for numbered in enumerate(_OWN_PAGE, 1))
    read(BytesIO(head + b"".join(objects) + b"trailer<</Root 1 0 R>>\n"))


def draw(stream: IO[bytes], *, page: int, dpi: int = DPI) -> tuple[Any, list[memoryview]]:
    """Return one page (counted from 1) as RGB pixels.

    Raises:
        PixelsError: The page is so large that drawing it would exceed MAX_PAGE_PIXELS.
    """
    picture = _rendered(pypdfium2.PdfDocument(stream)[page - 1], dpi, rev_byteorder=True)[:, :, :3]
    return {"height": picture.shape[0], "width": picture.shape[1]}, [_pixels(picture)]


def draw_grey(stream: IO[bytes], *, page: int) -> tuple[Any, list[memoryview]]:
    """Return one page (counted from 1) in levels of grey.

    Raises:
        PixelsError: The page is so large that drawing it would exceed MAX_PAGE_PIXELS.
    """
    picture = _rendered(pypdfium2.PdfDocument(stream)[page - 1], DPI, grayscale=True)
    return {"height": picture.shape[0], "width": picture.shape[1]}, [_pixels(picture)]


def _pixels(picture: np.ndarray) -> memoryview:
    """Return a picture's bytes without copying them: a fork's every new page of memory costs microseconds."""
    return np.ascontiguousarray(picture).data.cast("B")


def _rendered(sheet: Any, dpi: int, **options: Any) -> np.ndarray:
    width, height = sheet.get_size()
    if width * height * (dpi / 72) ** 2 > MAX_PAGE_PIXELS:
        raise PixelsError("页面尺寸过大，没有读取。")
    return np.asarray(sheet.render(scale=dpi / 72, **options).to_numpy())


def _page(page: Any, sheet: Any) -> tuple[dict[str, Any], memoryview | None]:
    """Return what read() tells of a page, and its picture where that is handed out."""
    visible.note_drawing(page)
    scale = _scale(sheet)
    grey = sheet.render(scale=scale, grayscale=True).to_numpy()
    grey = grey.reshape(grey.shape[:2])
    sketch = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    seen = visible.look(page, sketch, lambda: _coloured(sheet, scale / 2, sketch.shape))
    characters = [c for c in seen.printed if c.get("upright", True)]
    left, top, right, bottom = (float(v) for v in page.cropbox)
    runs = [_stripped(run) for run in _runs(characters, _rulings(page))]
    runs = [run for run in runs if run]
    lines = [_line(run, (left, top)) for run in runs]
    readable = sum(1 for line in lines for c in line[0] if c.isalnum())
    if readable < LEAST_CHARACTERS or _garbled("".join(line[0] for line in lines)):
        lines, runs = [], []
    is_kept = bool(lines) and scale == SCALE and page.page_number <= MOST_DRAWN
    found = {
        "width": (right - left) * SCALE,
        "height": (bottom - top) * SCALE,
        "lines": lines,
        "spans": [_spans(run, left) for run in runs],
        "grey": grey.shape if is_kept else None,
        "hidden": seen.hidden,
        "unread": seen.unread,
    }
    return found, _pixels(grey) if is_kept else None


def _scale(sheet: Any) -> float:
    """Return how large a page is drawn: at 200 dpi, smaller where it is far larger than paper."""
    width, height = sheet.get_size()
    return float(min(SCALE, (MAX_PIXELS / max(width * height, 1)) ** 0.5))


def _coloured(sheet: Any, scale: float, shape: tuple[int, ...]) -> np.ndarray:
    """Return a page in RGB, in just that many pixels."""
    picture = sheet.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
    return np.asarray(cv2.resize(picture, shape[1::-1], interpolation=cv2.INTER_NEAREST))


def _garbled(text: str) -> bool:
    """Tell whether a font's mapping to characters is missing: the layer then holds codes, not text."""
    strange = text.count("(cid:") * 6 + sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
    return strange > 0.1 * len(text)


def _rulings(page: Any) -> list[tuple[float, float, float]]:
    """Return the page's vertical lines as (x, top, bottom)."""
    edges = (e for e in page.edges if e["orientation"] == "v")
    return [(float(e["x0"]), float(e["top"]), float(e["bottom"])) for e in edges]


def _runs(
    characters: list[dict[str, Any]], rulings: list[tuple[float, float, float]]
) -> Iterator[list[dict[str, Any]]]:
    for row in _rows(characters):
        run: list[dict[str, Any]] = []
        for character in row:
            if run and _apart(run[-1], character, rulings):
                yield run
                run = []
            run.append(character)
        if run:
            yield run


def _rows(characters: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Group characters that stand on one line, left to right."""
    row: list[dict[str, Any]] = []
    for character in sorted(characters, key=lambda c: (c["top"] + c["bottom"]) / 2):
        if row and not _same_row(row[0], character):
            yield sorted(row, key=lambda c: float(c["x0"]))
            row = []
        row.append(character)
    if row:
        yield sorted(row, key=lambda c: float(c["x0"]))


def _same_row(one: dict[str, Any], other: dict[str, Any]) -> bool:
    middle = (other["top"] + other["bottom"]) / 2
    reach = 0.5 * min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    return bool(abs(middle - (one["top"] + one["bottom"]) / 2) < reach)


def _apart(left: dict[str, Any], right: dict[str, Any], rulings: list[tuple[float, float, float]]) -> bool:
    gap = right["x0"] - left["x1"]
    if gap > _BREAK * max(left["size"], right["size"]):
        return True
    middle = (left["top"] + left["bottom"]) / 2
    return any(
        left["x0"] < x < right["x1"] and x >= left["x1"] - 1 and top <= middle <= bottom
        for x, top, bottom in rulings
    )


def _stripped(run: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a run without the white space at its ends."""
    inked = [n for n, c in enumerate(run) if str(c["text"]).strip()]
    return run[inked[0] : inked[-1] + 1] if inked else []


def _spans(run: list[dict[str, Any]], left: float) -> list[tuple[float, float]]:
    """Return where each character stands; those of a ligature share one place."""
    return [
        (round((float(c["x0"]) - left) * SCALE, 1), round((float(c["x1"]) - left) * SCALE, 1))
        for c in run
        for _ in str(c["text"])
    ]


def _line(run: list[dict[str, Any]], origin: tuple[float, float]) -> list[Any]:
    text = "".join(str(c["text"]) for c in run).strip()
    printed = [c for c in run if not str(c["text"]).isspace()]
    left, top = origin
    box = (
        min(c["x0"] for c in printed) - left,
        min(c["top"] for c in printed) - top,
        max(c["x1"] for c in printed) - left,
        max(c["bottom"] for c in printed) - top,
    )
    return [text, *(round(float(v) * SCALE, 1) for v in box)]
