"""Texts that a spreadsheet takes as texts: no formula, no lost digits, and every character back again.

What papers say is written by strangers, and a text that begins like a formula would be run by the clerk's
spreadsheet. Source: OWASP, CSV Injection.
"""

import re

STARTS = tuple("=+-@\t\r\n|%＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula or of a command, full-width forms included."""
MARK = "'"
"""Before a text it says "this is text"; a text that begins with it gets another one."""
_BLANKS = " \u00a0\u3000"
"""Some spreadsheets look behind them."""
MOST = 32_767
"""Characters that a cell of a workbook holds."""

_LONG_NUMBER = re.compile(r"[0-9]{12,}|0[0-9]+")
"""Twelve digits are rounded by a spreadsheet, and a leading zero is dropped."""
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, or does not give back as it was."""
_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def csv_text(text: str) -> str:
    """Return a text for a cell of a CSV file; csv_original() gives it back.

    >>> csv_text("=1+1"), csv_text("上海"), csv_text("100128091930045678")
    ("'=1+1", '上海', "'100128091930045678")
    """
    looks_like_more = text.lstrip(_BLANKS).startswith((*STARTS, MARK))
    return MARK + text if looks_like_more or _LONG_NUMBER.fullmatch(text) else text


def csv_original(cell: str) -> str:
    """Return what csv_text() was given."""
    return cell.removeprefix(MARK)


def xlsx_text(text: str) -> str:
    """Return a text for a cell of a workbook, with the escapes of ISO/IEC 29500 (ST_Xstring).

    >>> xlsx_text("a" + chr(13)), xlsx_text("_x000D_")
    ('a_x000D_', '_x005F_x000D_')
    """
    escaped = _UNWRITABLE.sub(lambda m: f"_x{ord(m[0]):04X}_", _ESCAPED.sub("_x005F_", text))
    return escaped if len(escaped) <= MOST else escaped[: MOST - 1] + "…"


def xlsx_original(cell: str) -> str:
    """Return what xlsx_text() was given, where it was not too long."""
    return _CODE.sub(lambda m: chr(int(m[1], 16)), cell)
