"""Who is who: over all papers one number belongs to one name, and one name has one number."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from extractors.identifiers.printed import upper, without_filling
from extractors.model import Element, Paper, Row
from extractors.values.text import same_name_key
from forms.model import Fact
from rules.engine import rule
from rules.model import Verdict
from rules.registry import Case, Objection

_NUMBER = "id_number"
_CARD = "id_card"
_CITES = (
    "company_registration_2016:第二条",
    "registration_regulation:第十五条",
    "registration_regulation:第十七条",
    "good_practice:同一事实各处一致",
)


class _Stated(NamedTuple):
    """A paper says that this name has this number."""

    name: str
    number: str
    file: str
    on_card: bool
    sure: bool

    @property
    def name_key(self) -> str:
        return same_name_key(self.name)

    @property
    def number_key(self) -> str:
        return _number_key(self.number)


@rule(
    "identity.one_number_one_name",
    title="同一证件号码在各份材料中属于同一人",
    cites=_CITES,
    takes="case",
    codes="C-03",
    settled_by=("对照证件原件核对姓名和号码",),
)
def one_number_one_name(case: Case) -> Iterator[Objection]:
    """One number beside two names is a slip in one of them, or someone else's card."""
    for number, said in _disputed(case, lambda one: one.number_key, lambda one: one.name_key):
        who = "，".join(f"{one.file}写“{one.name}”" for one in said)
        yield _objection(case, f"证件号码 {number} 对应的姓名不同：{who}。", said, is_open=False)


@rule(
    "identity.one_name_one_number",
    title="同一人的证件号码在各份材料中相同",
    cites=_CITES,
    takes="case",
    codes="C-03",
    settled_by=("对照证件原件核对姓名和号码",),
)
def one_name_one_number(case: Case) -> Iterator[Objection]:
    """One name beside two numbers; where each number stands on a card they may be namesakes."""
    for _, said in _disputed(case, lambda one: one.name_key, lambda one: one.number_key):
        who = "，".join(f"{one.file}写“{one.number}”" for one in said)
        on_cards = {one.number_key for one in _pairs(case.papers) if one.on_card}
        is_open = {one.number_key for one in said} <= on_cards
        yield _objection(case, f"{said[0].name}的证件号码不同：{who}。", said, is_open=is_open)


def _objection(case: Case, message: str, said: Sequence[_Stated], *, is_open: bool) -> Objection:
    about = _told_elsewhere(case.facts, said)
    verdict = Verdict.UNSURE if is_open or not all(one.sure for one in said) else Verdict.FAIL
    return Objection(message, facts=about, verdict=verdict, about=about)


def _told_elsewhere(facts: Mapping[str, Fact], said: Sequence[_Stated]) -> tuple[str, ...]:
    """Return the facts in conflict over just these names or numbers, which other rules report."""
    texts = {one.name_key for one in said}, {one.number_key for one in said}
    split = [fact for fact in facts.values() if fact.conflict and fact.key.endswith((".id_no", ".name"))]
    return tuple(fact.key for fact in split if any(_said(fact) >= t for t in texts))


def _said(fact: Fact) -> set[str]:
    key = _number_key if fact.key.endswith(".id_no") else _key
    return {key(witness.value) for witness in fact.witnesses}


def _key(value: object) -> str:
    return same_name_key(str(value))


def _number_key(value: object) -> str:
    return upper(without_filling(str(value)))


def _disputed(
    case: Case, key: Callable[[_Stated], str], other: Callable[[_Stated], str]
) -> Iterator[tuple[str, list[_Stated]]]:
    """Yield each key with one statement for each of the several things said beside it."""
    settled = _settled(case.facts)
    stated = [one for one in _pairs(case.papers) if not {one.name_key, _key(one.number)} & settled]
    for value, group in groupby(sorted(stated, key=lambda one: (key(one), one.file, one)), key=key):
        said: dict[str, _Stated] = {}
        for one in group:
            known = said.get(other(one))
            if known is None or (one.sure and not known.sure):
                said[other(one)] = one
        if len(said) > 1:
            yield value, list(said.values())


def _settled(facts: Mapping[str, Fact]) -> frozenset[str]:
    """Return the names and numbers that a person has decided about."""
    told = [fact for fact in facts.values() if fact.origin == "person"]
    cells = [
        cell for fact in told if isinstance(fact.value, tuple) for row in fact.value for cell in row.values()
    ]
    scalars = [fact.value for fact in told if fact.key.endswith((".id_no", ".name"))]
    return frozenset(_key(value) for value in (*cells, *scalars))


def _pairs(papers: Iterable[Paper]) -> list[_Stated]:
    """Return every name that stands beside a number: on cards, in tables, as agent_name and agent_id_number."""
    return [stated for paper in papers if paper.copy_of is None for stated in _of(paper)]


def _of(paper: Paper) -> Iterator[_Stated]:
    elements = {element.name: element for element in paper.elements}
    for name, number in elements.items():
        beside = elements.get(name.removesuffix(_NUMBER) + "name")
        if name.endswith(_NUMBER) and beside is not None:
            yield _stated(paper, {"name": str(beside.value), _NUMBER: str(number.value)}, beside, number)
    for element in elements.values():
        for row in element.value if isinstance(element.value, tuple) else ():
            if row.get("name") and row.get(_NUMBER):
                yield _stated(paper, row, element)


def _stated(paper: Paper, row: Row, *elements: Element) -> _Stated:
    return _Stated(
        name=str(row["name"]),
        number=str(row[_NUMBER]),
        file=paper.file,
        on_card=paper.kind == _CARD,
        sure=all(element.sure for element in elements),
    )
