"""The papers of one case put together: sides of one card paired, copies of one paper marked.

The emblem side of a card bears neither name nor number. It is given to a portrait side only where
nothing else is possible or where it lies; what several persons could own stays apart, and says so.
Source of the terms of validity: 居民身份证法 第五条.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import PurePosixPath
from typing import NamedTuple

from extractors.elements import element_kind
from extractors.model import Element, Leaf, Paper
from extractors.values import address

CARD = "id_card"
_SIDE = re.compile(r"正面|反面|背面|人像面|国徽面|正|反|front|back|portrait|emblem", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_BRANCH = re.compile(r"公安局(.+?)分局")
_TERMS = ((0, 16, 5), (16, 26, 10), (26, 46, 20))
"""Age from, age below, years that a card of that age is valid; from 46 on it has no end."""
_KEYS = frozenset({"uscc", "id_number", "account", "name"})
_PORTRAIT = ("name", "id_number", "born_on", "address", "sex", "ethnicity")
_ALONE = "身份证国徽面没有姓名，分不清属于谁，没有与人像面配成一份，请核对。"
_TWO_SIDES = 2


class _Side(NamedTuple):
    """One side of a card and its place among the papers."""

    at: int
    paper: Paper


class _Pair(NamedTuple):
    front: _Side
    back: _Side


def gather(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the papers of one case with card sides joined and copies marked.

    Args:
        papers: All papers in the order of their files and pages.
    """
    apart = (_warned(p) if p.kind == CARD and _is_back(p) else p for p in paired(papers))
    return tuple(_marked(apart))


