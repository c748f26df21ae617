"""The declared name and its four parts. Whether it is free, only the authority's database can tell."""

import re
from datetime import date

from extractors.values import address, regions
from extractors.values.text import same_name_key
from forms.code_lists import code_list
from rules import tables
from rules.engine import rule
from rules.model import Severity
from rules.registry import Unclear

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LEVEL = re.compile("(?:特别行政区|自治区|自治州|自治县|地区|省|市|区|县|盟|州)$")
_SETTLED = ("改写后的《企业名称申报信息表》",)


@rule(
    "naming.trade_name",
    title="字号由两个以上汉字组成",
    cites=(
        "name_regulation_1991:第八条",
        "name_regulation_1991:第十条",
        "name_regulation:第五条",
        "name_regulation:第八条",
    ),
    needs=("name.trade_name",),
    when=("name.trade_name",),
    codes="N-A05, N-A08a",
    settled_by=_SETTLED,
)
def trade_name(text: str) -> str | None:
    """The trade name has two Chinese characters or more, and nothing else."""
    characters = _HAN.findall(text)
    if len(characters) >= 2 and len(characters) == len(text.strip()):
        return None
    return f"字号“{text}”应当由两个以上汉字组成。"


@rule(
    "naming.made_of_its_parts",
    title="申报名称由其字号、行业和组织形式组成",
    cites=("name_regulation_1991:第七条", "name_regulation:第六条"),
    needs=("name.proposed", "name.trade_name", "name.org_form"),
    maybe=("name.industry_text",),
    when=("name.proposed", "name.trade_name", "name.org_form"),
    codes="N-A06",
    settled_by=_SETTLED,
)
def made_of_its_parts(proposed: str, trade: str, form: str, industry: str | None) -> str | None:
    """The name holds the parts that the sheet states for it, the form of organisation at its end."""
    whole = same_name_key(proposed)
    absent = [part for part in (trade, industry) if part and same_name_key(part) not in whole]
    if absent:
        return f"申报名称“{proposed}”中没有“{absent[0]}”。"
    ending = code_list("organization_forms").ends(proposed)
    if ending is None and proposed.endswith(form):
        return Unclear(f"“{form}”不是公司或合伙企业的组织形式，请核对。")
    if ending is None:
        return f"申报名称“{proposed}”没有以组织形式结尾。"
    stated = code_list("organization_forms").match(form)
    is_same = stated is not None and _family(stated.code) == _family(ending.code)
    return None if is_same else f"申报名称以“{ending.name}”结尾，组织形式却填“{form}”。"


def _family(code: str) -> str:
    return code.removesuffix("_long")


@rule(
    "naming.form_fits_type",
    title="组织形式与企业类型相符",
    cites=("company_law_2018:第八条", "name_regulation:第十条", "company_law_2023:第七条"),
    needs=("name.org_form", "enterprise.type"),
    when=("name.org_form", "enterprise.type"),
    codes="N-A10",
    settled_by=_SETTLED,
)
def form_fits_type(form: str, company_type: str) -> str | None:
    """A limited company calls itself one, and so does a company by shares."""
    stated = code_list("organization_forms").match(form)
    kind = code_list("enterprise_types").match(company_type)
    if stated is None or kind is None:
        return Unclear(f"组织形式“{form}”或企业类型“{company_type}”不在代码表中，请人工核对。")
    wanted = {"11": "limited_liability", "12": "joint_stock"}.get(kind.code[:2])
    is_company = _family(stated.code) in {"limited_liability", "joint_stock"}
    fits = _family(stated.code) == wanted if wanted else not is_company
    return None if fits else f"组织形式“{form}”与企业类型“{company_type}”不符。"


@rule(
    "naming.division_is_location",
    title="名称中的行政区划是企业所在地",
    cites=("name_regulation_1991:第七条", "name_regulation:第七条"),
    needs=("name.division", "addr.registered"),
    when=("name.division", "addr.registered"),
    codes="N-A07a, N-A07b",
    settled_by=_SETTLED,
)
def division_is_location(division: str, registered: str) -> str | None:
    """The division is where the company is, or one that holds it; a district stands with its city."""
    parts = address.parts(registered)
    above = [name for name in (parts.province, parts.city) if name]
    rest = _without(division, above)
    if parts.county and rest in {parts.county, _short(parts.county)}:
        is_alone = rest == division and parts.county.endswith("区")
        return f"市辖区“{division}”前应当冠以所属的市。" if is_alone else None
    if not rest and division:
        return None
    is_other = any(rest in region.spellings for region in regions.table())
    if is_other and above:
        return f"名称中的行政区划“{division}”不是注册地址所在地。"
    return Unclear(f"无法判断行政区划“{division}”是否为注册地址所在地，请人工核对。")


def _without(division: str, names: list[str]) -> str:
    rest = division
    for name in names:
        rest = rest.removeprefix(name) if rest.startswith(name) else rest.removeprefix(_short(name))
    return rest


def _short(name: str) -> str:
    return _LEVEL.sub("", name) if len(name) > 2 else name


@rule(
    "naming.state_words",
    title="名称不冠以国家级字词",
    cites=("name_regulation_1991:第十三条", "name_regulation:第十二条"),
    needs=("name.proposed",),
    when=("name.proposed",),
    severity=Severity.ESCALATE,
    codes="N-A12",
    settled_by=("国务院批准文件", *_SETTLED),
)
def state_words(proposed: str, on: date) -> str | None:
    """A name that begins with 中国 and the like needs the State Council's consent."""
    word = next((w for w in tables.words("naming.state_words", on) if proposed.startswith(w)), None)
    return f"名称冠以“{word}”，须报国务院批准。" if word else None
