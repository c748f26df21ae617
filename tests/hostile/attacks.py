"""Hostile papers, each made by a small function: PDFs and what claims to be one.

Numbers such as P1 name the kind of attack: P for PDF, I for pictures, Z for office files and archives.
"""

import random
import zlib
from collections.abc import Callable
from typing import NamedTuple

ACCEPTED = "accepted"

TIMEOUT = frozenset({"timeout"})
BOMB = frozenset({"bomb"})
MALFORMED = frozenset({"malformed"})
PAGES = frozenset({"too_many_pages"})
PIXELS = frozenset({"pixels"})
HARMLESS = frozenset({ACCEPTED})
STOPPED = frozenset({"timeout", "bomb", "malformed", "crashed", "pixels", "too_many_pages"})
"""Any answer that refuses the file and says why."""
SURVIVED = STOPPED | HARMLESS
"""Any defined answer: what counts is that nothing else suffers."""


class Attack(NamedTuple):
    """One hostile file, how it is made and what may be answered."""

    kind: str
    name: str
    make: Callable[[], bytes]
    allowed: frozenset[str]
    promise: str
    suffix: str = ".pdf"
    slow: bool = False
    """It is stopped by the clock alone, and so costs the whole limit."""


ATTACKS: list[Attack] = []


def attack(
    kind: str, name: str, allowed: frozenset[str], *args: object, slow: bool = False, suffix: str = ".pdf"
):
    """Enter a generator into the table, once for each set of arguments."""

    def enter(make: Callable[..., bytes]) -> Callable[..., bytes]:
        promise = (make.__doc__ or "").strip()
        ATTACKS.append(Attack(kind, name, lambda: make(*args), allowed, promise, suffix, slow))
        return make

    return enter


# ---------------------------------------------------------------- the parts of a PDF


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


def zeros(size: int, byte: bytes = b" ") -> bytes:
    """Return so many equal bytes, compressed without ever holding them."""
    engine = zlib.compressobj(9)
    piece = byte * (1 << 20)
    made = b"".join(engine.compress(piece) for _ in range(size >> 20))
    return made + engine.flush()


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


# ---------------------------------------------------------------- P2, P3: what grows


@attack("P2", "flate-200-mb", BOMB, 200)
@attack("P2", "flate-1-gb", BOMB, 1024)
def flate_bomb(megabytes: int) -> bytes:
    """A stream that inflates a thousandfold is refused before any parser sees it."""
    return one_page(stream(zeros(megabytes << 20), filters=b"/FlateDecode"))


@attack("P2", "nested", BOMB, 2)
@attack("P2", "nested-thrice", BOMB, 3)
def nested_flate_bomb(depth: int) -> bytes:
    """Compression within compression is counted at its last layer."""
    data = zeros(512 << 20)
    for _ in range(depth - 1):
        data = zlib.compress(data, 9)
    return one_page(stream(data, filters=b"[%s]" % (b"/FlateDecode" * depth)))


@attack("P2", "many-filters", BOMB)
def many_filters() -> bytes:
    """More layers of compression than any program writes are refused."""
    return one_page(stream(HELLO, filters=b"[%s]" % (b"/ASCIIHexDecode" * 40)))


@attack("P2", "many-streams", BOMB)
def many_middling_streams() -> bytes:
    """Streams that are each allowed and together are not are refused."""
    data = zeros(40 << 20)
    more = {n: stream(data, b"/Type/Extra", filters=b"/FlateDecode") for n in range(10, 20)}
    return one_page(more=more)


@attack("P2", "run-length", SURVIVED)
def run_length_bomb() -> bytes:
    """Run lengths grow only a hundredfold; what they fill is bounded by memory and clock."""
    return one_page(stream(b"\x81 " * 100_000 + b"\x80", filters=b"/RunLengthDecode"))


@attack("P2", "lzw", SURVIVED)
def lzw_noise() -> bytes:
    """Broken LZW is survived."""
    return one_page(stream(random.Random(2).randbytes(200_000), filters=b"/LZWDecode"))


