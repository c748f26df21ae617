"""Name application sheet: as a ruled table, and as a list with the investors in a borderless table."""

from random import Random

from tests.specimens import prints
from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.papers.layout import Elements, layout
from tests.specimens.people import Company


def truth(c: Company) -> Elements:
    """Return what the applicant declares; the head of the company acts for it."""
    return {
        "proposed_names": [{"company_name": name} for name in (c.name, *c.spare_names)],
        "district": c.division,
        "trade_name": c.trade_name,
        "industry": c.industry,
        "organization_form": "有限公司",
        "company_type": "有限责任公司",
        "registered_capital": prints.money(c.capital),
        "address": c.address,
        "business_scope": c.scope,
        "investors": [
            {"name": s.holder.name, "id_number": s.holder.number, "subscribed_capital": prints.money(s.amount), "percent": str(s.percent)} for s in c.shares
        ],
        "agent_name": c.head.name,
        "agent_id_number": c.head.number,
        "agent_phone": c.head.mobile,
    }


@layout("name_application_sheet", "build")
def ruled(e: Easel, c: Company, rng: Random) -> Elements:
    """Everything in ruled tables."""
    flow = Flow(e, left=52, top=60)
    flow.title("企业名称申报信息表")
    rows = [
        ["申请名称", c.name, "行政区划", c.division], ["字号", c.trade_name, "行业表述", c.industry], ["组织形式", "有限公司", "企业类型", "有限责任公司"],
        *([f"备选名称{n}", name, "", ""] for n, name in enumerate(c.spare_names, 1)), ["注册资本", prints.licence_money(c.capital, 1), "住所", c.address],
    ]
    flow.table(rows, [20, 40, 18, 34])
    flow.table([["经营范围", c.scope]], [20, 92])
    flow.gap(14)
    flow.para("投资人信息")
    people = [[s.holder.name, s.holder.number, prints.wan(s.amount), f"{s.percent}%"] for s in c.shares]
    flow.table([["投资人姓名或名称", "证件号码", "认缴出资额（万元）", "出资比例"], *people], [28, 36, 28, 18])
    flow.gap(14)
    flow.para("经办人信息")
    flow.table([["经办人", c.head.name, "经办人证件号码", c.head.number], ["联系电话", c.head.mobile, "", ""]], [20, 30, 24, 36])
    flow.gap(16)
    flow.para("本人承诺：以上申报信息真实、准确、完整。")
    flow.right(f"申请日期：{prints.day(c.signed)}")
    return truth(c)


@layout("name_application_sheet", "judge")
def listed(e: Easel, c: Company, rng: Random) -> Elements:
    """Numbered sections without lines; the share as a bare number under 出资比例（%）."""
    flow = Flow(e, left=74, top=70, size=11)
    flow.title("企业名称自主申报信息表", 17)
    spares = [(f"备选名称（{n}）", name) for n, name in enumerate(c.spare_names, 1)]
    flow.para("一、名称信息")
    flow.pairs([
        ("申请企业名称", c.name), *spares, ("行政区划", c.division), ("字　　号", c.trade_name), ("行业表述", c.industry), ("组织形式", "有限公司"),
    ], 116, gap=1, mark="：")
    flow.para("二、企业信息")
    flow.pairs([("企业类型", "有限责任公司"), ("注册资本", prints.licence_money(c.capital, 4)), ("企业住所", c.address), ("经营范围", c.scope)], 116, gap=1, mark="：")
    flow.para("三、投资人")
    people = [[str(n), s.holder.name, s.holder.number, prints.wan(s.amount), str(s.percent)] for n, s in enumerate(c.shares, 1)]
    flow.table([["序号", "投资人名称或姓名", "证照号码", "投资额（万元）", "出资比例（%）"], *people], [10, 28, 36, 24, 22], ruled=False)
    flow.gap(6)
    flow.para("四、具体经办人")
    flow.pairs([("姓　　名", c.head.name), ("身份证件号码", c.head.number), ("联系电话", c.head.mobile)], 116, gap=1, mark="：")
    return truth(c)
