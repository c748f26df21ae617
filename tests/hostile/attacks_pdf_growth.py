"""Hostile PDFs: what is small in the file and large once it is opened."""

import random
import zlib

from tests.hostile.attacks import BOMB, SURVIVED, attack
from tests.hostile.pdf_parts import HELLO, one_page, stream, zeros

# ---------------------------------------------------------------- P2, P3: what grows


@attack("P2", "flate-200-mb", BOMB, 200)
@attack("P2", "flate-512-mb", BOMB, 512)
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
