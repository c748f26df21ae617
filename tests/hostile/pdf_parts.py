"""The parts of a PDF, each of which can be made hostile."""

import zlib
from functools import cache


def pdf(objects: dict[int, bytes], *, trailer: bytes = b"", root: int = 1) -> bytes:
    """Return a PDF with a proper table of its objects."""
    body = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    size = max(objects) + 1
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        body += b"%d 1\n%010d 00000 n \n" % (number, place)
    end = b"trailer\n<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, root, trailer, table)
    return bytes(body + end)


def stream(data: bytes, extra: bytes = b"", *, filters: bytes | None = None) -> bytes:
    """Return a stream object; compressed once unless filters says what was done already."""
    if filters is None:
        data, filters = zlib.compress(data, 9), b"/FlateDecode"
    named = b"/Filter %s" % filters if filters else b""
    return b"<<%s%s/Length %d>>\nstream\n%s\nendstream" % (extra, named, len(data), data)


def one_page(
    content: bytes | None = None,
    *,
    page: bytes = b"",
    box: bytes = b"[0 0 595 842]",
    resources: bytes = b"",
    more: dict[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """Return a PDF of one page whose parts can each be made hostile."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>%s>>"
        % (box, resources, page),
        4: content if content is not None else stream(HELLO),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    return pdf(objects | (more or {}), trailer=trailer)


HELLO = b"BT /F1 12 Tf 72 720 Td (A harmless line of text) Tj ET"


@cache
def zeros(size: int, byte: bytes = b" ") -> bytes:
    """Return so many equal bytes, compressed without ever holding them."""
    engine = zlib.compressobj(9)
    piece = byte * (1 << 20)
    made = b"".join(engine.compress(piece) for _ in range(size >> 20))
    return made + engine.flush()
