"""The four parts and the form of organisation: what may be left out, what fits the type, branches, groups."""

from decimal import Decimal

from rules.model import Severity
from rules.names import industries
from rules.names.declare import OF_2004, OF_2021, OF_2023, REWRITTEN, Flaw, Name, rule
from rules.names.model import Kind

_MILLIONS_WITHOUT_DIVISION = Decimal(50_000_000)
_LIMITED = ("有限责任公司", "有限公司")
_BY_SHARES = ("股份有限公司", "股份公司")
_SHORT = 3
"""Characters of a trade name behind which no unknown industry hides."""
_PARTNERSHIPS = {"4531": "（普通合伙）", "4532": "（特殊普通合伙）", "4533": "（有限合伙）"}
_SOLE, _COOPERATIVE, _TRADER = "4540", "91", "95"
_SHOPS = tuple("楼城居轩阁斋堂廊苑厅室号房摊汇庐")
_BRANCH_ENDS = (
    "分公司",
    "分厂",
    "分店",
    "分行",
    "支行",
    "分所",
    "分部",
    "分社",
    "分中心",
    "营业部",
    "办事处",
    "门市部",
    "经营部",
)
_CROSS_PROVINCE = ("在 3 个以上省级行政区域投资设立同字号且经营 1 年以上公司的证明", "写明行政区划的名称")
_CROSS_INDUSTRY = ("在 5 个以上行业门类投资设立同字号且经营 1 年以上公司的证明", "写明行业的名称")
_LEADS_GROUP = ("控股 3 家以上企业法人的证明", *REWRITTEN)
_SHOWN = ("与该企业有投资关系或者经其授权的证明", *REWRITTEN)


@rule(
    "N-A06",
    title="名称由行政区划、字号、行业、组织形式组成",
    cites=(
        "name_regulation_1991:第七条",
        "name_measures_2004:第九条",
        "name_measures_2004:第十三条",
        "name_ban_rules_2017:第二十条",
        "name_ban_rules_2017:第二十九条",
        "name_regulation:第六条",
        "name_measures_2023:第十九条",
        "name_measures_2023:第二十条",
    ),
    severity=Severity.ESCALATE,
    settled_by=(*_CROSS_PROVINCE, *_CROSS_INDUSTRY),
    also=("N-B19", "N-B20", "N-C11", "N-C20", "N-C29"),
)
def four_parts(name: Name) -> Flaw | None:
    """The division and the industry are there; leaving one out has its conditions."""
    lacking = [what for what in ("行政区划", "行业或者经营特点") if _lacks(name, what)]
    if not lacking:
        return None
    return Flaw(f"名称中没有{'和'.join(lacking)}，须符合可以省略的条件。")


def _lacks(name: Name, what: str) -> bool:
    parts, proposal = name.parts, name.proposal
    if what != "行政区划":
        return not parts.industry and not _needs_no_industry(name) and is_surely_read(name)
    is_national = parts.order == "F8" or name.text.startswith(
        ("中国", "中华", "全国", "国家", "中央", "国际")
    )
    is_old_and_large = proposal.on < OF_2021 and (proposal.capital or 0) >= _MILLIONS_WITHOUT_DIVISION
    return not parts.division and not is_national and not is_old_and_large


def is_surely_read(name: Name) -> bool:
    """Tell whether the trade name is one: stated as such, or too short to hold an industry that nobody knows."""
    return (
        name.proposal.parts is not None or bool(name.parts.industry) or len(name.parts.trade_name) <= _SHORT
    )


def _needs_no_industry(name: Name) -> bool:
    """Tell whether the form itself says what is done: shops, works, co-operatives, branches, and groups."""
    form = name.parts.organization_form
    return not form.endswith("公司") or bool(name.parts.branch)


@rule(
    "N-A09",
    title="行业或者经营特点与主营业务一致",
    cites=(
        "name_regulation_1991:第十一条",
        "name_measures_2004:第十六条",
        "name_ban_rules_2017:第十三条",
        "name_regulation:第九条",
    ),
    severity=Severity.WARN,
    also=("N-C13",),
)
def main_business(name: Name) -> Flaw | None:
    """The industry is the one of the stated code; a wording that nobody knows is left to the registry."""
    code, wording = name.proposal.industry_code.strip(), name.parts.industry
    meant = industries.codes(wording) if code and wording else ()
    if not meant or any(_is_near(code, known) for known in meant):
        return None
    return Flaw(f"行业用语“{wording}”与所申报的主营行业代码“{code}”不一致。", (wording,))


def _is_near(code: str, known: str) -> bool:
    """Tell whether two codes lie in one division (大类) of GB/T 4754; trade and services go with any thing."""
    digits, meant = code.lstrip("ABCDEFGHIJKLMNOPQRST"), known.lstrip("ABCDEFGHIJKLMNOPQRST")
    return not digits or not meant or digits[:2] == meant[:2] or digits[:2] in {"51", "52", "72", "74", "75"}


