"""What banks give: the account information of 2019 on, and the older account licence."""

from random import Random

from tests.specimens import prints
from tests.specimens.easel import Easel
from tests.specimens.flow import Flow
from tests.specimens.papers.layout import Elements, layout
from tests.specimens.people import Company

_HALF = (595.0, 421.0)


def truth(c: Company, *, opened: bool = True) -> Elements:
    """Return what the bank states."""
    elements: Elements = {
        "account_name": c.name,
        "account_number": c.account_number,
        "bank_name": c.bank,
        "legal_representative": c.head.name,
        "basic_account_number": c.account,
    }
    return elements | ({"opened_on": c.opened.isoformat()} if opened else {})


@layout("bank_account_notice", "build", _HALF)
def colon_list(e: Easel, c: Company, rng: Random) -> Elements:
    """Labels with colons; no label before the day."""
    flow = Flow(e, left=90, top=50, size=13)
    flow.title("基本存款账户信息", 22)
    rows = [("账户名称", c.name), ("账户号码", c.account_number), ("开户银行", c.bank), ("法定代表人（单位负责人）", c.head.name), ("基本存款账户编号", c.account)]
    flow.pairs(rows, 175, gap=7, mark="：")
    e.text((380, 330), prints.day(c.opened), 13)
    e.seal(430, 300, 48, "业务专用章")
    return truth(c)


@layout("bank_account_notice", "build", _HALF)
def account_licence(e: Easel, c: Company, rng: Random) -> Elements:
    """The licence of the central bank: a sentence names the company."""
    e.box(22, 22, e.width - 44, e.height - 44, 3)
    e.centred(e.width / 2, 50, "开户许可证", 30)
    e.text((60, 100), f"核准号：{c.account}", 12)
    e.text((360, 100), f"编号：{rng.randrange(1000, 9999)}-0{rng.randrange(10**7, 10**8)}", 12)
    flow = Flow(e, left=60, top=140, size=13, bottom=10)
    flow.para(f"经审核，{c.name}符合开户条件，准予开立基本存款账户。", indent=2)
    flow.gap(6)
    flow.pairs([("法定代表人（单位负责人）", c.head.name), ("开户银行", c.bank), ("账　　号", c.account_number)], 170, gap=6)
    e.text((360, 325), "发证机关（盖章）", 12)
    e.text((370, 350), prints.day(c.opened, 3), 12)
    e.seal(420, 335, 45, "账户管理专用章")
    return truth(c)


@layout("bank_account_notice", "judge")
def ruled_table(e: Easel, c: Company, rng: Random) -> Elements:
    """A print with a ruled table, half a page."""
    flow = Flow(e, left=66, top=80, size=11)
    flow.title("基本存款账户信息", 20)
    rows = [
        ["账户名称", c.name], ["账户号码", c.account_number], ["开户银行", c.bank], ["法定代表人\n（单位负责人）", c.head.name],
        ["基本存款账户编号", c.account], ["开户日期", prints.day(c.opened, 2)],
    ]
    flow.table(rows, [30, 70], size=12, pad=9)
    flow.gap(30)
    flow.right(f"打印日期：{prints.day(c.opened, 2)}")
    e.seal(430, flow.y + 20, 50, "营业部业务章")
    return truth(c)


@layout("bank_account_notice", "judge", _HALF)
def licence_in_two_columns(e: Easel, c: Company, rng: Random) -> Elements:
    """An account licence whose sentence breaks within the name."""
    e.centred(e.width / 2, 40, "开 户 许 可 证", 28)
    e.text((380, 90), f"核准号 {c.account}", 11)
    flow = Flow(e, left=80, top=130, size=14, bottom=10)
    flow.para(f"经审核，{c.name} 符合开户条件，准予开立基本存款账户。", indent=2)
    flow.gap(10)
    flow.pairs([("法定代表人(单位负责人)", c.head.name), ("开户银行", c.bank), ("账号", c.account_number)], 180, gap=2)
    e.text((330, 340), "发证机关(盖章)", 11)
    e.text((330, 362), prints.day(c.opened, 1), 11)
    e.seal(400, 345, 44, "账户管理专用章")
    return truth(c)
