"""A name's parts: 行政区划, 字号, 行业或者经营特点, 组织形式.

The form is what the name ends with; the division what it begins with, or what stands in brackets. Between them
the industry is read backwards as known words, and what is left in front is the trade name. Several readings are
kept where they are about equally likely: 荣达|伟业贸易 and 荣达伟业|贸易.
"""

import re
from dataclasses import replace
from math import exp, inf
from operator import itemgetter

from rules.names import divisions, lexicon, organization_forms
from rules.names.lexicon import Lexicon
from rules.names.model import Order, Parts
from rules.names.organization_forms import COMPANIES, Form
from rules.names.text import fold

_BRACKETED = re.compile(r"（([^（）]*)）")
_LENGTH_COSTS = (5.5, 5.0, 0.0, 1.3, 1.5, 3.2, 3.6)
"""By characters of the trade name; none is rare, one hardly allowed, two are three quarters of all."""
_LONG = 4.2
_LONGEST = 12
"""No longer trade name is looked for before an industry."""
_NO_DIVISION = 2.2
_CERTAIN, _NO_DIVISION_ALL_THE_SAME = 0.35, 5.2
"""What begins like 上海 hardly ever means something else."""
_NO_INDUSTRY = 2.6
_UNKNOWN = {2: 4.0, 3: 4.5, 4: 5.4}
"""An industry of so many characters that no table knows; about as likely as none, so both readings are kept."""
_SHOP = 1.0
"""What is no company says what it does: 汤圆店, 酱醋厂."""
_OLD_NO_TRADE_NAME = 2.0
_TRADE_NAME_IS_INDUSTRY = 2.0
_MARGIN = 1.5
"""Readings that cost so much more than the cheapest, which makes them a quarter as likely, are dropped."""
_MOST_READINGS = 3
_cost = itemgetter(0)
_MOST_CHARACTERS = 100
_CHINA = "中国"
_GROUP = "集团"

_Start = tuple[int, float, str, str]
"""Where the trade name begins, cost, division, its code."""
_Reading = tuple[float, str, str, str, str]
"""Cost, division, its code, trade name, industry."""


def parse(text: str, *, region: str = "", words: Lexicon | None = None) -> tuple[Parts, ...]:
    """Return the readings of a name, the likeliest first; at least one for any text.

    Args:
        text: A whole name; longer than 100 characters it is one trade name.
        region: Six digits of where the enterprise is, if known.
        words: The lexicon of industries; without it the one of the tables.
    """
    name = fold(text)
    if len(name) > _MOST_CHARACTERS:
        return (Parts(trade_name=name, order="F5"),)
    known = words or lexicon.default()
    form = organization_forms.ending(name) or Form("", "")
    parent = _parent(name) if form.family in {"branch", "trader"} else name
    if parent == name:
        return _whole(name, form, region, known)
    readings = _whole(parent, organization_forms.ending(parent) or form, region, known)
    return tuple(replace(parts, branch=name[len(parent) :], order="F6") for parts in readings)


def _parent(name: str) -> str:
    """Return the company's name that a branch's name begins with, or the name itself."""
    ends = [(name.find(form), form) for form in organization_forms.company_forms()]
    return next((name[: at + len(form)] for at, form in ends if at > 0), name)


def _whole(name: str, form: Form, region: str, words: Lexicon) -> tuple[Parts, ...]:
    rest = name[: len(name) - len(form.text)]
    rest, inside, place = _without_brackets(rest) if "（" in rest else (rest, "", -1)
    code = divisions.whole(inside) if inside and inside not in {_CHINA, _GROUP} else None
    starts: list[_Start] = [(0, _NO_DIVISION, "", "")]
    if code is not None:
        starts = [(0, 0.0, inside, code)]
    elif inside != _CHINA:
        found_divisions = divisions.starts(rest, region)
        starts += [(s.end, s.cost, rest[: s.end], s.code) for s in found_divisions]
        if found_divisions and found_divisions[0].cost < _CERTAIN:
            starts[0] = (0, _NO_DIVISION_ALL_THE_SAME, "", "")
    endings = _endings(rest, form, words)
    endings[-1] = _NO_INDUSTRY
    found = _read(rest, starts, form, endings, words)
    return tuple(_parts(reading, form, inside, place, code, share) for reading, share in _likely(found))


