"""Every kind of carrier: how many pages it holds, and that those stand upright in true colours."""

import base64
import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import UnreadableError
from extractors.intake import receive
from extractors.readers import photo
from extractors.reading import PaperReader
from tests.specimens import fonts

# Two invented pages as HEIC, since nothing in the product can write one: 96 x 64 white with a black
# quarter at the top left; alone, before a page across with a red quarter, before a small copy of itself,
# and with a mark to be turned.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA"
    "AAAAACJpbG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAAEIAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAA"
    "AA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNw"
    "AAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHB"
    "crAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAA"
    "AAABAAEEgQIDBAAAAEptZGF0AAAAPigBr1iK14GSX//66JZflUPwkkpH9cABpAqYSU/ox9DnMeAQm+ACVK8CYSyzTy50F+Ig"
    "0hPG7s/8p8vVaelA"
)
HEIC_OF_TWO_PAGES = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAhBtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA"
    "AAAAADRpbG9jAAAAAERAAAIAAQAAAAACNAABAAAAAAAAAEIAAgAAAAACdgABAAAAAAAAADkAAAA4aWluZgAAAAAAAgAAABVp"
    "bmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAAACAABodmMxAAAAAA5waXRtAAAAAAABAAABaWlwcnAAAAFDaXBjbwAAAHho"
    "dmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAA"
    "AwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAA"
    "AAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAB4aHZjQwEDcAAAAJAAAAAAAB7wAPz9+PgAAA8DYAABABhAAQwB//8DcAAA"
    "AwCQAAADAAADAB66AkBhAAEAK0IBAQNwAAADAJAAAAMAAAMAHqAggYWW6kkprm4CGgwIAAADAMgAAAMACEBiAAEAB0QBwXKw"
    "IkAAAAAUaXNwZQAAAAAAAABAAAAAYAAAAB5pcG1hAAAAAAAAAAIAAQSBAgMEAAIEhQIGBAAAAINtZGF0AAAAPigBr1iK14GS"
    "X//66JZflUPwkkpH9cABpAqYSU/ox9DnMeAQm+ACVK8CYSyzTy50F+Ig0hPG7s/8p8vVaelAAAAANSgBr1j5DpJf//Od3/+V"
    "HpD7EWYkt/OjqC+ojZ/3HrCvNx632Cy2N77n+s7K62pn/4d860Hg"
)
HEIC_WITH_PREVIEW = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAjdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA"
    "AAAAADRpbG9jAAAAAERAAAIAAQAAAAACWwABAAAAAAAAAEIAAgAAAAACnQABAAAAAAAAAB8AAAA4aWluZgAAAAAAAgAAABVp"
    "bmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAAACAABodmMxAAAAAA5waXRtAAAAAAABAAABkGlwcnAAAAFpaXBjbwAAAHho"
    "dmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAA"
    "AwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAA"
    "AAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAB2aHZjQwEDcAAAAJAAAAAAAB7wAPz9+PgAAA8DYAABABhAAQwB//8DcAAA"
    "AwCQAAADAAADAB66AkBhAAEAKkIBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubgIaDAgAAADAyAAAAMAIWIAAQAGRAHBc8CJ"
    "AAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAADAAAAABAAAAIAAAAAH////wAAAAAv///+AAAAACAAAAH2lwbWEAAAAA"
    "AAAAAgABBIECAwQAAgWFAgYEhwAAAGltZGF0AAAAPigBr1iK14GSX//66JZflUPwkkpH9cABpAqYSU/ox9DnMeAQm+ACVK8C"
    "YSyzTy50F+Ig0hPG7s/8p8vVaelAAAAAGygBr1j4gXW//z4G6Tlb2pcwOzFb4h/CKFsBHQ=="
)
HEIC_TURNED = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA"
    "AAAAADRpbG9jAAAAAERAAAIAAQAAAAABxQABAAAAAAAAAEIAAgAAAAACBwABAAAAAAAAACQAAAA4aWluZgAAAAAAAgAAABVp"
    "bmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4GlwcnAAAADAaXBjbwAAAHho"
    "dmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAA"
    "AwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAA"
    "AAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAYaXBtYQAAAAAAAAABAAEFgQIDBIUAAAAaaXJlZgAAAAAA"
    "AAAOY2RzYwACAAEAAQAAAG5tZGF0AAAAPigBr1iK14GSX//66JZflUPwkkpH9cABpAqYSU/ox9DnMeAQm+ACVK8CYSyzTy50"
    "F+Ig0hPG7s/8p8vVaelAAAAABkV4aWYAAE1NACoAAAAIAAEBEgADAAAAAQAGAAAAAAAA"
)


