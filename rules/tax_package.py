"""Across the items of the tax package: accounts, shares, accounting methods, devices, people.

Some ask what no paper says; they are judged where a person has answered it (facts without a paper in facts.yaml).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.identifiers import uscc
from forms.code_lists import code_list
from forms.model import FilledForm
from rules import tables
from rules.engine import rule
from rules.model import Severity, Verdict
from rules.periods import days_between
from rules.registry import Case, Objection, Unclear

Rows = tuple[dict[str, object], ...]

_ACCOUNTS = "bank_account_report"
_BASIC = "1110"
_BRANCHES = {"2", "3"}
_ACCOUNTING = ("tax_collection_law:第二十条", "tax_collection_rules:第二十四条")
_BANKS = ("bank_account_measures_2003:第四条", "enterprise_account_measures_2019:第三条")


@rule(
    "tax_package.accounting_filed_in_time",
    title="办理税务登记后15日内备案财务会计制度",
    cites=_ACCOUNTING,
    needs=("tax.registered_on",),
    when=("tax.registered_on",),
    severity=Severity.WARN,
    codes="T-04",
    settled_by=("确认税务登记日期",),
)
def accounting_filed_in_time(registered: date, on: date) -> str | None:
    """The accounting system is filed within the days that the law of the registration's day gives."""
    days = tables.number("tax.accounting_filing_days", registered)
    late = days is not None and days_between(registered, on) > days
    return (
        f"税务登记日期 {registered} 距办理当日已 {days_between(registered, on)} 日，超过 {days} 日。"
        if late
        else None
    )


@rule(
    "tax_package.one_basic_account",
    title="只报告一个基本存款账户，首选缴税账户不多于一个",
    cites=_BANKS,
    when=("bank_accounts",),
    takes="case",
    codes="T-06",
    settled_by=("对照银行出具的账户信息核对账户性质",),
)
def one_basic_account(case: Case) -> Iterator[Objection]:
    """A body keeps one basic account; a new taxpayer has one, and pays from one."""
    natures = _texts(case, _ACCOUNTS, "nature")
    basic = natures.count(_BASIC)
    paying = _texts(case, _ACCOUNTS, "pays_tax").count("Y")
    if basic > 1:
        yield _failed(f"报告了 {basic} 个基本存款账户，单位只能开立一个。", "bank_accounts")
    if natures and not basic:
        yield Objection("报告的账户中没有基本存款账户，请核对账户性质。", ("bank_account.nature",))
    if paying > 1:
        yield _failed(f"{paying} 个账户都标为首选缴税账户。", "bank_accounts")


@rule(
    "tax_package.bank_class_fits_branch",
    title="银行行别与开户网点的联行号一致",
    cites=("portal_practice:行别与联行号",),
    needs=("bank_account.class", "bank_account.branch_code"),
    when=("bank_account.class", "bank_account.branch_code"),
    severity=Severity.WARN,
    codes="T-09",
    settled_by=("对照银行出具的账户信息核对联行号",),
)
def bank_class_fits_branch(bank: str, branch: str) -> str | None:
    """The class of a bank is the first three digits of its branch's number."""
    code = code_list("bank_classes").match(bank)
    if code is None:
        return Unclear(f"银行“{bank}”不在行别代码表中。")
    return None if branch.startswith(code.code) else f"联行号 {branch} 不以行别 {code.code} 开头。"


@rule(
    "tax_package.ratios_within_one",
    title="自然人、外资、国有投资比例之和不超过1",
    cites=("portal_practice:投资构成之和不超过一",),
    needs=("capital.natural_ratio",),
    maybe=("capital.foreign_ratio", "capital.state_ratio"),
    when=("capital.natural_ratio",),
    codes="T-11",
    settled_by=("由纳税人确认投资构成",),
)
def ratios_within_one(natural: Decimal, foreign: Decimal | None, state: Decimal | None) -> str | None:
    """The three parts of the capital are not more than all of it."""
    total = natural + (foreign or 0) + (state or 0)
    return f"投资比例之和 {total:f} 大于 1。" if total > 1 else None


