"""Office files: cells and paragraphs as lines on a page that is laid out as a grid.

An office file has no printed page, so one is invented: CELL pixels wide and ROW pixels high for
each cell, in the order of the file. What stands beside what is kept, which is all that reading needs.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import docx
import openpyxl
from docx.table import Table
from docx.text.paragraph import Paragraph

from extractors import preflight
from extractors.errors import TooManyPagesError

CELL = 400
ROW = 40
MAX_CELLS = 50_000

_Line = list[Any]


def read_xlsx(stream: IO[bytes]) -> tuple[Any, list[bytes]]:
    """Return one page a sheet that holds anything, in the form of pdf_text.read()."""
    preflight.office(stream)
    book = openpyxl.load_workbook(stream, read_only=False, data_only=True)
    return [
        _page(list(_sheet_lines(s))) for s in book.worksheets if s.max_row and s.sheet_state == "visible"
    ], []


def read_docx(stream: IO[bytes]) -> tuple[Any, list[bytes]]:
    """Return the whole text as one page, in the form of pdf_text.read()."""
    preflight.office(stream)
    return [_page(list(_document_lines(docx.Document(stream))))], []


def _page(lines: list[_Line]) -> dict[str, Any]:
    right = max((line[3] for line in lines), default=CELL)
    bottom = max((line[4] for line in lines), default=ROW)
    return {"width": float(right), "height": float(bottom), "lines": lines}


def _sheet_lines(sheet: Any) -> Iterator[_Line]:
    if sheet.max_row * sheet.max_column > MAX_CELLS * 20:
        raise TooManyPagesError("表格过大，没有读取。")
    spans = {(r.min_row, r.min_col): (r.max_row, r.max_col) for r in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        for cell in row:
            text = _text(cell.value)
            if text:
                bottom, right = spans.get((cell.row, cell.column), (cell.row, cell.column))
                yield from _cell(text, cell.column - 1, cell.row - 1, right, bottom)


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def _cell(text: str, left: int, top: int, right: int, bottom: int) -> Iterator[_Line]:
    """Yield a cell's lines; a cell of several lines shares its height among them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    height = (bottom - top) * ROW / max(len(lines), 1)
    for n, line in enumerate(lines):
        y = top * ROW + n * height
        width = min(_width(line), (right - left) * CELL - 8)
        yield [line, left * CELL + 4.0, y + 4.0, left * CELL + 4.0 + width, y + min(height, ROW) - 4.0]


def _width(text: str) -> float:
    """Return how wide a text would be printed, for boxes that end where their text ends."""
    return sum(24.0 if ord(c) > 0x2E80 else 13.0 for c in text) + 1


def _document_lines(document: Any) -> Iterator[_Line]:
    row = 0
    for block in document.iter_inner_content():
        lines = list(_table_lines(block, row) if isinstance(block, Table) else _paragraph_lines(block, row))
        yield from lines
        row = max((int(line[4] // ROW) + 1 for line in lines), default=row + 1)


def _paragraph_lines(paragraph: Paragraph, row: int) -> Iterator[_Line]:
    """Lay one paragraph out as tab-separated runs; a wide paragraph keeps one long line."""
    for n, line in enumerate(paragraph.text.splitlines()):
        x = 4.0
        for part in line.split("\t"):
            text = part.strip()
            if text:
                y = (row + n) * ROW
                yield [text, x, y + 4.0, x + _width(text), y + ROW - 4.0]
            x += max(_width(part), 24.0) + 48


def _table_lines(table: Table, row: int) -> Iterator[_Line]:
    seen: set[Any] = set()
    for cells in table.rows:
        height = 1
        for column, cell in enumerate(cells.cells):
            if cell._tc in seen:  # noqa: SLF001 - a merged cell comes once for each column and row it covers
                continue
            seen.add(cell._tc)  # noqa: SLF001
            lines = list(_stacked(cell.text, column, row))
            height = max(height, len(lines))
            yield from lines
        row += height


def _stacked(text: str, column: int, row: int) -> Iterator[_Line]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for n, line in enumerate(lines):
        y = (row + n) * ROW
        x = column * CELL + 4.0
        yield [line, x, y + 4.0, x + min(_width(line), CELL * 3.0), y + ROW - 4.0]