@attack("P3", "text", BOMB, b"(a) Tj ")
@attack("P3", "paths", BOMB, b"0 0 m 9 9 l S ")
@attack("P3", "saves", BOMB, b"q ")
@attack("P3", "rectangles", BOMB, b"1 1 2 2 re f ")
def operator_bomb(order: bytes) -> bytes:
    """More drawing orders than a page can have are refused before they are carried out."""
    return one_page(stream(order * (20_000_000 // len(order))))


@attack("P3", "text-below-the-limit", SURVIVED, b"BT /F1 9 Tf 72 700 Td (abcdefgh) Tj ET ", slow=True)
@attack("P3", "saves-below-the-limit", SURVIVED, b"q ", slow=True)
@attack("P3", "inline-images", SURVIVED, b"BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI ", slow=True)
def operators_below_the_limit(order: bytes) -> bytes:
    """As many orders as are let through end by the clock at the latest."""
    return one_page(stream(order * (7_000_000 // len(order))))


# ---------------------------------------------------------------- P4: forms within forms


@attack("P4", "billion", SURVIVED, slow=True)
def billion_forms() -> bytes:
    """Nine forms that each draw the next ten times are stopped by clock or memory."""
    more = {}
    for n in range(10, 19):
        draw = b"/X Do " * 10 if n < 18 else HELLO
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>"
        more[n] = stream(draw, head % (n + 1))
    return one_page(stream(b"/X Do " * 10), resources=b"/XObject<</X 10 0 R>>", more=more)


@attack("P4", "itself", SURVIVED)
def form_that_draws_itself() -> bytes:
    """A form that draws itself is drawn once or refused."""
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>")
    return one_page(stream(HELLO + b" /X Do"), resources=b"/XObject<</X 10 0 R>>", more={10: form})


# ---------------------------------------------------------------- P5: ranges


def _composite(to_unicode: bytes, widths: bytes = b"") -> bytes:
    return one_page(
        stream(b"BT /F1 12 Tf 72 720 Td <00410042> Tj ET"),
        more={
            5: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
            6: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            b"/Supplement 0>>/FontDescriptor 8 0 R%s>>" % widths,
            7: stream(to_unicode),
            8: b"<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>",
        },
    )


@attack("P5", "bfrange", SURVIVED, b"1 beginbfrange\n<00000000> <FFFFFFFF> <0041>\nendbfrange", slow=True)
@attack("P5", "cidrange", SURVIVED, b"1 begincidrange\n<00000000> <FFFFFFFF> 0\nendcidrange", slow=True)
@attack("P5", "notdefrange", SURVIVED, b"1 beginnotdefrange\n<0000> <FFFF> 0\nendnotdefrange")
@attack("P5", "usecmap", SURVIVED, b"/../../../../etc/passwd usecmap")
@attack("P5", "bfchar-noise", SURVIVED, b"9 beginbfchar\n<41> <> <> <41> <4> 7 (a) [ endbfchar")
def ranges_of_a_character_map(orders: bytes) -> bytes:
    """A map of four milliard characters costs its limit and no more."""
    return _composite(b"/CIDInit /ProcSet findresource begin\nbegincmap\n%s\nendcmap end" % orders)


@attack("P5", "widths", SURVIVED, b"/W[0 2000000000 500]", slow=True)
@attack("P5", "widths-backwards", SURVIVED, b"/W[9 1 500]")
@attack("P5", "widths-odd", SURVIVED, b"/W[(a) [1 2] /B]/DW 1e99")
def ranges_of_widths(widths: bytes) -> bytes:
    """A table of two milliard widths costs its limit and no more."""
    return _composite(b"", widths)


@attack("P5", "predictor", BOMB, b"2000000000")
@attack("P5", "predictor-endless", BOMB, b"9" * 400)
def predictor_columns(columns: bytes) -> bytes:
    """Rows of two milliard columns are refused by their number."""
    return one_page(stream(HELLO, b"/DecodeParms<</Predictor 12/Columns %s>>" % columns))


@attack("P5", "cmap-traversal", SURVIVED)
def character_map_outside_of_its_folder() -> bytes:
    """The name of a character map opens no file elsewhere."""
    return one_page(
        more={
            5: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/..#2f..#2f..#2ftmp#2fevil/DescendantFonts[6 0 R]>>",
            6: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/A/CIDSystemInfo<</Registry(../../tmp)/Ordering(evil)>>>>",
        }
    )


# ---------------------------------------------------------------- P6, P7: sizes and images


@attack("P6", "14400-points", SURVIVED, b"[0 0 14400 14400]")
@attack("P6", "a-million-points", SURVIVED - HARMLESS, b"[0 0 1000000 1000000]")
@attack("P6", "a-milliard-points", SURVIVED - HARMLESS, b"[0 0 1000000000 1000000000]")
@attack("P6", "nothing", SURVIVED, b"[0 0 0 0]")
@attack("P6", "backwards", SURVIVED, b"[595 842 0 0]")
@attack("P6", "not-numbers", SURVIVED, b"[(a) /b null true]")
@attack("P6", "overflow", SURVIVED, b"[0 0 1e400 -1e400]")
@attack("P6", "thin", SURVIVED, b"[0 0 0.001 14000]")
@attack("P6", "short", SURVIVED, b"[0 0]")
def page_of_size(box: bytes) -> bytes:
    """A page of any size is drawn within limits or refused."""
    return one_page(box=box)


@attack("P6", "user-unit", SURVIVED, b"/UserUnit 75000")
@attack("P6", "rotate-odd", SURVIVED, b"/Rotate 1e9")
@attack("P6", "crop-outside", SURVIVED, b"/CropBox[9000 9000 9100 9100]")
@attack("P6", "crop-milliard", SURVIVED, b"/CropBox[-1e9 -1e9 1e9 1e9]")
def page_with_entry(entry: bytes) -> bytes:
    """Entries that scale or turn a page are kept within limits."""
    return one_page(page=entry)


def _image(entries: bytes, data: bytes, filters: bytes) -> bytes:
    image = stream(data, b"/Type/XObject/Subtype/Image" + entries, filters=filters)
    return one_page(
        stream(HELLO + b" 500 0 0 500 0 0 cm /I Do"), resources=b"/XObject<</I 10 0 R>>", more={10: image}
    )


@attack("P7", "60000-squared", PIXELS, b"60000", b"1", b"/DeviceGray")
@attack("P7", "a-million-squared", PIXELS, b"1000000", b"8", b"/DeviceRGB")
@attack("P7", "endless-side", PIXELS, b"9" * 300, b"8", b"/DeviceRGB")
@attack("P7", "10000-squared", SURVIVED, b"10000", b"8", b"/DeviceRGB")
@attack("P7", "negative", SURVIVED, b"-5", b"8", b"/DeviceGray")
@attack("P7", "odd-depth", SURVIVED, b"100", b"77", b"/DeviceGray")
def image_of_size(side: bytes, depth: bytes, space: bytes) -> bytes:
    """An image that claims more pixels than a scan has is refused by its claim."""
    entries = b"/Width %s/Height %s/BitsPerComponent %s/ColorSpace%s" % (side, side, depth, space)
    return _image(entries, zeros(2 << 20, b"\0"), b"/FlateDecode")


@attack("P7", "jbig2", SURVIVED, b"/JBIG2Decode")
@attack("P7", "jpx", SURVIVED, b"/JPXDecode")
@attack("P7", "dct", SURVIVED, b"/DCTDecode")
@attack("P7", "ccitt", SURVIVED, b"/CCITTFaxDecode")
@attack("P7", "unknown", SURVIVED, b"/NoSuchDecode")
def image_of_noise(filters: bytes) -> bytes:
    """Noise in any image format is survived."""
    entries = b"/Width 4000/Height 4000/BitsPerComponent 8/ColorSpace/DeviceGray"
    return _image(entries, random.Random(7).randbytes(50_000), filters)


@attack("P7", "jbig2-claims", SURVIVED)
def jbig2_that_claims_two_milliard_rows() -> bytes:
    """A JBIG2 page of 2^31 rows is not laid out."""
    page = bytes([0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 19]) + b"\x7f\xff\xff\xff" * 2 + b"\0" * 11
    return _image(b"/Width 100/Height 100/BitsPerComponent 1/ColorSpace/DeviceGray", page, b"/JBIG2Decode")


@attack("P7", "inline", SURVIVED)
def inline_image_that_claims() -> bytes:
    """An image among the drawing orders is kept within limits too."""
    return one_page(stream(HELLO + b" BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID aaaa EI"))


@attack("P7", "mask-of-itself", SURVIVED)
def mask_that_is_its_image() -> bytes:
    """An image that is its own mask is survived."""
    return _image(b"/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceGray/SMask 10 0 R", bytes(81), b"")


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


# ---------------------------------------------------------------- P10, P11: drawing for ever, active content


@attack("P10", "tiles", SURVIVED, slow=True)
def tiles_without_number() -> bytes:
    """A pattern repeated every ten-thousandth of a point costs its limit and no more."""
    tile = stream(
        b"0 0 1 1 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>",
    )
    orders = stream(b"/Pattern cs /P scn 0 0 595 842 re f")
    return one_page(orders, resources=b"/Pattern<</P 10 0 R>>", more={10: tile})


@attack("P10", "dashes", SURVIVED, b"[0.00001 0.00001] 0 d 0 0 m 595 842 l S")
@attack("P10", "line-width", SURVIVED, b"1e38 w 0 0 m 1e38 1e38 l S")
@attack("P10", "curves", SURVIVED, b"0 0 m " + b"9 9 500 1 2 800 c " * 50_000 + b" S", slow=True)
@attack("P10", "clips", SURVIVED, b"0 0 500 500 re W n " * 20_000)
@attack("P10", "matrix", SURVIVED, b"1e30 0 0 1e30 0 0 cm " * 500 + HELLO)
@attack("P10", "font-size", SURVIVED, b"BT /F1 1e30 Tf 72 720 Td (A) Tj ET")
@attack("P10", "spacing", SURVIVED, b"BT /F1 12 Tf 1e300 Tc 1e300 Tw 1e300 Tz (A B C) Tj ET")
def drawing(orders: bytes) -> bytes:
    """Orders that draw without measure are survived."""
    return one_page(stream(orders))


@attack("P10", "function", SURVIVED)
def function_that_calls_itself() -> bytes:
    """A colour function made of itself is survived."""
    more = {10: b"<</FunctionType 3/Domain[0 1]/Functions[10 0 R 10 0 R]/Bounds[0.5]/Encode[0 1 0 1]>>"}
    shading = b"/Shading<</S<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 9 9]/Function 10 0 R>>>>"
    return one_page(stream(b"/S sh"), resources=shading, more=more)


@attack("P10", "colour-space", SURVIVED)
def colour_space_of_itself() -> bytes:
    """A colour space based on itself is survived."""
    return one_page(
        stream(b"/C cs 1 scn 0 0 9 9 re f"),
        resources=b"/ColorSpace<</C 10 0 R>>",
        more={10: b"[/Indexed 10 0 R 255 (abc)]"},
    )


@attack("P11", "javascript", HARMLESS, b"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>")
@attack("P11", "launch", HARMLESS, b"<</S/Launch/F(/bin/sh)>>")
@attack("P11", "uri", HARMLESS, b"<</S/URI/URI(http://127.0.0.1:9/)>>")
@attack("P11", "submit", HARMLESS, b"<</S/SubmitForm/F(http://127.0.0.1:9/)>>")
@attack("P11", "go-to-remote", HARMLESS, b"<</S/GoToR/F(\\\\\\\\127.0.0.1\\\\x)/D[0/Fit]>>")
@attack("P11", "next-loop", HARMLESS, b"<</S/Named/N/NextPage/Next 10 0 R>>")
def action_on_opening(action: bytes) -> bytes:
    """Nothing that a paper asks to be done is done; its text is read."""
    data = one_page(more={10: action})
    return data.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction 10 0 R")


@attack("P11", "embedded", HARMLESS)
def embedded_program() -> bytes:
    """A program inside of a paper stays there."""
    more = {
        10: b"<</Type/Filespec/F(..\\\\..\\\\evil.exe)/EF<</F 11 0 R>>>>",
        11: stream(b"MZ" * 1000, b"/Type/EmbeddedFile"),
    }
    data = one_page(more=more)
    return data.replace(b"/Type/Catalog", b"/Type/Catalog/Names<</EmbeddedFiles<</Names[(a) 10 0 R]>>>>")


@attack("P11", "external-stream", SURVIVED)
def stream_in_another_file() -> bytes:
    """A stream that lies in another file is not fetched."""
    return one_page(b"<</F(/etc/passwd)/Length 0>>\nstream\n\nendstream")


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
    import io

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
