"""Whole cases of invented companies whose papers are in order, as records: what the readers would hand over."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from extractors.model import Money, Paper, Value
from forms.answer import fill_all
from forms.facts import gather
from forms.model import Answer
from rules.engine import judge
from rules.model import Finding
from tests.forms.case_papers import paper
from tests.specimens.invent import company
from tests.specimens.papers import id_card

KINDS = {
    "business_license": "landscape_2019",
    "articles_of_association": "with_table",
    "shareholder_resolution": "numbered",
    "lease_contract": "labelled",
    "bank_account_notice": "print_2019",
    "authorization_letter": "lined",
    "name_application_sheet": "ruled",
    "tax_intake_sheet": "ruled",
}


@dataclass
class Case:
    """A company's papers as plain data, by kind, cards by their holder; may be changed before it is judged."""

    papers: dict[str, dict[str, Any]]
    cards: dict[str, dict[str, Any]]
    on: date
    """The day of judging: that of the bank account, on which the last paper was made."""
    answers: dict[str, Any] = field(default_factory=dict)
    """What a person said about facts that no paper states."""
    more: list[Paper] = field(default_factory=list)
    notes: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """What the readers noted of a paper, by its file: warnings, suspicions, names of doubtful elements."""

    def move(self, established: date) -> None:
        """Let everything but the cards happen as many days earlier or later as the company was established."""
        by = established - date.fromisoformat(self.papers["business_license"]["established_on"])
        for stated in self.papers.values():
            stated.update({name: _moved(value, by) for name, value in stated.items()})
        self.on += by

    def replace(self, old: str, new: str) -> None:
        """Let every paper print another text instead of one."""
        for stated in self.papers.values():
            stated.update({name: _replaced(value, old, new) for name, value in stated.items()})

    def records(self) -> list[Paper]:
        """Return the papers as the readers hand them over, read without a doubt."""
        papers = [record(kind, f"{kind}.pdf", stated) for kind, stated in self.papers.items()]
        cards = [record("id_card", f"card{n}.jpg", stated) for n, stated in enumerate(self.cards.values())]
        return [_noted(one, self.notes.get(one.file, {})) for one in (*papers, *cards, *self.more)]

    def findings(self) -> tuple[Finding, ...]:
        """Judge the case by every rule."""
        papers = self.records()
        facts = gather(papers, {k: Answer(value=plain(v), why="由人核实") for k, v in self.answers.items()})
        return judge(facts, fill_all(facts, self.on)[0], self.on, papers)


def _noted(one: Paper, notes: dict[str, list[str]]) -> Paper:
    doubtful = notes.get("doubtful", [])
    elements = tuple(
        e.model_copy(update={"sure": False, "confidence": 0.6}) if e.name in doubtful else e
        for e in one.elements
    )
    noted = {key: tuple(notes[key]) for key in ("warnings", "suspicions") if key in notes}
    return one.model_copy(update={"elements": elements, **noted})


def case(seed: int) -> Case:
    """Return the case of a seed's company."""
    one = company(seed)
    papers = {
        kind: deepcopy(import_module(f"tests.specimens.papers.{kind}").truth(one, layout))
        for kind, layout in KINDS.items()
    }
    cards = {person.name: dict(id_card.truth(person, "stacked")) for person in id_card.holders(one)}
    return Case(papers, cards, date.fromisoformat(papers["bank_account_notice"]["opened_on"]))


def record(kind: str, file: str, stated: dict[str, Any]) -> Paper:
    """Return a paper that surely states these elements."""
    return paper(kind, file, 1.0, **{name: plain(value) for name, value in stated.items()})


def plain(value: Any) -> Value:
    """Return a plain value as an element holds it."""
    if isinstance(value, dict):
        return Money(**value)
    if isinstance(value, list | tuple):
        return tuple({k: plain(v) for k, v in row.items()} for row in value)
    return value


def cases(seeds: range) -> Iterator[Case]:
    """Yield the cases of several seeds."""
    yield from (case(seed) for seed in seeds)


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, list | tuple):
        return [{name: _replaced(cell, old, new) for name, cell in row.items()} for row in value]
    return value.replace(old, new) if isinstance(value, str) else value


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, list | tuple):
        return [{name: _moved(cell, by) for name, cell in row.items()} for row in value]
    try:
        return (date.fromisoformat(value) + by).isoformat()
    except (TypeError, ValueError):
        return value
