"""Lease of the company's rooms (房屋租赁合同)."""

from datetime import date, timedelta
from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.people import Company
from tests.specimens.prints import day, money


def _end(c: Company) -> date:
    return c.signed.replace(year=c.signed.year + 3, day=min(c.signed.day, 28)) - timedelta(days=1)


def labelled(company: Company, easel: Easel) -> None:
    """Clauses that each begin with the label of what they settle."""
    c, flow = company, Flow(easel, size=11)
    flow.title("房屋租赁合同", 20)
    for line in (
        f"出租方（甲方）：{c.lessor}",
        f"承租方（乙方）：{c.name}",
        "根据《中华人民共和国民法典》及有关规定，甲乙双方经协商一致，订立本合同。",
        f"第一条  房屋坐落：{c.address}",
        f"第二条  建筑面积：{c.area}平方米",
        f"第三条  用途：{c.premises_use}",
        f"第四条  租赁期限：自{day(c.signed)}起至{day(_end(c))}止。",
        f"第五条  租金：每月人民币{c.rent}元，按季支付。",
        "第六条  甲方保证对该房屋享有出租的权利，并同意乙方以该房屋作为住所办理登记。",
        "第七条  租赁期内，房屋的水、电、通信等费用由乙方承担。",
        "第八条  本合同一式两份，双方各执一份，自双方签字或者盖章之日起生效。",
    ):
        flow.para(line)
        flow.gap(3)
    flow.gap(40)
    flow.para("甲方（盖章）：　　　　　　　　　　　　乙方（盖章）：")
    flow.gap(40)
    flow.para(f"签订日期：{day(c.signed)}")


def running(company: Company, easel: Easel) -> None:
    """Sentences: the flat is named in the running text."""
    c, flow = company, Flow(easel, left=80, size=11.5)
    flow.title("办公房屋租赁合同", 20)
    flow.para(f"甲方（出租方）：{c.lessor}")
    flow.para(f"乙方（承租方）：{c.name}")
    for line in (
        f"一、甲方将坐落于{c.address}的房屋出租给乙方，建筑面积为{c.area}平方米，用途为{c.premises_use}。",
        f"二、租赁期限自{day(c.signed)}至{day(_end(c))}，期满后乙方有优先承租的权利。",
        f"三、月租金为{c.rent}元（人民币），乙方于每季度首月十日前支付。",
        "四、乙方不得擅自改变房屋结构和用途，不得转租。",
        "五、未尽事宜，由双方协商解决。",
    ):
        flow.para(line, indent=2)
    flow.gap(40)
    flow.para("甲方（签章）：")
    flow.para("乙方（签章）：")
    flow.right(f"签约日期：{day(c.signed, 1)}")


LAYOUTS = {"labelled": labelled, "running": running}
SPLITS = {"build": ("labelled",), "judge": ("running",)}


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the lease says."""
    c = company
    return {
        "lessor": c.lessor,
        "lessee": c.name,
        "address": c.address,
        "area_m2": c.area,
        "rent": money(c.rent),
        "usage": c.premises_use,
        "term_from": c.signed.isoformat(),
        "term_to": _end(c).isoformat(),
        "signed_on": c.signed.isoformat(),
    }