@rule(
    "tax_package.within_total_investment",
    title="投资方投资额之和不超过投资总额",
    cites=("portal_practice:投资额不超过投资总额",),
    needs=("investors", "capital.total_investment"),
    when=("investors", "capital.total_investment"),
    codes="T-12",
    settled_by=("由纳税人确认投资总额",),
)
def within_total_investment(investors: Rows, total: Decimal) -> str | None:
    """What the investors put in is not more than the total investment."""
    amounts = [row.get("subscribed_capital") for row in investors]
    known = [amount for amount in amounts if isinstance(amount, Decimal)]
    if sum(known) > total:
        return f"投资额之和 {sum(known):f} 元大于投资总额 {total:f} 元。"
    return None if len(known) == len(amounts) else Unclear("有投资方没有写明投资额，无法与投资总额比较。")


@rule(
    "tax_package.state_control_fits_share",
    title="国有绝对控股的，国有投资比例大于50%",
    cites=("portal_practice:国有绝对控股过半",),
    needs=("enterprise.state_control",),
    maybe=("capital.state_ratio",),
    when=("enterprise.state_control",),
    codes="T-13",
    settled_by=("由纳税人确认国有控股类型",),
)
def state_control_fits_share(control: str, ratio: Decimal | None) -> str | None:
    """Absolute control is more than half of the capital."""
    if control != "国有绝对控股":
        return None
    if ratio is None:
        return Unclear("国有绝对控股，但没有写明国有投资比例。")
    return None if ratio > Decimal("0.5") else f"国有绝对控股，而国有投资比例只有 {ratio:f}。"


@rule(
    "tax_package.special_invoices_have_a_limit",
    title="申请的专用发票都申请了相同的最高开票限额",
    cites=("first_invoices_2018:第二条", "good_practice:同一事实各处一致"),
    when=("invoice.special_kinds",),
    takes="case",
    codes="T-16",
    settled_by=("人工核对票种核定与最高开票限额申请",),
)
def special_invoices_have_a_limit(case: Case) -> Iterator[Objection]:
    """Whatever special invoice is applied for stands in the limit's application with the same amount."""
    asked = dict(
        zip(
            _texts(case, "invoice_type_approval", "kind"),
            _texts(case, "invoice_type_approval", "max_amount"),
            strict=False,
        )
    )
    granted = dict(
        zip(
            _texts(case, "invoice_limit_approval", "kind"),
            _texts(case, "invoice_limit_approval", "max_amount"),
            strict=False,
        )
    )
    for kind, amount in granted.items():
        if asked.get(kind, amount) != amount:
            yield _failed(f"专用发票限额申请 {amount} 元，票种核定写 {asked[kind]} 元。", "invoice_requests")


@rule(
    "tax_package.device_chosen",
    title="申请税控发票的，选择了税控设备和服务商",
    cites=("portal_practice:专用设备",),
    needs=("device.needed",),
    maybe=("device.kind", "device.vendor"),
    when=("device.needed",),
    codes="T-20",
    settled_by=("补全税控设备的《新办纳税人办税信息采集表》",),
)
def device_chosen(needed: str, kind: str | None, vendor: str | None) -> Objection | str | None:
    """Who issues by a device names the device and who provides it; the UKey comes from the office alone."""
    if needed != "是":
        return None
    if not (kind and vendor):
        absent = ("device.vendor",) if kind else ("device.kind",)
        return Objection("申请了税控发票，但没有写明税控设备或服务商。", absent, about=absent)
    is_mixed = ("UKey" in kind) is not ("UKey" in vendor)
    return f"{kind}不由“{vendor}”提供。" if is_mixed else None


@rule(
    "tax_package.no_abnormal_taxpayer",
    title="法定代表人名下没有非正常户",
    cites=("portal_practice:非正常户",),
    needs=("legal_rep.abnormal",),
    when=("legal_rep.abnormal",),
    severity=Severity.ESCALATE,
    codes="T-21",
    settled_by=("解除非正常户后的证明",),
)
def no_abnormal_taxpayer(abnormal: str) -> str | None:
    """The package is refused where the representative has an abnormal taxpayer elsewhere."""
    return "法定代表人名下有非正常户，套餐会被退回。" if abnormal == "是" else None