def page(width=96, height=64):
    """Return a white page whose quarter at the top left is black."""
    sheet = Image.new("RGB", (width, height), "white")
    sheet.paste("black", (0, 0, width // 2, height // 2))
    return sheet


def saved(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def pages(data):
    """Return the pages of a picture file as arrays."""
    shapes, blobs = photo.load(io.BytesIO(data))
    return [photo.array(s, b) for s, b in zip(shapes, blobs, strict=True)]


def assert_as_drawn(sheet):
    height, width = sheet.shape[:2]
    assert sheet[height // 8, width // 8].max() < 40
    assert sheet[height - 8, width - 8].min() > 215
    assert sheet[8, width - 8].min() > 215
    assert sheet[height - 8, 8].min() > 215


@pytest.mark.parametrize(
    "data",
    [
        saved(page(), "JPEG", quality=95),
        saved(page().convert("CMYK"), "JPEG", quality=95),
        saved(page(), "PNG"),
        saved(page(), "BMP"),
        saved(page(), "WEBP", lossless=True),
        saved(page().convert("1"), "TIFF", compression="group4"),
        saved(page().convert("CMYK"), "TIFF"),
        saved(page().convert("P"), "TIFF"),
        saved(Image.fromarray(np.asarray(page().convert("L")).astype(np.uint16) * 257), "TIFF"),
        saved(
            Image.fromarray(65535 - np.asarray(page().convert("L")).astype(np.uint16) * 257),
            "TIFF",
            tiffinfo={262: 0},
        ),
        saved(Image.fromarray(np.asarray(page().convert("L")).astype(np.uint16) * 257), "PNG"),
        HEIC,
    ],
    ids=[
        "jpeg",
        "jpeg-cmyk",
        "png",
        "bmp",
        "webp",
        "tiff-bilevel-g4",
        "tiff-cmyk",
        "tiff-palette",
        "tiff-16-bit",
        "tiff-16-bit-white-is-zero",
        "png-16-bit",
        "heic",
    ],
)
def test_picture_of_each_kind_gives_its_page_in_true_colours(data):
    """Dark stays dark and white stays white, whatever a format calls them."""
    (sheet,) = pages(data)

    assert sheet.shape == (64, 96, 3)
    assert_as_drawn(sheet)


def test_transparent_picture_lies_on_white():
    """Black letters on nothing are read as black on paper, not black on black."""
    letters = Image.new("RGBA", (96, 64), (0, 0, 0, 0))
    letters.paste((0, 0, 0, 255), (0, 0, 48, 32))

    (sheet,) = pages(saved(letters, "PNG"))

    assert_as_drawn(sheet)


@pytest.mark.parametrize("mark", range(1, 9))
def test_exif_mark_stands_the_page_upright(mark):
    """All eight ways in which a phone may have been held end in the same page."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x112] = mark
    held = page().transpose(undo[mark]) if mark in undo else page()

    (sheet,) = pages(saved(held, "JPEG", quality=95, exif=exif))

    assert sheet.shape == (64, 96, 3)
    assert_as_drawn(sheet)


def test_heic_with_a_turning_mark_is_turned_once():
    """The decoder turns by the container's own mark; the EXIF mark beside it is not obeyed again."""
    (sheet,) = pages(HEIC_TURNED)

    assert sheet.shape == (96, 64, 3)
    assert sheet[8, 56].max() < 40


def test_tiff_of_fifty_pages_is_read_and_one_more_is_refused():
    """The limit is a limit, and none of the pages below it is left out."""
    fifty = [page()] * photo.MAX_FRAMES

    read = pages(saved(page(), "TIFF", save_all=True, append_images=fifty[1:]))
    with pytest.raises(UnreadableError) as refused:
        pages(saved(page(), "TIFF", save_all=True, append_images=fifty))

    assert len(read) == photo.MAX_FRAMES
    assert refused.value.code == "too_many_pages"


def test_reduced_copy_in_a_tiff_is_no_page():
    """A scanner's preview frame would be the same page once more, too small to be read."""
    buffer = io.BytesIO()
    page().save(buffer, "TIFF", save_all=True, append_images=[_reduced()])

    (sheet,) = pages(buffer.getvalue())

    assert sheet.shape == (64, 96, 3)


def _reduced():
    small = page(48, 32)
    small.encoderinfo = {"tiffinfo": {254: 1}}
    return small


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_moving_picture_is_refused(kind):
    """Which of its frames a person took for the paper cannot be known, so none is read in silence."""
    moving = saved(page(), kind, save_all=True, append_images=[Image.new("RGB", (96, 64), "red")])

    with pytest.raises(UnreadableError) as refused:
        pages(moving)

    assert refused.value.code == "unsupported"


def test_second_picture_of_a_phone_photo_is_no_page():
    """MPO carries a preview or a map of depth after the photo."""
    photo_and_map = saved(page(), "MPO", save_all=True, append_images=[page(48, 32)], quality=95)

    (sheet,) = pages(photo_and_map)

    assert sheet.shape == (64, 96, 3)


def test_heic_of_two_pages_gives_both():
    """A picture as large as the first may be a page of its own: none is lost."""
    upright, across = pages(HEIC_OF_TWO_PAGES)

    assert (upright.shape[:2], across.shape[:2]) == ((64, 96), (96, 64))


def test_small_copy_in_a_heic_is_no_page():
    """What is smaller than the primary picture is a preview of it."""
    (sheet,) = pages(HEIC_WITH_PREVIEW)

    assert_as_drawn(sheet)


@pytest.mark.parametrize("keep", [60, 300, 430])
def test_heic_that_is_cut_short_is_malformed(keep):
    """Half a picture is refused, not read as far as it goes."""
    with pytest.raises(UnreadableError) as refused:
        pages(HEIC[:keep])

    assert refused.value.code == "malformed"


def test_pdf_of_print_and_pictures_is_read_page_by_page(tmp_path):
    """The printed page keeps its text layer; the picture between two printed pages is read by OCR."""
    path = tmp_path / "mixed.pdf"
    canvas = Canvas(str(path), pagesize=(595, 842))
    for number in (1, 2, 3):
        if number == 2:
            canvas.drawImage(ImageReader(_scan("住所：上海市浦东新区")), 0, 0, 595, 842)
        else:
            canvas.setFont(fonts.registered("song"), 14)
            canvas.drawString(100, 700, "统一社会信用代码")
            canvas.drawString(100, 650, "法定代表人")
        canvas.showPage()
    canvas.save()

    with PaperReader(tmp_path / "home") as reader:
        document = reader.read(receive(path))

    readers = [{line.reader for line in page.lines} for page in document.pages]
    assert readers == [{"pdf"}, {"paddleocr"}, {"pdf"}]
    assert "上海市浦东新区" in document.pages[1].lines[0].text


def _scan(text):
    sheet = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(sheet).text((200, 300), text, fill="black", font=fonts.face("song", 40))
    return sheet
