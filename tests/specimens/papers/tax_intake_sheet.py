"""Tax intake sheet (新办纳税人办税信息采集表), as a page and as a workbook."""

import io
from typing import Any

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow, Rows
from tests.specimens.people import Company
from tests.specimens.prints import capitals_small, day, money

_HEADS = ["发票票种", "单份最高限额", "每月数量", "持票数量"]


def _answers(c: Company) -> list[tuple[str, str]]:
    """Return labels and answers, a blank general-taxpayer day left out as the company leaves it out."""
    pairs = [
        ("纳税人名称", c.name),
        ("统一社会信用代码", c.code),
        ("适用会计制度", c.accounting_standard),
        ("固定资产折旧方法", c.depreciation),
        ("存货计价方法", c.costing),
        ("低值易耗品摊销方法", c.amortization),
        ("会计核算软件", c.software),
        ("软件版本号", c.software_version),
        ("增值税纳税人类型", c.vat_kind),
        ("一般纳税人生效之日", c.general_from),
        ("税控设备", c.device),
        ("发票领用方式", c.delivery),
        ("联系电话", c.phone),
        ("电子邮箱", c.email),
        ("邮政编码", c.postcode),
        ("从业人数", str(c.staff)),
    ]
    for label, person in (("财务负责人", c.finance), ("办税人员", c.clerk), ("领票人", c.clerk)):
        pairs += [(label, person.name), (f"{label}证件号码", person.number), (f"{label}电话", person.mobile)]
    return pairs


def _invoices(c: Company) -> Rows:
    rows = [[i.kind, capitals_small(i.limit), str(i.monthly), str(i.monthly)] for i in c.invoices]
    return [_HEADS, *rows]


def ruled(company: Company, easel: Easel) -> None:
    """A ruled table, two labels and answers a row."""
    flow = Flow(easel, left=52)
    flow.title("新办纳税人办税信息采集表")
    flow.table(_two_a_row(company), [32, 50, 36, 48], pad=5)
    flow.gap(10)
    flow.table(_invoices(company), [50, 40, 36, 36], pad=5)
    flow.gap(14)
    flow.para("纳税人（盖章）：")
    flow.right(f"填表日期：{day(company.opened)}")


def grouped(company: Company, easel: Easel) -> None:
    """Groups with headings; the people in a table with a row for each."""
    c, flow = company, Flow(easel, left=58, size=10)
    flow.title("办税信息采集表", 17)
    pairs = _answers(c)[:16]
    for heading, part in (
        ("基本信息", pairs[:2] + pairs[12:]),
        ("会计信息", pairs[2:8]),
        ("发票信息", pairs[8:12]),
    ):
        flow.para(heading)
        flow.table([[label, value] for label, value in part], [40, 122], pad=3)
        flow.gap(5)
    flow.table(_invoices(c), [50, 40, 36, 36], pad=3)
    flow.gap(5)
    flow.para("人员信息")
    rows = [["人员类别", "姓名", "证件号码", "联系电话"]]
    for role, person in (("财务负责人", c.finance), ("办税人员", c.clerk), ("领票人", c.clerk)):
        rows.append([role, person.name, person.number, person.mobile])
    flow.table(rows, [30, 30, 58, 44], pad=3)


def _two_a_row(c: Company) -> Rows:
    cells = [cell for pair in _answers(c) for cell in pair]
    cells += [""] * (-len(cells) % 4)
    return [cells[n : n + 4] for n in range(0, len(cells), 4)]


def workbook(company: Company) -> bytes:
    """Return the sheet as a workbook with a merged title."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "采集表"
    sheet.append(["新办纳税人办税信息采集表"])
    sheet.merge_cells("A1:D1")
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    for row in [*_two_a_row(company), ["", "", "", ""], *_invoices(company)]:
        sheet.append([int(cell) if cell.isdecimal() and len(cell) < 4 else cell for cell in row])
    thin = Side(style="thin")
    for row in sheet.iter_rows(min_row=2, max_col=4):
        for cell in row:
            cell.border, cell.alignment = Border(thin, thin, thin, thin), Alignment(wrap_text=True)
    for column, width in zip("ABCD", (22, 34, 26, 26), strict=True):
        sheet.column_dimensions[column].width = width
    return _fixed(book, company)


def _fixed(book: openpyxl.Workbook, company: Company) -> bytes:
    """Save with the day on which it was filled in, so that the same company gives the same bytes."""
    from tests.specimens.office import same_bytes

    buffer = io.BytesIO()
    book.save(buffer)
    return same_bytes(buffer.getvalue(), company.opened)


LAYOUTS = {"ruled": ruled, "grouped": grouped}
SPLITS = {"build": ("ruled",), "judge": ("grouped",)}


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the sheet says."""
    c = company
    says: dict[str, Any] = {
        "company_name": c.name,
        "unified_social_credit_code": c.code,
        "accounting_standard": c.accounting_standard,
        "depreciation_method": c.depreciation,
        "inventory_costing_method": c.costing,
        "amortization_method": c.amortization,
        "accounting_software": c.software,
        "accounting_software_version": c.software_version,
        "vat_taxpayer_kind": c.vat_kind,
        "general_taxpayer_from": c.general_from,
        "tax_device": c.device,
        "invoice_delivery": c.delivery,
        "phone": c.phone.replace("-", ""),
        "email": c.email,
        "postcode": c.postcode,
        "employee_count": str(c.staff),
        "invoice_requests": [
            {
                "invoice_kind": i.kind,
                "max_amount": money(i.limit),
                "monthly_quantity": str(i.monthly),
                "holding_quantity": str(i.monthly),
            }
            for i in c.invoices
        ],
    }
    for role, person in (
        ("finance_officer", c.finance),
        ("tax_handler", c.clerk),
        ("invoice_buyer", c.clerk),
    ):
        says |= {
            f"{role}_name": person.name,
            f"{role}_id_number": person.number,
            f"{role}_phone": person.mobile,
        }
    return {name: value for name, value in says.items() if value}
