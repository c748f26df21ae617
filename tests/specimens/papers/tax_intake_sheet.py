"""Tax intake sheet: two pairs a row with boxes to tick, sections with other labels, labels above their answers."""

from random import Random

from tests.specimens import prints
from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.papers.layout import Elements, layout
from tests.specimens.people import Company

STANDARDS = ("企业会计准则", "小企业会计准则", "企业会计制度")
KINDS = ("一般纳税人", "小规模纳税人")
DEVICES = ("税务UKey", "金税盘", "税控盘")


def truth(c: Company) -> Elements:
    """Return what the company answered; a small taxpayer leaves the day of effect open."""
    people = (("finance_officer", c.finance), ("tax_handler", c.clerk), ("invoice_buyer", c.clerk))
    elements: Elements = {
        "company_name": c.name,
        "unified_social_credit_code": c.code,
        "accounting_standard": c.accounting_standard,
        "depreciation_method": c.depreciation,
        "inventory_costing_method": c.costing,
        "amortization_method": c.amortization,
        "accounting_software": c.software,
        "accounting_software_version": c.software_version,
        "vat_taxpayer_kind": c.vat_kind,
        "tax_device": c.device,
        "invoice_delivery": c.delivery,
        "phone": c.phone.replace("-", ""),
        "email": c.email,
        "postcode": c.postcode,
        "employee_count": str(c.staff),
        "invoice_requests": [
            {"invoice_kind": i.kind, "max_amount": prints.money(i.limit), "monthly_quantity": str(i.monthly), "holding_quantity": str(i.monthly)}
            for i in c.invoices
        ],
    }
    for role, person in people:
        elements |= {f"{role}_name": person.name, f"{role}_id_number": person.number, f"{role}_phone": person.mobile}
    return elements | ({"general_taxpayer_from": c.general_from} if c.general_from else {})


def ticked(options: tuple[str, ...], chosen: str, marks: tuple[str, str] = ("☑", "□")) -> str:
    """Return all options, each behind its box."""
    return "  ".join(f"{marks[0] if option == chosen else marks[1]}{option}" for option in options)


def invoice_rows(c: Company, heads: list[str], limits: dict[int, str]) -> list[list[str]]:
    """Return the table of invoices under these heads."""
    return [heads, *([i.kind, limits.get(i.limit, str(i.limit)), str(i.monthly), str(i.monthly)] for i in c.invoices)]


@layout("tax_intake_sheet", "build")
def two_pairs_a_row(e: Easel, c: Company, rng: Random) -> Elements:
    """A ruled table with boxes to tick."""
    flow = Flow(e, left=48, top=60)
    flow.title("新办纳税人办税信息采集表")
    f, h = c.finance, c.clerk
    rows = [
        ["纳税人名称", c.name, "统一社会信用代码", c.code],
        ["适用会计制度", ticked(STANDARDS, c.accounting_standard), "固定资产折旧方法", c.depreciation],
        ["存货计价方法", c.costing, "低值易耗品摊销方法", c.amortization],
        ["会计核算软件", c.software, "软件版本号", c.software_version],
        ["增值税纳税人类型", ticked(KINDS, c.vat_kind), "一般纳税人生效之日", c.general_from],
        ["税控设备", ticked(DEVICES, c.device), "发票领用方式", c.delivery],
        ["联系电话", c.phone, "电子邮箱", c.email],
        ["邮政编码", c.postcode, "从业人数", f"{c.staff}人"],
        ["财务负责人", f.name, "财务负责人证件号码", f.number],
        ["财务负责人电话", f.mobile, "办税人员", h.name],
        ["办税人员证件号码", h.number, "办税人员电话", h.mobile],
        ["购票员", h.name, "购票员证件号码", h.number],
        ["购票员电话", h.mobile, "", ""],
    ]
    flow.table(rows, [22, 34, 24, 30])
    flow.gap(14)
    flow.para("发票票种核定申请")
    heads = ["发票种类", "单份发票最高开票限额", "每月最高领票数量", "持票最高数量"]
    flow.table(invoice_rows(c, heads, {10_000: "一万元", 100_000: "十万元"}), [36, 30, 26, 22])
    flow.gap(20)
    flow.para(f"填表人：{h.name}　　　　填表日期：{prints.day(c.opened)}")
    return truth(c)


