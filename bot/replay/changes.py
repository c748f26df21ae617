"""What differs between a case as it was recorded and as it is made now: one difference for each thing, the gravest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from bot.replay.model import Filled, Outcome, PlannedHall, Recording, Stage
from extractors.model import Element, Paper, Record
from forms.model import Blank, Fact, FilledForm, FormValue
from forms.reasons import shown
from rules.model import Finding, Verdict

Thing = TypeVar("Thing")
NOTHING = "—"
CLOSED = frozenset(
    {"presence", "verdict", "severity", "status", "sure", "conflict", "kind", "origin", "skipped"}
)
"""Aspects with a few words as their values: none of a person, and part of what makes two differences one class."""
_GRAVITY = (Verdict.PASS, Verdict.UNSURE, Verdict.FAIL)


class Level(StrEnum):
    """What a difference is about, from paper to portal."""

    ELEMENT = "element"
    FACT = "fact"
    FORM = "form"
    VERDICT = "verdict"
    OUTCOME = "outcome"
    PLAN = "plan"


class Cause(Record):
    """What stands behind a difference: another difference, or a unit of the program that was changed."""

    level: str
    """A Level, or the kind of a unit: table, rule, fact, form, words, reader, map; "program" for other code."""
    what: str
    aspect: str = ""
    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The cause in one line, without a value of a person."""
        values = f": {self.before} → {self.after}" if self.before or self.after else ""
        return " ".join(part for part in (self.level, self.what, self.aspect) if part) + values


class Change(Record):
    """One thing that is not as it was."""

    level: Level
    what: str
    """Its name without a row or a file: "enterprise.name", "capital.paid_within_limit", "tax.investors[].name"."""
    aspect: str
    place: str = ""
    """Which one of several: the file and page, or the row."""
    before: str
    after: str
    because: tuple[Cause, ...] = ()
    """What it follows from directly."""
    roots: tuple[Cause, ...] = ()
    """What it follows from in the end."""

    @property
    def text(self) -> str:
        """The class of the difference in one line, without a value of a person."""
        values = f": {self.before} → {self.after}" if self.aspect in CLOSED else ""
        return f"{self.level} {self.what} {self.aspect}{values}"


def changes(before: Recording, after: Recording, start: Stage) -> list[Change]:
    """Return what differs behind the stage that a replay began with, from paper to portal."""
    found: list[Change] = []
    if start is Stage.PAPERS:
        found.extend(_papers(before.papers, after.papers))
    if start in {Stage.PAPERS, Stage.ELEMENTS}:
        found.extend(_facts(before.facts, after.facts))
        found.extend(_forms(before.filled, after.filled))
    if start in {Stage.PAPERS, Stage.ELEMENTS, Stage.RULES}:
        found.extend(_findings(before.outcome.findings, after.outcome.findings))
        found.extend(_outcome(before.outcome, after.outcome))
    found.extend(_plan(before.plan, after.plan))
    return found


Aspects = Sequence[tuple[str, Callable[[Any], Any]]]
_PAPER: Aspects = (
    ("kind", lambda p: p.kind),
    ("pages", lambda p: [leaf.pages for leaf in p.leaves]),
    ("copy_of", lambda p: p.copy_of),
    ("suspicions", lambda p: p.suspicions),
    ("warnings", lambda p: p.warnings),
    ("left_over", lambda p: p.left_over),
    ("confidence", lambda p: p.confidence),
    ("sizes", lambda p: p.sizes),
)
_ELEMENT: Aspects = (
    ("value", lambda e: shown(e.value)),
    ("sure", lambda e: e.sure),
    ("confidence", lambda e: e.confidence),
    ("place", lambda e: [(s.document, s.page, s.box, s.raw) for s in e.sources]),
    ("repaired", lambda e: e.repaired),
)
_FACT: Aspects = (
    ("value", lambda f: shown(f.value)),
    ("conflict", lambda f: f.conflict),
    ("sure", lambda f: f.sure),
    ("origin", lambda f: f.origin),
    ("confidence", lambda f: f.confidence),
    ("why", lambda f: f.why),
    ("witnesses", lambda f: f.witnesses),
    ("label", lambda f: f.label),
)
_VALUE: Aspects = (
    ("text", lambda v: v.text if isinstance(v, FormValue) else NOTHING),
    ("origin", lambda v: v.origin if isinstance(v, FormValue) else NOTHING),
    ("fact", lambda v: v.fact),
    ("why", lambda v: v.why),
    ("label", lambda v: v.label),
    ("shown", lambda v: v.shown if isinstance(v, FormValue) else v.required),
)
_FINDINGS: Aspects = (
    ("verdict", lambda fs: max((f.verdict for f in fs), key=_GRAVITY.index)),
    ("severity", lambda fs: "stops" if any(f.stops for f in fs) else "goes on"),
    ("message", lambda fs: [f.message for f in fs]),
    ("basis", lambda fs: [f.basis for f in fs]),
    ("cites", lambda fs: [(f.cites, f.articles, f.title) for f in fs]),
    ("settled_by", lambda fs: [f.settled_by for f in fs]),
    ("facts", lambda fs: [(f.facts, f.severity) for f in fs]),
)
_RESULT: Aspects = (
    ("status", lambda o: o.status),
    ("why", lambda o: o.why),
    ("message", lambda o: o.settlement.message),
    ("settlement", lambda o: o.settlement),
)
_TYPED: Aspects = (
    ("text", lambda t: t.text),
    ("label", lambda t: t.label),
    ("kind", lambda t: t.kind),
)


