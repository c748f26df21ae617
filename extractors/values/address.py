"""Addresses: the division in front, the house in the middle, the room at the end.

Nothing is looked up beyond the table of divisions: whether a street exists nobody here can tell.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from extractors.model import Record
from extractors.values import numerals, regions
from extractors.values.regions import Region
from extractors.values.text import half_width

_NUMERAL = re.compile(f"[{numerals.NUMERALS}]+")
_LABEL = r"(?<![0-9A-Za-z])[0-9A-Za-z]{1,12}"
_MORE = r"(?:[-/、.~][0-9A-Za-z]{1,12})"
_TOKEN = re.compile(
    rf"({_LABEL}{_MORE}{{0,6}})(号楼|号院|号|幢|支弄|弄|单元|座|楼|层|室|房)|({_LABEL}{_MORE}{{1,6}})$"
)
_STREET = re.compile("路|街|巷|弄|道|大道|大街")
_STREET_PART = re.compile(r"[东西南北中]?[一二三四五六七八九十]?(?:路|街|巷|弄|道|大道|大街)")
_DASHES = re.compile("[‐‑–—―−]+")
_ALIKE = {"房": "室", "楼": "层"}
"""Units that papers use for one another: 12楼 is 12层."""
_DECIDING = ("号", "幢", "室", "")
"""House, building and room; a closing 3-1203 is a room too."""


class AddressParts(Record):
    """An address taken apart; names as they stand in the table of divisions."""

    region: str | None
    """Six-digit code of the county, None where it is not printed or not the only one of its name."""
    province: str | None
    city: str | None
    county: str | None
    rest: str
    """What follows the divisions, without white space."""
    numbers: tuple[tuple[str, str], ...]
    """Unit and number in the order printed: ("号", "88"), ("室", "1203"); a closing 3-1203 has the unit ""."""


class _Path(NamedTuple):
    province: Region | None
    city: Region | None
    county: Region | None
    length: int

    @property
    def is_current(self) -> bool:
        return all(region is None or region.stands for region in self[:3])


def parts(text: str) -> AddressParts:
    """Take an address apart."""
    squashed = _squashed(text)
    path = _best(squashed)
    rest = squashed[path.length :] if path else squashed
    names = _names(path) if path else (None, None, None)
    return AddressParts(
        region=path.county.code if path and path.county else None,
        province=names[0],
        city=names[1],
        county=names[2],
        rest=rest,
        numbers=tuple(_tokens(_comparable(rest))),
    )


def region_code(text: str) -> str | None:
    """Return the code of the county that an address begins with, or None where that is not sure."""
    return parts(text).region


def same_place(a: str, b: str) -> Literal["same", "wording", "partly", "different"]:
    """Compare two addresses.

    `wording`: they differ at most in which divisions are printed in front, in numerals (三 and 3), in
    brackets, dashes and capitals. `partly`: house, building and room are the same, and one of them names
    a floor or a building's name besides. Any other difference is `different`, a missing room too.
    """
    if _squashed(a) == _squashed(b):
        return "same"
    one, other = parts(a), parts(b)
    pairs = [(one.region, other.region), (one.province, other.province)]
    pairs += [(one.city, other.city), (one.county, other.county)]
    if any(x and y and x != y for x, y in pairs):
        return "different"
    rests = _comparable(_after(one, other)), _comparable(_after(other, one))
    if rests[0] == rests[1]:
        return "wording"
    return "partly" if _says_more(*rests) or _says_more(*reversed(rests)) else "different"


def _says_more(longer: str, shorter: str) -> bool:
    """Tell whether an address says what another says, and more, but no other house, building or room."""
    numbers, others = _by_unit(longer), _by_unit(shorter)
    decided = all(numbers.get(unit) == others.get(unit) for unit in _DECIDING)
    words, fewer = _TOKEN.sub("", longer), _TOKEN.sub("", shorter)
    return decided and all(numbers.get(unit) == number for unit, number in others.items()) and fewer in words


def _by_unit(comparable: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for unit, number in _tokens(comparable):
        found.setdefault(_ALIKE.get(unit, unit), []).append(number)
    return found


def _after(one: AddressParts, other: AddressParts) -> str:
    """Return what follows the divisions, also where only the other paper tells which 朝阳区 is meant."""
    is_open = one.region is None and other.county is not None
    return one.rest.removeprefix(other.county or "") if is_open else one.rest


def _squashed(text: str) -> str:
    return "".join(half_width(text).split())


def _comparable(rest: str) -> str:
    """Write numerals as digits, dashes as hyphens, 栋 as 幢, letters as capitals."""
    value = _NUMERAL.sub(lambda m: _digits(m[0]), _DASHES.sub("-", rest))
    value = value.replace("栋", "幢").replace("〔", "(").replace("〕", ")")
    return "".join(c.upper() if c.isascii() else c for c in value)


def _digits(numeral: str) -> str:
    number = numerals.integer(numeral)
    if number is not None:
        return str(number)
    return numerals.digits(numeral) or numeral


def _tokens(comparable: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(comparable):
        yield (match[2], match[1]) if match[2] else ("", match[3])


def _names(path: _Path) -> tuple[str | None, str | None, str | None]:
    """Name the levels, those above the county from the table even where the paper leaves them out."""
    county, city, province = path.county, path.city, path.province
    city = city or (regions.find(county.parent) if county else None)
    province = province or (regions.find(city.parent) if city else None)
    real_city = city if city and city.is_city else None
    names = [region.name if region else None for region in (province, real_city, county)]
    return names[0], names[1], names[2]


def _best(text: str) -> _Path | None:
    """Return the longest reading of the divisions in front, or None where two are equally good.

    Divisions that stand win over ones that are gone: a paper of today means today's.
    """
    paths = list(_paths(text))
    longest = max((path.length for path in paths), default=0)
    best = [path for path in paths if path.length == longest and longest > 0]
    current = [path for path in best if path.is_current] or best
    with_county = [path for path in current if path.county] or current
    meant = {(path.county or path.city or path.province) for path in with_county}
    return with_county[0] if len(meant) == 1 else None


def _paths(text: str) -> Iterator[_Path]:
    for province, at in _steps("province", text, 0):
        for city, then in _steps("city", text, at, province):
            for county, end in _steps("county", text, then, city or province):
                path = _Path(province, city, county, end)
                if not _STREET.match(text, end) and (county or _ends_in_full(text, path)):
                    yield path


def _steps(
    level: str, text: str, at: int, within: Region | None = None
) -> Iterator[tuple[Region | None, int]]:
    """Yield the divisions of a level that stand at a place, and none at all."""
    yield None, at
    for region in regions.starting_with(level, text[at : at + 1]):
        if within is None or _is_within(region, within):
            yield from ((region, at + len(s)) for s in region.spellings if text.startswith(s, at))


def _is_within(region: Region, whole: Region) -> bool:
    places = 2 if whole.level == "province" else 4
    return region.code[:places] == whole.code[:places]


def _ends_in_full(text: str, path: _Path) -> bool:
    """Refuse a short name with nothing of its city after it: 吉林路 and 南京西路 are streets.

    A short province may stand alone before other words (上海南京西路).
    """
    last = path.city or path.province
    if last is None or text.endswith(last.name, 0, path.length):
        return True
    return path.city is None and not _STREET_PART.match(text, path.length)