def _without_brackets(rest: str) -> tuple[str, str, int]:
    """Take the first brackets that hold a division, 中国 or 集团 out; return what they hold and where they stood."""
    for match in _BRACKETED.finditer(rest):
        inside = match[1]
        if inside in {_CHINA, _GROUP} or divisions.whole(inside):
            return rest[: match.start()] + rest[match.end() :], inside, match.start()
    return rest, "", -1


def _endings(rest: str, form: Form, words: Lexicon) -> list[float]:
    """Return what the industry costs from each position on; 厂 and 店 may belong to its word: 酒厂, 饭店."""
    costs = words.endings(rest)
    if len(form.text) == 1 and rest:
        joined = words.endings(rest + form.text)
        costs = [min(pair) for pair in zip(costs[:-1], joined, strict=False)] + costs[-1:]
    return costs


def _read(
    rest: str, starts: list[_Start], form: Form, endings: list[float], words: Lexicon
) -> list[_Reading]:
    """Return the readings that are not much dearer than the cheapest: each place where an industry may begin."""
    found: list[_Reading] = []
    bound, size = inf, len(rest)
    shop = _SHOP if form.text and form.family not in COMPANIES else 0.0
    nameless = _OLD_NO_TRADE_NAME if form.family not in COMPANIES else _LENGTH_COSTS[0]
    for begin, cost, division, code in starts:
        for at in (*range(begin, min(size, begin + _LONGEST)), size):
            length = at - begin
            tail = endings[at]
            if tail == inf and length > 1:
                tail = _UNKNOWN.get(size - at, inf) - shop
            total = cost + tail + (_LENGTH_COSTS[length] if length < len(_LENGTH_COSTS) else _LONG)
            if length == 0:
                total += nameless - _LENGTH_COSTS[0]
            if total >= bound:
                continue
            trade_name = rest[begin:at]
            if trade_name in words.costs or (at == size and _ends_in_industry(endings, begin, size)):
                total += _TRADE_NAME_IS_INDUSTRY
            found.append((total, division, code, trade_name, rest[at:]))
            bound = min(bound, total + _MARGIN)
    return found


def _ends_in_industry(endings: list[float], begin: int, size: int) -> bool:
    """Tell whether what would be a trade name without an industry ends in one: 云科技."""
    return any(cost < inf for cost in endings[begin + 1 : size])


def _likely(found: list[_Reading]) -> list[tuple[_Reading, float]]:
    """Return the best readings with their shares, one for each trade name."""
    if len(found) == 1:
        return [(found[0], 1.0)]
    found.sort(key=_cost)
    least = found[0][0]
    best: dict[str, _Reading] = {}
    for reading in found:
        if reading[0] < least + _MARGIN:
            best.setdefault(reading[3], reading)
    weights = [exp(least - reading[0]) for reading in best.values()]
    total = sum(weights)
    return [(r, w / total) for r, w in zip(best.values(), weights, strict=True)][:_MOST_READINGS]


def _parts(reading: _Reading, form: Form, inside: str, place: int, code: str | None, share: float) -> Parts:
    _, division, division_code, trade_name, industry = reading
    return Parts(
        trade_name=trade_name,
        division=division,
        division_code=code or division_code,
        industry=industry,
        organization_form=form.text,
        order=_order(reading, form, inside, place, code),
        likelihood=share,
    )


def _order(reading: _Reading, form: Form, inside: str, place: int, code: str | None) -> Order:
    _, division, _, trade_name, industry = reading
    if inside == _CHINA:
        return "F8"
    if inside == _GROUP or form.family == "group":
        return "F7"
    if code is not None:
        return "F2" if place <= len(trade_name) and industry else "F3"
    if not division:
        return "F5"
    return "F1" if industry else "F4"
