"""The name that was granted beside the one that was asked for, and the trade that both speak of."""

from datetime import date

from extractors.values.text import same_name_key
from forms.code_lists import code_list
from forms.compare import scope_items
from rules.engine import rule
from rules.model import Severity
from rules.plain import Scalar
from rules.registry import Unclear

Rows = tuple[dict[str, Scalar], ...]

_NAME = ("name_measures_2004:第九条", "name_regulation:第六条", "name_regulation:第十条")
_RESERVED = ("name_measures_2004:第三十条", "name_regulation:第十八条")
_NOTICE = ("对照《企业名称预先核准通知书》或《营业执照》原件核对名称",)
_FAMILIES = {
    "股份有限公司": "股份有限公司",
    "股份公司": "股份有限公司",
    "有限责任公司": "有限责任公司",
    "有限公司": "有限责任公司",
}
"""Wording to family, the longer wording first: 股份有限公司 also ends with 有限公司."""


def _family(text: str) -> str | None:
    """Return whether a name's end or a type speaks of a limited company or one by shares."""
    if "分公司" in text:
        return None
    return next((family for wording, family in _FAMILIES.items() if wording in text), None)


@rule(
    "naming.granted_as_applied",
    title="核准或登记的名称在申报的名称之列",
    cites=_NAME,
    needs=("enterprise.name", "name.proposals"),
    when=("enterprise.name", "name.proposals"),
    codes="C-19",
    settled_by=(*_NOTICE, "对照《企业名称申报信息表》核对名称"),
)
def granted_as_applied(granted: str, proposals: Rows) -> str | None:
    """What the authority granted is one of the names that were asked for, in every part."""
    asked = [str(row["company_name"]) for row in proposals if row.get("company_name")]
    if any(same_name_key(name) == same_name_key(granted) for name in asked):
        return None
    return (
        f"名称“{granted}”不在申报的名称（{'、'.join(asked)}）之列。"
        if asked
        else Unclear("申报表没有写明名称。")
    )


@rule(
    "naming.granted_form_fits_type",
    title="登记名称的组织形式与企业类型相符",
    cites=("company_law_2018:第八条", "company_law_2023:第七条", "name_regulation:第十条"),
    needs=("enterprise.name", "enterprise.type"),
    # Only a licence states the day: before it nothing was granted, and the wish has a rule of its own.
    when=("enterprise.name", "enterprise.type", "enterprise.established_on"),
    codes="C-19",
    settled_by=_NOTICE,
)
def granted_form_fits_type(name: str, company_type: str) -> str | None:
    """A limited company's name ends with 有限公司, that of a company by shares with 股份有限公司."""
    ending = code_list("organization_forms").ends(name)
    stated, meant = _family(ending.name) if ending else None, _family(company_type)
    if stated == meant:
        return None
    if meant is None or ending is None:
        return Unclear(f"请核对名称“{name}”的组织形式与企业类型“{company_type}”是否相符。")
    return f"名称“{name}”的组织形式是{ending.name}，企业类型却是{company_type}。"


@rule(
    "naming.applied_type",
    title="申报的企业类型与登记的类型一致",
    cites=_NAME,
    needs=("enterprise.type", "name.company_type"),
    when=("enterprise.type", "name.company_type"),
    codes="C-19, C-12",
    settled_by=("对照《营业执照》和《企业名称申报信息表》核对企业类型",),
)
def applied_type(company_type: str, applied: str) -> str | None:
    """A wish for a limited company is met by any kind of it, since the sheet may name the family only."""
    one, other = (
        code_list("enterprise_types").match(company_type),
        code_list("enterprise_types").match(applied),
    )
    if same_name_key(company_type) == same_name_key(applied) or (one and one == other):
        return None
    families = _family(company_type), _family(applied)
    if None not in families and families[0] != families[1]:
        return f"申报的类型是“{applied}”，登记的却是“{company_type}”。"
    is_family = one is not None and other is not None and "00" in {one.code[2:], other.code[2:]}
    return None if is_family else Unclear(f"申报的类型是“{applied}”，登记的是“{company_type}”，请核对。")


@rule(
    "naming.name_still_reserved",
    title="名称在保留期内办理登记",
    cites=_RESERVED,
    needs=("notice.reserved_until",),
    maybe=("enterprise.established_on",),
    when=("notice.reserved_until",),
    doubt=Severity.WARN,
    codes="C-16",
    settled_by=("重新申报的名称告知书", "名称保留期的延期证明"),
)
def name_still_reserved(until: date, established: date | None, on: date) -> str | None:
    """A reservation that ended lets others take the name; once registered, the registrar has decided."""
    if established is None:
        return f"名称保留期至 {until}，办理当日 {on} 已届满。" if on > until else None
    if established <= until:
        return None
    return Unclear(f"名称保留期至 {until}，企业却成立于 {established}，请核对是否办过延期。")


def _class_of(code: str) -> str | None:
    """Return the business class of a division of GB/T 4754: 06 to 50 (B to E), 51 and 52 (F), services."""
    division = int(code[:2])
    if 6 <= division <= 50:
        return "工业"
    if division in {51, 52}:
        return "商业"
    return "服务业" if 53 <= division <= 97 else "其他"


@rule(
    "naming.industry_code",
    title="国标行业代码与名称的行业、经营范围的首项相符",
    cites=("industry_standard:表1", "name_measures_2004:第九条", "name_regulation:第九条"),
    needs=("enterprise.industry_code",),
    maybe=("vat.business_class", "enterprise.scope"),
    when=("enterprise.industry_code",),
    severity=Severity.WARN,
    codes="C-20",
    settled_by=("人工核对国标行业代码",),
)
def industry_code(code: str, named: str | None, scope: str | None) -> str | None:
    """The code is one of four digits, of the class that the name's industry has; other cases are for a person."""
    if not (len(code) == 4 and code.isascii() and code.isdecimal() and 1 <= int(code[:2]) <= 97):
        return f"国标行业代码“{code}”不是GB/T 4754的四位代码。"
    if named is None:
        items = f"，经营范围有{len(scope_items(scope))}项" if scope else ""
        return Unclear(f"行业代码 {code} 属{_class_of(code)}，名称的行业没有归类{items}，请人工核对。")
    same = named == _class_of(code)
    return None if same else f"行业代码 {code} 属{_class_of(code)}，名称的行业却属{named}。"
