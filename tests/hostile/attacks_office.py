"""Hostile office files and archives."""

import io
import struct
import zipfile
from functools import partial

import docx
import openpyxl

from tests.hostile.attacks import BOMB, HARMLESS, MALFORMED, PAGES, STOPPED, SURVIVED, attack

sheet = partial(attack, suffix=".xlsx")
letter = partial(attack, suffix=".docx")

# ---------------------------------------------------------------- Z1, Z2: office files


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["纳税人名称", "上海云栖网络科技有限公司"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _letter() -> bytes:
    document = docx.Document()
    document.add_paragraph("一份正常的材料")
    document.add_table(1, 2)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _packed(good: bytes, changed: dict[str, bytes]) -> bytes:
    """Return an office file with some parts put in the place of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, data in changed.items():
            new.writestr(name, data)
    return buffer.getvalue()


_GROWN = 64 << 20
"""Bytes of a part, a third more than a part may have."""
_SHEET = "xl/worksheets/sheet1.xml"
_BODY = "word/document.xml"
_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@sheet("Z2", "xlsx-ratio", BOMB, _workbook, _SHEET)
@sheet("Z2", "xlsx-other-part", BOMB, _workbook, "xl/media/image1.png")
@letter("Z2", "docx-ratio", BOMB, _letter, _BODY)
@letter("Z2", "docx-other-part", BOMB, _letter, "word/media/image1.png")
def part_that_grows(good, part: str) -> bytes:
    """A part that unpacks a thousandfold is refused by the archive's own list."""
    return _packed(good(), {part: bytes(_GROWN)})


@sheet("Z2", "xlsx-lies", SURVIVED - HARMLESS, _workbook, _SHEET)
@letter("Z2", "docx-lies", SURVIVED - HARMLESS, _letter, _BODY)
def part_whose_size_is_a_lie(good, part: str) -> bytes:
    """An archive's list that understates a size is found out by counting."""
    data = _packed(good(), {part: bytes(_GROWN)})
    return data.replace(struct.pack("<I", _GROWN), struct.pack("<I", 1000))


@sheet("Z2", "xlsx-many-parts", BOMB, _workbook)
@letter("Z2", "docx-many-parts", BOMB, _letter)
def many_parts(good) -> bytes:
    """More parts than an office file has are refused by their number."""
    return _packed(good(), {f"junk/{n}": b"" for n in range(5000)})


@sheet("Z2", "xlsx-middling-parts", BOMB, _workbook)
@letter("Z2", "docx-middling-parts", BOMB, _letter)
def middling_parts(good) -> bytes:
    """Parts that are each allowed and together are not are refused."""
    return _packed(good(), {f"junk/{n}.bin": bytes(30 << 20) for n in range(5)})


@sheet("Z1", "xlsx-names", SURVIVED, _workbook)
@letter("Z1", "docx-names", SURVIVED, _letter)
def parts_with_evil_names(good) -> bytes:
    """The names of parts are labels: nothing is written anywhere."""
    names = ["../evil", "/abs", "a\\..\\b", "C:x", "n" * 300, "\u202egnp.exe"]
    return _packed(good(), dict.fromkeys(names, b"x"))


@sheet("Z1", "xlsx-twice", SURVIVED, _workbook, _SHEET)
@letter("Z1", "docx-twice", SURVIVED, _letter, _BODY)
def part_that_is_there_twice(good, part: str) -> bytes:
    """Two parts of one name, of which readers take now one, now the other, are refused."""
    buffer = io.BytesIO(good())
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo(part)
        archive.filelist.append(info)
        archive.NameToInfo.pop(part)
        archive.filelist.pop()
        archive.writestr(info, b"<a/>")
    return buffer.getvalue()


_LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (n, b"&%c;" % (n - 1) * 10) for n in range(98, 108)
)
_FILE = b"<!DOCTYPE x [<!ENTITY k SYSTEM 'file:///etc/passwd'>]>"


@sheet("Z2", "xlsx-laughs", BOMB, _LAUGHS, "utf-8")
@sheet("Z2", "xlsx-file", BOMB, _FILE, "utf-8")
@sheet("Z2", "xlsx-laughs-utf-16", BOMB, _LAUGHS, "utf-16")
@sheet("Z2", "xlsx-laughs-late", BOMB, b" " * 100_000 + _LAUGHS, "utf-8")
def entities_in_a_sheet(declared: bytes, encoding: str) -> bytes:
    """A part that defines entities is refused, in any encoding: no office program writes them."""
    body = b'<worksheet %s><sheetData><row><c t="inlineStr"><is><t>&k;</t></is></c></row></sheetData></worksheet>'
    text = (declared + body % _MAIN).decode()
    return _packed(_workbook(), {_SHEET: text.encode(encoding)})


