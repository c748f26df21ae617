"""Accounting, bank account and VAT."""

from datetime import date

from extractors.model import Row
from forms.code_lists import code_list
from forms.derive import Derived, derivation, text
from forms.model import Fact


@derivation
def first_of_month(established: Fact) -> Derived | None:
    """The first day of the month in which the company was set up."""
    try:
        first = date.fromisoformat(text(established)).replace(day=1)
    except ValueError:
        return None
    return Derived(first.isoformat(), "取成立当月1日。")


@derivation
def account_nature(number: Fact, approval: Fact | None) -> Derived | None:
    """The notice and the old licence are issued for the basic account; a number of another letter speaks against."""
    if approval and not text(approval).startswith("J"):
        return None
    return Derived("基本存款账户", "账号取自基本存款账户信息或开户许可证。", (number,))


@derivation
def bank_class(bank: Fact) -> Derived | None:
    """The bank that a branch's name begins with."""
    code = code_list("bank_classes").begins(text(bank))
    return Derived(code.name, "由开户银行名称得出。") if code else None


@derivation
def accounts(number: Fact, *others: Fact | None) -> Derived:
    """The accounts to report: one, as the papers read so far are those of the basic account."""
    columns = ("number", "name", "bank_name", "approval_no", "opened_on", "nature", "class")
    pairs = zip(columns, (number, *others), strict=True)
    row: Row = {column: text(fact) for column, fact in pairs if fact is not None}
    return Derived((row,), "由开户材料得出。")


@derivation
def sound_accounting(kind: Fact) -> Derived | None:
    """A company that asks to be a general taxpayer declares sound accounts by that."""
    if text(kind) != "一般纳税人":
        return None
    return Derived("是", "企业申请登记为一般纳税人，该登记以会计核算健全为前提（增值税法第九条）。")


@derivation
def business_class(industry: Fact) -> Derived | None:
    """The class of a listed industry term; any other term is a question for a person."""
    code = code_list("business_classes").match(text(industry))
    return Derived(code.name, "由行业表述得出。") if code else None
