"""行政区划 in a name: the one of the location, a district after its city, a zone after its division, none as 字号."""

import re
from functools import cache
from pathlib import Path

from extractors.values import regions
from extractors.values.regions import Region
from rules.model import Severity
from rules.names import divisions, industries, words
from rules.names.declare import OF_2004, OF_2021, OF_2023, Flaw, Name, rule
from rules.names.model import Kind
from rules.names.topics.organization import is_surely_read

_MEANINGS = Path(__file__).parents[2] / "tables" / "names" / "other_meanings.tsv"
_BRACKETS = re.compile(r"[（）]")
_INSIDE = re.compile(r"（([^（）]*)）")
_SAYS_NOTHING = frozenset(("发展", "实业", "集团", "控股", "产业", "股份", "企业", "开发", "国际", "责任"))
"""Words of names that name no industry, and are no trade name either."""
_OTHER_BRACKETS = frozenset(("中国", "集团", "普通合伙", "特殊普通合伙", "有限合伙", "个人独资", "股份合作"))
_EVIDENCE = ("国民经济行业分类、行业习惯或者专业文献等说明材料", "改写后的《企业名称申报信息表》")
_MEANT = ("另有含义的说明", "改写后的《企业名称申报信息表》")


@cache
def _by_code() -> dict[str, Region]:
    """Return the divisions by code; where it was given twice, the one that stands."""
    found: dict[str, Region] = {}
    for region in regions.table():
        found.setdefault(region.code, region)
    return found


@cache
def other_meanings() -> frozenset[str]:
    """Return the names of divisions and the words of industries that mean something else as well."""
    lines = _MEANINGS.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines[1:] if line and not line.startswith("#"))


@cache
def _spellings() -> frozenset[str]:
    """Return every name of a division, in full and short."""
    places = [region for region in regions.table() if region.level != "city" or region.spellings]
    return frozenset(name for place in places for name in (place.name, divisions.short(place.name)))


@cache
def _cities() -> re.Pattern[str]:
    """Return a pattern for the short names of provinces and cities that mean nothing else."""
    places = [r for r in regions.table() if r.level == "province" or (r.is_city and r.stands)]
    names = {divisions.short(place.name) for place in places} - other_meanings()
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def _stem(code: str) -> str:
    """Return the digits of a code that its parts share: 31, 3205, 320508."""
    return re.sub(r"(00){1,2}$", "", code)


def _is_same_place(code: str, other: str) -> bool:
    """Tell whether two codes were given to one place, before and after a change of its rank.

    Codes that no table knows, of zones above all, are compared by their city.
    """
    one, two = _by_code().get(code), _by_code().get(other)
    if one is None or two is None:
        return code[:4] == other[:4]
    return code[:2] == other[:2] and divisions.short(one.name) == divisions.short(two.name)


@rule(
    "N-A07a",
    title="行政区划是企业所在地的县级以上行政区划",
    cites=(
        "name_regulation_1991:第七条",
        "name_measures_2004:第十一条",
        "name_ban_rules_2017:第十一条",
        "name_regulation:第七条",
    ),
    also=("N-C11",),
)
def is_location(name: Name) -> Flaw | None:
    """The division is where the enterprise is, or holds it."""
    code, here = name.parts.division_code, name.proposal.region
    if not code or not here or code.startswith("00"):
        return None
    stem = _stem(code)
    if here.startswith(stem) or stem.startswith(_stem(here)) or _is_same_place(code, here):
        return None
    place = _by_code().get(here)
    located = f"“{place.name}”" if place else "所申报的住所地"
    return Flaw(f"名称中的行政区划“{name.parts.division}”不是企业所在地{located}。", (name.parts.division,))


@rule(
    "N-A07b",
    title="市辖区名称前冠以所属的设区的市",
    cites=("name_measures_2004:第十一条", "name_ban_rules_2017:第十一条", "name_regulation:第七条"),
    begin=OF_2004,
    also=("N-C11",),
)
def district_after_city(name: Name) -> Flaw | None:
    """A district of a city does not stand alone."""
    division, code = name.parts.division, name.parts.division_code
    place = _by_code().get(code)
    if place is None or place.level != "county" or not _is_district(place.name):
        return None
    city = _by_code().get(code[:4] + "00")
    above = city if city is not None and city.is_city else _by_code().get(code[:2] + "0000")
    if above is None or divisions.short(above.name) in division or _may_be_a_word(division, place.name):
        return None
    return Flaw(f"市辖区“{division}”前应当冠以所属的“{above.name}”。", (division,))