@letter("Z2", "docx-laughs", BOMB, _LAUGHS)
@letter("Z2", "docx-file", BOMB, _FILE)
def entities_in_a_letter(declared: bytes) -> bytes:
    """The same in a letter."""
    body = b"<w:document %s><w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>" % _WORD
    return _packed(_letter(), {_BODY: declared + body})


@sheet(
    "Z2",
    "merged",
    SURVIVED - HARMLESS,
    b"",
    b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    slow=True,
)
@sheet("Z2", "last-cell", PAGES, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', b"")
@sheet("Z2", "far-row", SURVIVED, b'<row r="99999999999"><c><v>1</v></c></row>', b"")
@sheet("Z2", "bad-cell", SURVIVED, b'<row r="1"><c r="!!"><v>1</v></c></row>', b"")
@sheet("Z2", "huge-number", SURVIVED, b'<row r="1"><c r="A1"><v>1e999999999</v></c></row>', b"")
@sheet("Z2", "long-number", SURVIVED, b'<row r="1"><c r="A1"><v>%s</v></c></row>' % (b"9" * 100_000), b"")
@sheet("Z2", "string-far", SURVIVED, b'<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>', b"")
@sheet(
    "Z2",
    "many-cells",
    SURVIVED - HARMLESS,
    b"<row>%s</row>" % (b"<c><v>1</v></c>" * 16_000) * 60,
    b"",
    slow=True,
)
def sheet_of(rows: bytes, after: bytes) -> bytes:
    """A sheet that claims all the cells there are costs its limit and no more."""
    body = b"<worksheet %s><sheetData>%s</sheetData>%s</worksheet>" % (_MAIN, rows, after)
    return _packed(_workbook(), {_SHEET: body})


@letter(
    "Z2",
    "wide-cell",
    SURVIVED,
    b'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>',
    slow=True,
)
@letter("Z2", "deep-tables", SURVIVED, b"<w:tbl><w:tr><w:tc>" * 200 + b"</w:tc></w:tr></w:tbl>" * 200)
@letter("Z2", "deeper-tables", SURVIVED, b"<w:tbl><w:tr><w:tc>" * 50_000)
@letter("Z2", "wide-text", STOPPED, b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % (b"a" * 3_000_000))
@letter("Z2", "many-paragraphs", BOMB, b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 20_000)
def letter_of(body: bytes) -> bytes:
    """A letter that nests or spreads without measure costs its limit and no more."""
    return _packed(_letter(), {_BODY: b"<w:document %s><w:body>%s</w:body></w:document>" % (_WORD, body)})


@sheet("Z2", "cut-short", MALFORMED, _workbook)
@letter("Z2", "docx-cut-short", MALFORMED, _letter)
def office_file_cut_short(good) -> bytes:
    """Half an office file is refused."""
    data = good()
    return data[: len(data) // 2]


@sheet("Z2", "locked", frozenset({"encrypted"}), _workbook)
@letter("Z2", "docx-locked", frozenset({"encrypted"}), _letter)
def office_file_with_a_lock(good) -> bytes:
    """Parts that want a password are named as such."""
    data = bytearray(good())
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    return bytes(data)


@attack("Z2", "archive", frozenset({"unsupported"}), suffix=".zip")
def archive_in_an_archive() -> bytes:
    """An archive is no paper; it is not unpacked."""
    return _packed(_packed(_workbook(), {}), {}).replace(b"xl/workbook.xml", b"xl/workbook.xmx")


# ---------------------------------------------------------------- Z3: what is small for a parser, and large for its reader

_ITEMS = ("营业执照", "统一社会信用代码", "名称", "类型", "法定代表人", "住所", "注册资本", "9" * 20)


@sheet("Z3", "labels-in-a-column", HARMLESS | PAGES, 3_999, 1, 3_999)
@sheet("Z3", "labels-in-eight-columns", HARMLESS | PAGES, 490, 8, 490)
@sheet("Z3", "labels-below-the-limit", HARMLESS | PAGES, 490, 8, 110)
@sheet("Z3", "nothing-but-text", HARMLESS, 490, 8, 0)
def sheet_of_labels(rows: int, columns: int, labelled: int) -> bytes:
    """Labels are held against their neighbours and one another; thousands of them keep nobody busy."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet()
    for n in range(rows):
        page.append([_ITEMS[n % len(_ITEMS)] if n < labelled else "甲乙丙"] * columns)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
