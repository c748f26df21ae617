"""The bank account that is reported to the tax authority."""

from datetime import date

from extractors.values.text import same_name_key
from rules import tables
from rules.engine import rule
from rules.model import Severity
from rules.periods import days_between
from rules.registry import Unclear

_REPORT = ("tax_collection_law:第十七条", "tax_collection_rules:第十七条")


_TRADER = "个体户"
"""How an account of a sole trader without a trade name begins; the operator's name follows."""


@rule(
    "bank.account_name",
    title="账户名称与企业名称一致",
    cites=("bank_account_measures_2003:第二十三条", "portal_practice:账户名称同纳税人名称"),
    needs=("bank_account.name", "enterprise.name"),
    when=("bank_account.name", "enterprise.name"),
    codes="T-05",
    settled_by=("对照银行出具的账户信息核对账户名称", "户名更正后的账户信息"),
)
def account_name(account: str, company: str) -> str | None:
    """The account is the company's own; brackets and spaces aside the names are equal."""
    is_same = same_name_key(account) == same_name_key(company)
    if not is_same and account.startswith(_TRADER):
        return Unclear(f"账户名称“{account}”是没有字号的个体工商户的写法，请核对经营者姓名。")
    return None if is_same else f"账户名称“{account}”与企业名称“{company}”不一致。"


@rule(
    "bank.opened_after_establishment",
    title="开户日期不早于成立日期",
    cites=("tax_collection_law:第十七条", "good_practice:同一事实各处一致"),
    needs=("bank_account.opened_on", "enterprise.established_on"),
    when=("bank_account.opened_on", "enterprise.established_on"),
    codes="T-08, C-16",
    settled_by=("对照银行出具的账户信息与《营业执照》核对日期",),
)
def opened_after_establishment(opened: date, established: date, on: date) -> str | None:
    """A company opens its account when it is there, and not in the future."""
    if opened < established:
        return f"开户日期 {opened} 早于成立日期 {established}。"
    return f"开户日期 {opened} 晚于办理当日 {on}。" if opened > on else None


@rule(
    "bank.reported_in_time",
    title="开户后15日内报告账号",
    cites=_REPORT,
    needs=("bank_account.opened_on",),
    when=("bank_account.opened_on",),
    severity=Severity.WARN,
    codes="T-03",
    settled_by=("到办税服务厅窗口补报存款账户", "确认开户日期"),
)
def reported_in_time(opened: date, on: date) -> str | None:
    """The account is reported within the days that the law of the opening day gives."""
    days = tables.number("tax.account_report_days", opened)
    if days is None or days_between(opened, on) <= days:
        return None
    return f"开户日期 {opened} 距办理当日已 {days_between(opened, on)} 日，超过 {days} 日的报告期限，网上可能不受理。"
