"""How a rule on the form of a name is declared, and what it is asked with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rules.model import Severity
from rules.names import words
from rules.names.model import Hit, Kind, Parts, Proposal
from rules.names.text import fold

OF_1991 = date(1991, 9, 1)
OF_2004 = date(2004, 7, 1)
OF_2017 = date(2017, 7, 31)
OF_2021 = date(2021, 3, 1)
OF_2023 = date(2023, 10, 1)
"""First days of 企业名称登记管理规定 and its successors, and of 企业名称禁限用规则 (2017)."""

_LIKELY = 0.8
"""A reading of this likelihood is taken for sure."""
REWRITTEN = ("改写后的《企业名称申报信息表》",)


class Flaw(NamedTuple):
    """What a rule objects to."""

    message: str
    words: tuple[str, ...] = ()
    severity: Severity | None = None
    """Where it is not the rule's own."""


class Name:
    """A proposed name with its parts, as rules look at it; what is costly is worked out once, when asked."""

    def __init__(self, proposal: Proposal, parts: Parts) -> None:
        self.proposal = proposal
        self.parts = parts

    @cached_property
    def text(self) -> str:
        """The whole name, folded."""
        return fold(self.proposal.name)

    @cached_property
    def found(self) -> Mapping[str, tuple[str, ...]]:
        """The words of words.tsv in it, by rule."""
        is_surely_read = self.proposal.parts is not None or self.parts.likelihood >= _LIKELY
        searched = words.Text(self.parts.trade_name, self.parts.industry, self.text, is_surely_read)
        return words.scan(searched, self.proposal.on)


Check = Callable[[Name], Flaw | None]


@dataclass(frozen=True, slots=True)
class FormRule:
    """One rule as declared."""

    id: str
    title: str
    """What it asks, in Chinese."""
    check: Check
    cites: tuple[str, ...]
    kind: Kind = Kind.FORM
    severity: Severity = Severity.BLOCK
    begin: date = OF_1991
    end: date = date.max
    settled_by: tuple[str, ...] = REWRITTEN
    also: tuple[str, ...] = ()
    """Other ids of the handbooks for the same matter."""

    def holds(self, on: date) -> bool:
        """Tell whether it is law on a day."""
        return self.begin <= on <= self.end

    def hit(self, flaw: Flaw, cites: tuple[str, ...]) -> Hit:
        """Return what it says of a name."""
        return Hit(
            rule=self.id,
            kind=self.kind,
            severity=flaw.severity or self.severity,
            message=flaw.message,
            cites=cites,
            words=flaw.words,
            settled_by=self.settled_by,
        )


_RULES: list[FormRule] = []


def declared() -> tuple[FormRule, ...]:
    """Return every rule, in the order of declaration; rules.names.form_rules loads all topics."""
    return tuple(_RULES)


def register(rule: FormRule) -> None:
    """Add a rule.

    Raises:
        ValueError: A rule of this id holds on the same days.
    """
    same = [known for known in _RULES if known.id == rule.id]
    if any(known.begin <= rule.end and rule.begin <= known.end for known in same):
        raise ValueError(f"{rule.id} is declared twice")
    _RULES.append(rule)


def rule(  # noqa: PLR0913  a declaration names everything that a reader of the rule asks
    rule_id: str,
    *,
    title: str,
    cites: tuple[str, ...],
    kind: Kind = Kind.FORM,
    severity: Severity = Severity.BLOCK,
    begin: date = OF_1991,
    settled_by: tuple[str, ...] = REWRITTEN,
    also: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Declare a check as a rule; what the arguments mean stands in FormRule."""

    def declare(check: Check) -> Check:
        register(
            FormRule(rule_id, title, check, cites, kind, severity, begin, settled_by=settled_by, also=also)
        )
        return check

    return declare
