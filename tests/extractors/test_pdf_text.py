"""The text layer of a PDF: what its page shows is read, what it does not show is noticed."""

from io import BytesIO

import pytest

from extractors.readers import pdf_text
from tests.extractors.forgeries import (
    LEASE,
    LEFT,
    height_of,
    lease,
    pdf,
    picture,
    scan,
    write,
)
from tests.specimens import fonts

pytestmark = pytest.mark.skipif(not fonts.complete(), reason="the fonts of the specimens are not installed")
SECRET = "注册资本：99999999元"


def page_of(draw):
    """Return what is read of the one page that this draws."""
    ((page,), _) = pdf_text.read(BytesIO(pdf(draw)))
    return page


def texts(page):
    return [line[0] for line in page["lines"]]


def white(canvas):
    lease(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    write(canvas, 12, SECRET)


def without_ink(canvas):
    lease(canvas)
    write(canvas, 12, SECRET, mode=3)


def off_the_page(canvas):
    lease(canvas)
    write(canvas, 12, SECRET, left=700)


def outside_the_crop(canvas):
    canvas.setCropBox((0, 300, 595, 842))
    lease(canvas)
    write(canvas, 20, SECRET)


def tiny(canvas):
    lease(canvas)
    write(canvas, 12, SECRET, size=1)


def under_a_picture(canvas):
    lease(canvas)
    write(canvas, 12, SECRET)
    canvas.drawImage(picture(" "), LEFT - 10, height_of(12) - 10, 300, 40)


def under_other_text(canvas):
    lease(canvas)
    write(canvas, 12, SECRET)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(LEFT - 5, height_of(12) - 5, 300, 20, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    write(canvas, 12, "注册资本：11111111元")


@pytest.mark.parametrize("draw", [white, without_ink, off_the_page, outside_the_crop, tiny, under_a_picture])
def test_text_that_no_one_sees_is_left_out_and_noticed(draw):
    """Text without visible print is in no line, and the page says that there is such text."""
    page = page_of(draw)

    assert texts(page) == list(LEASE)
    assert page["hidden"]


def test_two_texts_in_one_place_are_left_to_the_picture():
    """Of two texts in one place neither is taken from the layer; the page is to be looked at."""
    page = page_of(under_other_text)

    assert not any("99999999" in text or "11111111" in text for text in texts(page))
    assert page["unread"]


def test_clean_page_raises_no_doubt():
    """A page that shows all of its text, and no other print, is read from its layer alone."""
    page = page_of(lease)

    assert texts(page) == list(LEASE)
    assert not page["hidden"]
    assert not page["unread"]


def test_searchable_scan_is_left_to_the_picture():
    """Of a scan with a text layer nothing is taken from the layer, and the layer is no cause for alarm."""

    def draw(canvas):
        scan(canvas, LEASE)
        lease(canvas, mode=3)

    page = page_of(draw)

    assert texts(page) == []
    assert not page["hidden"]


def test_scan_over_its_text_is_left_to_the_picture():
    """A layer that lies under the scan counts as little as one without ink."""

    def draw(canvas):
        lease(canvas)
        scan(canvas, LEASE)

    page = page_of(draw)

    assert texts(page) == []
    assert not page["hidden"]


def test_pasted_picture_of_text_is_noticed():
    """Print that is in no line makes the page one to look at; the lines beside it stay."""

    def draw(canvas):
        lease(canvas, without=7)
        canvas.drawImage(picture(LEASE[7]), LEFT, height_of(7) - 5, 300, 20)

    page = page_of(draw)

    assert texts(page) == [text for n, text in enumerate(LEASE) if n != 7]
    assert page["unread"]


def test_signature_code_and_rulings_are_no_text():
    """Rulings, frames, filled bands and a square code are not taken for print that no line holds."""

    def draw(canvas):
        lease(canvas)
        canvas.rect(50, 400, 495, 400)
        canvas.line(50, 500, 545, 500)
        for n in range(400):
            if n * 7919 % 5 < 2:
                canvas.rect(450 + n % 20 * 3, 100 + n // 20 * 3, 3, 3, stroke=0, fill=1)

    assert not page_of(draw)["unread"]


def test_white_print_on_a_dark_band_is_read():
    """White is a colour like another where the ground is dark."""

    def draw(canvas):
        lease(canvas)
        canvas.setFillColorRGB(0.1, 0.2, 0.5)
        canvas.rect(50, height_of(12) - 8, 495, 26, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        write(canvas, 12, "重要提示事项")

    page = page_of(draw)

    assert texts(page)[-1] == "重要提示事项"
    assert not page["hidden"]


def test_bold_by_writing_twice_is_read_once():
    """Programs without a bold face write a line twice, a hair apart."""

    def draw(canvas):
        lease(canvas)
        write(canvas, 0, LEASE[0], left=LEFT + 0.3)

    assert texts(page_of(draw)) == list(LEASE)
