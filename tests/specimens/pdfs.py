"""Papers as PDFs with text: articles, name sheet, intake sheet, lease, resolution."""

from datetime import date
from io import BytesIO

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tests.specimens.fonts import registered
from tests.specimens.people import Company

Cells = list[list[str]]


def day(value: date) -> str:
    """Return a day as papers print it."""
    return f"{value.year}年{value.month}月{value.day}日"


def wan(amount: int) -> str:
    """Return yuan in ten thousands, without closing zeros."""
    return f"{amount / 10_000:g}"


class Setter:
    """Sets paragraphs and tables in one face."""

    def __init__(self, style: str) -> None:
        self.font = registered(style)

    def text(self, text: str, size: float = 10.5, *, align: int = 0, indent: bool = False) -> Paragraph:
        """Return a paragraph; indent sets its first line in by two characters."""
        look = ParagraphStyle(
            "p", fontName=self.font, fontSize=size, leading=size * 1.7, wordWrap="CJK", alignment=align,
            firstLineIndent=2 * size if indent else 0, spaceAfter=size * 0.35,
        )
        return Paragraph(text, look)

    def title(self, text: str, size: float = 18) -> Paragraph:
        """Return a centred heading."""
        return self.text(text, size, align=TA_CENTER)

    def right(self, text: str) -> Paragraph:
        """Return a line at the right margin."""
        return self.text(text, align=TA_RIGHT)

    def table(self, cells: Cells, widths: list[float], *, ruled: bool = True, size: float = 9.5) -> Table:
        """Return a table whose long cells wrap."""
        rows = [[self.text(c, size) for c in row] for row in cells]
        made = Table(rows, colWidths=[w * mm for w in widths], repeatRows=0)
        look = [("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]
        if ruled:
            look.append(("GRID", (0, 0), (-1, -1), 0.5, (0.2, 0.2, 0.2)))
        made.setStyle(TableStyle(look))
        return made


def document(parts: list[Flowable]) -> bytes:
    """Return a PDF of these parts; the same parts give the same bytes."""
    buffer = BytesIO()
    margins = {"leftMargin": 24 * mm, "rightMargin": 24 * mm, "topMargin": 22 * mm, "bottomMargin": 20 * mm}
    SimpleDocTemplate(buffer, pagesize=A4, invariant=1, **margins).build(parts)
    return buffer.getvalue()


def articles(company: Company, style: str) -> bytes:
    """Return the articles of association: clauses, and the shareholders in a table."""
    s = Setter(style)
    capital = company.articles_capital or company.capital
    shares = [["股东姓名或名称", "证件号码", "认缴出资额（万元）", "出资比例", "出资方式", "出资时间"]]
    shares += [[x.holder.name, x.holder.number, wan(x.amount), f"{x.percent}%", "货币", day(x.due)] for x in company.shares]
    holders = "、".join(x.holder.name for x in company.shares)
    clauses: list[Flowable] = [Spacer(1, 40), s.title(company.name, 20), s.title("章 程", 24), Spacer(1, 24)]
    for heading, lines in _clauses(company, holders, wan(capital)):
        clauses.append(s.title(heading, 13))
        clauses.extend(s.text(line, indent=True) for line in lines)
        if heading.startswith("第五章"):
            clauses += [s.table(shares, [26, 42, 24, 18, 18, 30], size=8.5), Spacer(1, 10)]
        if heading.startswith("第六章"):
            clauses.append(PageBreak())
    clauses += [Spacer(1, 30), s.text("全体股东签名："), Spacer(1, 40), s.right(day(company.signed))]
    return document(clauses)


def _clauses(c: Company, holders: str, capital: str) -> list[tuple[str, list[str]]]:
    return [
        ("第一章 总则", [
            f"第一条 为规范公司的组织和行为，保护公司、股东、职工和债权人的合法权益，根据《中华人民共和国公司法》（以下简称《公司法》）及有关规定，由{holders}共同出资设立公司，特制定本章程。",
            "第二条 本章程对公司、股东、董事、监事、高级管理人员具有约束力。",
        ]),
        ("第二章 公司名称和住所", [f"第三条 公司名称：{c.name}。", f"第四条 公司住所：{c.address}。"]),
        ("第三章 公司经营范围", [f"第五条 公司经营范围：{c.scope}", "公司应当在登记的经营范围内从事活动。"]),
        ("第四章 公司注册资本", [f"第六条 公司注册资本：人民币{capital}万元。", "公司增加或者减少注册资本，应当依法办理变更登记。"]),
        ("第五章 股东的姓名、出资额、出资方式和出资时间", ["第七条 股东的姓名、认缴出资额、出资方式和出资时间如下："]),
        ("第六章 公司的机构及其产生办法、职权、议事规则", [
            "第八条 公司股东会由全体股东组成，是公司的权力机构，依照《公司法》行使职权。",
            "第九条 公司不设董事会，设董事一名，由股东会选举产生，任期三年，任期届满，可以连选连任。",
            "第十条 公司不设监事会，设监事一名，由股东会选举产生。董事、高级管理人员不得兼任监事。",
        ]),
        ("第七章 公司的法定代表人", [f"第十一条 公司的法定代表人由代表公司执行公司事务的董事担任，现由{c.head.name}担任法定代表人。"]),
        ("第八章 附则", ["第十二条 公司的营业期限为长期。", "第十三条 本章程一式三份，股东各执一份，报公司登记机关一份。"]),
    ]


def name_sheet(company: Company, style: str, *, ruled: bool) -> bytes:
    """Return the name application sheet; the head of the company declares it himself."""
    s = Setter(style)
    c = company
    spares = list(c.spare_names)
    rows = [
        ["申请名称", c.name, "行政区划", c.division],
        ["字号", c.trade_name, "行业表述", c.industry],
        ["组织形式", "有限公司", "企业类型", "有限责任公司"],
        *([f"备选名称{n}", spare, "", ""] for n, spare in enumerate(spares, 1)),
        ["注册资本", f"{wan(c.capital)}万元人民币", "住所", c.address],
    ]
    investors = [["投资人姓名或名称", "证件号码", "认缴出资额（万元）", "出资比例"]]
    investors += [[x.holder.name, x.holder.number, wan(x.amount), f"{x.percent}%"] for x in c.shares]
    agent = [["经办人", c.head.name, "证件号码", c.head.number], ["联系电话", c.head.mobile, "", ""]]
    parts = [
        s.title("企业名称申报信息表"), Spacer(1, 10), s.table(rows, [28, 60, 26, 48], ruled=ruled), Spacer(1, 6),
        s.table([["经营范围", c.scope]], [28, 134], ruled=ruled), Spacer(1, 10), s.text("投资人信息"),
        s.table(investors, [44, 58, 36, 24], ruled=ruled), Spacer(1, 10), s.text("经办人信息"),
        s.table(agent, [28, 46, 28, 60], ruled=ruled), Spacer(1, 14),
        s.text("本人承诺：以上申报信息真实、准确、完整，知悉企业名称争议的法律责任。"), Spacer(1, 10),
        s.right(f"申请日期：{day(c.signed)}"),
    ]
    return document(parts)


def intake_rows(c: Company) -> Cells:
    """Return labels and answers of the intake sheet, two pairs a row."""
    return [
        ["纳税人名称", c.name, "统一社会信用代码", c.code],
        ["适用会计制度", c.accounting_standard, "固定资产折旧方法", "年限平均法"],
        ["存货计价方法", "加权平均法", "低值易耗品摊销方法", "一次摊销法"],
        ["会计核算软件", "畅捷通好会计", "软件版本号", "2026.1"],
        ["增值税纳税人类型", "一般纳税人", "一般纳税人生效之日", "次月1日"],
        ["税控设备", "税务UKey", "发票领用方式", "办税服务厅领取"],
        ["联系电话", c.phone, "电子邮箱", c.email],
        ["邮政编码", c.postcode, "从业人数", str(c.staff)],
        ["财务负责人", c.finance.name, "财务负责人证件号码", c.finance.number],
        ["财务负责人电话", c.finance.mobile, "办税人员", c.clerk.name],
        ["办税人员证件号码", c.clerk.number, "办税人员电话", c.clerk.mobile],
        ["领票人", c.clerk.name, "领票人证件号码", c.clerk.number],
        ["领票人电话", c.clerk.mobile, "", ""],
    ]


INVOICES = [
    ["发票种类", "单份发票最高开票限额", "每月最高领票数量", "持票最高数量"],
    ["增值税专用发票", "十万元", "25", "25"],
    ["增值税普通发票", "十万元", "50", "50"],
]


def intake_sheet(company: Company, style: str) -> bytes:
    """Return the tax intake sheet as a ruled table."""
    s = Setter(style)
    parts = [
        s.title("新办纳税人办税信息采集表"), Spacer(1, 10), s.table(intake_rows(company), [32, 50, 36, 46]), Spacer(1, 12),
        s.text("发票票种"), s.table(INVOICES, [50, 44, 38, 32]), Spacer(1, 14), s.right(f"填表日期：{day(company.opened)}"),
    ]
    return document(parts)


def lease(company: Company, style: str) -> bytes:
    """Return a lease of the company's rooms for two years."""
    s = Setter(style)
    c = company
    start, end = c.signed, date(c.signed.year + 2, c.signed.month, c.signed.day)
    lines = [
        f"出租方（甲方）：{c.lessor}", f"承租方（乙方）：{c.name}（筹）",
        "根据《中华人民共和国民法典》及有关规定，甲乙双方经协商一致，订立本合同。",
        f"第一条 房屋坐落：{c.address}", "第二条 建筑面积：128.50平方米", "第三条 用途：办公",
        f"第四条 租赁期限：自{day(start)}起至{day(end)}止。", "第五条 租金：每月人民币9600元，按季支付。",
        "第六条 甲方保证对该房屋享有出租的权利，并同意乙方以该房屋作为住所办理登记。",
    ]
    parts = [s.title("房屋租赁合同"), Spacer(1, 12), *(s.text(line) for line in lines), Spacer(1, 40)]
    return document([*parts, s.text("甲方（盖章）：　　　　　　　　　乙方（签字）："), Spacer(1, 30), s.text(f"签订日期：{day(c.signed)}")])


def resolution(company: Company, style: str) -> bytes:
    """Return the first resolution of the shareholders."""
    s = Setter(style)
    c = company
    holders = "、".join(x.holder.name for x in c.shares)
    lines = [
        f"{c.name}首次股东会于{day(c.signed)}在公司住所召开。应到股东{len(c.shares)}名，实到{len(c.shares)}名，会议由出资最多的股东召集和主持。经全体股东一致通过，作出如下决议：",
        "一、通过公司章程。", f"二、选举{c.head.name}为公司董事，由{c.head.name}担任公司法定代表人。", f"三、选举{c.clerk.name}为公司监事。",
        f"四、聘任{c.finance.name}为公司财务负责人。",
    ]
    parts = [s.title("股东会决议"), Spacer(1, 12), *(s.text(line, 12, indent=True) for line in lines), Spacer(1, 40)]
    return document([*parts, s.text(f"全体股东签字：{holders}", 12), Spacer(1, 40), s.right(day(c.signed))])
