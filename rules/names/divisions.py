"""行政区划 in names: which division a text begins with, by the hierarchy of the table of divisions.

A child stands after its parent, in full or short (江苏苏州, 上海浦东). Alone stand provinces, cities, and counties and
county-level cities; a county's short name alone may as well be a trade name (东方, 华安, 金湖), so it costs more.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

from extractors.values import regions
from extractors.values.regions import Region

_PEOPLES = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "各",
]
_AUTONOMY = re.compile(rf"(?:(?:{'|'.join(sorted(_PEOPLES, key=len, reverse=True))})族?)+自治[州县旗]$")
_KIND = re.compile(r"(?:特别行政区|自治[州县旗]|地区|林区|特区|新区|[市县区盟州旗])$")
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:经济技术开发区|高新技术产业开发区|经济开发区|高新技术开发区|高新区|经开区|开发区|自由贸易试验区|自贸区"
    r"|综合保税区|保税区|保税港区|工业园区|产业园区|旅游度假区|示范区|管理区)"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:街道|[镇乡])")
_BRANDS = Path(__file__).parents[1] / "tables" / "names" / "places_as_trade_names.tsv"
_BRAND_WEIGHT = 0.7
_MANY_BRANDS = 20
"""So many brands begin like a city that its name alone is no sure sign of it: 朝阳."""
NATION = "000000"
_NATIONAL = ("中国", "中华")
_ALONE = {"city": 0.2, "市": 0.6, "县": 1.4}
"""What a short name alone costs, by level or by kind of county; districts and others cost _RARELY."""
_RARELY = 3.0
_ELSEWHERE = 2.0
"""What a district costs in which the enterprise is not: 钱塘 in 杭州钱塘江 is none."""


class Place(NamedTuple):
    """A spelling of a division."""

    code: str
    level: str
    is_short: bool
    stands: bool
    kind: str
    """The end of its full name: 市, 区, 县 …"""


class Start(NamedTuple):
    """A division that a text begins with."""

    end: int
    """How many characters it takes."""
    code: str
    """Six digits of the innermost division."""
    cost: float
    """How unlikely it is that these characters are meant as a division; 0 likely."""


def short(name: str) -> str:
    """Return a division's name without its kind: 上海, 延边, 浦东; names of two characters keep it."""
    stem = _AUTONOMY.sub("", name)
    if stem == name or len(stem) < 2:
        stem = _KIND.sub("", name)
    return stem if len(stem) >= 2 else name


@cache
def _places() -> dict[str, tuple[Place, ...]]:
    """Return every spelling with the divisions that it may mean, those that stand first."""
    found: dict[str, list[Place]] = defaultdict(list)
    for region in regions.table():
        for spelling in _spellings(region):
            place = Place(region.code, region.level, spelling != region.name, region.stands, region.name[-1])
            found[spelling].append(place)
    return {spelling: tuple(places) for spelling, places in found.items()}


def _spellings(region: Region) -> set[str]:
    if region.level == "city" and not region.spellings:
        return set()
    return {*region.spellings, region.name, short(region.name)}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return the lengths of the spellings by their first two characters, the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for spelling in _places():
        found[spelling[:2]].add(len(spelling))
    return {start: tuple(sorted(lengths, reverse=True)) for start, lengths in found.items()}


def _at(text: str, position: int) -> Iterator[tuple[int, tuple[Place, ...]]]:
    places = _places()
    for length in _lengths().get(text[position : position + 2], ()):
        found = places.get(text[position : position + length])
        if found:
            yield position + length, found


def starts(text: str, region: str = "") -> tuple[Start, ...]:
    """Return the divisions that a folded text may begin with, one for each length, likeliest first.

    Args:
        text: A name, or what stands in brackets.
        region: Six digits of where the enterprise is, if known: its own districts may stand alone.
    """
    best: dict[int, Start] = {}
    if text.startswith(_NATIONAL):
        best[2] = Start(2, NATION, 0.1)
    for end, places in _at(text, 0):
        for place in places:
            cost = _alone(place, text[:end], region)
            _keep(best, Start(end, place.code, cost))
            for start in _deeper(text, end, place, cost, region):
                _keep(best, start)
    return tuple(sorted(best.values(), key=lambda start: (start.cost, -start.end)))


def whole(text: str) -> str | None:
    """Return the code of the division that a whole text is, as in brackets, or None."""
    return next((start.code for start in starts(text) if start.end == len(text)), None)


def _keep(best: dict[int, Start], start: Start) -> None:
    known = best.get(start.end)
    if known is None or start.cost < known.cost:
        best[start.end] = start


def _deeper(text: str, position: int, above: Place, cost: float, region: str) -> Iterator[Start]:
    for end, places in _at(text, position):
        for place in places:
            if _is_within(place, above):
                extra = cost - 0.5 + (0.5 if place.is_short else 0.0)
                if region and place.level == "county" and place.code != region:
                    extra += _ELSEWHERE
                yield Start(end, place.code, extra)
                yield from _deeper(text, end, place, extra, region)
                yield from _beyond(text, end, place, extra)
    yield from _beyond(text, position, above, cost)


def _beyond(text: str, position: int, above: Place, cost: float) -> Iterator[Start]:
    """Yield zones after any division, and towns after a county in full."""
    zone = _ZONE.match(text, position) if _may_be_zone(text) else None
    if zone:
        yield Start(zone.end(), above.code, cost)
    town = _TOWN.match(text, position) if above.level == "county" and not above.is_short else None
    if town:
        yield Start(town.end(), above.code, cost + 0.5)


def _may_be_zone(text: str) -> bool:
    return "区" in text


def _is_within(place: Place, above: Place) -> bool:
    order = ("province", "city", "county")
    deeper = order.index(place.level) > order.index(above.level)
    return deeper and place.code.startswith(above.code[: 2 if above.level == "province" else 4])


def _alone(place: Place, spelling: str, region: str) -> float:
    """Return how unlikely it is that a spelling alone means a division."""
    gone = 0.0 if place.stands else 0.7
    if region and place.code[:2] != region[:2]:
        gone += 3.0
    if place.level == "province" or not place.is_short:
        return gone + (0.8 if place.kind == "区" and place.level == "county" else 0.1)
    if region and place.code[:4] == region[:4]:
        return gone + 0.4
    kind = "city" if place.level == "city" else place.kind
    known = _brands().get(spelling, 0)
    certain = place.level == "city" and place.kind == "市" and known < _MANY_BRANDS
    brands = 0.0 if certain else _BRAND_WEIGHT * log(1 + known)
    return gone + _ALONE.get(kind, _RARELY) + brands


@cache
def _brands() -> dict[str, int]:
    """Return how many brands begin with a division's short name."""
    lines = _BRANDS.read_text(encoding="utf-8").splitlines()[3:]
    return {place: int(count) for place, _, count in (line.partition("\t") for line in lines)}
