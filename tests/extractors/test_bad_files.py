"""Files that cannot be read: a sentence each, and never a harm to the others."""

import io
import time
import zlib

import pytest
from PIL import Image

from extractors.errors import UnreadableError
from extractors.intake import receive
from extractors.reading import PaperReader
from extractors.sandbox import Sandbox

SELF_REFERENCE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 6 0 R>>endobj\n6 0 obj 6 0 R endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


def png(width, height):
    """Return a one-colour PNG of any size without ever holding its pixels."""

    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg():
    buffer = io.BytesIO()
    Image.effect_noise((300, 200), 80).save(buffer, "JPEG")
    return buffer.getvalue()


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with PaperReader(tmp_path_factory.mktemp("home")) as reader:
        yield reader


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("nothing.pdf", b"", "empty"),
        ("note.pdf", "只是一个文本文件".encode(), "malformed"),
        ("note.txt", "只是一个文本文件".encode(), "unsupported"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Cat", "malformed"),
        ("cut.jpg", jpeg()[:4000], "malformed"),
        ("large.png", png(10000, 6000), "pixels"),
        ("secret.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("old.doc", OLE + "WordDocument".encode("utf-16-le"), "unsupported"),
        ("archive.zip", b"PK\x05\x06" + b"\0" * 18, "unsupported"),
        ("broken.docx", b"PK\x03\x04broken", "malformed"),
        ("page.html.png", b"<html><script>alert(1)</script>", "malformed"),
    ],
)
def test_unreadable_file_is_refused_with_its_code(tmp_path, reader, name, data, code):
    """Each kind of bad file has a code, a sentence and a remedy."""
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(UnreadableError) as refused:
        reader.read(receive(path))

    assert refused.value.code == code
    assert refused.value.message.endswith("。")
    assert refused.value.advice.endswith("。")


def test_pdf_that_would_be_read_for_ever_is_stopped_by_the_clock(tmp_path):
    """Wall clock, not trust: an object that refers to itself costs its limit and no more."""
    path = tmp_path / "loop.pdf"
    path.write_bytes(SELF_REFERENCE)

    with Sandbox(seconds=3) as sandbox:
        start = time.monotonic()
        with pytest.raises(UnreadableError):
            sandbox.run("pdf", path)

        assert time.monotonic() - start < 6


def test_bad_file_costs_its_neighbour_nothing(tmp_path, reader):
    """The file after a hostile one is read as if nothing had been."""
    bad, good = tmp_path / "bad.pdf", tmp_path / "good.xlsx"
    bad.write_bytes(b"%PDF-1.4\nbroken")
    _workbook(good)

    with pytest.raises(UnreadableError):
        reader.read(receive(bad))
    document = reader.read(receive(good))

    assert [line.text for line in document.pages[0].lines] == ["纳税人名称", "上海云栖网络科技有限公司"]


def _workbook(path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["纳税人名称", "上海云栖网络科技有限公司"])
    book.save(path)


def test_pdf_with_a_password_is_named_as_such(tmp_path, reader):
    """The remedy for an encrypted file is another than for a broken one."""
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt="secret")
    canvas.drawString(100, 700, "locked")
    canvas.save()

    with pytest.raises(UnreadableError) as refused:
        reader.read(receive(path))

    assert refused.value.code == "encrypted"
