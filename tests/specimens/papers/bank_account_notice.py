"""Bank account: 基本存款账户信息 printed since 2019, and the licence (开户许可证) before it."""

from typing import Any

from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.people import Company
from tests.specimens.prints import day

A5 = (595.0, 420.0)


def print_2019(company: Company, easel: Easel) -> None:
    """The bank's print: a label and a value a line, the branch's seal below."""
    c = company
    easel.centred(easel.width / 2, 50, "基本存款账户信息", 22, style="song")
    rows = [
        ("账户名称：", c.name),
        ("账户号码：", c.account_number),
        ("开户银行：", c.bank),
        ("法定代表人（单位负责人）：", c.head.name),
        ("基本存款账户编号：", c.account),
        ("开户日期：", day(c.opened)),
    ]
    for n, (label, value) in enumerate(rows):
        easel.text((78, 110 + n * 34), label + value, 13.5)
    easel.text((360, 350), "（银行盖章）", 11)
    easel.seal(420, 330, 58, f"{c.bank}业务专用章"[-16:])


def print_table(company: Company, easel: Easel) -> None:
    """The same as a ruled table of two columns."""
    c = company
    flow = Flow(easel, top=52, size=12, bottom=20)
    flow.title("基本存款账户开户信息", 20)
    rows = [
        ["账户名称", c.name],
        ["账号", c.account_number],
        ["开户行名称", c.bank],
        ["法定代表人", c.head.name],
        ["基本存款账户编号", c.account],
        ["开户日期", day(c.opened, 2)],
    ]
    flow.table(rows, [2, 5], size=12.5, pad=7)
    easel.seal(430, 345, 52, f"{c.bank}业务专用章"[-16:])


def licence(company: Company, easel: Easel) -> None:
    """The licence: a sentence names the company, the approval number stands in the corner."""
    c = company
    for inset, stroke in ((14, 3), (20, 0.8)):
        easel.box(inset, inset, easel.width - 2 * inset, easel.height - 2 * inset, stroke)
    easel.centred(easel.width / 2, 52, "开户许可证", 28, style="song")
    easel.text((46, 98), f"核准号：{c.account}", 12)
    easel.text((400, 98), "编号：2910-05178826", 12)
    flow = Flow(easel, left=52, top=138, size=13, bottom=10)
    flow.para(f"经审核，{c.name}符合开户条件，准予开立基本存款账户。", indent=2)
    flow.gap(14)
    rows = [("法定代表人（单位负责人）", c.head.name), ("开户银行", c.bank), ("账　　号", c.account_number)]
    flow.pairs([(f"{label}　{value}", "") for label, value in rows], 0, gap=8)
    easel.text((376, 316), "发证机关（盖章）", 12)
    easel.text((380, 350), day(c.opened), 12.5)
    easel.seal(424, 330, 52, "账户管理专用章")


LAYOUTS = {"print_2019": print_2019, "licence": licence, "print_table": print_table}
SPLITS = {"build": ("print_2019", "licence"), "judge": ("print_table", "licence")}
SIZES = dict.fromkeys(LAYOUTS, A5)


def truth(company: Company, _layout: str) -> dict[str, Any]:
    """Return what the notice says."""
    c = company
    return {
        "account_name": c.name,
        "account_number": c.account_number,
        "bank_name": c.bank,
        "legal_representative": c.head.name,
        "basic_account_number": c.account,
        "opened_on": c.opened.isoformat(),
    }
