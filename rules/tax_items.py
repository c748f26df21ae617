"""The tax package: days, the kind of taxpayer, invoices and who fetches them."""

from datetime import date
from decimal import Decimal

from forms.code_lists import code_list
from rules import doubts, tables
from rules.engine import rule
from rules.model import Severity, Verdict
from rules.periods import days_between
from rules.plain import INDEFINITE, Scalar
from rules.registry import Objection, Unclear

Rows = tuple[dict[str, Scalar], ...]

_FIRST_APPLICATION = ("first_invoices_2018:第二条",)
_INVOICES = ("invoice_measures_2010:第十五条", "invoice_measures_2023:第十五条")
_LICENCE = ("company_registration_2016:第二十五条", "registration_regulation:第二十一条")


@rule(
    "tax_items.registered_in_time",
    title="领取营业执照后30日内办理",
    cites=("tax_collection_law:第十五条", "tax_collection_rules:第十二条"),
    needs=("enterprise.issued_on",),
    when=("enterprise.issued_on",),
    severity=Severity.WARN,
    codes="T-02",
)
def registered_in_time(issued: date, on: date) -> str | None:
    """Registration is applied for within the days that the law of the licence's day gives."""
    days = tables.number("tax.registration_days", issued)
    if days is None or days_between(issued, on) <= days:
        return None
    return f"营业执照核发日期 {issued} 距办理当日已 {days_between(issued, on)} 日，超过 {days} 日的期限。"


@rule(
    "tax_items.licence_days",
    title="成立日期不晚于执照核发日期",
    cites=_LICENCE,
    needs=("enterprise.established_on", "enterprise.issued_on"),
    when=("enterprise.established_on", "enterprise.issued_on"),
    # The day at the foot of a licence stands under the registrar's seal and is seldom read with certainty.
    doubt=Severity.WARN,
    codes="C-16",
    settled_by=("对照《营业执照》原件核对日期",),
)
def licence_days(established: date, issued: date, on: date) -> str | None:
    """A licence issued again bears a later day, never an earlier one; neither lies in the future."""
    if established > issued:
        return f"成立日期 {established} 晚于执照核发日期 {issued}。"
    return f"执照核发日期 {issued} 晚于办理当日 {on}。" if issued > on else None


@rule(
    "tax_items.term_order",
    title="营业期限起止先后正确",
    cites=("portal_practice:营业期限的校验",),
    needs=("enterprise.term_to",),
    maybe=("enterprise.term_from", "enterprise.established_on"),
    when=("enterprise.term_to",),
    codes="T-14",
    settled_by=("对照《营业执照》与《章程》核对营业期限",),
)
def term_order(end: date | str, start: date | None, established: date | None) -> str | None:
    """The term begins when the company is there, and ends after it began."""
    if start and established and start < established:
        return f"营业期限起 {start} 早于成立日期 {established}。"
    begin = start or established
    if end == INDEFINITE or not isinstance(end, date) or begin is None:
        return None
    return f"营业期限止 {end} 早于 {begin}。" if end < begin else None


@rule(
    "tax_items.special_invoices_fit_kind",
    title="专用发票申请与纳税人类型相符",
    cites=(*_INVOICES, "small_scale_special_2019:第五条"),
    needs=("vat.kind", "invoice.special_requested"),
    when=("vat.kind", "invoice.special_requested"),
    codes="T-15",
    settled_by=("由纳税人确认增值税纳税人类型与专用发票申请",),
)
def special_invoices_fit_kind(kind: str, special: str, on: date) -> str | None:
    """A small-scale taxpayer got special invoices from the office only; since 2020 it may choose to issue."""
    code = code_list("vat_kinds").match(kind)
    if special != "是" or (code is not None and code.name == "一般纳税人"):
        return None
    if code is None:
        return Unclear(f"增值税纳税人类型“{kind}”不在代码表中。")
    if not tables.words("tax.small_scale_special_issue", on):
        return "小规模纳税人不能自行领用增值税专用发票。"
    return Unclear("小规模纳税人申请了专用发票：可以自愿选择自行开具，请向纳税人确认。")