@layout("tax_intake_sheet", "build")
def plain_list(e: Easel, c: Company, rng: Random) -> Elements:
    """No lines: one pair a row, with colons; persons in a table of their own."""
    flow = Flow(e, left=80, top=66, leading=1.5)
    flow.title("办税信息采集表")
    rows = [
        ("纳税人名称", c.name), ("纳税人识别号", c.code), ("会计制度", c.accounting_standard), ("固定资产折旧方法", c.depreciation),
        ("存货计价方法", c.costing), ("低值易耗品摊销方法", c.amortization), ("财务软件", c.software), ("版本号", c.software_version),
        ("纳税人类型", c.vat_kind), ("生效之日", c.general_from), ("税控设备", c.device), ("领票方式", c.delivery), ("联系电话", c.phone),
        ("电子邮箱", c.email), ("邮编", c.postcode), ("职工人数", str(c.staff)),
    ]
    flow.pairs([row for row in rows if row[1]], 150, gap=2, mark="：")
    flow.gap(8)
    people = [[role, p.name, p.number, p.mobile] for role, p in (("财务负责人", c.finance), ("办税人员", c.clerk), ("购票员", c.clerk))]
    flow.table([["人员", "姓名", "身份证件号码", "手机号码"], *people], [20, 16, 36, 24])
    flow.gap(12)
    heads = ["发票票种", "最高开票限额（元）", "每月最高领用数量", "持票最高数量"]
    flow.table(invoice_rows(c, heads, {}), [36, 30, 26, 22])
    return truth(c)


@layout("tax_intake_sheet", "judge")
def in_sections(e: Easel, c: Company, rng: Random) -> Elements:
    """Sections with headings; other words for the same things; ■ marks a choice."""
    flow = Flow(e, left=54, top=54, size=10)
    flow.title("新办纳税人涉税信息采集表", 17)
    marks = ("■", "□")

    def section(name: str, rows: list[list[str]]) -> None:
        flow.para(name)
        flow.table(rows, [24, 32, 22, 32], size=9)
        flow.gap(8)

    f, h = c.finance, c.clerk
    section("一、基本信息", [
        ["单位名称", c.name, "纳税人识别号", c.code], ["单位电话", c.phone, "邮箱", c.email], ["邮编", c.postcode, "从业人员人数", str(c.staff)],
    ])
    section("二、会计信息", [
        ["财务会计制度", ticked(STANDARDS, c.accounting_standard, marks), "折旧方法", c.depreciation],
        ["存货成本计价方法", c.costing, "摊销方法", c.amortization], ["会计核算软件名称", c.software, "会计核算软件版本号", c.software_version],
    ])
    section("三、人员信息", [
        ["财务负责人姓名", f.name, "财务负责人身份证号", f.number], ["财务负责人手机", f.mobile, "办税员", h.name],
        ["办税员身份证号码", h.number, "办税员电话", h.mobile], ["领票人", h.name, "领票人身份证号", h.number], ["领票人手机", h.mobile, "", ""],
    ])
    section("四、发票信息", [
        ["纳税人类型", ticked(KINDS, c.vat_kind, marks), "一般纳税人资格生效之日", c.general_from], ["税控专用设备", ticked(DEVICES, c.device, marks), "领用方式", c.delivery],
    ])
    heads = ["发票票种名称", "单份发票最高开票限额（元）", "每月最高购票数量（份）", "持票最高数量（份）"]
    flow.table(invoice_rows(c, heads, {10_000: "10,000.00", 100_000: "100,000.00"}), [36, 32, 28, 24], size=9)
    return truth(c)


@layout("tax_intake_sheet", "judge")
def labels_above(e: Easel, c: Company, rng: Random) -> Elements:
    """A web form's print: small labels above their answers, in two columns."""
    flow = Flow(e, left=60, top=56, size=10.5)
    flow.title("纳税人信息采集表", 16)
    f, h = c.finance, c.clerk
    flow.above([
        [("纳税人名称", c.name), ("统一社会信用代码", c.code)], [("会计准则", c.accounting_standard), ("固定资产折旧方法", c.depreciation)],
        [("存货计价方法", c.costing), ("低值易耗品摊销方法", c.amortization)], [("财务软件名称", c.software), ("软件版本", c.software_version)],
        [("增值税纳税人类别", c.vat_kind), ("一般纳税人生效之日", c.general_from or "/")], [("税控设备类型", c.device), ("发票领取方式", c.delivery)],
        [("办公电话", c.phone), ("电子邮件", c.email)], [("邮政编码", c.postcode), ("员工人数", str(c.staff))],
        [("财务负责人", f.name), ("财务负责人身份证号码", f.number), ("财务负责人联系电话", f.mobile)],
        [("办税人", h.name), ("办税人员身份证号码", h.number), ("办税人员联系电话", h.mobile)],
        [("发票领购人", h.name), ("购票人证件号码", h.number), ("购票人电话", h.mobile)],
    ], gap=6)
    flow.gap(6)
    heads = ["发票种类", "最高限额", "月领用量", "持有量"]
    flow.table(invoice_rows(c, heads, {10_000: "1万元", 100_000: "10万元"}), [36, 30, 26, 22], ruled=False)
    return truth(c)
