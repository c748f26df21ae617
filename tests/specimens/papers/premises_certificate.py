"""Certificate of real property (不动产权证书): its page of facts."""

from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow, Rows
from tests.specimens.people import Company


def _rows(c: Company) -> Rows:
    return [
        ["权利人", c.lessor],
        ["共有情况", "单独所有"],
        ["坐落", c.address],
        ["不动产单元号", "310115 004012 GB00017 F00010302"],
        ["权利类型", "国有建设用地使用权/房屋所有权"],
        ["权利性质", "出让"],
        ["用途", c.premises_use],
        ["面积", f"{c.area}平方米"],
        ["使用期限", "2018年06月01日起2068年05月31日止"],
    ]


def ruled(company: Company, easel: Easel) -> None:
    """The number above a ruled table, as in the booklet."""
    flow = Flow(easel, size=12, left=80)
    flow.title("不动产权证书", 22)
    flow.right(company.certificate)
    flow.gap(6)
    flow.table(_rows(company), [36, 110], size=12, pad=10)


def older(company: Company, easel: Easel) -> None:
    """The older house certificate, with lines instead of a table."""
    c, flow = company, Flow(easel, size=12.5, left=90)
    flow.title("房屋所有权证", 22)
    rows = [
        ("证号", c.certificate),
        ("房屋所有权人", c.lessor),
        ("共有情况", "单独所有"),
        ("房屋坐落", c.address),
        ("规划用途", c.premises_use),
        ("建筑面积", f"{c.area}平方米"),
    ]
    flow.pairs([(label + "：", value) for label, value in rows], 110, gap=8)


LAYOUTS = {"ruled": ruled, "older": older}
SPLITS = {"build": ("ruled",), "judge": ("older",)}


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the certificate says."""
    c = company
    return {
        "certificate_number": c.certificate,
        "owner": c.lessor,
        "address": c.address,
        "area_m2": c.area,
        "usage": c.premises_use,
    }
