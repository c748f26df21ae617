"""Numbers that carry a check of their own. A number's kind is never guessed from its checksum."""

from datetime import date

from extractors.identifiers import (
    basic_account_number,
    organization_code,
    registration_number,
    resident_id,
    uscc,
)
from extractors.values import address, regions
from forms.derivations.investors import is_company
from rules import id_kinds
from rules.engine import rule
from rules.model import Severity
from rules.plain import Scalar
from rules.registry import Unclear

_RESIDENT_ID = ("id_card_law:第三条", "resident_id_standard:第4章")
_ACCOUNT_KINDS = {"基本存款账户", "临时存款账户", "专用存款账户"}


@rule(
    "identifiers.uscc_valid",
    title="统一社会信用代码校验无误",
    cites=("uscc_standard:第4章", "organization_code_standard:第4章"),
    needs=("enterprise.uscc",),
    when=("enterprise.uscc",),
    codes="T-01, C-17",
    settled_by=("对照《营业执照》原件更正统一社会信用代码",),
)
def uscc_valid(code: str) -> str | None:
    """The credit code has its length, its characters and its check; a number of another kind is looked at."""
    if registration_number.is_valid(code):
        return Unclear(f"{code} 是15位的旧注册号，请核对营业执照是否已换发为统一社会信用代码。")
    if organization_code.is_valid(code):
        return Unclear(f"{code} 是9位的组织机构代码，请核对统一社会信用代码。")
    flaw = uscc.flaw(code)
    return f"统一社会信用代码 {code} {flaw.phrase}。" if flaw else None


@rule(
    "identifiers.uscc_holds_organization_code",
    title="统一社会信用代码中的组织机构代码校验无误",
    cites=("uscc_standard:第4章", "organization_code_standard:第4章"),
    needs=("enterprise.uscc",),
    when=("enterprise.uscc",),
    severity=Severity.WARN,
    codes="C-17",
    settled_by=("对照《营业执照》原件核对统一社会信用代码",),
)
def uscc_holds_organization_code(code: str) -> str | None:
    """Places 9 to 17 have a check of their own; some bodies got theirs from other ranges, so it only warns."""
    if not uscc.is_valid(code) or uscc.has_organization_check(code):
        return None
    return f"统一社会信用代码 {code} 第9至17位的组织机构代码校验码不符。"


@rule(
    "identifiers.uscc_region",
    title="统一社会信用代码的区划与登记机关相符",
    cites=("uscc_standard:第4章",),
    needs=("enterprise.uscc", "enterprise.authority"),
    when=("enterprise.uscc", "enterprise.authority"),
    severity=Severity.WARN,
    codes="C-17",
    settled_by=("对照《营业执照》原件核对代码与登记机关",),
)
def uscc_region(code: str, authority: str) -> str | None:
    """The region inside the code lies in the province of the registrar; a hint, since regions change."""
    stated = address.parts(authority)
    if not uscc.is_valid(code) or stated.province is None:
        return None
    province = regions.find(uscc.registrar_region(code)[:2] + "0000")
    if province is None:
        return Unclear(f"代码中的区划 {uscc.registrar_region(code)} 不在区划表中，请核对。")
    if province.name == stated.province:
        return None
    return f"代码中的区划 {uscc.registrar_region(code)} 属{province.name}，登记机关却是{authority}。"


_PEOPLE = {
    "legal_rep": "法定代表人",
    "finance_head": "财务负责人",
    "tax_agent_staff": "办税人员",
    "invoice_receiver": "领票人",
    "applicant": "申报人",
}

for _role, _name in _PEOPLE.items():
    rule(
        f"identifiers.{_role}_id_valid",
        title=f"{_name}证件号码校验无误",
        cites=_RESIDENT_ID,
        needs=(f"{_role}.id_no",),
        maybe=(f"{_role}.id_type",),
        when=(f"{_role}.id_no",),
        codes="C-03",
        settled_by=(f"对照{_name}证件原件更正号码",),
    )(id_kinds.objection)


@rule(
    "identifiers.investor_ids_valid",
    title="各股东证件号码校验无误",
    cites=(*_RESIDENT_ID, "uscc_standard:第4章"),
    needs=("investors",),
    when=("investors",),
    codes="C-03, C-26",
    settled_by=("对照股东证件原件更正号码",),
)
def investor_ids_valid(investors: tuple[dict[str, Scalar], ...], on: date) -> str | None:
    """Each person's number of 18 places is a right resident number; codes of companies have a rule of their own."""
    stated = [(str(row.get("name", "")), str(row["id_number"])) for row in investors if row.get("id_number")]
    numbers = [(name, number) for name, number in stated if not is_company({"name": name})]
    wrong = [name for name, number in numbers if not _is_right(number, on)]
    odd = [name for name, number in numbers if len(number) != 18]
    if wrong:
        return f"股东{'、'.join(wrong)}的证件号码校验不符。"
    return Unclear(f"股东{'、'.join(odd)}的证件号码不是18位，请人工核对证件种类。") if odd else None


def _is_right(number: str, on: date) -> bool:
    return len(number) != 18 or resident_id.is_valid(number, on) or uscc.is_valid(number)


@rule(
    "identifiers.account_approval_number",
    title="基本存款账户编号格式正确",
    cites=("bank_account_measures_2003:第六条", "enterprise_account_measures_2019:第十九条"),
    needs=("bank_account.approval_no",),
    maybe=("bank_account.nature",),
    when=("bank_account.approval_no",),
    codes="T-07",
    settled_by=("对照银行出具的账户信息更正编号",),
)
def account_approval_number(number: str, nature: str | None) -> str | None:
    """The number has its letter and 13 digits, and the letter is that of the account's nature."""
    flaw = basic_account_number.flaw(number)
    if flaw:
        return f"账户编号 {number} {flaw.phrase}，应为1个字母加13位数字。"
    kind = basic_account_number.account_kind(number)
    if nature in _ACCOUNT_KINDS and kind != nature:
        return f"账户编号 {number} 属于{kind}，账户性质却填{nature}。"
    return None
