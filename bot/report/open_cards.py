"""What keeps a case from going on: each thing with its places on paper side by side."""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.model import CaseResult, CaseStatus
from bot.report import words
from bot.report.places import Place, Places, around
from extractors.model import Box
from forms.model import Fact, Witness
from forms.vocabulary import fact_specs
from rules.model import Finding

_MOST_SIDES = 6


@dataclass(frozen=True)
class Side:
    """One of the things that papers say, with the first place that says it."""

    fact: Fact
    pieces: Sequence[words.Piece]
    witness: Witness
    place: Place
    window: Box
    also: tuple[Place, ...]


@dataclass(frozen=True)
class OpenCard:
    """One thing that a person must settle."""

    line: str
    finding: Finding | None
    sides: tuple[Side, ...]
    more: int
    """Sides that are not shown."""
    unstated: tuple[str, ...]
    """Facts it needs that no paper states."""
    command: str
    """Records the decision; empty where no fact would be decided."""


def open_cards(result: CaseResult, places: Places) -> tuple[OpenCard, ...]:
    """Return a card for every line of why_not_automatic and for every finding that stops."""
    if result.status is CaseStatus.FILED:
        return ()
    stops = [f for f in result.findings if f.stops]
    known = {f.message for f in stops}
    lines = [line for line in dict.fromkeys(result.why_not_automatic) if line not in known]
    plain = [OpenCard(line, None, (), 0, (), "") for line in lines]
    return (*(_card(f, result, places) for f in stops), *plain)


def release_command(result: CaseResult) -> str:
    """Return the command that goes on with a case after the decisions; empty where it does not wait."""
    waits = result.status is CaseStatus.REVIEW
    return f"zeromeet review release {shlex.quote(result.case)}" if waits else ""


def wanted_cuts(cards: Sequence[OpenCard]) -> dict[str, set[Box]]:
    """Return the windows that the cards show, by page."""
    wanted: dict[str, set[Box]] = {}
    for side in (side for card in cards for side in card.sides):
        wanted.setdefault(side.place.page_id, set()).add(side.window)
    return wanted


def _card(finding: Finding, result: CaseResult, places: Places) -> OpenCard:
    facts = [result.facts[key] for key in finding.facts if key in result.facts]
    sides = _once(side for fact in facts for side in _sides(fact, places))
    return OpenCard(
        line=finding.message,
        finding=finding,
        sides=tuple(sides[:_MOST_SIDES]),
        more=max(len(sides) - _MOST_SIDES, 0),
        unstated=tuple(_label(key) for key in finding.facts if key not in result.facts),
        command=_command(finding, facts, result),
    )


def _once(sides: Iterator[Side]) -> list[Side]:
    """A derived fact and its grounds rest on the same places: each is shown once."""
    return list({side.place.id: side for side in reversed(list(sides))}.values())[::-1]


def _sides(fact: Fact, places: Places) -> Iterator[Side]:
    """Yield one side for each different thing that is said; the chosen one first."""
    groups: dict[str, list[Witness]] = {}
    for witness in fact.witnesses:
        groups.setdefault(words.value(witness.value), []).append(witness)
    texts = list(groups)
    for number, (text, witnesses) in enumerate(groups.items()):
        other = texts[0] if number else texts[min(1, len(texts) - 1)]
        compared = fact.conflict and fact.origin != "derived"
        pieces = words.against(text, other) if compared else [words.Piece(text, differs=False)]
        yield _side(fact, pieces, witnesses, places)


def _side(fact: Fact, pieces: Sequence[words.Piece], witnesses: list[Witness], places: Places) -> Side:
    first = places.of_witness(witnesses[0])
    here = [p for p in first if p.page_id == first[0].page_id]
    sheet = places.sheets[witnesses[0].document, first[0].page]
    also = tuple(places.of_witness(w)[0] for w in witnesses[1:])
    return Side(fact, pieces, witnesses[0], first[0], around(here, sheet.size), also)


def _command(finding: Finding, facts: Sequence[Fact], result: CaseResult) -> str:
    """Return the command that records a decision on the most doubtful fact of a finding."""
    if result.status is not CaseStatus.REVIEW:
        return ""
    doubtful = sorted(facts, key=lambda f: (not f.conflict, f.sure, f.sure or f.confidence))
    decidable = [*(f.key for f in doubtful), *finding.facts]
    key = next((k for k in decidable if k in fact_specs()), None)
    return f"zeromeet review set {shlex.quote(result.case)} {key} 正确的值 --why 理由" if key else ""


def _label(key: str) -> str:
    return fact_specs()[key].label if key in fact_specs() else key
