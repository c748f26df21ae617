"""Numbers by which a company is reached and paid: telephones, postcode, account."""

from extractors.identifiers import bank_account, email, phone, postcode
from rules.engine import rule
from rules.model import Severity
from rules.registry import Unclear

_CITES = ("good_practice:联系方式可用",)
_PHONES = {
    "addr.phone": "企业联系电话",
    "finance_head.phone": "财务负责人电话",
    "tax_agent_staff.phone": "办税人员电话",
    "invoice_receiver.phone": "领票人电话",
    "applicant.phone": "申报人电话",
    "agent.phone": "被委托人电话",
}


def _phone_number(number: str) -> str | None:
    """A mobile number has eleven digits; of the many other forms only letters are surely wrong."""
    compact = phone.compact(number)
    if phone.is_valid(number):
        return None
    is_mobile = (
        compact.isascii() and compact.isdecimal() and compact.startswith("1") and len(compact) in {10, 11, 12}
    )
    if is_mobile or any(c.isalpha() for c in compact):
        return f"电话号码 {number} 格式不对。"
    return Unclear(f"电话号码 {number} 不是常见的格式，固定电话请写明区号。")


for _key, _name in _PHONES.items():
    rule(
        f"contacts.{_key.replace('.', '_')}",
        title=f"{_name}格式正确",
        cites=_CITES,
        needs=(_key,),
        when=(_key,),
        # Where a form asks for the number, the rule on unsure values stops the case.
        doubt=Severity.WARN,
        settled_by=(f"向申请人核实{_name}",),
    )(_phone_number)


@rule(
    "contacts.postcode",
    title="邮政编码为六位数字",
    cites=_CITES,
    needs=("addr.postcode",),
    when=("addr.postcode",),
    doubt=Severity.WARN,
    settled_by=("人工填写邮政编码",),
)
def six_digits(code: str) -> str | None:
    """A Chinese postcode has six digits."""
    flaw = postcode.flaw(code)
    return f"邮政编码 {code} {flaw.phrase}，应为6位数字。" if flaw else None


@rule(
    "contacts.email",
    title="电子邮箱格式正确",
    cites=_CITES,
    needs=("enterprise.email",),
    when=("enterprise.email",),
    severity=Severity.WARN,
    settled_by=("向申请人核实电子邮箱",),
)
def email_address(text: str) -> str | None:
    """An address that portals take; a missing sign is surely wrong, an odd form is looked at."""
    if email.is_valid(text):
        return None
    return Unclear(f"电子邮箱 {text} 的格式少见，请核对。") if "@" in text else f"电子邮箱 {text} 没有“@”。"


@rule(
    "contacts.account_number",
    title="银行账号为8至32位数字",
    cites=("bank_account_measures_2003:第二十三条", "good_practice:联系方式可用"),
    needs=("bank_account.number",),
    when=("bank_account.number",),
    doubt=Severity.WARN,
    codes="C-21",
    settled_by=("对照银行出具的账户信息核对账号",),
)
def account_number(number: str) -> str | None:
    """Banks number accounts each in its own way, so only length and digits are asked."""
    flaw = bank_account.flaw(number)
    return f"银行账号 {number} {flaw.phrase}。" if flaw else None
