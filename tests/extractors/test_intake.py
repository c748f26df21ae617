"""What is let in, by content; and archives, one level deep and never trusted."""

import io
import tempfile
import zipfile

import pytest

from extractors import intake
from extractors.errors import UnreadableError
from extractors.intake import Received, Refused, receive, receive_all

PDF = b"%PDF-1.7\n"


def box(brand, *others):
    """Return the first box of a picture of the HEIF family."""
    body = b"ftyp" + brand + b"\0\0\0\0" + b"".join(others)
    return (len(body) + 4).to_bytes(4, "big") + body


def archive(*members):
    """Return a ZIP of (name, bytes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return buffer.getvalue()


def opened(folder, data):
    path = folder / "papers.zip"
    path.write_bytes(data)
    return list(receive_all(path, "papers.zip"))


def codes(found):
    return {one.filename: one.error.code for one in found if isinstance(one, Refused)}


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Return the folder in which everything temporary is made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"])
def test_heic_is_known_by_its_brand(tmp_path, brand):
    """A phone's picture is let in whatever its name says."""
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(box(brand, b"mif1"))

    assert receive(path).media_type == "image/heic"


@pytest.mark.parametrize("first", [box(b"avif", b"mif1"), box(b"mif1", b"avif")])
def test_avif_is_refused_by_name(tmp_path, first):
    """A sibling that shares HEIC's container is told from it."""
    path = tmp_path / "a.heic"
    path.write_bytes(first)

    with pytest.raises(UnreadableError) as refused:
        receive(path)

    assert refused.value.code == "unsupported"
    assert "AVIF" in refused.value.message


def test_text_that_begins_with_bm_is_no_bitmap(tmp_path):
    """Two letters are too little to call a file a picture."""
    path = tmp_path / "note"
    path.write_bytes(b"BM is how this note begins, and it goes on for a while")

    with pytest.raises(UnreadableError) as refused:
        receive(path)

    assert refused.value.code == "unsupported"


def test_member_of_an_archive_is_a_file_of_its_own(tmp_path, temporary):
    """It is named below its archive and has the identity that its bytes have anywhere."""
    alone = tmp_path / "alone.pdf"
    alone.write_bytes(PDF)

    (one,) = opened(tmp_path, archive(("inner/a.pdf", PDF)))

    assert (one.filename, one.id) == ("papers.zip/inner/a.pdf", receive(alone).id)
    assert one.path.read_bytes() == PDF


def test_unpacked_bytes_go_with_the_last_that_holds_them(tmp_path, temporary):
    """As long as a member is held its path is good, for its owner only; afterwards nothing is left."""
    found = opened(tmp_path, archive(("a.pdf", PDF), ("b.pdf", PDF + b"b")))
    last = found.pop()
    found.clear()
    (folder,) = temporary.iterdir()

    assert last.path.read_bytes() == PDF + b"b"
    assert folder.stat().st_mode & 0o777 == 0o700
    del last
    assert not list(temporary.iterdir())


def test_what_a_killed_run_left_behind_goes_on_another_day(tmp_path, temporary):
    """Papers of people are not left lying about."""
    import os

    stale = temporary / "zeromeet-unpacked-old"
    stale.mkdir()
    os.utime(stale, (0, 0))

    opened(tmp_path, archive(("a.pdf", PDF)))

    assert not stale.exists()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd.pdf", "etc/passwd.pdf"),
        ("/root/a.pdf", "root/a.pdf"),
        ("C:\\papers\\a.pdf", "papers/a.pdf"),
        ("licence\u202efdp.exe", "licence�fdp.exe"),
        ("line\nbreak.pdf", "line�break.pdf"),
        ("营业执照.pdf", "营业执照.pdf"),
        ("..", "�"),
    ],
)
def test_name_of_a_member_is_a_label_and_nothing_else(tmp_path, temporary, name, label):
    """No name leads out of the folder or deceives the eye."""
    (one,) = opened(tmp_path, archive((name, PDF)))

    assert one.filename == f"papers.zip/{label}"
    assert one.path.parent.parent == temporary


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gb18030", "目录/身份证正面.pdf"), ("gb18030", "目录.pdf"), ("utf-8", "营业执照.pdf")],
)
def test_chinese_name_without_its_flag_is_read(tmp_path, temporary, encoding, name):
    """Windows writes GBK and old Macs write UTF-8, and neither says so."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    data = archive((stand_in, PDF)).replace(stand_in.encode(), raw)

    (one,) = opened(tmp_path, data)

    assert one.filename == f"papers.zip/{name}"


def test_what_systems_leave_beside_papers_is_passed_over(tmp_path, temporary):
    """Neither a paper nor a complaint comes of it, in an archive or in a folder."""
    found = opened(
        tmp_path,
        archive(
            ("a.pdf", PDF),
            ("__MACOSX/._a.pdf", b"x"),
            (".DS_Store", b"x"),
            ("sub/Thumbs.db", b"x"),
            ("desktop.ini", b"x"),
            ("~$a.docx", b"x"),
            ("empty/", b""),
        ),
    )

    assert [one.filename for one in found] == ["papers.zip/a.pdf"]


def test_bad_member_costs_its_neighbours_nothing(tmp_path, temporary):
    """Each is refused by its own code, and the good ones on both sides are let in."""
    data = archive(
        ("1.pdf", PDF),
        ("2.zip", archive(("a.pdf", PDF))),
        ("3.txt", b"words"),
        ("4.jpg", b"words"),
        ("5.pdf", b""),
        ("6.pdf", PDF + b"!" * 999),
        ("7.pdf", PDF + b"7"),
    )
    at = data.index(b"6.pdf") + 5
    broken = data[:at] + b"\xff\xff" + data[at + 2 :]

    found = opened(tmp_path, broken)

    assert codes(found) == {
        "papers.zip/2.zip": "unsupported",
        "papers.zip/3.txt": "unsupported",
        "papers.zip/4.jpg": "malformed",
        "papers.zip/5.pdf": "empty",
        "papers.zip/6.pdf": "malformed",
    }
    assert [o.filename for o in found if isinstance(o, Received)] == ["papers.zip/1.pdf", "papers.zip/7.pdf"]


def test_member_with_a_password_is_named_as_such(tmp_path, temporary):
    """The person is told to take the password off, not that the file is broken."""
    data = bytearray(archive(("a.pdf", PDF), ("b.pdf", PDF + b"b")))
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1

    found = opened(tmp_path, bytes(data))

    assert codes(found) == {"papers.zip/a.pdf": "encrypted"}
    assert len(found) == 2


def test_method_other_than_deflate_is_refused(tmp_path, temporary):
    """The other methods may ask for more memory than there is before the first byte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("a.pdf", PDF)

    assert codes(opened(tmp_path, buffer.getvalue())) == {"papers.zip/a.pdf": "unsupported"}


