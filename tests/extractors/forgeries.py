"""PDFs whose text layer says something else than their page, drawn with the means that such files use."""

import re
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.specimens import fonts

LEASE = (
    "房屋租赁合同",
    "出租方（甲方）：王建国",
    "承租方（乙方）：南京启明软件有限公司",
    "第一条  房屋坐落：南京市玄武区中山路100号8层801室",
    "第二条  建筑面积：128.50平方米",
    "第三条  用途：办公",
    "第四条  租赁期限：自2024年5月6日起至2027年5月5日止。",
    "第五条  租金：每月人民币12700.00元，按季支付。",
    "第六条  甲方保证对该房屋享有出租的权利，并同意乙方以该房屋作为住所办理登记。",
    "签订日期：2024年5月6日",
)
LEFT, TOP, PITCH, SIZE = 70, 90, 34, 12


def pdf(draw: Callable[[Canvas], None]) -> bytes:
    """Return a PDF of one page with uncompressed streams, so that its bytes can be edited."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), pageCompression=0, invariant=1)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def write(
    canvas: Canvas, row: int, text: str, *, left: float = LEFT, size: float = SIZE, mode: int = 0
) -> None:
    """Write one line on a row of the page; mode 3 writes it without ink."""
    canvas.saveState()
    line = canvas.beginText(left, height_of(row))
    line.setFont(fonts.registered("song"), size)
    line.setTextRenderMode(mode)
    line.textOut(text)
    canvas.drawText(line)
    canvas.restoreState()


def height_of(row: int) -> float:
    """Return the base line of a row, from the foot of the page."""
    return 842 - TOP - row * PITCH


def lease(canvas: Canvas, *, without: int | None = None, mode: int = 0) -> None:
    """Write the lease, but for one of its rows."""
    for row, text in enumerate(LEASE):
        if row != without:
            write(canvas, row, text, mode=mode)


def picture(*texts: str, size: int = 50) -> ImageReader:
    """Return a picture of lines, four pixels to the point."""
    face = fonts.face("song", size)
    width = max(int(face.getlength(text)) for text in texts) + 20
    image = Image.new("RGB", (width, int(size * 1.8) * len(texts)), "white")
    for n, text in enumerate(texts):
        ImageDraw.Draw(image).text((10, int(size * (1.8 * n + 0.3))), text, font=face, fill=(20, 20, 20))
    return ImageReader(image)


def scan(canvas: Canvas, texts: tuple[str, ...]) -> None:
    """Cover the page with a picture of lines."""
    image = Image.new("RGB", (1654, 2339), (252, 252, 250))
    face = fonts.face("song", round(SIZE * 200 / 72))
    for row, text in enumerate(texts):
        at = (LEFT * 200 / 72, (TOP + row * PITCH) * 200 / 72)
        ImageDraw.Draw(image).text(at, text, font=face, fill=(20, 20, 20), anchor="ls")
    canvas.drawImage(ImageReader(image), 0, 0, 595, 842)


def remapped(data: bytes, exchange: dict[str, str]) -> bytes:
    """Return a PDF whose fonts say other characters than they draw."""

    def other(match: re.Match[bytes]) -> bytes:
        char = chr(int(match[2], 16))
        return b"%s<%04X>" % (match[1], ord(exchange.get(char, char)))

    return re.sub(rb"(<[0-9A-F]{2}> )<([0-9A-F]{4})>", other, data)


RENT = 7
"""The row of the lease that names the rent."""


def rent_in_two_fonts(canvas: Canvas) -> None:
    """Write the lease with its amount in a font of its own."""
    lease(canvas, without=RENT)
    before, amount, after = LEASE[RENT].partition("12700.00")
    at: float = LEFT
    for text, style in ((before, "song"), (amount, "kai"), (after, "song")):
        canvas.setFont(fonts.registered(style), SIZE)
        canvas.drawString(at, height_of(RENT), text)
        at += canvas.stringWidth(text, fonts.registered(style), SIZE)


def rent_painted_over(canvas: Canvas) -> None:
    """Write the lease, and turn the first digit of its amount into a 7 with strokes that are no text."""
    lease(canvas)
    before = LEASE[RENT].partition("12700.00")[0]
    left = LEFT + canvas.stringWidth(before, fonts.registered("song"), SIZE)
    foot, width = height_of(RENT), SIZE / 2
    canvas.setFillGray(1)
    canvas.rect(left, foot - 1, width, SIZE, stroke=0, fill=1)
    canvas.setLineWidth(0.8)
    stroke = canvas.beginPath()
    stroke.moveTo(left + 0.8, foot + 8)
    stroke.lineTo(left + width - 0.8, foot + 8)
    stroke.lineTo(left + width / 2 - 0.6, foot)
    canvas.drawPath(stroke)


def remapped_amount(data: bytes, exchange: dict[str, str]) -> bytes:
    """Return a PDF of which the one font that draws nothing but an amount says other characters than it draws."""

    def only_amounts(match: re.Match[bytes]) -> bytes:
        said = {chr(int(code, 16)) for code in re.findall(rb"<[0-9A-F]{2}> <([0-9A-F]{4})>", match[0])}
        return remapped(match[0], exchange) if said & set("0123456789") and max(said) < "\u2e80" else match[0]

    return re.sub(rb"beginbfchar.*?endbfchar", only_amounts, data, flags=re.DOTALL)


def renamed(data: bytes, exchange: dict[str, str]) -> bytes:
    """Return a PDF whose fonts name their glyphs by an encoding alone, and some of them falsely."""

    def names(match: re.Match[bytes]) -> bytes:
        mapping = re.search(rb"\n%s 0 obj.*?endbfchar" % match[1], data, flags=re.DOTALL)
        assert mapping is not None
        pairs = re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]{4})>", mapping[0])
        said = ((int(code, 16), chr(int(char, 16))) for code, char in pairs)
        named = b" ".join(b"%d /uni%04X" % (code, ord(exchange.get(char, char))) for code, char in said)
        return b"/Encoding <</Type /Encoding /Differences [%s]>>" % named

    return re.sub(rb"/ToUnicode (\d+) 0 R", names, data)


def exchanged(texts: tuple[str, ...]) -> dict[str, str]:
    """Return a cipher that exchanges the Chinese characters of these texts for one another."""
    chars = sorted({c for text in texts for c in text if c > "\u2e7f"})
    return dict(zip(chars, chars[7:] + chars[:7], strict=True))
