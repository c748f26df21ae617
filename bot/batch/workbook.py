"""results.xlsx: a row a case, the elements with their confidence in colour, the findings, what is still to do."""

import io
from collections.abc import Collection, Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from bot.batch import rows
from bot.batch.rows import Cell, Kept, Link
from bot.batch.safe import xlsx_text

MOST_ROWS = 1_048_000
"""A sheet holds no more; the elements of some ten thousand cases."""
_GOOD, _ASK, _BAD = (PatternFill("solid", start_color=c) for c in ("E2F0D9", "FFF2CC", "F8CBAD"))
_LOW = 0.8
"""Below it the eye should look first."""
_STAGE_FILL = {
    "filed": _GOOD,
    "rehearsed": _GOOD,
    "review": _ASK,
    "quarantined": _BAD,
    "failed": _BAD,
    "unknown": _BAD,
}
_HEAD = Font(bold=True)
_LINK = Font(color="0563C1", underline="single")
_WRAP = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {
    "案件": 15,
    "文件夹": 24,
    "企业名称": 34,
    "统一社会信用代码": 22,
    "回执号": 26,
    "为什么没有自动办成": 60,
}
_WIDTHS |= {
    "可以发给申请人的话": 60,
    "说明": 60,
    "依据": 40,
    "怎样了结": 40,
    "为什么": 60,
    "做什么": 44,
    "值": 34,
}
_WIDTHS |= {"原文": 34, "要素": 30, "材料": 20, "规则": 26, "事项": 26}


class Book:
    """Takes cases one by one and holds none of them."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._cases = self._sheet("案件", rows.CASES)
        self._elements = self._sheet("要素", rows.ELEMENTS)
        self._findings = self._sheet("结论", rows.FINDINGS)
        self._to_do = self._sheet("待办", rows.TO_DO)
        self._left = MOST_ROWS

    def add(self, kept: Kept, crops: Collection[str]) -> None:
        """Add a case.

        Args:
            kept: The case.
            crops: Names of the pictures that lie beside the workbook under crops/<case>.
        """
        stage = _STAGE_FILL.get(kept.entry.stage)
        self._append(self._cases, rows.case(kept), [None, None, stage])
        for row in rows.to_do(kept):
            self._append(self._to_do, row)
        if kept.result is None:
            return
        for finding in rows.findings(kept.result):
            self._append(self._findings, finding)
        for element in rows.elements(kept.result):
            fill = _GOOD if element.sure else (_ASK if element.confidence >= _LOW else _BAD)
            shown = element.crop in crops
            link = [Link("看图", f"crops/{kept.entry.case}/{element.crop}")] if shown else []
            self._append(self._elements, (*element.cells, *link), [None] * 6 + [fill, fill])

    def data(self) -> bytes:
        """Return the workbook's bytes."""
        buffer = io.BytesIO()
        self._book.save(buffer)
        return buffer.getvalue()

    def _sheet(self, title: str, heads: Sequence[str]) -> object:
        sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "B2"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}1"
        for number, head in enumerate(heads, 1):
            sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(head, 12)
        sheet.append([_cell(sheet, head, font=_HEAD) for head in heads])
        return sheet

    def _append(
        self, sheet: object, cells: Iterable[Cell | Link], fills: Sequence[PatternFill | None] = ()
    ) -> None:
        if self._left <= 0:
            return
        self._left -= 1
        padded = [*fills, *[None] * 20]
        sheet.append([_cell(sheet, c, fill=f) for c, f in zip(cells, padded, strict=False)])  # type: ignore[attr-defined]


def _cell(
    sheet: object, content: Cell | Link, *, fill: PatternFill | None = None, font: Font | None = None
) -> WriteOnlyCell:
    """Return a cell whose texts are texts, whatever they begin with."""
    text = content.text if isinstance(content, Link) else content
    cell = WriteOnlyCell(sheet, value=xlsx_text(text) if isinstance(text, str) else text)
    if isinstance(text, str):
        cell.data_type = "s"
        cell.quotePrefix = True  # it stays a text when somebody edits the cell
        cell.alignment = _WRAP
    if isinstance(content, Link):
        cell.hyperlink = content.target
        font = _LINK
    if fill is not None:
        cell.fill = fill
    if font is not None:
        cell.font = font
    return cell