@rule(
    "tax_package.branch_names_its_head",
    title="分支机构写明总机构的识别号",
    cites=("portal_practice:总机构信息",),
    needs=("enterprise.hq_type",),
    maybe=("hq.uscc",),
    when=("enterprise.hq_type",),
    codes="T-22",
    settled_by=("总机构的《营业执照》",),
)
def branch_names_its_head(kind: str, head: str | None) -> str | None:
    """A branch is registered under the number of its head office."""
    code = code_list("hq_types").match(kind)
    if code is None or code.code not in _BRANCHES:
        return None
    if not head:
        return Unclear("是分支机构，但没有写明总机构的识别号。")
    return None if uscc.is_valid(head) else f"总机构的识别号 {head} 校验不通过。"


@rule(
    "tax_package.sole_trader_is_small_scale",
    title="个体工商户默认按小规模纳税人办理",
    cites=("portal_practice:个体工商户默认小规模",),
    needs=("enterprise.type", "vat.kind"),
    when=("enterprise.type", "vat.kind"),
    severity=Severity.INFO,
    codes="T-23",
)
def sole_trader_is_small_scale(kind: str, vat: str) -> str | None:
    """A sole trader may choose otherwise; the office is told that it did."""
    chosen = code_list("vat_kinds").match(vat)
    is_general = chosen is not None and chosen.name == "一般纳税人"
    return "个体工商户选择了一般纳税人，请确认是其本意。" if "个体" in kind and is_general else None


@rule(
    "tax_package.methods_fit_their_class",
    title="折旧方法小类属于所选大类，软件各栏要么都填要么都不填",
    cites=("portal_practice:折旧方法大类小类", "portal_practice:会计核算软件", *_ACCOUNTING),
    when=("accounting.standard",),
    takes="case",
    codes="T-24",
    settled_by=("由纳税人确认折旧方法和会计核算软件",),
)
def methods_fit_their_class(case: Case) -> Iterator[Objection]:
    """A method begins with the digit of its class; a software has a version and a day, or there is none."""
    for form in _named(case, "accounting_filing"):
        group, method = form.text("depreciation_class"), form.text("depreciation_method")
        if group and method and method[0] not in {group[0], "9"}:
            yield _failed(f"折旧方法小类 {method} 不属于大类 {group}。", "accounting.depreciation")
    if "accounting.software_version" in case.facts and "accounting.software" not in case.facts:
        yield _failed("写了软件版本，没有写软件名称。", "accounting.software_version")


@rule(
    "tax_package.telephones_are_told_apart",
    title="不同的人留不同的手机号",
    cites=("portal_practice:手机号不多用",),
    needs=("legal_rep.name",),
    maybe=(
        "legal_rep.mobile",
        "finance_head.name",
        "finance_head.mobile",
        "tax_agent_staff.name",
        "tax_agent_staff.mobile",
    ),
    when=("legal_rep.name",),
    severity=Severity.INFO,
    codes="T-28",
)
def telephones_are_told_apart(legal_rep: str, mobile: str | None, *others: str | None) -> str | None:
    """One telephone of several persons is a sign of a shell, or of a shared clerk: people are told, no more."""
    owners: dict[str, set[str]] = {mobile: {legal_rep}} if mobile else {}
    for name, number in zip(others[::2], others[1::2], strict=True):
        if name and number:
            owners.setdefault(number, set()).add(name)
    shared = ["、".join(sorted(names)) for names in owners.values() if len(names) > 1]
    return f"{'；'.join(shared)}留了同一个手机号。" if shared else None


def _named(case: Case, form: str) -> list[FilledForm]:
    return [one for one in case.forms if one.form == form]


def _texts(case: Case, form: str, field: str) -> list[str]:
    """Return what stands in a column of a form's repeating part, row by row."""
    return [v.text for one in _named(case, form) for v in one.values if v.field.endswith(f"].{field}")]


def _failed(message: str, fact: str) -> Objection:
    return Objection(message, (fact,), verdict=Verdict.FAIL)
