"""Notice of the name (企业名称自主申报告知书, before 2019 企业名称预先核准通知书)."""

from datetime import date, timedelta
from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.people import Company
from tests.specimens.prints import day


def _issued(c: Company) -> date:
    return c.signed - timedelta(days=6)


def _until(c: Company) -> date:
    """Two months, 企业名称登记管理规定实施办法 第二十五条."""
    return _issued(c) + timedelta(days=60)


def labelled(company: Company, easel: Easel) -> None:
    """A label and a value a line."""
    c, flow = company, Flow(easel, size=13, left=80, leading=2)
    flow.title("企业名称自主申报告知书", 20)
    for line in (
        f"文号：{c.notice_number}",
        f"申报的企业名称：{c.name}",
        f"投资人：{'、'.join(s.holder.name for s in c.shares)}",
        f"名称保留期至：{day(_until(c))}",
    ):
        flow.para(line)
    flow.para("申报人应当在名称保留期内办理企业登记；逾期的，该名称不再保留。", indent=2)
    flow.gap(60)
    flow.right(f"登记机关：{c.registrar}")
    flow.right(day(_issued(c)))
    easel.seal(430, flow.y - 24, 60, c.registrar)


def letter(company: Company, easel: Easel) -> None:
    """A letter to the investors, the number below the title."""
    c, flow = company, Flow(easel, size=12.5, left=84, leading=1.9)
    flow.title("企业名称申报告知书", 20)
    flow.right(c.notice_number)
    flow.para(f"你（单位）申报的企业名称为：{c.name}。该名称保留至{day(_until(c))}。", indent=2)
    rows = [["投资人姓名或名称"], *([s.holder.name] for s in c.shares)]
    flow.table(rows, [1], size=11.5, pad=6)
    flow.gap(10)
    flow.para("特此告知。", indent=2)
    flow.gap(50)
    flow.right(c.registrar)
    flow.right(day(_issued(c), 4))
    easel.seal(420, flow.y - 26, 58, c.registrar)


LAYOUTS = {"labelled": labelled, "letter": letter}
SPLITS = {"build": ("labelled",), "judge": ("letter",)}


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the notice says."""
    c = company
    return {
        "company_name": c.name,
        "notice_number": c.notice_number,
        "issued_on": _issued(c).isoformat(),
        "reserved_until": _until(c).isoformat(),
        "registration_authority": c.registrar,
        "investors": [{"name": s.holder.name} for s in c.shares],
    }
