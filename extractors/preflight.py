"""Looks at a paper's structure under tight limits before a parser believes it; runs in the sandbox.

It stops cheaply what it knows, and is no wall: what it does not see is stopped by memory and clock.
Limits were held against 900 public PDFs; the files they refused were no papers.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

import pypdfium2
from pypdfium2 import raw as pdfium

from extractors.errors import (
    BombError,
    EncryptedError,
    MalformedError,
    PixelsError,
    TooManyPagesError,
)

MAX_OBJECTS = 60_000
MAX_PAGES = 100
MAX_SIDE = 14_400.0
"""Points; the largest page that the format allows without a unit of its own."""
MAX_STREAM = 64 * 1024 * 1024
MAX_STREAMS = 256 * 1024 * 1024
MAX_CONTENT = 8 * 1024 * 1024
"""Drawing orders of one page; the densest plan of a site in the public corpora has a fifth of it."""
MAX_IMAGE_PIXELS = 100_000_000
MAX_COLUMNS = 1_000_000
MAX_FILTERS = 4

MAX_PARTS = 2_000
MAX_PART = 48 * 1024 * 1024
MAX_ARCHIVE = 128 * 1024 * 1024

_CHUNK = 1 << 20
_DICTIONARY = 4096
"""Bytes before a stream in which its dictionary is looked for."""
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+obj\s+(\d+)\s+\d+\s+R\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]*\]|/\w+)")
_SIDES = {side: re.compile(rb"/(?:%s)\s+(\d+)" % side) for side in (b"Width|W", b"Height|H")}
_COLUMNS = re.compile(rb"/Columns\s+(\d+)")
_TYPED = re.compile(rb"/(?:Type|Subtype|Length1|N|FunctionType|ShadingType)\b")
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le")[:-1])


def pdf(data: bytes) -> None:
    """Refuse a PDF that is a bomb, is locked, cannot be opened, or has too many or too large pages.

    Raises:
        UnreadableError: One of these.
    """
    if max(data.count(b" obj"), data.count(b"\nstream")) > MAX_OBJECTS:
        raise BombError(f"PDF 里的对象超过 {MAX_OBJECTS} 个，没有读取。")
    if _goes_in_circles(data):
        raise MalformedError("PDF 里有互相指向的对象，没有读取。")
    _check_streams(data)
    _check_pages(data)


def _goes_in_circles(data: bytes) -> bool:
    """Tell whether following objects that are nothing but a reference never ends; parsers follow for ever."""
    next_one = {int(one[:12]): int(other[:12]) for one, other in _REFERENCE.findall(data)}
    ended: set[int] = set()
    for start in next_one:
        seen: set[int] = set()
        at = start
        while at in next_one and at not in ended:
            if at in seen:
                return True
            seen.add(at)
            at = next_one[at]
        ended |= seen
    return False


def _check_streams(data: bytes) -> None:
    left = MAX_STREAMS
    for start in _STREAM.finditer(data):
        head = _dictionary(data, start.start())
        if any(int(n) > MAX_COLUMNS for n in _COLUMNS.findall(head)):
            raise BombError("PDF 里的压缩参数大得不合情理，没有读取。")
        if re.search(rb"/Subtype\s*/Image\b", head):
            _check_image(head)
            continue
        limit = MAX_STREAM if _TYPED.search(head) else MAX_CONTENT
        left -= _inflated_size(data, start.end(), head, min(limit, left))


def _dictionary(data: bytes, end: int) -> bytes:
    head = data[max(0, end - _DICTIONARY) : end]
    return head[max(head.rfind(b" obj"), 0) :]


def _check_image(head: bytes) -> None:
    sides = [max((int(n[:12]) for n in side.findall(head)), default=0) for side in _SIDES.values()]
    if sides[0] * sides[1] > MAX_IMAGE_PIXELS:
        raise PixelsError("PDF 里的图片像素超过上限，没有读取。")


def _inflated_size(data: bytes, start: int, head: bytes, limit: int) -> int:
    """Return how large a stream is once every compression is undone, never undoing more than the limit.

    Raises:
        BombError: It is larger.
    """
    filters = b" ".join(_FILTERS.findall(head))
    depth = len(re.findall(rb"/(?:FlateDecode|Fl)\b", filters))
    if filters.count(b"/") > MAX_FILTERS:
        raise BombError("PDF 里的压缩层数超过上限，没有读取。")
    size = 0
    if not depth:
        return size
    for chunk in _inflated(_slices(data, start), depth, limit):
        size += len(chunk)
        if size > limit:
            raise BombError("PDF 展开后的内容超过上限，没有读取。")
    return size


def _slices(data: bytes, start: int) -> Iterator[bytes]:
    """Yield the stream that begins here; where it ends is told by its compression."""
    view = memoryview(data)
    for n in range(start, len(data), _CHUNK):
        yield bytes(view[n : n + _CHUNK])


def _inflated(chunks: Iterator[bytes], depth: int, limit: int) -> Iterator[bytes]:
    """Undo so many compressions, each bounded, in pieces; a broken stream ends where it breaks."""
    if not depth:
        yield from chunks
        return
    engine = zlib.decompressobj()
    spent = 0
    try:
        for chunk in _inflated(chunks, depth - 1, limit):
            waiting = chunk
            while waiting and not engine.eof:
                piece = engine.decompress(waiting, _CHUNK)
                waiting = engine.unconsumed_tail
                spent += len(piece)
                yield piece
            if engine.eof:
                return
            if spent > limit:
                raise BombError("PDF 展开后的内容超过上限，没有读取。")
    except zlib.error:
        return


def _check_pages(data: bytes) -> None:
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        sides = [side for n in range(min(count, MAX_PAGES)) for side in document.get_page_size(n)]
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise EncryptedError("文件有密码，没有读取。") from error
        raise MalformedError("PDF 已损坏或没有传完整，没有读取。") from error
    if count > MAX_PAGES:
        raise TooManyPagesError(f"文件有 {count} 页，超过 {MAX_PAGES} 页的上限，没有读取。")
    if not count or min(sides) < 1:
        raise MalformedError("文件里没有可读的页，可能没有传完整。")
    if max(sides) > MAX_SIDE:
        raise PixelsError("页面尺寸过大，没有读取。")


def office(stream: IO[bytes]) -> None:
    """Refuse an office file that is a bomb, is locked, or defines entities, as no office program writes them.

    Sizes are taken from the archive's own list and then counted while reading.

    Raises:
        UnreadableError: One of these.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_list(archive.infolist())
            _count(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise MalformedError("文件已损坏（压缩结构不完整），没有读取。") from error
    stream.seek(0)


def _check_list(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise EncryptedError("文件有密码，没有读取。")
    sizes = [part.file_size for part in parts]
    if len(parts) > MAX_PARTS or max(sizes, default=0) > MAX_PART or sum(sizes) > MAX_ARCHIVE:
        raise BombError("文件展开后的内容超过上限，没有读取。")
    if len({part.filename for part in parts}) < len(parts):
        raise MalformedError("文件里有重名的部分，没有读取。")


def _count(archive: zipfile.ZipFile) -> None:
    total = 0
    for part in archive.infolist():
        tail = b""
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        with archive.open(part) as opened:
            while chunk := opened.read(_CHUNK):
                total += len(chunk)
                if total > MAX_ARCHIVE:
                    raise BombError("文件展开后的内容超过上限，没有读取。")
                if is_xml and any(mark in tail + chunk for mark in _DOCTYPE):
                    raise BombError("文件里有自定义实体，正常的办公文件没有这种内容，没有读取。")
                tail = chunk[-32:]
