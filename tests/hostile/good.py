"""Good files that hostile ones are made of, and that are read beside them."""

import io

from docx import Document
from openpyxl import Workbook
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

WORDS = "NEIGHBOUR READ WELL"


def text_pdf(words: str) -> bytes:
    """Return a PDF of one page with one line."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.drawString(100, 700, words)
    canvas.save()
    return buffer.getvalue()


def picture(kind: str) -> bytes:
    """Return a small drawn page as PNG, JPEG, TIFF, WEBP or BMP."""
    page = Image.new("RGB", (320, 240), "white")
    ImageDraw.Draw(page).rectangle((40, 40, 280, 60), fill="black")
    buffer = io.BytesIO()
    page.save(buffer, kind)
    return buffer.getvalue()


def workbook() -> bytes:
    """Return a sheet of labels and values."""
    book = Workbook()
    for row in (("纳税人名称", "上海云栖网络科技有限公司"), ("从业人数", 12)):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def letter() -> bytes:
    """Return a document of two paragraphs."""
    document = Document()
    document.add_paragraph("授权委托书")
    document.add_paragraph("委托人：上海云栖网络科技有限公司")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
