"""A page that says nothing goes along with its paper; one whose text is too faint to read is reported."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from extractors.empty import is_empty
from extractors.extract import papers_of
from extractors.intake import receive
from extractors.model import Page, TextLine
from extractors.readers.traces import darkened
from extractors.reading import PaperReader
from tests.specimens import degrade, fonts

pytestmark = pytest.mark.skipif(not fonts.complete(), reason="the fonts of the specimens are not installed")

FIRST = ("房屋租赁合同", "出租方：上海安居物业有限公司", "承租方：上海云栖网络科技有限公司")
LAST = ("第三条 双方协商一致，可以解除合同。", "第四条 本合同自签订之日起生效。")
ADDED = ("补充条款：本合同租金自二〇二六年起每年上浮百分之五。", "出租方不承担装修费用。")


def sheet(rows=(), level=0):
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    for n, row in enumerate(rows):
        draw.text((160, 260 + 64 * n), row, font=fonts.face("song", 30), fill=(level,) * 3)
    return page


def shown_through(rows):
    back = ImageOps.mirror(sheet(rows).convert("L")).filter(ImageFilter.GaussianBlur(1.5))
    return back.point(lambda grey: 255 - (255 - grey) // 8).convert("RGB")


def parting_sheet():
    page = sheet()
    draw = ImageDraw.Draw(page)
    for n in range(4):
        draw.rectangle((100, 120 + 60 * n, 1140, 150 + 60 * n), fill="black")
    draw.text((400, 800), "PATCH T", font=fonts.face("hei", 70), fill="black")
    return page


def page_of(*texts, confidence=1.0):
    lines = tuple(
        TextLine(text=t, box=(100, 90 * n, 400, 90 * n + 30), confidence=confidence, reader="paddleocr")
        for n, t in enumerate(texts)
    )
    return Page(number=1, width=1240, height=1754, lines=lines)


@pytest.mark.parametrize(
    "texts", [(), ("- 2 -",), ("第 2 页 共 5 页",), ("PATCH T", "Separator Sheet"), ("（此页无正文）",)]
)
def test_page_without_a_statement_is_empty(texts):
    """A page number and a word for an empty page state nothing."""
    assert is_empty(page_of(*texts))


@pytest.mark.parametrize("text", ["林启明", "2026年1月1日", "同意", "8"])
def test_page_with_a_few_words_is_not_empty(text):
    """A name, a day or a word that was read is not passed over."""
    assert not is_empty(page_of("- 2 -", text))


@pytest.mark.parametrize("page", [sheet(), parting_sheet(), sheet(["8"])], ids=["blank", "bars", "one mark"])
def test_bars_and_specks_are_no_traces(page):
    """What has not the size or the number of characters is no text."""
    if page.getpixel((500, 130)) == (0, 0, 0):
        ImageDraw.Draw(page).rectangle((380, 780, 800, 900), fill="white")

    assert darkened(np.asarray(page)) is None


@pytest.fixture(scope="module")
def between(tmp_path_factory):
    """Return what reads a lease with a page between its two."""
    home = tmp_path_factory.mktemp("reader")
    with PaperReader(home) as reader:

        def read(middle):
            pages = (degrade.scan(page, seed=3, tilt=0.3) for page in (sheet(FIRST), middle, sheet(LAST)))
            path = home / "lease.pdf"
            path.write_bytes(degrade.scanned_pdf(*pages))
            return papers_of(receive(path), reader)

        yield read


@pytest.mark.parametrize(
    "middle",
    [sheet(), shown_through(FIRST + ADDED), sheet(["— 2 —"]), parting_sheet()],
    ids=["blank", "its back shows through", "only a number", "parting sheet"],
)
def test_empty_page_in_a_scan_goes_along_silently(between, middle):
    """It neither breaks a paper in two nor leaves anything to look at."""
    (paper,) = between(middle)
    (without,) = between(sheet())

    assert (paper.kind, paper.pages) == ("lease_contract", (1, 2, 3))
    assert paper.elements
    assert (paper.warnings, paper.left_over) == (without.warnings, without.left_over)


@pytest.mark.parametrize("level", [232, 236])
def test_page_with_faint_text_is_reported(between, level):
    """What nobody could read is read by a person."""
    (paper,) = between(sheet(ADDED, level))

    read = any("补充条款" in text or "装修" in text for text in paper.left_over)
    assert read or any("第 2 页几乎空白" in warning for warning in paper.warnings)
