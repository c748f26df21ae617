"""A case whose papers come in an archive."""

import io
import tempfile
import zipfile

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from bot.intake import case_files, read_files, received_of
from extractors.reading import PaperReader


def pdf(text, **options):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    canvas.drawString(100, 700, text)
    canvas.save()
    return buffer.getvalue()


def zipped(*members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in members:
            made.writestr(name, data)
    return buffer.getvalue()


def cut_picture():
    buffer = io.BytesIO()
    Image.effect_noise((300, 200), 80).save(buffer, "JPEG")
    return buffer.getvalue()[:4000]


@pytest.fixture
def case(tmp_path):
    """Return a case folder that holds one archive of five members."""
    folder = tmp_path / "case"
    folder.mkdir()
    raw = "身份证.jpg".encode("gbk")
    data = zipped(
        ("good.pdf", pdf("Taxpayer of an invented paper")),
        ("locked.pdf", pdf("locked", encrypt="secret")),
        ("more.zip", zipped(("a.pdf", pdf("inner")))),
        ("p" * len(raw), cut_picture()),
        ("junk.bin", b"junk"),
    )
    (folder / "材料.zip").write_bytes(data.replace(b"p" * len(raw), raw))
    return folder


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """Return a reader that does without the models of OCR: the only picture is refused before it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with PaperReader(tmp_path / "home") as reader:
        monkeypatch.setattr(reader._ocr, "start", lambda: None)
        yield reader


def test_members_of_an_archive_are_read_or_named_one_by_one(case, reader):
    """Five members give five answers: the good one its paper, each other one its code."""
    found = list(read_files(case_files(case), case, reader))

    assert {f.name: f.unreadable.code if f.unreadable else len(f.papers) for f in found} == {
        "材料.zip/good.pdf": 1,
        "材料.zip/locked.pdf": "encrypted",
        "材料.zip/more.zip": "unsupported",
        "材料.zip/身份证.jpg": "malformed",
        "材料.zip/junk.bin": "unsupported",
    }


def test_page_of_a_member_can_be_drawn_after_reading(case, reader, tmp_path):
    """The report shows crops long after the archive was read; then nothing of it is left."""
    good = next(f for f in read_files(case_files(case), case, reader) if f.papers)

    picture = reader.picture(good.received, 1)

    assert picture.size[1] > 100
    del good
    assert not list(tmp_path.glob("zeromeet-unpacked-*"))


def test_papers_of_an_archive_are_found_again_by_their_identity(case, reader):
    """Whoever reviews the case another day sees the pages of its archives too."""
    (paper,) = (p for f in read_files(case_files(case), case, reader) for p in f.papers)

    again = received_of(case)

    assert again[paper.document].filename == "材料.zip/good.pdf"


def test_same_bytes_inside_and_beside_an_archive_yield_one_paper(case, reader):
    """A paper that is handed in twice is one witness, not two."""
    with zipfile.ZipFile(case / "材料.zip") as archive:
        (case / "也在这里.pdf").write_bytes(archive.read("good.pdf"))

    papers = [p for f in read_files(case_files(case), case, reader) for p in f.papers]

    assert len(papers) == 1
