"""What a PDF's text layer says and its page does not show is never a sure value."""

import re

import pytest

from extractors.against_pixels import compare
from extractors.errors import ModelMissingError
from extractors.extract import papers_of
from extractors.intake import receive
from extractors.reading import PaperReader
from tests.extractors.forgeries import (
    LEASE,
    LEFT,
    exchanged,
    height_of,
    lease,
    pdf,
    picture,
    remapped,
    remapped_amount,
    renamed,
    rent_in_two_fonts,
    rent_painted_over,
    scan,
    write,
)
from tests.specimens import fonts

pytestmark = pytest.mark.skipif(not fonts.complete(), reason="the fonts of the specimens are not installed")


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with PaperReader(tmp_path_factory.mktemp("home")) as reader:
        yield reader


@pytest.fixture
def read(tmp_path, reader):
    """Return what reads the one paper of a PDF and compares it with its page."""

    def paper_of(data, seeing=reader):
        path = tmp_path / "lease.pdf"
        path.write_bytes(data)
        received = receive(path)
        (paper,) = papers_of(received, reader)
        return paper if seeing is reader else compare(paper, reader.read(received), received, seeing)

    return paper_of


def rent_of(paper):
    """Return the rent's amount and whether it is sure."""
    rent = paper.element("rent")
    return (rent.value.amount, rent.sure) if rent else None


def test_clean_page_is_believed(read):
    """A page that shows what its layer says keeps its sure values and gets no warning."""
    paper = read(pdf(lease))

    assert rent_of(paper) == ("12700.00", True)
    assert paper.suspicions == ()


def test_exchanged_digits_are_never_sure(read):
    """A font that says 7 where it draws 1 makes the amount unsure, with a warning that names the element."""
    paper = read(remapped(pdf(lease), {"1": "7", "7": "1"}))

    assert rent_of(paper) == ("72100.00", False)
    assert any("租金" in suspicion for suspicion in paper.suspicions)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(remapped(pdf(lease), {"7": "1"}), "12100.00", id="one digit of the font"),
        pytest.param(
            remapped(pdf(lease), dict(zip("0123456789", "1234567890", strict=True))),
            "23811.11",
            id="every digit moved on by one",
        ),
        pytest.param(
            remapped_amount(pdf(rent_in_two_fonts), {"1": "7", "7": "1"}),
            "72100.00",
            id="only the font of the amount",
        ),
        pytest.param(renamed(pdf(lease), {"1": "7"}), "72700.00", id="names of glyphs, without a mapping"),
        pytest.param(pdf(rent_painted_over), "12700.00", id="strokes over the first digit"),
    ],
)
def test_amount_that_the_page_does_not_show_is_never_sure(read, data, said):
    """Whatever makes the layer say another amount than the page, also after the honest page was read."""
    honest = rent_of(read(pdf(lease)))

    paper = read(data)

    assert honest == ("12700.00", True)
    assert rent_of(paper) == (said, False)
    assert any("租金" in suspicion for suspicion in paper.suspicions)


def test_honest_page_in_two_fonts_is_believed(read):
    """An amount in a font of its own is no reason for doubt."""
    paper = read(pdf(rent_in_two_fonts))

    assert rent_of(paper) == ("12700.00", True)
    assert paper.suspicions == ()


def test_exchanged_characters_are_read_from_the_picture(read):
    """A page whose layer holds no words is read by OCR."""
    paper = read(remapped(pdf(lease), exchanged(LEASE)))

    assert paper.kind == "lease_contract"
    assert {source.reader for element in paper.elements for source in element.sources} == {"paddleocr"}
    assert paper.element("lessee").value == "南京启明软件有限公司"


def test_picture_over_a_hidden_amount_is_what_counts(read):
    """Of an amount without ink and a picture of another one the picture is read, and the layer noticed."""

    def draw(canvas):
        lease(canvas, without=7)
        write(canvas, 7, "第五条  租金：每月人民币99900.00元，按季支付。", mode=3)
        canvas.drawImage(picture(LEASE[7]), LEFT, height_of(7) - 5, 300, 20)

    paper = read(pdf(draw))

    assert "看不见" in "".join(paper.suspicions)
    assert rent_of(paper)[0] == "12700.00"


def test_scan_with_a_false_layer_is_read_from_the_picture(read):
    """A searchable scan says what its picture says."""

    def draw(canvas):
        scan(canvas, LEASE)
        lease(canvas, without=7, mode=3)
        write(canvas, 7, "第五条  租金：每月人民币99900.00元，按季支付。", mode=3)

    assert rent_of(read(pdf(draw)))[0] == "12700.00"


@pytest.mark.parametrize("box", [b"0 0 2400 3400", b"-900 -1600 1500 1800"])
def test_forgery_on_a_page_too_large_to_be_drawn_is_never_sure(read, box):
    """Whoever makes a file can see to it that its page is not compared; that buys no belief."""
    forged = remapped(pdf(lease), {"1": "7", "7": "1"})

    paper = read(re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [%s]" % box, forged))

    assert rent_of(paper) == ("72100.00", False)
    assert "没有把文字层与页面画面核对" in paper.warnings[-1]


def test_without_models_the_comparison_is_left_out(read):
    """A text PDF stays readable where OCR is not installed; a warning says what was not done."""

    class Blind:
        def are_shown(self, *_):
            raise ModelMissingError("没有模型。")

        lines_seen = are_shown

    paper = read(pdf(lease), Blind())

    assert rent_of(paper) == ("12700.00", True)
    assert "没有把文字层与页面画面核对" in paper.warnings[-1]


def test_what_was_learned_of_honest_glyphs_does_not_help_forged_ones(tmp_path):
    """A second reader of the same home believes what the first one saw, and still nothing that a font exchanges."""
    honest, forged = tmp_path / "honest.pdf", tmp_path / "forged.pdf"
    honest.write_bytes(pdf(lease))
    forged.write_bytes(remapped(pdf(lease), {"1": "7", "7": "1"}))
    with PaperReader(tmp_path / "home") as first:
        papers_of(receive(honest), first)

    with PaperReader(tmp_path / "home") as second:
        (paper,) = papers_of(receive(forged), second)

    assert rent_of(paper) == ("72100.00", False)
