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


def exchanged(texts: tuple[str, ...]) -> dict[str, str]:
    """Return a cipher that exchanges the Chinese characters of these texts for one another."""
    chars = sorted({c for text in texts for c in text if c > "\u2e7f"})
    return dict(zip(chars, chars[7:] + chars[:7], strict=True))
