"""Hostile pictures, office files and names; entered into the table of attacks.py."""

import io
import random
import struct
import zipfile
import zlib
from functools import partial

import docx
import openpyxl
from PIL import Image

from tests.hostile.attacks import (
    BOMB,
    HARMLESS,
    MALFORMED,
    PAGES,
    PIXELS,
    STOPPED,
    SURVIVED,
    attack,
    one_page,
    zeros,
)

MOVING = PAGES | {"unsupported"}
"""A picture that moves is refused as such, however many frames it has."""

picture = partial(attack, suffix=".png")
photo = partial(attack, suffix=".jpg")
scan = partial(attack, suffix=".tiff")
sheet = partial(attack, suffix=".xlsx")
letter = partial(attack, suffix=".docx")

# ---------------------------------------------------------------- I1 to I3: pictures that grow


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def _png(width: int, height: int, *, depth: int = 8, rows: bytes = b"", extra: bytes = b"") -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


@picture("I1", "10000-squared", PIXELS, 10_000, 8)
@picture("I1", "30000-squared", PIXELS, 30_000, 8)
@picture("I1", "60000-squared", PIXELS, 60_000, 1)
@picture("I1", "claims-two-milliard", PIXELS | MALFORMED, 2_000_000_000, 8)
@picture("I1", "a-line", PIXELS, 100_000_000, 8)
def picture_of_size(side: int, depth: int) -> bytes:
    """A picture with more pixels than a scan is refused before it is decoded."""
    return _png(side, side, depth=depth, rows=zeros(8 << 20, b"\0"))


@picture("I1", "nothing", MALFORMED, 0)
@picture("I1", "few-rows", MALFORMED, 5000)
def picture_without_rows(side: int) -> bytes:
    """A picture that ends before its last row is refused, not read half."""
    return _png(side, side, rows=zlib.compress(bytes(100)))


@picture("I1", "rows-too-many", SURVIVED)
def picture_with_more_rows_than_it_says() -> bytes:
    """Rows after the last row are not unpacked without measure."""
    return _png(10, 10, rows=zeros(500 << 20, b"\0"))


@picture("I2", "profile", MALFORMED, b"iCCP", b"a\0\0")
@picture("I2", "text", SURVIVED, b"zTXt", b"a\0\0")
@picture("I2", "international-text", SURVIVED, b"iTXt", b"a\0\1\0\0\0")
def picture_with_a_bomb_beside_it(kind: bytes, head: bytes) -> bytes:
    """What is written beside a picture is not unpacked without measure."""
    bomb = _chunk(kind, head + zeros(200 << 20))
    return _png(10, 10, rows=zlib.compress(bytes(110)), extra=bomb * 3)


@scan("I3", "51-frames", PAGES, 51, "TIFF")
@scan("I3", "2001-frames", PAGES, 2001, "TIFF")
@attack("I3", "webp-frames", MOVING, 200, "WEBP", suffix=".webp")
@picture("I3", "png-frames", MOVING, 200, "PNG")
@attack(
    "I3", "gif-frames", frozenset({"unsupported", "malformed", "too_many_pages"}), 300, "GIF", suffix=".gif"
)
def many_frames(count: int, form: str) -> bytes:
    """More frames than a scan has pages are refused by their number."""
    frames = [Image.new("L", (8, 8), n % 251) for n in range(count)]
    buffer = io.BytesIO()
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


