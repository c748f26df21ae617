"""Hostile PDFs: objects in circles, trees, tables and locks; and what only claims to be a PDF."""

import io
import random

from tests.hostile.attacks import BOMB, HARMLESS, MALFORMED, PAGES, SURVIVED, attack
from tests.hostile.pdf_parts import HELLO, one_page, pdf, stream

# ---------------------------------------------------------------- P1: what refers to itself


@attack("P1", "info", SURVIVED, b"/Info 6 0 R")
@attack("P1", "encrypt", SURVIVED | {"encrypted"}, b"/Encrypt 6 0 R")
@attack("P1", "id", SURVIVED, b"/ID 6 0 R")
def trailer_that_is_itself(entry: bytes) -> bytes:
    """An entry of the trailer that refers to itself is survived."""
    return one_page(more={6: b"6 0 R"}, trailer=entry)


@attack("P1", "contents", SURVIVED, b"/Contents 6 0 R")
@attack("P1", "media-box", SURVIVED, b"/MediaBox 6 0 R")
@attack("P1", "resources", SURVIVED, b"/Resources 6 0 R")
@attack("P1", "rotate", SURVIVED, b"/Rotate 6 0 R")
@attack("P1", "annotations", SURVIVED, b"/Annots 6 0 R")
@attack("P1", "crop-box", SURVIVED, b"/CropBox 6 0 R")
def page_entry_that_is_itself(entry: bytes) -> bytes:
    """An entry of a page that refers to itself is survived: only the clock ends such reading."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s>>" % entry
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: page,
            6: b"6 0 R",
        }
    )


@attack("P1", "two-of-them", SURVIVED)
def two_that_refer_to_each_other() -> bytes:
    """A circle of two is a circle."""
    return one_page(b"6 0 R", more={6: b"7 0 R", 7: b"6 0 R"})


@attack("P1", "hidden", SURVIVED, slow=True)
def one_that_hides_in_a_stream_of_objects() -> bytes:
    """Where no look at the bytes finds the circle, only the clock ends it."""
    held = stream(b"11 0 12 7 11 0 R [12 0 R]", b"/Type/ObjStm/N 2/First 10")
    body = one_page(more={10: held})
    place = len(body) + 1
    places = {n: body.index(b"%d 0 obj" % n) for n in (1, 2, 3, 4, 5, 10)}
    rows = b"".join(
        (b"\1%s\0" % places[n].to_bytes(2, "big")) if n in places else b"\2\0\x0a%c" % (n - 11)
        for n in (1, 2, 3, 4, 5, 10, 11, 12)
    )
    table = stream(rows, b"/Type/XRef/W[1 2 1]/Index[1 5 10 3]/Size 13/Root 1 0 R/Info 11 0 R")
    return body + b"\n13 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (table, place)


@attack("P1", "length", SURVIVED)
def length_that_is_its_own_stream() -> bytes:
    """A stream whose length is the stream itself is survived."""
    return one_page(b"<</Length 4 0 R>>\nstream\n%s\nendstream" % HELLO)


@attack("P1", "font", SURVIVED)
def font_that_is_itself() -> bytes:
    """A font that refers to itself is survived."""
    return one_page(more={5: b"5 0 R"})


# ---------------------------------------------------------------- P8: trees of pages


def _tree(pages: bytes, more: dict[int, bytes] | None = None) -> bytes:
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: pages, 3: leaf} | (more or {}))


@attack("P8", "kid-of-itself", SURVIVED, b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>")
@attack("P8", "count-milliard", SURVIVED, b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>")
@attack("P8", "count-negative", SURVIVED, b"<</Type/Pages/Kids[3 0 R]/Count -7>>")
@attack("P8", "count-none", SURVIVED, b"<</Type/Pages/Kids[3 0 R]>>")
@attack("P8", "no-kids", SURVIVED, b"<</Type/Pages/Count 1>>")
@attack("P8", "kids-missing", SURVIVED, b"<</Type/Pages/Kids[70 0 R 71 0 R]/Count 2>>")
@attack("P8", "kids-self", SURVIVED, b"<</Type/Pages/Kids 2 0 R/Count 2>>")
@attack("P8", "parent-loop", SURVIVED, b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>")
@attack(
    "P8",
    "same-kid-million",
    SURVIVED - HARMLESS,
    b"<</Type/Pages/Count 1000000/Kids[%s]>>" % (b"3 0 R " * 10**6),
)
@attack("P8", "same-kid-thousand", PAGES, b"<</Type/Pages/Count 1000/Kids[%s]>>" % (b"3 0 R " * 1000))
def tree_of_pages(pages: bytes) -> bytes:
    """A tree of pages that is no tree is refused, or read for the pages it has."""
    return _tree(pages)


@attack("P8", "deep", SURVIVED)
def deep_tree() -> bytes:
    """A tree of 20,000 levels is survived."""
    more = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(10, 20_010)}
    return _tree(
        b"<</Type/Pages/Kids[10 0 R]/Count 1>>", more | {20_010: b"<</Type/Page/MediaBox[0 0 9 9]>>"}
    )


@attack("P8", "101-pages", PAGES, 101)
@attack("P8", "5000-pages", PAGES, 5000)
def real_pages(count: int) -> bytes:
    """More pages than a paper has are refused by their number."""
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 10 + count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return _tree(
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids), dict.fromkeys(range(10, 10 + count), leaf)
    )


@attack("P8", "objects", BOMB)
def sixty_thousand_objects() -> bytes:
    """More objects than a paper has are refused by their number."""
    return one_page(more=dict.fromkeys(range(10, 70_010), b"null"))


# ---------------------------------------------------------------- P9: nesting and broken tables


@attack("P9", "arrays", SURVIVED, b"[")
@attack("P9", "dictionaries", SURVIVED, b"<</A ")
@attack("P9", "closings", SURVIVED, b"]")
@attack("P9", "hex", SURVIVED, b"<")
@attack("P9", "names", SURVIVED, b"/")
def nested(opening: bytes) -> bytes:
    """A hundred thousand openings without a closing are survived."""
    return one_page(more={6: opening * 100_000}, trailer=b"/Info 6 0 R")


@attack("P9", "strings", SURVIVED, slow=True)
def nested_strings() -> bytes:
    """Two million open brackets, read in square time, are stopped by the clock."""
    return one_page(more={6: b"(" * 2_000_000}, trailer=b"/Info 6 0 R")


@attack("P9", "strings-on-the-page", SURVIVED, b"(")
@attack("P9", "arrays-on-the-page", SURVIVED, b"[")
@attack("P9", "dictionaries-on-the-page", SURVIVED, b"<<")
@attack("P9", "braces-on-the-page", SURVIVED, b"{")
def nested_on_the_page(opening: bytes) -> bytes:
    """Openings among the drawing orders are survived as well."""
    return one_page(stream(HELLO + b" " + opening * 200_000))


@attack("P9", "prev-loop", SURVIVED, b"/Prev 15")
@attack("P9", "prev-far", SURVIVED, b"/Prev 99999999999999999999")
@attack("P9", "prev-negative", SURVIVED, b"/Prev -1")
@attack("P9", "xref-stream-self", SURVIVED, b"/XRefStm 15")
@attack("P9", "root-missing", SURVIVED, b"/Root 77 0 R")
@attack("P9", "root-self", SURVIVED, b"/Root 6 0 R")
def trailer_with(entry: bytes) -> bytes:
    """A trailer that leads nowhere, or round in circles, is survived."""
    return one_page(more={6: b"6 0 R"}, trailer=entry)


@attack("P9", "prev-true-loop", SURVIVED)
def tables_that_follow_each_other() -> bytes:
    """A table of objects whose predecessor is itself is survived."""
    data = one_page()
    place = data.rindex(b"xref\n0 1")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


@attack("P9", "object-stream", SURVIVED)
def object_stream_that_extends_itself() -> bytes:
    """A stream of objects that continues in itself is survived."""
    held = stream(b"11 0 12 5 null null", b"/Type/ObjStm/N 2000000000/First 10/Extends 10 0 R")
    return one_page(more={10: held}, trailer=b"/Info 11 0 R")


@attack("P9", "startxref-nowhere", SURVIVED, b"startxref\n-5\n%%EOF")
@attack("P9", "startxref-far", SURVIVED, b"startxref\n99999999999\n%%EOF")
@attack("P9", "xref-count", SURVIVED, b"xref\n0 2000000000\n0000000000 65535 f \nstartxref\n9\n%%EOF")
def with_ending(ending: bytes) -> bytes:
    """A table of objects that is not where it should be is made again, or the file refused."""
    data = one_page()
    return data[: data.rindex(b"startxref")] + ending


# ---------------------------------------------------------------- P12: not a PDF


@attack("P12", "empty", frozenset({"empty"}), b"")
@attack("P12", "one-byte", MALFORMED, b"%")
@attack("P12", "magic-only", MALFORMED, b"%PDF-")
@attack("P12", "magic-and-nuls", MALFORMED, b"%PDF-1.7\n" + bytes(40_000_000))
@attack("P12", "magic-and-eofs", MALFORMED, b"%PDF-1.7\n" + b"%%EOF\n" * 1_000_000)
@attack("P12", "magic-and-startxrefs", MALFORMED, b"%PDF-1.7\n" + b"startxref\n0\n" * 500_000)
@attack("P12", "objects-without-end", BOMB, b"%PDF-1.7\n" + b"1 0 obj\n" * 2_000_000)
@attack("P12", "html", MALFORMED, b"<html><script>alert(1)</script></html>")
@attack("P12", "too-large", frozenset({"too_large"}), b"%PDF-1.7\n" + bytes(51 << 20))
@attack("P12", "streams-without-end", SURVIVED - HARMLESS, b"%PDF-1.7\n" + b"stream\n" * 3_000_000)
def literally(data: bytes) -> bytes:
    """What is no PDF is refused at once."""
    return data


@attack("P12", "random", MALFORMED, 0)
@attack("P12", "random-with-magic", MALFORMED, 1)
def noise(magic: int) -> bytes:
    """A megabyte of noise is refused at once."""
    return b"%PDF-1.7\n" * magic + random.Random(12).randbytes(1 << 20)


@attack("P12", "truncated", SURVIVED)
def truncated() -> bytes:
    """Half a PDF is refused, or read for the pages it has."""
    data = one_page()
    return data[: len(data) // 2]


@attack("P13", "encrypted", frozenset({"encrypted"}))
def encrypted() -> bytes:
    """A PDF with a password is named as such."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt="secret")
    canvas.drawString(100, 700, "locked")
    canvas.save()
    return buffer.getvalue()


@attack("P13", "unknown-lock", frozenset({"encrypted", "malformed"}))
def lock_nobody_knows() -> bytes:
    """A lock of an unknown make is a lock."""
    lock = b"<</Filter/Evil/V 99/R 99/Length 1000000000/O(a)/U(b)/P -1>>"
    return one_page(more={10: lock}, trailer=b"/Encrypt 10 0 R/ID[<00><00>]")


@attack("P14", "html-in-front", SURVIVED)
def polyglot_page() -> bytes:
    """A file that is a web page as well is read for what it is to us."""
    return b"<script>alert(1)</script>\n" + one_page()


@attack("P14", "zip-behind", SURVIVED)
def polyglot_archive() -> bytes:
    """An archive behind a PDF is passed over."""
    return one_page() + b"PK\x05\x06" + bytes(18)