def _invoice(row: dict[str, Scalar]) -> str:
    return str(row.get("invoice_kind", ""))


def _tags(row: dict[str, Scalar]) -> tuple[str, ...]:
    code = code_list("invoice_kinds").match(_invoice(row))
    return code.tags if code else ()


@rule(
    "tax_items.first_application_limits",
    title="首次申领发票不超过规定限额和数量",
    cites=_FIRST_APPLICATION,
    needs=("invoice_requests",),
    when=("invoice_requests",),
    codes="T-17",
    settled_by=("修改申领数量或限额后的《新办纳税人办税信息采集表》",),
)
def first_application_limits(requests: Rows, on: date) -> str | None:
    """Invoices of the tax-control system stay within the first application's limits."""
    if tables.number("tax.first_common_amount", on) is None:
        return None
    unknown = [_invoice(row) for row in requests if not _is_listed(row)]
    over = [text for row in requests if "device" in _tags(row) for text in _over(row, on)]
    if over:
        return f"{'；'.join(over)}。"
    return Unclear(f"票种“{unknown[0]}”不在代码表中，无法判断首次申领限额。") if unknown else None


def _is_listed(row: dict[str, Scalar]) -> bool:
    return code_list("invoice_kinds").match(_invoice(row)) is not None


def _over(row: dict[str, Scalar], on: date) -> list[str]:
    group = "special" if "special" in _tags(row) else "common"
    amount = tables.number(f"tax.first_{group}_amount", on)
    quantity = tables.number(f"tax.first_{group}_quantity", on)
    asked, monthly = row.get("max_amount"), row.get("monthly_quantity")
    found = []
    if isinstance(asked, Decimal) and amount is not None and asked > amount:
        found.append(f"{_invoice(row)}的最高开票限额 {asked:f} 元超过首次申领的 {amount} 元")
    if isinstance(monthly, Decimal) and quantity is not None and monthly > quantity:
        found.append(f"{_invoice(row)}每月 {monthly:f} 份超过首次申领的 {quantity} 份")
    return found


@rule(
    "tax_items.each_within_holding",
    title="每次领票数量不超过每月和持票最高数量",
    cites=("portal_practice:票种核定的校验", *_INVOICES),
    needs=("invoice.kinds",),
    when=("invoice.kinds",),
    codes="T-18",
    settled_by=("修改领用数量后的《新办纳税人办税信息采集表》",),
)
def each_within_holding(kinds: Rows) -> str | None:
    """What is fetched at once is neither more than a month's number nor more than may be held."""
    for row in kinds:
        each = row.get("each_quantity")
        for column, label in (("monthly_quantity", "每月"), ("holding_quantity", "持票")):
            most = row.get(column)
            if isinstance(each, Decimal) and isinstance(most, Decimal) and each > most:
                return f"{_invoice(row)}每次 {each:f} 份，超过{label}最高 {most:f} 份。"
    return None


_RECEIVER = ("invoice_receiver.name", "invoice_receiver.id_no", "invoice_receiver.phone")


@rule(
    "tax_items.receiver_complete",
    title="申请领用发票的，领票人姓名、证件号码、电话齐全",
    cites=_INVOICES,
    needs=("invoice.requested",),
    maybe=_RECEIVER,
    when=("invoice.requested",),
    codes="T-19",
    settled_by=("补全领票人信息的《新办纳税人办税信息采集表》",),
)
def receiver_complete(
    requested: str, name: str | None, number: str | None, telephone: str | None
) -> Objection | str | None:
    """Whoever fetches invoices is named, with number and telephone; whether these are right, other rules ask."""
    if requested != "是":
        return None
    stated = zip(_RECEIVER, (name, number, telephone), strict=True)
    absent = tuple(key for key, value in stated if not value)
    if absent:
        labels = "、".join(doubts.label(key) for key in absent)
        return Objection(
            f"申请领用发票，但没有写明{labels}。", absent, (), verdict=Verdict.FAIL, about=absent
        )
    return None
