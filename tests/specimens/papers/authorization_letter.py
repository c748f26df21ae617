"""Letter of authorisation (授权委托书) as DOCX: the company sends its tax handler."""

import io
from datetime import date
from typing import Any

import docx

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.office import same_bytes
from tests.specimens.people import Company
from tests.specimens.prints import day

_SCOPE = "办理新办纳税人套餐的全部涉税事项"


def _end(c: Company) -> date:
    return date(c.established.year + 1, c.established.month, min(c.established.day, 28))


def _lines(c: Company) -> tuple[str, ...]:
    return (
        f"委托人：{c.name}",
        f"被委托人：{c.clerk.name}",
        f"身份证件号码：{c.clerk.number}",
        f"联系电话：{c.clerk.mobile}",
        f"委托事项：{_SCOPE}",
        f"委托期限：自{day(c.established)}至{day(_end(c))}",
        "委托人（盖章）：",
        f"签署日期：{day(c.established)}",
    )


def lined(company: Company, easel: Easel) -> None:
    """A label and a value a line."""
    flow = Flow(easel, size=12.5, leading=2)
    flow.title("授权委托书", 21)
    for line in _lines(company):
        flow.para(line)


def tabled(company: Company, easel: Easel) -> None:
    """The agent in a ruled table, the term in the closing lines."""
    c, flow = company, Flow(easel, size=12)
    flow.title("指定代表或者共同委托代理人授权委托书", 17)
    flow.para(f"申请人：{c.name}")
    rows = [
        ["被委托人", c.clerk.name],
        ["身份证件号码", c.clerk.number],
        ["联系电话", c.clerk.mobile],
        ["委托事项", _SCOPE],
        ["委托期限", f"自{day(c.established)}至{day(_end(c))}"],
    ]
    flow.table(rows, [36, 110], size=11.5, pad=8)
    flow.gap(40)
    flow.para("申请人盖章：")
    flow.right(f"日期：{day(c.established, 1)}")


def letter(company: Company, *, table: bool = False) -> bytes:
    """Return the letter as DOCX, with lines or with a table."""
    made = docx.Document()
    made.add_heading("授权委托书", level=1)
    lines = _lines(company)
    if table:
        grid = made.add_table(rows=0, cols=2)
        grid.style = "Table Grid"
        for line in lines[:6]:
            cells = grid.add_row().cells
            cells[0].text, cells[1].text = line.split("：", 1)
        lines = lines[6:]
    for line in lines:
        made.add_paragraph(line)
    buffer = io.BytesIO()
    made.save(buffer)
    return same_bytes(buffer.getvalue(), company.established)


LAYOUTS = {"lined": lined, "tabled": tabled}
SPLITS = {"build": ("lined",), "judge": ("tabled",)}


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the letter says."""
    c = company
    return {
        "principal": c.name,
        "agent_name": c.clerk.name,
        "agent_id_number": c.clerk.number,
        "agent_phone": c.clerk.mobile,
        "scope": _SCOPE,
        "valid_from": c.established.isoformat(),
        "valid_to": _end(c).isoformat(),
        "signed_on": c.established.isoformat(),
    }
