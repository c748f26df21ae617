"""What a text of a kind cannot be: then it was cut, ran on, or is another thing, and a person looks at it."""

import re
from functools import cache
from pathlib import Path

from extractors.model import Value
from extractors.values import regions, text

COMPANY_END = re.compile(
    r"(公司|企业|厂|店|中心|事务所|工作室|合作社|[行社院所部馆坊场园室堂铺站队会])([（(][^（）()]*[)）])?$|合伙[)）]$"
)
_OTHER_THINGS = re.compile(r"\d{7}|[㎡@￥¥]|平方米|\d元")
_PROVINCE = re.compile("[\u4e00-\u9fff]{1,7}?(?:省|自治区)")
_NO_ADDRESS = re.compile(
    "(?:室|号房)(?![内东西南北之及和至自集部全整商地夹复阁单房号])[\u4e00-\u9fff、]{2,}$|单元[\u4e00-\u9fff、]{6,}$|_|股东|公司注册"
)
_SHORTEST_ADDRESS = 4
_LEVELS = 3
"""Province, city and county."""
_ZONES = ("开发区", "自贸区", "试验区", "新区", "园区", "高新区", "示范区")
"""What stands beside a division without being one."""
_REMARK_INSIDE = re.compile(r"[（(][^（()）]*[)）]")
_LONGEST_NAME = 4
"""Characters of a person's name: a surname of two and a given name of two."""
_NO_SCOPE = re.compile("·|法定代表人|注册资本|成立日期|营业期限|登记机关|住所[\u4e00-\u9fff]{2,7}[省市区]")
"""A speck, or what stands beside a scope on a licence."""
_LONG_RUN = 14
"""So many characters do not stand twice in a scope, remarks in brackets aside."""
_REMARKS = re.compile(r"([（(][^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*[)）])+$")
_TYPE_END = re.compile(
    "(公司|企业|个体工商户|个人经营|家庭经营|经营|合作社|联合社|所有制|合作制|联营|合伙|独资|机构|办事处|私营|集体|国有|个体|其他)$"
)


def is_no_address(value: Value) -> bool:
    """Tell whether a text lacks what every address has, lost its first character, or holds more than one."""
    said = str(value)
    province = _PROVINCE.match(said)
    cut = province is not None and not _is_province(province.group())
    return cut or len(said) < _SHORTEST_ADDRESS or holds_more(value) or _NO_ADDRESS.search(said) is not None


def is_no_division(value: Value) -> bool:
    """Tell whether a text does not begin with the name of a division, or goes on as no division does."""
    rest = str(value)
    for _ in range(_LEVELS):
        rest = rest.removeprefix(next((name for name in _divisions() if rest.startswith(name)), ""))
    return rest == value or not (len(rest) <= 1 or rest.endswith(_ZONES))


@cache
def _divisions() -> tuple[str, ...]:
    """Return what divisions are called, longest first."""
    spellings = {spelling for region in regions.table() for spelling in region.spellings}
    return tuple(sorted(spellings, key=len, reverse=True))


@cache
def _is_province(name: str) -> bool:
    return any(region.name == name for region in regions.table() if region.level == "province")


def is_no_type(value: Value) -> bool:
    """Tell whether a text does not end as the types of bodies do: it was cut, or is another thing."""
    return not _TYPE_END.search(_REMARKS.sub("", str(value)))


def is_garbled_scope(value: Value) -> bool:
    """Tell whether a scope lacks half of a bracket, holds what is none, or says the same twice: lines were read over one another."""
    if _NO_SCOPE.search(str(value)):
        return True
    said = _REMARK_INSIDE.sub("", str(value))
    pieces = [said[n : n + _LONG_RUN] for n in range(len(said) - _LONG_RUN + 1)]
    return not text.is_balanced(str(value)) or len(set(pieces)) < len(pieces)


def is_surname_unknown(value: Value) -> bool:
    """Tell whether a short Chinese name begins with no known surname: it may be a word, not a name."""
    if not isinstance(value, str) or "·" in value or value.isascii():
        return False
    if holds_more(value):
        return True
    if "、" in value:
        return any(is_surname_unknown(part) for part in value.split("、"))
    if any(character.isdigit() for character in value[-2:]):
        return True  # a number that stood beside it
    if len(value) > _LONGEST_NAME:
        return not COMPANY_END.search(value)
    return value[0] not in surnames() and value[:2] not in surnames()


@cache
def surnames() -> frozenset[str]:
    """Return the common surnames, of one and two characters."""
    return frozenset(
        (Path(__file__).parent / "data" / "surnames.txt").read_text(encoding="utf-8").split()[1:]
    )


def holds_more(value: Value) -> bool:
    """Tell whether a name or an address holds what is neither: a telephone number, an area, an amount."""
    return _OTHER_THINGS.search(str(value)) is not None
