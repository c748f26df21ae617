"""Enterprise and place: what follows from name, type, capital and address."""

import re

from extractors.model import Money
from extractors.values import address
from extractors.values.text import same_name_key
from forms.code_lists import code_list
from forms.derive import Derived, derivation, rows, text
from forms.model import Fact

_LEVEL = re.compile(r"(?:新区|省|市|区|县|[\u4e00-\u9fff]{0,3}自治[区州县])$")


@derivation
def region(place: Fact) -> Derived | None:
    """The county's code that an address begins with."""
    code = address.region_code(text(place))
    return Derived(code, f"由{place.label}的行政区划部分得出。") if code else None


@derivation
def business_address(registered: Fact) -> Derived:
    """Business is done at the registered address unless the papers name another."""
    return Derived(registered.value, "材料没有写明另外的生产经营地址，按与注册地址一致填写。")


@derivation
def currency(capital: Fact) -> Derived | None:
    """The currency stands with the amount."""
    if not isinstance(capital.value, Money):
        return None
    code = code_list("currencies").match(capital.value.currency)
    return Derived(code.name, "由注册资本的币种得出。") if code else None


@derivation
def hq_type(name: Fact, kind: Fact) -> Derived | None:
    """A newly set up company is no branch and has none; a name or type that speaks of branches is left open."""
    if any(word in text(name) + text(kind) for word in ("分公司", "分厂", "分店", "分支机构", "集团")):
        return None
    return Derived("非总分机构", "新设企业，名称和类型都不是分支机构。")


@derivation
def taxpayer_class(kind: Fact) -> Derived | None:
    """Companies and partnerships are enterprises; other types are left open."""
    if "公司" not in text(kind) and "合伙企业" not in text(kind):
        return None
    return Derived("企业", "由企业类型得出。")


@derivation
def first_name(proposals: Fact) -> Derived | None:
    """The name asked for first."""
    proposed = rows(proposals)
    return Derived(proposed[0]["company_name"], "取申报表所列的第一个名称。") if proposed else None


@derivation
def other_names(proposals: Fact) -> Derived | None:
    """The spare names."""
    spare = rows(proposals)[1:]
    return Derived(spare, "取申报表所列的其余名称。") if spare else None


@derivation
def organization_form(name: Fact) -> Derived | None:
    """The form that the name ends with."""
    code = code_list("organization_forms").ends(text(name))
    return Derived(code.name, "由名称末尾得出。") if code else None


@derivation
def name_division(name: Fact, place: Fact) -> Derived | None:
    """The division that the name begins with, where the registered address lies in it.

    Left open where a second division follows, as in 上海浦东…: the name may mean one or both.
    """
    parts = address.parts(text(place))
    names = [p for p in (parts.province, parts.city, parts.county) if p]
    spellings = {same_name_key(s): s for p in names for s in (p, _short(p)) if len(s) > 1}
    key = same_name_key(text(name))
    longest = max((s for s in spellings if key.startswith(s)), key=len, default=None)
    if longest is None or any(key.removeprefix(longest).startswith(s) for s in spellings):
        return None
    return Derived(spellings[longest], "名称以注册地址所在的行政区划开头。")


def _short(division: str) -> str:
    return _LEVEL.sub("", division)