@rule(
    "N-A10",
    title="组织形式与企业类型相符",
    cites=(
        "name_regulation_1991:第十二条",
        "name_ban_rules_2017:第十四条",
        "name_regulation:第十条",
        "name_measures_2023:第十二条",
    ),
    also=("N-B12", "N-C14"),
)
def form_fits_type(name: Name) -> Flaw | None:
    """There is a form of organisation, and it is the one of the stated type."""
    form, kind = name.parts.organization_form, name.proposal.company_type
    if not form:
        return None if _is_shop(name) else Flaw("名称没有以组织形式结尾。")
    wanted = _wanted(form, kind)
    return Flaw(f"组织形式“{form}”与企业类型不符，{wanted}。", (form,)) if wanted else None


def _is_shop(name: Name) -> bool:
    """Tell whether the name ends as those of shops do, and nothing says that it is a company."""
    return name.proposal.company_type[:2] in {"", _TRADER} and name.text.endswith(_SHOPS)


def _wanted(form: str, kind: str) -> str:
    """Return what a type asks of the form where it is not so, otherwise nothing."""
    is_shares, is_limited = form.endswith(_BY_SHARES), form.endswith(_LIMITED)
    if kind[:2] in {"11", "51", "61"}:
        return "" if is_limited and not is_shares else "有限责任公司应当标明有限责任公司或者有限公司"
    if kind[:2] in {"12", "52", "62"}:
        return "" if is_shares else "股份有限公司应当标明股份有限公司或者股份公司"
    if kind in _PARTNERSHIPS:
        return "" if form.endswith(_PARTNERSHIPS[kind]) else f"应当标明“{_PARTNERSHIPS[kind]}”"
    if kind[:2] == _COOPERATIVE:
        return "" if form.endswith(("专业合作社", "联合社")) else "应当标明专业合作社或者联合社"
    is_company = is_limited or is_shares or form.endswith("公司")
    is_none = kind == _SOLE or kind[:2] == _TRADER
    return "不得标明有限、有限责任或者公司" if is_none and is_company else ""


@rule(
    "N-B12",
    title="合伙企业标明合伙的种类",
    cites=("name_measures_2023:第十二条",),
    begin=OF_2023,
)
def kind_of_partnership(name: Name) -> Flaw | None:
    """A partnership says in brackets which one it is."""
    form = name.parts.organization_form
    if (
        "合伙" not in form
        or form.endswith(tuple(_PARTNERSHIPS.values()))
        or name.proposal.company_type in _PARTNERSHIPS
    ):
        return None
    return Flaw("合伙企业应当标明（普通合伙）、（特殊普通合伙）或者（有限合伙）。", (form,))


@rule(
    "N-A13",
    title="分支机构冠以所从属企业的名称，缀以分公司等字词",
    cites=("name_regulation_1991:第十四条", "name_measures_2004:第七条", "name_regulation:第十三条"),
)
def branch(name: Name) -> Flaw | None:
    """A branch carries its parent's name and says that it is one; no other enterprise does."""
    ending, kind = name.parts.branch, name.proposal.company_type
    if kind[:1] == "2" and not ending:
        return Flaw("分支机构名称应当冠以所从属企业的名称，并缀以“分公司”“分厂”“分店”等字词。")
    if ending and kind[:1] in {"1", "5", "6"}:
        return Flaw(f"“{ending}”是分支机构的字词，不得用于其他企业。", (ending,))
    is_said = not ending or ending.endswith(_BRANCH_ENDS)
    return None if is_said else Flaw(f"分支机构名称“{ending}”应当缀以“分公司”“分厂”“分店”等字词。", (ending,))


@rule(
    "N-A14",
    title="使用集团字样的企业控股三家以上企业法人",
    cites=("name_regulation:第十四条", "name_measures_2023:第十七条"),
    severity=Severity.ESCALATE,
    begin=OF_2021,
    settled_by=_LEADS_GROUP,
)
def leads_group(name: Name) -> Flaw | None:
    """Who calls itself a group controls three enterprises."""
    parts = name.parts
    is_group = parts.order == "F7" or "集团" in parts.organization_form or parts.industry.endswith("集团")
    if not is_group or len(name.proposal.related) >= 3 or parts.branch:
        return None
    return Flaw("名称使用“集团”字样，应当是控股 3 家以上企业法人的企业。", ("集团",))


@rule(
    "N-A15",
    title="含有其他企业名称的，有投资关系或者经过授权",
    cites=("name_measures_2004:第七条", "name_ban_rules_2017:第十七条", "name_regulation:第十五条"),
    severity=Severity.ESCALATE,
    kind=Kind.RESTRICTED,
    begin=OF_2004,
    settled_by=_SHOWN,
    also=("N-C17",),
)
def no_other_enterprise(name: Name) -> Flaw | None:
    """No other enterprise's full name stands within the parts, unless a relation to it was shown."""
    within = name.parts.trade_name + name.parts.industry
    at = within.find("有限公司") if "公司" in within else -1
    if at < 1 or any(shown and shown in within for shown in name.proposal.related):
        return None
    other = within[: at + 4]
    return Flaw(f"名称中含有另一个企业名称“{other}”。", (other,))
