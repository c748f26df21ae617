"""Name application sheet (企业名称申报信息表); the head of the company declares it himself."""

from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.people import Company
from tests.specimens.prints import day, money, wan

_PROMISE = "本人承诺：以上申报信息真实、准确、完整，知悉企业名称争议的法律责任。"
_SIMPLE_KIND = "有限责任公司"


def ruled(company: Company, easel: Easel) -> None:
    """A ruled table of labels and values, two pairs a row; investors in a table of their own."""
    c, flow = company, Flow(easel, left=60)
    flow.title("企业名称申报信息表")
    rows = [
        ["申请名称", c.name, "行政区划", c.division],
        ["字号", c.trade_name, "行业表述", c.industry],
        ["组织形式", c.form, "企业类型", _SIMPLE_KIND],
        *([f"备选名称{n}", spare, "", ""] for n, spare in enumerate(c.spare_names, 1)),
        ["注册资本", f"{wan(c.capital)}万元人民币", "住所", c.address],
    ]
    flow.table(rows, [26, 60, 26, 50], pad=5)
    flow.table([["经营范围", c.scope]], [26, 136], pad=5)
    _investors(c, flow, ("投资人姓名或名称", "证件号码", "认缴出资额（万元）", "出资比例"), ruled=True)
    rows = [["经办人", c.head.name, "证件号码", c.head.number], ["联系电话", c.head.mobile, "", ""]]
    flow.para("经办人信息")
    flow.table(rows, [26, 50, 26, 60], pad=5)
    flow.gap(14)
    flow.para(_PROMISE)
    flow.right(f"申请日期：{day(c.signed)}")


def lined(company: Company, easel: Easel) -> None:
    """A label and a value a line, investors in a table without rules."""
    c, flow = company, Flow(easel, left=72, size=11)
    flow.title("企业名称自主申报信息表")
    rows = [
        ("申报企业名称", c.name),
        *((f"备选名称{n}", spare) for n, spare in enumerate(c.spare_names, 1)),
        ("行政区划", c.division),
        ("字号", c.trade_name),
        ("行业表述", c.industry),
        ("组织形式", c.form),
        ("企业类型", _SIMPLE_KIND),
        ("注册资本", f"{wan(c.capital)}万元"),
        ("住所", c.address),
        ("经营范围", c.scope),
    ]
    flow.pairs([(label + "：", value) for label, value in rows], 92)
    _investors(c, flow, ("姓名或名称", "身份证号码", "出资比例"), ruled=False)
    rows = [("经办人", c.head.name), ("身份证件号码", c.head.number), ("联系电话", c.head.mobile)]
    flow.gap(8)
    flow.pairs([(label + "：", value) for label, value in rows], 92)
    flow.para(_PROMISE)
    flow.right(f"申请日期：{day(c.signed, 2)}")


def ranked(company: Company, easel: Easel) -> None:
    """The names in a table by rank, the parts of the first below."""
    c, flow = company, Flow(easel, left=54, size=10)
    flow.title("企业名称申报表", 17)
    rows = [["序号", "企业名称"], *([str(n), name] for n, name in enumerate((c.name, *c.spare_names), 1))]
    flow.table(rows, [10, 90], pad=5)
    flow.gap(8)
    rows = [
        ["行政区划", c.division, "企业字号", c.trade_name],
        ["行业特点", c.industry, "组织形式", c.form],
        ["公司类型", _SIMPLE_KIND, "认缴注册资本", f"{c.capital:,}元"],
    ]
    flow.table(rows, [24, 56, 26, 54], pad=5)
    flow.table([["拟设住所", c.address], ["经营范围", c.scope]], [24, 136], pad=5)
    _investors(c, flow, ("姓名/名称", "证照号码", "出资额（万元）", "比例"), ruled=True)
    rows = [["申报人", c.head.name, "身份证件号码", c.head.number, "联系电话", c.head.mobile]]
    flow.table(rows, [16, 20, 22, 46, 20, 32], size=8.5)
    flow.gap(12)
    flow.para(_PROMISE)


def _investors(c: Company, flow: Flow, heads: tuple[str, ...], *, ruled: bool) -> None:
    """Write the investors; three heads leave the amounts out."""
    flow.gap(8)
    flow.para("投资人信息")
    rows = [[s.holder.name, s.holder.number, wan(s.amount), f"{s.percent}%"] for s in c.shares]
    if len(heads) == 3:
        rows = [[name, number, percent] for name, number, _, percent in rows]
    flow.table([list(heads), *rows], [44, 58, 40, 24][: len(heads)], ruled=ruled, pad=5)
    flow.gap(8)


LAYOUTS = {"ruled": ruled, "lined": lined, "ranked": ranked}
SPLITS = {"build": ("ruled", "lined"), "judge": ("ranked",)}


def truth(company: Company, layout: str) -> dict[str, Any]:
    """Return what the sheet says; the one in lines gives no amounts of the investors."""
    c = company
    investors = [
        {"name": s.holder.name, "id_number": s.holder.number, "percent": str(s.percent)}
        | ({} if layout == "lined" else {"subscribed_capital": money(s.amount)})
        for s in c.shares
    ]
    return {
        "proposed_names": [{"company_name": name} for name in (c.name, *c.spare_names)],
        "district": c.division,
        "trade_name": c.trade_name,
        "industry": c.industry,
        "organization_form": c.form,
        "company_type": _SIMPLE_KIND,
        "registered_capital": money(c.capital),
        "address": c.address,
        "business_scope": c.scope,
        "investors": investors,
        "agent_name": c.head.name,
        "agent_id_number": c.head.number,
        "agent_phone": c.head.mobile,
    }
