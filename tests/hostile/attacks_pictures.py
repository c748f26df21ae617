"""Hostile pictures: what grows, what is cut short, what is marked, and what bears another name."""

import io
import random
import struct
import zlib
from functools import partial

from PIL import Image

from tests.hostile.attacks import HARMLESS, MALFORMED, PAGES, PIXELS, SURVIVED, attack
from tests.hostile.pdf_parts import one_page, zeros

MOVING = PAGES | {"unsupported"}
"""A picture that moves is refused as such, however many frames it has."""

picture = partial(attack, suffix=".png")
photo = partial(attack, suffix=".jpg")
scan = partial(attack, suffix=".tiff")

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
    return _png(10, 10, rows=zeros(200 << 20, b"\0"))


@picture("I2", "profile", MALFORMED, b"iCCP", b"a\0\0")
@picture("I2", "text", SURVIVED, b"zTXt", b"a\0\0")
@picture("I2", "international-text", SURVIVED, b"iTXt", b"a\0\1\0\0\0")
def picture_with_a_bomb_beside_it(kind: bytes, head: bytes) -> bytes:
    """What is written beside a picture is not unpacked without measure."""
    bomb = _chunk(kind, head + zeros(200 << 20))
    return _png(10, 10, rows=zlib.compress(bytes(110)), extra=bomb * 3)


@scan("I3", "51-frames", PAGES, 51, "TIFF")
@scan("I3", "501-frames", PAGES, 501, "TIFF")
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