def test_archive_of_too_many_papers_is_refused_whole(tmp_path, temporary):
    """Two hundred are let in; what systems leave beside them does not count."""
    papers = [(f"{n}.pdf", PDF + str(n).encode()) for n in range(intake.MAX_MEMBERS)]
    litter = [(f"__MACOSX/._{n}.pdf", b"") for n in range(intake.MAX_MEMBERS)]

    let_in = opened(tmp_path, archive(*papers, *litter))
    refused = opened(tmp_path, archive(*papers, ("one-more.pdf", PDF)))

    assert sum(isinstance(one, Received) for one in let_in) == intake.MAX_MEMBERS
    assert codes(refused) == {"papers.zip": "too_large"}


def test_directory_made_to_fill_the_memory_is_not_read(tmp_path, temporary):
    """Thirty thousand entries are refused before any of them is made an object."""
    data = archive(*((f"{n}", b"") for n in range(30_000)))

    assert codes(opened(tmp_path, data)) == {"papers.zip": "too_large"}


def test_bomb_is_refused_by_what_comes_out_of_it(tmp_path, temporary):
    """A member over the limit goes by itself; the sum is counted, and what came before it stays."""
    bomb = b"\0" * (intake.MAX_BYTES + 1)
    large = b"%PDF-1.7\n" + b"\0" * (intake.MAX_BYTES - 9)
    members = [("0.pdf", bomb), *((f"{n}.pdf", large) for n in range(1, 6)), ("9.pdf", PDF)]

    found = opened(tmp_path, archive(*members))

    assert codes(found) == dict.fromkeys(
        ("papers.zip/0.pdf", "papers.zip/5.pdf", "papers.zip/9.pdf"), "too_large"
    )


def test_blank_bitmap_is_no_bomb(tmp_path, temporary):
    """An honest page may shrink a thousandfold."""
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (1654, 2339), "white").save(buffer, "BMP")

    (one,) = opened(tmp_path, archive(("blank.bmp", buffer.getvalue())))

    assert one.media_type == "image/bmp"


@pytest.mark.parametrize("name", ["OFD.xml", "ppt/presentation.xml"])
def test_zipped_document_of_another_type_is_no_archive(tmp_path, temporary, name):
    """Its innards are not handed out as papers; the whole is named as unsupported."""
    found = opened(tmp_path, archive((name, b"<a/>"), ("[Content_Types].xml", b"<a/>")))

    assert codes(found) == {"papers.zip": "unsupported"}


def test_pdf_stored_at_the_head_of_an_archive_does_not_hide_the_rest(tmp_path, temporary):
    """An archive is an archive even where its first bytes hold a PDF's mark."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as made:
        made.writestr("a.pdf", PDF)
        made.writestr("b.pdf", PDF + b"b")

    assert len(opened(tmp_path, buffer.getvalue())) == 2


@pytest.mark.parametrize("seed", range(60))
def test_damaged_archive_never_stops_the_run(tmp_path, temporary, seed):
    """Whatever bytes are changed, the archive or its members are refused by code."""
    from random import Random

    rng = Random(seed)
    data = bytearray(archive(*((f"{n}.pdf", PDF + bytes([n]) * 50) for n in range(4))))
    for _ in range(rng.randrange(1, 12)):
        data[rng.randrange(4, len(data))] = rng.randrange(256)

    found = opened(tmp_path, bytes(data[: rng.randrange(len(data) // 2, len(data) + 1)]))

    assert found
    assert all(isinstance(one, Received | Refused) for one in found)
