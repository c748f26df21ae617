"""What papers mean and what follows from it: the same for a case of today and for one that is replayed. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from bot import decide, review
from bot.model import CaseStatus, Review, Unreadable
from bot.name_check import NameChecker
from bot.name_choice import choose
from extractors.model import Paper
from forms.answer import fill_all
from forms.facts import gather
from forms.model import Fact, FilledForm
from rules.engine import judge
from rules.model import Finding
from rules.settle import Settlement, settle


class Understood(NamedTuple):
    """Facts, the forms that they fill, and what the name check found."""

    facts: dict[str, Fact]
    forms: tuple[FilledForm, ...]
    not_needed: dict[str, str]
    named: tuple[Finding, ...]


class Concluded(NamedTuple):
    """What every rule finds, and what that means for the case."""

    findings: tuple[Finding, ...]
    status: CaseStatus
    why: tuple[str, ...]
    settlement: Settlement


def understand(
    papers: Sequence[Paper], reviews: Sequence[Review], on: date, names: NameChecker
) -> Understood:
    """Return what papers and a person's decisions say together on a day."""
    said = gather(papers, {})
    answers = review.in_force(reviews, said)
    choice = choose(gather(papers, answers) if answers else said, on, names)
    # A person's word on the name goes before the check's choice.
    answers = choice.answers | answers
    facts = gather(papers, answers) if answers else said
    forms, not_needed = fill_all(facts, on)
    return Understood(facts, forms, not_needed, choice.findings)


def conclude(
    papers: Sequence[Paper], unreadable: Sequence[Unreadable], known: Understood, on: date
) -> Concluded:
    """Return what all rules find by the law of a day."""
    findings = (*judge(known.facts, known.forms, on, papers), *known.named)
    wanted = decide.files_wanted(unreadable)
    return Concluded(
        findings=findings,
        status=decide.status(papers, unreadable, findings),
        why=decide.reasons(papers, unreadable, findings),
        settlement=settle(findings, known.facts, company(known.facts), wanted),
    )


def company(facts: dict[str, Fact]) -> str | None:
    """Return the enterprise's name as far as it is known."""
    fact = facts.get("enterprise.name")
    return fact.value if fact is not None and isinstance(fact.value, str) else None