def _tiff(width: int, height: int, following: int) -> bytes:
    entries = [
        (256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
        (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, 64),
    ]  # fmt: skip
    table = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        table += struct.pack("<HHII", tag, kind, 1, value & 0xFFFFFFFF)
    return b"II*\0" + struct.pack("<I", 72) + bytes(64) + table + struct.pack("<I", following)


@scan("I3", "frame-after-itself", SURVIVED, 8, 8, 72)
@scan("I3", "frame-far-away", SURVIVED, 8, 8, 0xFFFFFFF0)
@scan("I1", "tiff-claims", PIXELS | MALFORMED, 100_000, 100_000, 0)
@scan("I1", "tiff-claims-more", PIXELS | MALFORMED, 0xFFFFFFFF, 0xFFFFFFFF, 0)
def scan_of_size(width: int, height: int, following: int) -> bytes:
    """A scan whose pages follow in a circle, or that claims too much, is survived."""
    return _tiff(width, height, following)


# ---------------------------------------------------------------- I4, I5: cut short, marked


def _jpeg(size: tuple[int, int] = (600, 400)) -> bytes:
    buffer = io.BytesIO()
    Image.frombytes("L", size, random.Random(4).randbytes(size[0] * size[1])).save(buffer, "JPEG")
    return buffer.getvalue()


@photo("I4", "half", MALFORMED, 2)
@photo("I4", "quarter", MALFORMED, 4)
@photo("I4", "head-only", MALFORMED, 400)
def photo_cut_short(share: int) -> bytes:
    """A photo that was not sent whole is refused, not read half grey."""
    data = _jpeg()
    return data[: len(data) // share]


@photo("I4", "claims-65535", PIXELS | MALFORMED)
def photo_that_claims() -> bytes:
    """A photo that claims 65,535 pixels a side is refused by its claim."""
    data = bytearray(_jpeg())
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


@photo("I4", "scans", SURVIVED)
def photo_of_many_passes() -> bytes:
    """A photo that is painted over thousands of times costs its limit and no more."""
    buffer = io.BytesIO()
    Image.new("L", (4000, 4000), 128).save(buffer, "JPEG", progressive=True)
    data = buffer.getvalue()
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * 3000 + data[-2:]


@photo("I5", "orientation", SURVIVED, b"\x06\0")
@photo("I5", "odd-orientation", SURVIVED, b"\xff\xff")
def photo_with_marks(orientation: bytes) -> bytes:
    """Marks beside a photo turn it, and do nothing else."""
    tags = b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + b"\x12\x01\x03\0\x01\0\0\0" + orientation + bytes(6)
    body = b"Exif\0\0" + tags
    data = _jpeg((60, 40))
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


@photo("I5", "marks-of-noise", SURVIVED)
def photo_with_broken_marks() -> bytes:
    """Broken marks beside a photo are survived."""
    body = b"Exif\0\0II*\0\x08\0\0\0" + random.Random(5).randbytes(9000)
    data = _jpeg((60, 40))
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[2:]


@attack("P14", "svg", frozenset({"malformed", "unsupported"}), suffix=".png")
def drawing_named_as_a_picture() -> bytes:
    """A drawing that calls itself a picture is not opened."""
    return b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@attack("P14", "pdf-named-jpg", HARMLESS, suffix=".pdf%00.jpg")
@attack("P14", "pdf-named-exe", HARMLESS, suffix=".pdf.exe")
@attack("P14", "pdf-named-long", HARMLESS, suffix="\u202egnp." + "a" * 60 + ".pdf")
def paper_with_another_name() -> bytes:
    """What a file is shows in its content, whatever its name says."""
    return one_page()


@photo("P14", "script-behind", SURVIVED)
def photo_with_a_script() -> bytes:
    """A script behind a photo is passed over."""
    return _jpeg((60, 40)) + b"<script>alert(1)</script>"


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
    return _packed(good(), {part: bytes(200 << 20)})


@sheet("Z2", "xlsx-lies", SURVIVED - HARMLESS, _workbook, _SHEET)
@letter("Z2", "docx-lies", SURVIVED - HARMLESS, _letter, _BODY)
def part_whose_size_is_a_lie(good, part: str) -> bytes:
    """An archive's list that understates a size is found out by counting."""
    data = _packed(good(), {part: bytes(200 << 20)})
    return data.replace(struct.pack("<I", 200 << 20), struct.pack("<I", 1000))


@sheet("Z2", "xlsx-many-parts", BOMB, _workbook)
@letter("Z2", "docx-many-parts", BOMB, _letter)
def many_parts(good) -> bytes:
    """More parts than an office file has are refused by their number."""
    return _packed(good(), {f"junk/{n}": b"" for n in range(5000)})


@sheet("Z2", "xlsx-middling-parts", BOMB, _workbook)
@letter("Z2", "docx-middling-parts", BOMB, _letter)
def middling_parts(good) -> bytes:
    """Parts that are each allowed and together are not are refused."""
    return _packed(good(), {f"junk/{n}.bin": bytes(30 << 20) for n in range(6)})


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
