"""What the report shows, worked out once so that its template only lays it out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.model import CaseResult
from bot.report import words
from bot.report.album import Album, Pages, album
from bot.report.open_cards import OpenCard, open_cards, release_command, wanted_cuts
from bot.report.places import Place, Places, Sheet
from extractors.model import Paper
from forms.model import Blank, Fact, FilledForm, FormValue, Witness
from rules.model import Finding, Severity, Verdict


@dataclass(frozen=True)
class Count:
    """One number of the head."""

    number: int
    name: str
    note: str
    goto: str


@dataclass(frozen=True)
class Segment:
    """One stage on the bar of machine time; start and width in percent."""

    name: str
    time: str
    start: float
    width: float


@dataclass(frozen=True)
class ValueRow:
    """One filled blank with where it comes from."""

    value: FormValue
    fact: Fact | None
    place: Place | None
    others: int
    """Further places that state the same fact."""


@dataclass(frozen=True)
class FormView:
    """One form: what is filled, what is open, what does not apply."""

    form: FilledForm
    rows: tuple[ValueRow, ...]
    missing: tuple[Blank, ...]
    empty: tuple[Blank, ...]


@dataclass(frozen=True)
class Group:
    """Findings of one weight."""

    title: str
    tone: str
    findings: tuple[Finding, ...]
    folded: bool


@dataclass(frozen=True)
class Said:
    """One witness of a fact."""

    witness: Witness
    place: Place
    differs: bool


@dataclass(frozen=True)
class FactView:
    """One fact and everyone who states it."""

    fact: Fact
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Part:
    """What of a paper stands in one file."""

    paper: Paper
    pages: tuple[int, ...]
    elsewhere: tuple[str, ...]
    """The files that hold the rest of the paper."""


@dataclass(frozen=True)
class FileView:
    """One file as handed in: its papers and its pages."""

    names: tuple[str, ...]
    parts: tuple[Part, ...]
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class View:
    """All of it."""

    result: CaseResult
    head: words.Head
    counts: tuple[Count, ...]
    segments: tuple[Segment, ...]
    origins: tuple[tuple[str, int], ...]
    cards: tuple[OpenCard, ...]
    forms: tuple[FormView, ...]
    groups: tuple[Group, ...]
    facts: tuple[FactView, ...]
    files: tuple[FileView, ...]
    album: Album
    release: str
    """The command that goes on after the decisions; empty where none are awaited."""


def view(result: CaseResult, pages: Pages) -> View:
    """Return everything that the report of a case shows."""
    places = Places(result)
    cards = open_cards(result, places)
    return View(
        result=result,
        head=words.HEADS[result.status],
        counts=tuple(_counts(result)),
        segments=tuple(_segments(result)),
        origins=tuple(_origins(result)),
        cards=cards,
        forms=tuple(_form(form, result, places) for form in result.forms),
        groups=tuple(_groups(result)),
        facts=tuple(_fact(fact, places) for fact in result.facts.values()),
        files=tuple(_files(result, places)),
        album=album(places.sheets.values(), wanted_cuts(cards), pages),
        release=release_command(result),
    )


def _counts(result: CaseResult) -> Iterator[Count]:
    files = len({leaf.file for p in result.papers for leaf in p.leaves})
    yield Count(
        len(result.papers), "份材料", f"{files} 个文件可读，{len(result.unreadable)} 个不可读", "papers"
    )
    missing = sum(b.required for f in result.forms for b in f.blanks)
    filled = sum(len(f.values) for f in result.forms)
    yield Count(filled, "项已填", f"{len(result.forms)} 张表，必填未填 {missing} 项", "forms")
    stops = sum(f.stops for f in result.findings)
    yield Count(len(result.findings), "条审核结论", f"阻止提交的 {stops} 条", "findings")
    receipts = sum(f.receipt is not None for f in result.filings)
    yield Count(receipts, "个回执", f"共 {len(result.filings)} 个事项", "receipts")


def _segments(result: CaseResult) -> Iterator[Segment]:
    spans = [s for s in result.clock.spans if s.seconds]
    total = sum(s.seconds for s in spans)
    start = 0.0
    for span in spans:
        width = 100 * span.seconds / total
        name = words.STAGES.get(span.stage, span.stage)
        yield Segment(name, words.seconds(span.seconds), round(start, 2), round(width, 2))
        start += width


def _origins(result: CaseResult) -> Iterator[tuple[str, int]]:
    counted = Counter(v.origin for f in result.forms for v in f.values)
    return ((words.ORIGINS[origin], counted[origin]) for origin in words.ORIGINS if counted[origin])


def _form(form: FilledForm, result: CaseResult, places: Places) -> FormView:
    return FormView(
        form=form,
        rows=tuple(_row(value, result, places) for value in form.values),
        missing=tuple(b for b in form.blanks if b.required),
        empty=tuple(b for b in form.blanks if not b.required),
    )


def _row(value: FormValue, result: CaseResult, places: Places) -> ValueRow:
    fact = result.facts.get(value.fact or "")
    place = places.of_value(value, fact) if fact else None
    return ValueRow(value, fact, place, max(len(fact.witnesses) - 1, 0) if fact else 0)


def _groups(result: CaseResult) -> Iterator[Group]:
    order = list(Severity)
    raised = sorted(
        (f for f in result.findings if f.verdict is not Verdict.PASS), key=lambda f: order.index(f.severity)
    )
    for severity, findings in groupby(raised, key=lambda f: f.severity):
        tone = "bad" if severity in {Severity.BLOCK, Severity.ESCALATE} else "calm"
        yield Group(words.SEVERITIES[severity], tone, tuple(findings), folded=False)
    passed = tuple(f for f in result.findings if f.verdict is Verdict.PASS)
    if passed:
        yield Group("已通过", "good", passed, folded=True)


def _fact(fact: Fact, places: Places) -> FactView:
    said = tuple(
        Said(w, places.of_witness(w)[0], fact.conflict and w.value != fact.witnesses[0].value)
        for w in fact.witnesses
    )
    return FactView(fact, said)


def _files(result: CaseResult, places: Places) -> Iterator[FileView]:
    leaves = [leaf for p in result.papers for leaf in p.leaves]
    for document in dict.fromkeys(leaf.document for leaf in leaves):
        parts = tuple(_part(p, document) for p in result.papers if _stands_in(p, document))
        sheets = sorted((s for s in places.sheets.values() if s.document == document), key=lambda s: s.number)
        names = dict.fromkeys(leaf.file for leaf in leaves if leaf.document == document)
        yield FileView(tuple(names), parts, tuple(sheets))


def _stands_in(paper: Paper, document: str) -> bool:
    return any(leaf.document == document for leaf in paper.leaves)


def _part(paper: Paper, document: str) -> Part:
    pages = {page for leaf in paper.leaves if leaf.document == document for page in leaf.pages}
    elsewhere = dict.fromkeys(leaf.file for leaf in paper.leaves if leaf.document != document)
    return Part(paper, tuple(sorted(pages)), tuple(elsewhere))