def paired(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """Return the papers with those card sides joined that certainly belong together."""
    pairs = _pairs([_Side(n, p) for n, p in enumerate(papers) if p.kind == CARD])
    joined = {pair.front.at: _joined(pair.front.paper, pair.back.paper) for pair in pairs}
    gone = {pair.back.at for pair in pairs}
    return tuple(joined.get(n, paper) for n, paper in enumerate(papers) if n not in gone)


def may_belong(front: Paper, back: Paper) -> bool:
    """Tell whether nothing on an emblem side speaks against a portrait side."""
    return _same_region(front, back) and _right_term(front, back)


def _pairs(cards: Sequence[_Side]) -> list[_Pair]:
    """Return the pairs that are certain, the surest ways first.

    A side of which nothing could be read may be anybody's, so nothing follows from what is left over.
    """
    free = [c for c in cards if not _is_whole(c.paper)]
    pairs: list[_Pair] = []
    for way in (_in_one_file, _only_choice, _by_names, _in_turn, _only_choice):
        pairs += way(free)
        taken = {side.at for pair in pairs for side in pair}
        free = [c for c in free if c.at not in taken]
    return pairs


def _in_one_file(sides: Sequence[_Side]) -> Iterator[_Pair]:
    """Pair the only two sides of a file."""
    for document in dict.fromkeys(s.paper.document for s in sides):
        yield from _if_two([s for s in sides if s.paper.document == document])


def _by_names(sides: Sequence[_Side]) -> Iterator[_Pair]:
    """Pair the only two sides whose files are named alike but for the word for the side."""
    named = [s for s in sides if _SIDE.search(_stem(s.paper))]
    for stem in dict.fromkeys(_SIDE.sub("", _stem(s.paper)) for s in named):
        yield from _if_two([s for s in named if stem and _SIDE.sub("", _stem(s.paper)) == stem])


def _in_turn(sides: Sequence[_Side]) -> Iterator[_Pair]:
    """Pair sides that lie in turn, all of them, in one file or in files numbered without a gap."""
    turns = [_Pair(*_ordered(a, b)) for a, b in zip(sides[::2], sides[1::2], strict=False)]
    kinds = [_is_front(s.paper) for s in sides]
    alternate = len(sides) % 2 == 0 and all(a != b for a, b in pairwise(kinds))
    known = all(_is_read(s.paper) for s in sides)
    follows = all(_follows(a.paper, b.paper) for a, b in pairwise(sides))
    if alternate and known and follows and all(may_belong(p.front.paper, p.back.paper) for p in turns):
        yield from turns


def _only_choice(sides: Sequence[_Side]) -> Iterator[_Pair]:
    """Pair a side with the only one that it may belong to, where that has no other choice either."""
    if not all(_is_read(s.paper) for s in sides):
        return
    fronts = [s for s in sides if _is_front(s.paper)]
    backs = [s for s in sides if _is_back(s.paper)]
    for back in backs:
        owners = [f for f in fronts if may_belong(f.paper, back.paper)]
        if len(owners) == 1 and sum(may_belong(owners[0].paper, b.paper) for b in backs) == 1:
            yield _Pair(owners[0], back)


def _if_two(sides: Sequence[_Side]) -> Iterator[_Pair]:
    known = all(_is_read(s.paper) for s in sides)
    if known and len(sides) == _TWO_SIDES and len({_is_front(s.paper) for s in sides}) == _TWO_SIDES:
        pair = _Pair(*_ordered(*sides))
        front, back = (side.paper for side in pair)
        copied_together = front.document == back.document and front.pages == back.pages
        if may_belong(front, back) or (copied_together and _same_region(front, back)):
            yield pair


def _ordered(one: _Side, other: _Side) -> tuple[_Side, _Side]:
    return (one, other) if _is_front(one.paper) else (other, one)


def _is_front(paper: Paper) -> bool:
    """Tell whether a card shows its portrait side only."""
    return _shows_front(paper) and not _shows_back(paper)


def _is_back(paper: Paper) -> bool:
    """Tell whether a card shows its emblem side only."""
    return _shows_back(paper) and not any(paper.element(name) for name in _PORTRAIT)


def _is_whole(paper: Paper) -> bool:
    return _shows_front(paper) and _shows_back(paper)


def _is_read(paper: Paper) -> bool:
    """Tell whether it is known which side this is."""
    return _is_front(paper) or _is_back(paper)


def _shows_front(paper: Paper) -> bool:
    return any(paper.element(name) for name in ("name", "id_number"))


def _shows_back(paper: Paper) -> bool:
    return any(paper.element(name) for name in ("issuing_authority", "valid_from", "valid_to"))


def _follows(one: Paper, other: Paper) -> bool:
    """Tell whether one paper's file is the other's, or numbered next to it."""
    if one.document == other.document:
        return True
    a, b = (_NUMBER.findall(_stem(p)) for p in (one, other))
    alike = _NUMBER.sub("#", _stem(one)) == _NUMBER.sub("#", _stem(other))
    return bool(alike and a and b and a[:-1] == b[:-1] and int(b[-1]) == int(a[-1]) + 1)


def _stem(paper: Paper) -> str:
    return PurePosixPath(paper.file).with_suffix("").as_posix()


def _text(paper: Paper, name: str) -> str:
    element = paper.element(name)
    return element.value if element and isinstance(element.value, str) else ""


def _same_region(front: Paper, back: Paper) -> bool:
    """Compare the authority with the address that was printed with it; where one is silent, nothing differs."""
    authority = _text(back, "issuing_authority")
    home, seat = address.parts(_text(front, "address")), address.parts(authority)
    levels = [(home.province, seat.province), (home.city, seat.city), (home.county, seat.county)]
    if any(a and b and a != b for a, b in levels):
        return False
    branch = _BRANCH.search(authority)
    return not (branch and home.county and _names_another(home, seat, branch[1]))


def _names_another(home: address.AddressParts, seat: address.AddressParts, branch: str) -> bool:
    """Tell whether a branch bears the name of another county of the same city; some bear no county's name."""
    if (home.county or "").startswith(branch):
        return False
    beside = (
        (seat.province or home.province or "") + (seat.city or home.city or "") + branch + end
        for end in ("区", "县", "市", "新区")
    )
    return any(address.parts(place).county not in (None, home.county) for place in beside)


def _right_term(front: Paper, back: Paper) -> bool:
    """Compare the term with the age at its beginning, one year of age forgiven."""
    born, start = _day(_born(front)), _day(_text(back, "valid_from"))
    if born is None or start is None:
        return True
    age = start.year - born.year - ((start.month, start.day) < (born.month, born.day))
    end = _day(_text(back, "valid_to"))
    if age < 0 or not back.element("valid_to"):
        return age >= 0
    years = end.year - start.year if end else None
    return any(_term_at(a) == years for a in (age - 1, age, age + 1))


def _term_at(age: int) -> int | None:
    return next((years for low, high, years in _TERMS if low <= max(age, 0) < high), None)


def _born(front: Paper) -> str:
    number = _text(front, "id_number")
    printed = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    return _text(front, "born_on") or printed


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _joined(front: Paper, back: Paper) -> Paper:
    """Return one card of two sides; each value keeps its own place."""
    known = {e.name for e in front.elements}
    rest = Leaf(document=back.document, file=back.file, pages=back.pages, sizes=back.sizes)
    update: dict[str, object] = {
        "elements": (*front.elements, *(e for e in back.elements if e.name not in known)),
        "left_over": (*front.left_over, *back.left_over),
        "warnings": tuple(w for w in (*front.warnings, *back.warnings) if w != _ALONE),
        "suspicions": (*front.suspicions, *back.suspicions),
    }
    if back.document == front.document:
        sizes = dict(zip(front.pages, front.sizes, strict=False)) | dict(
            zip(back.pages, back.sizes, strict=False)
        )
        pages = tuple(sorted({*front.pages, *back.pages}))
        return front.model_copy(
            update={**update, "pages": pages, "sizes": tuple(sizes[p] for p in pages if p in sizes)}
        )
    return front.model_copy(update={**update, "also": (*front.also, rest, *back.also)})


def _warned(paper: Paper) -> Paper:
    if _ALONE in paper.warnings:
        return paper
    return paper.model_copy(update={"warnings": (*paper.warnings, _ALONE)})


def _marked(papers: Iterator[Paper]) -> Iterator[Paper]:
    """Yield the papers, each that says again what an earlier one says marked as its copy."""
    first: list[Paper] = []
    for paper in papers:
        original = next((p for p in first if _is_copy(p, paper)), None)
        if original is None:
            first.append(paper)
            yield paper
        else:
            leaf = Leaf(
                document=original.document, file=original.file, pages=original.pages, sizes=original.sizes
            )
            yield paper.model_copy(update={"copy_of": leaf})


def _is_copy(one: Paper, other: Paper) -> bool:
    """Tell whether two papers agree in all that both state surely, and in what names them."""
    if one.kind != other.kind:
        return False
    shared = [(a, b) for a in one.elements if a.sure and (b := other.element(a.name)) and b.sure]
    named = any(element_kind(one.kind, a.name).type in _KEYS for a, _ in shared)
    return named and len(shared) >= _TWO_SIDES and all(_equal(a, b) for a, b in shared)


def _equal(one: Element, other: Element) -> bool:
    return one.value == other.value
