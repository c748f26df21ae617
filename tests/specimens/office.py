"""Papers as office files: the intake sheet as XLSX, the letter of authorisation as DOCX."""

import io

import docx
import openpyxl
from openpyxl.styles import Alignment, Font

from tests.specimens.pdfs import INVOICES, day, intake_rows
from tests.specimens.people import Company


def intake_workbook(company: Company) -> bytes:
    """Return the tax intake sheet as a workbook with a merged title."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "采集表"
    sheet.append(["新办纳税人办税信息采集表"])
    sheet.merge_cells("A1:D1")
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for row in intake_rows(company):
        sheet.append(row)
    sheet.append([])
    sheet.append(["发票票种"])
    for row in INVOICES:
        sheet.append([int(c) if c.isdecimal() else c for c in row])
    for column, width in zip("ABCD", (24, 34, 26, 26), strict=True):
        sheet.column_dimensions[column].width = width
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def authorization(company: Company) -> bytes:
    """Return a letter by which the company sends its clerk to the tax office."""
    c = company
    letter = docx.Document()
    letter.add_heading("授权委托书", level=1)
    for line in (
        f"委托人：{c.name}", f"被委托人：{c.clerk.name}", f"身份证件号码：{c.clerk.number}", f"联系电话：{c.clerk.mobile}",
        "委托事项：办理新办纳税人套餐式服务的全部涉税事项", f"委托期限：自{day(c.established)}至{c.established.year + 1}年{c.established.month}月{c.established.day}日",
        "委托人（盖章）：", f"签署日期：{day(c.established)}",
    ):
        letter.add_paragraph(line)
    buffer = io.BytesIO()
    letter.save(buffer)
    return buffer.getvalue()
