"""Hostile PDFs: sizes, images, drawing for ever, and what wants to be carried out."""

import random

from tests.hostile.attacks import HARMLESS, PIXELS, SURVIVED, attack
from tests.hostile.pdf_parts import HELLO, one_page, stream, zeros

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