def _may_be_a_word(division: str, district: str) -> bool:
    """Tell whether a short district after its province may as well begin the trade name: 新疆|天山雪莲."""
    return not division.endswith(district) and len(division) > len(divisions.short(district))


def _is_district(full_name: str) -> bool:
    return full_name.endswith("区") and not full_name.endswith(("林区", "特区"))


@rule(
    "N-A07c",
    title="开发区、垦区等区域名称与行政区划连用",
    cites=("name_regulation:第七条",),
    begin=OF_2021,
)
def zone_after_division(name: Name) -> Flaw | None:
    """A zone does not stand alone."""
    parts = name.parts
    if parts.division_code:
        return None
    begins = parts.division or parts.trade_name
    zone = next((row.word for row in words.of_kind("zone") if row.word in begins), None)
    return Flaw(f"区域名称“{zone}”应当与行政区划名称连用，不得单独使用。", (zone,)) if zone else None


@rule(
    "N-A08b",
    title="行政区划、行业不作字号，另有含义的除外",
    cites=(
        "name_regulation_1991:第十条",
        "name_measures_2004:第十四条",
        "name_ban_rules_2017:第十二条",
        "name_ban_rules_2017:第二十五条",
        "name_regulation:第八条",
    ),
    severity=Severity.ESCALATE,
    kind=Kind.RESTRICTED,
    settled_by=_MEANT,
    also=("N-C12", "N-C25"),
)
def no_place_as_trade_name(name: Name) -> Flaw | None:
    """A trade name is no division and no industry, unless it means something else as well."""
    own = name.parts.trade_name
    if own in other_meanings() or not is_surely_read(name):
        return None
    if own in _spellings():
        return Flaw(f"字号“{own}”是县级以上行政区划名称，另有含义的除外。", (own,))
    return Flaw(f"字号“{own}”是行业或者经营特点，不得作字号。", (own,)) if is_industry(own) else None


def is_industry(text: str) -> bool:
    """Tell whether a whole text is a wording of an industry and nothing else."""
    word = industries.words().get(text)
    return (word is not None and word.number > 0) or text in _SAYS_NOTHING


@rule(
    "N-B09",
    title="行政区划名称置于字号之后的，加注括号",
    cites=("name_measures_2023:第九条",),
    begin=OF_2023,
)
def division_in_brackets(name: Name) -> Flaw | None:
    """A division behind the trade name stands in brackets, and brackets hold nothing else."""
    if "（" not in name.text and "）" not in name.text:
        return _bare_division(name)
    if _BRACKETS.findall(name.text) != ["（", "）"] * name.text.count("（"):
        return Flaw("名称中的括号不成对。", ("（", "）"))
    odd = next((text for text in _INSIDE.findall(name.text) if not _may_stand_in_brackets(text)), None)
    if odd is None:
        return None
    return Flaw(f"括号内的“{odd}”不是县级以上行政区划名称。", (odd,), Severity.ESCALATE)


def _may_stand_in_brackets(text: str) -> bool:
    return text in _OTHER_BRACKETS or divisions.whole(text) is not None


def _bare_division(name: Name) -> Flaw | None:
    own, here = name.parts.trade_name, name.proposal.region
    if name.parts.division or not here:
        return None
    for code in (here[:2] + "0000", here[:4] + "00"):
        place = _by_code().get(code)
        if place is None or not place.spellings:
            continue
        written = divisions.short(place.name)
        if len(own) - len(written) >= 2 and own.endswith(written):
            return Flaw(f"行政区划“{written}”置于字号之后，应当加注括号，写作“（{written}）”。", (written,))
    return None


@rule(
    "N-B11",
    title="行业中的地名有行业习惯或者专业文献的依据",
    cites=("name_measures_2023:第十一条",),
    severity=Severity.ESCALATE,
    kind=Kind.RESTRICTED,
    begin=OF_2023,
    settled_by=_EVIDENCE,
)
def place_in_industry(name: Name) -> Flaw | None:
    """A place within the industry needs a custom of trade."""
    industry = name.parts.industry
    found = _cities().search(industry) if len(industry) > 2 else None
    if found is None or _is_custom(industry, found[0]):
        return None
    return Flaw(f"行业中使用地名“{found[0]}”，应当有行业习惯或者专业文献等依据。", (found[0],))


def _is_custom(industry: str, place: str) -> bool:
    """Tell whether the table of customs knows the wording: 兰州拉面."""
    return any(row.word in industry for row in words.of_kind("custom") if place in row.word)