def _first(aspects: Aspects, old: Thing | None, new: Thing | None) -> tuple[str, str, str] | None:
    """Return the first aspect in which two things differ, with both sides as text."""
    if old is None or new is None:
        gone = NOTHING if old is None else "there"
        return None if old is new else ("presence", gone, NOTHING if new is None else "there")
    for name, look in aspects:
        before, after = look(old), look(new)
        if before != after:
            return name, _text(before), _text(after)
    return None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "\n".join(map(_text, value))
    return value.model_dump_json() if isinstance(value, Record) else str(value)


def _each(
    level: Level, aspects: Aspects, old: Mapping[str, Any], new: Mapping[str, Any], place: str = ""
) -> Iterator[Change]:
    """Compare things by name, in the order of the recording, new ones last."""
    for name in dict.fromkeys((*old, *new)):
        if found := _first(aspects, old.get(name), new.get(name)):
            aspect, before, after = found
            yield Change(level=level, what=name, aspect=aspect, place=place, before=before, after=after)


def _papers(old: Sequence[Paper], new: Sequence[Paper]) -> Iterator[Change]:
    before, after = _by_place(old), _by_place(new)
    for place in dict.fromkeys((*before, *after)):
        was, now = before.get(place), after.get(place)
        kind = (was or now or old[0]).kind
        yield from _each(Level.ELEMENT, _PAPER, _named(kind, was), _named(kind, now), place)
        if was and now and was.kind == now.kind:
            yield from _each(Level.ELEMENT, _ELEMENT, _elements(was), _elements(now), place)


def _named(kind: str, paper: Paper | None) -> dict[str, Paper]:
    return {kind: paper} if paper else {}


def _by_place(papers: Iterable[Paper]) -> dict[str, Paper]:
    """Return papers by file and pages; several on one page are told apart by their turn."""
    found: dict[str, Paper] = {}
    for paper in papers:
        place = f"{paper.file} {','.join(map(str, paper.pages))}"
        turn = sum(1 for known in found if known.partition("#")[0] == place)
        found[f"{place}#{turn + 1}" if turn else place] = paper
    return found


def _elements(paper: Paper) -> dict[str, Element]:
    return {f"{paper.kind}.{element.name}": element for element in paper.elements}


def _facts(old: Mapping[str, Fact], new: Mapping[str, Fact]) -> Iterator[Change]:
    yield from _each(Level.FACT, _FACT, old, new)


def _forms(old: Filled, new: Filled) -> Iterator[Change]:
    before, after = {f.form: f for f in old.forms}, {f.form: f for f in new.forms}
    yield from _each(Level.FORM, (), before, after)
    for name, form in before.items():
        if name in after:
            was, now = _blanks_and_values(form), _blanks_and_values(after[name])
            yield from map(_without_row, _each(Level.FORM, _VALUE, was, now))
    reasons: Aspects = (("skipped", str),)
    yield from _each(Level.FORM, reasons, _prefixed(old.not_needed), _prefixed(new.not_needed))


def _prefixed(not_needed: Mapping[str, str]) -> dict[str, str]:
    return {f"{form} (not needed)": why for form, why in not_needed.items()}


def _blanks_and_values(form: FilledForm) -> dict[str, FormValue | Blank]:
    values = {f"{form.form}.{value.field}": value for value in form.values}
    return values | {f"{form.form}.{blank.field}": blank for blank in form.blanks}


def _without_row(change: Change) -> Change:
    """Return a difference in one row of a repeating part as one of the part, the row beside it."""
    head, bracket, rest = change.what.partition("[")
    if not bracket:
        return change
    row, _, tail = rest.partition("]")
    return change.model_copy(update={"what": f"{head}[]{tail}", "place": f"[{row}]"})


def _findings(old: Sequence[Finding], new: Sequence[Finding]) -> Iterator[Change]:
    yield from _each(Level.VERDICT, _FINDINGS, _by_rule(old), _by_rule(new))


def _by_rule(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: f.rule):
        found.setdefault(finding.rule, []).append(finding)
    return found


def _outcome(old: Outcome, new: Outcome) -> Iterator[Change]:
    yield from _each(Level.OUTCOME, _RESULT, {"case": old}, {"case": new})


def _plan(old: Sequence[PlannedHall], new: Sequence[PlannedHall]) -> Iterator[Change]:
    before, after = {h.hall: h for h in old}, {h.hall: h for h in new}
    whole: Aspects = (
        ("refused", lambda h: h.refused),
        ("business_key", lambda h: h.business_key),
        ("skipped", lambda h: ", ".join(h.skipped)),
    )
    yield from _each(Level.PLAN, whole, before, after)
    for name, hall in before.items():
        if name in after:
            was, now = _typed(hall), _typed(after[name])
            yield from map(_without_row, _each(Level.PLAN, _TYPED, was, now))


def _typed(hall: PlannedHall) -> dict[str, Any]:
    return {f"{hall.hall}/{one.page}/{one.field}": one for one in hall.typed}
