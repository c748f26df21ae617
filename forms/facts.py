"""From the elements of many papers to one fact each, with everyone who states it."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from extractors.errors import UsageError
from extractors.model import SURE, Element, Paper, Row, Value
from extractors.values.text import same_name_key
from forms import derive
from forms.answers import parse_answer
from forms.code_lists import code_list
from forms.compare import row_name, same
from forms.model import Answer, Fact, Witness
from forms.vocabulary import FactSpec, Presence, fact_specs
from forms.witnesses import Papers, of_element

GRANTING = frozenset({"business_license", "name_notice"})
"""Papers by which an authority decides; beside them a proposal is only a wish."""
_LICENCE = "business_license"
_MOST_CONFIDENT = 0.9999
SAME_MISTAKE = 0.5
"""Share of misread values that another scan of the same text misreads alike.

Measured on 431 pairs of scans and photos of 394 values: of 21 pairs with a wrong reading 10 were wrong alike.
"""
_TWO = 2
YES = "是"


def gather(papers: Sequence[Paper], reviews: Mapping[str, Answer]) -> dict[str, Fact]:
    """Return every fact that the papers or a person state, in the order of facts.yaml.

    Args:
        papers: The papers of one case; their order does not matter.
        reviews: A person's answers by fact key. They win; what the papers say stays beside them.

    Raises:
        UsageError: An answer names no fact, or is not of the fact's type.
    """
    unknown = reviews.keys() - fact_specs().keys()
    if unknown:
        raise UsageError(f"没有名为 {min(unknown)} 的要素。", "请用 review show 查看可以回答的要素名。")
    return _Gathering(_of_the_company(papers), reviews).all()


def _of_the_company(papers: Sequence[Paper]) -> list[Paper]:
    """Leave out licences of companies that are its shareholders: what they state is theirs."""
    others = [paper for paper in papers if paper.kind != _LICENCE]
    holders = {name for paper in others for name in _holders(paper)}
    own = {name for paper in others for name in _names(paper, "company_name")}
    return [p for p in papers if p.kind != _LICENCE or not _names(p, "company_name") & (holders - own)]


def _holders(paper: Paper) -> frozenset[str]:
    return _names(paper, "shareholders") | _names(paper, "investors")


def _names(paper: Paper, element: str) -> frozenset[str]:
    """Return the names that an element surely states, as they are compared."""
    found = paper.element(element)
    if found is None or not found.sure:
        return frozenset()
    rows = found.value if isinstance(found.value, tuple) else ({"name": str(found.value)},)
    return frozenset(same_name_key(str(row["name"])) for row in rows if row.get("name"))


class _Gathering:
    """Works facts out on demand, each once: joins and derivations may ask for others in any order."""

    def __init__(self, papers: Iterable[Paper], reviews: Mapping[str, Answer]) -> None:
        self._papers = Papers(papers)
        self._reviews = reviews
        self._done: dict[str, Fact | None] = {}

    def all(self) -> dict[str, Fact]:
        found = {key: self.fact(key) for key in fact_specs()}
        return {key: fact for key, fact in found.items() if fact is not None}

    def fact(self, key: str) -> Fact | None:
        if key not in self._done:
            self._done[key] = None  # a circle of derivations ends without an answer
            spec = fact_specs()[key]
            machine = self._stated(spec) or self._rows(spec) or self._present(spec) or self._derived(spec)
            answer = self._reviews.get(key)
            self._done[key] = _overruled(spec, machine, answer) if answer else machine
        return self._done[key]

    def _stated(self, spec: FactSpec) -> Fact | None:
        full, supporting = self._witnesses(spec)
        if not full:
            return None
        agreeing = [w for w in supporting if same(spec, w.value, full[0].value)]
        return weighed(spec, [*full, *agreeing])

    def _witnesses(self, spec: FactSpec) -> tuple[list[Witness], list[Witness]]:
        """Return those who speak for themselves, highest authority first, and those who can only agree."""
        full: list[Witness] = []
        supporting: list[Witness] = []
        for source in spec.sources:
            granted = any(w.element.split(".")[0] in GRANTING for w in full)
            if source.person == spec.key:
                name = str(full[0].value) if full else None
                supporting += self._papers.states(source, name)
            elif source.proposal and granted:
                supporting += self._papers.states(source, None)
            else:
                person = self._name(source.person)
                found = list(self._papers.states(source, person))
                first_only = bool(source.column) and not source.person
                full += _first_of_each_paper(found) if first_only else _surest_first(found)
        return full, supporting

    def _name(self, key: str | None) -> str | None:
        fact = self.fact(key) if key else None
        return str(fact.value) if fact else None

    def _rows(self, spec: FactSpec) -> Fact | None:
        """Return a table with one row a paper; a paper seen twice makes one row."""
        if spec.rows is None:
            return None
        rows: list[Row] = []
        elements: list[Element] = []
        witnesses: list[Witness] = []
        for paper in self._papers.of(spec.rows.paper):
            stated = self._row(spec, paper)
            row = {name: e.value for name, e in stated.items() if not isinstance(e.value, tuple)}
            if next(iter(spec.columns)) in row and row not in rows:
                rows.append(row)
                elements += stated.values()
                witnesses += [of_element(paper, e) for e in stated.values() if paper.element(e.name) == e]
        if not rows:
            return None
        return Fact(
            key=spec.key,
            label=spec.label,
            value=tuple(rows),
            confidence=min(e.confidence for e in elements),
            sure=all(e.sure for e in elements),
            witnesses=tuple(witnesses),
        )

    def _row(self, spec: FactSpec, paper: Paper) -> dict[str, Element]:
        """Return what a paper states of a row, where it states whose row it is."""
        stated = {column: e for column in spec.columns if (e := paper.element(column)) is not None}
        return stated if next(iter(spec.columns)) in stated else {}

    def _present(self, spec: FactSpec) -> Fact | None:
        if spec.presence is None:
            return None
        there = [p for kind in spec.presence.papers for p in self._papers.of(kind) if p.elements]
        if not there or _left_over(spec.presence, there):
            return None
        paper = there[0]
        best = max(paper.elements, key=lambda e: e.confidence)
        return Fact(
            key=spec.key,
            label=spec.label,
            value=YES,
            confidence=max(paper.confidence, best.confidence),
            sure=best.sure,
            witnesses=(of_element(paper, best),),
            origin="derived",
            why=spec.presence.why,
        )

    def _derived(self, spec: FactSpec) -> Fact | None:
        if spec.derive is None:
            return None
        needed = [self.fact(key) for key in spec.derive.needs]
        if None in needed:
            return None
        return derive.derived(spec, needed, [self.fact(key) for key in spec.derive.maybe])


def weighed(spec: FactSpec, witnesses: Sequence[Witness]) -> Fact:
    """Return the fact that witnesses state, the first of whom has the highest authority."""
    chosen = witnesses[0]
    agreeing = [w for w in witnesses if same(spec, w.value, chosen.value)]
    conflict = len(agreeing) < len(witnesses)
    together = _agreement(agreeing)
    confidence = max(chosen.confidence, together)
    return Fact(
        key=spec.key,
        label=spec.label,
        value=_canonical(spec, _completed(spec, chosen.value, () if conflict else agreeing)),
        confidence=confidence,
        sure=not conflict and (chosen.sure or together >= SURE),
        conflict=conflict,
        witnesses=tuple(witnesses),
    )


def _agreement(agreeing: Sequence[Witness]) -> float:
    """Return the confidence that documents which state one thing give it together, 0 for a single one.

    Characters that were in the files err apart. Two scans of one text err alike half of the time: a rare
    character is misread the same way on each, so every further scan only halves the doubt of the best one.
    """
    seen: dict[str, float] = {}
    written: dict[str, float] = {}
    for witness in agreeing:
        group = seen if witness.is_seen else written
        group[witness.original] = max(group.get(witness.original, 0), witness.confidence)
    if len(seen.keys() | written.keys()) < _TWO:
        return 0
    doubt = prod(1 - c for c in written.values())
    if seen:
        doubt *= (1 - max(seen.values())) * SAME_MISTAKE ** (len(seen) - 1)
    return min(_MOST_CONFIDENT, 1 - doubt)


def _completed(spec: FactSpec, value: Value, agreeing: Sequence[Witness]) -> Value:
    """Return a table with the cells that only a lower authority states."""
    if not isinstance(value, tuple):
        return value
    rows = [dict(row) for row in value]
    for witness in agreeing:
        others = witness.value if isinstance(witness.value, tuple) else ()
        by_name = {row_name(spec.columns, row): row for row in others}
        rows = [by_name.get(row_name(spec.columns, row), {}) | row for row in rows]
    return tuple(rows)


def _canonical(spec: FactSpec, value: Value) -> Value:
    """Return the code list's own name for a wording that it knows."""
    if not spec.codes or not isinstance(value, str):
        return value
    code = code_list(spec.codes).match(value)
    return code.name if code else value


def _overruled(spec: FactSpec, machine: Fact | None, answer: Answer) -> Fact:
    return Fact(
        key=spec.key,
        label=spec.label,
        value=_canonical(spec, parse_answer(spec.key, answer.value)),
        confidence=1,
        sure=True,
        witnesses=machine.witnesses if machine else (),
        origin=answer.origin,
        why=answer.why,
    )


def _surest_first(witnesses: list[Witness]) -> list[Witness]:
    return sorted(witnesses, key=lambda w: -w.confidence)


def _first_of_each_paper(witnesses: list[Witness]) -> list[Witness]:
    """Of a table of wishes the first row is the wish; the others are spare."""
    firsts = {(w.document, w.file, w.element): w for w in reversed(witnesses)}
    return _surest_first(list(reversed(firsts.values())))


def _left_over(presence: Presence, papers: Iterable[Paper]) -> bool:
    word = presence.unless_left_over
    return word is not None and any(word in line for paper in papers for line in paper.left_over)
