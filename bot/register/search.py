"""Searching: a name's keys give the few names that may be like it; the definition of likeness decides (rules/names/compare.py)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from bot.register import keys
from bot.register.store import Candidate, Row, Shard
from extractors.values import regions
from rules.model import Severity
from rules.names.compare import Likeness, Relation, meanings, relation, trade_relation, wording
from rules.names.industries import classify
from rules.names.model import Hit, Order, Parts, Status

Files = Callable[[int], Shard]
"""Gives the file that holds an authority's names."""

SHOWN = 20
_LOOKED_AT = 60
"""So many names that are merely similar are ranked in full."""
_SAME_LOOKED_AT = 500
_SPLITS = range(2, 5)
"""Characters of a trade name where a register may have cut a name in another place."""
_STATES = {
    Status.REGISTERED: "已登记",
    Status.RESERVED: "保留中",
    Status.DEREGISTERED: "注销、变更或者吊销未满一年",
}
_GRAVITY = (Severity.BLOCK, Severity.ESCALATE, Severity.WARN, Severity.INFO)


class Question(NamedTuple):
    """What is asked of the register."""

    name: str
    """Folded, in full."""
    readings: tuple[Parts, ...]
    authorities: tuple[int, ...]
    """Whose names it is compared with."""
    on: date
    related: tuple[str, ...] = ()
    """Folded names with which an investment relation or an authorisation was shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """What speaks against a name."""

    hits: tuple[Hit, ...]
    """The gravest and closest, at most SHOWN."""
    counts: Mapping[str, int]
    """How many names are alike in each way, by the keys of comparison.yaml; also those that are not shown."""


class _Like(NamedTuple):
    candidate: Candidate
    likeness: Likeness | None
    """None where only the place of the cut may differ."""
    mine: Parts


def found(question: Question, files: Files) -> Found:
    """Return the names that speak against a name on a day, the gravest first."""
    hits: dict[str, Hit] = {}
    counts: Counter[str] = Counter()
    for authority in question.authorities:
        shard = files(authority)
        alike = _alike(question, authority, shard)
        counts.update(one.likeness for one in alike.values() if one.likeness)
        for hit in _hits(question, shard, alike):
            known = hits.get(hit.other_name)
            if known is None or _rank(hit) < _rank(known):
                hits[hit.other_name] = hit
    return Found(tuple(sorted(hits.values(), key=_rank)[:SHOWN]), counts)


def free(trade_names: Iterable[str], question: Question, files: Files) -> tuple[str, ...]:
    """Return those trade names under which no name of the industry is kept that sounds, contains or is contained."""
    names = list(dict.fromkeys(trade_names))
    classes = _classes(question.readings[0])
    taken: set[int] = set()
    of = {name: _screening(name, question.authorities, classes) for name in names}
    everything = [key for some in of.values() for key in some]
    for authority in question.authorities:
        taken |= files(authority).taken(everything, question.on.toordinal())
    return tuple(name for name in names if taken.isdisjoint(of[name]))


def _screening(name: str, authorities: tuple[int, ...], classes: tuple[int, ...]) -> list[int]:
    tails = keys.screened(name)
    return [low + c for of in authorities for low in keys.lowest(of, tails) for c in classes]


def _classes(parts: Parts) -> tuple[int, ...]:
    industry = classify(wording(parts))
    return (industry, 0) if industry else (0,)


def _alike(question: Question, authority: int, shard: Shard) -> dict[int, _Like]:
    """Return the candidates that are alike, by id, each in its closest way."""
    on = question.on.toordinal()
    best: dict[int, _Like] = {}
    for parts in question.readings:
        mine = parts.trade_name
        for candidate in _candidates(parts, authority, shard, on):
            likeness = trade_relation(mine, candidate.trade_name)
            if likeness or (parts.trade_name + parts.industry).startswith(candidate.trade_name):
                like = _Like(candidate, likeness, parts)
                known = best.get(candidate.id)
                if known is None or _closer(like, known):
                    best[candidate.id] = like
    return best


def _candidates(parts: Parts, authority: int, shard: Shard, on: int) -> list[Candidate]:
    industry = classify(wording(parts))
    wanted = [keys.key(authority, tail, c) for tail, c in _cut_elsewhere(parts)]
    lowest = keys.lowest(authority, keys.asked(parts.trade_name)) if parts.trade_name else []
    if industry:
        return shard.candidates([*wanted, *lowest, *(low + industry for low in lowest)], on)
    found_ = shard.candidates(wanted, on)
    for low in lowest:
        found_ += shard.within(low, low + keys.CLASSES - 1, on)
    return found_


def _cut_elsewhere(parts: Parts) -> Iterator[tuple[keys.Tail, int]]:
    """Yield where the same text is kept if it was cut in another place: 荣达|伟业贸易, 荣达伟业|贸易."""
    text = parts.trade_name + parts.industry
    for size in (*_SPLITS, len(text)):
        if 0 < size <= len(text) and size != len(parts.trade_name):
            for tail in keys.exact(text[:size]):
                yield tail, classify(text[size:])


@cache
def _closeness() -> dict[Likeness | None, float]:
    table = meanings()
    ways: dict[Likeness | None, float] = {like: table[like].closeness for like in Likeness if like in table}
    return ways | {Likeness.SAME: 1.0, None: 0.99}


def _closer(one: _Like, other: _Like) -> bool:
    return _closeness()[one.likeness] > _closeness()[other.likeness]


def _hits(question: Question, shard: Shard, alike: Mapping[int, _Like]) -> Iterator[Hit]:
    same = [id_ for id_, like in alike.items() if like.likeness in {Likeness.SAME, None}]
    similar = [id_ for id_, like in alike.items() if like.likeness not in {Likeness.SAME, None}]
    similar.sort(key=lambda id_: (-_closeness()[alike[id_].likeness], id_))
    for row in shard.rows((*same[:_SAME_LOOKED_AT], *similar[:_LOOKED_AT])):
        like = alike[row.id]
        order: Order = like.mine.order if row.name == question.name else _another(like.mine.order)
        related = relation(like.mine, row.parts(like.candidate.trade_name, order), question.on)
        if related is not None:
            yield _hit(related, row, is_related=row.name in question.related, mine=like.mine)


def _another(order: Order) -> Order:
    """Return an order that is not the same: of equal parts in another order the register says no more."""
    return "F3" if order == "F2" else "F2"


def _hit(related: Relation, row: Row, *, is_related: bool, mine: Parts) -> Hit:
    place = _place(row.authority)
    lifted = "已证明投资关系或者取得授权，可以使用。" if is_related else ""
    where = f"（{place}，{_STATES[row.status]}）" if place else f"（{_STATES[row.status]}）"
    return Hit(
        rule=related.rule,
        kind=related.kind,
        severity=Severity.INFO if is_related else related.severity,
        message=f"与“{row.name}”{where}：{related.message}{lifted}",
        cites=related.cites,
        words=(mine.trade_name,),
        settled_by=("投资关系证明", "该企业的授权书", "更换字号"),
        other_name=row.name,
        other_status=row.status,
        other_place=place,
        other_until=row.last_day,
        closeness=related.closeness,
    )


def _rank(hit: Hit) -> tuple[int, float, int, str]:
    return _GRAVITY.index(hit.severity), -hit.closeness, int(hit.other_status or 0), hit.other_name


@cache
def _place(authority: int) -> str:
    region = regions.find(f"{authority:06}") if authority else None
    return region.name if region else ""
