"""The nouns of judging."""

from datetime import date
from enum import StrEnum

from extractors.model import Record


class Verdict(StrEnum):
    """What a rule concludes."""

    PASS = "pass"  # noqa: S105  a verdict, no password
    FAIL = "fail"
    UNSURE = "unsure"
    """A fact it needs is missing, doubtful or in conflict: a person decides."""


class Severity(StrEnum):
    """What a verdict other than PASS means for the case."""

    BLOCK = "block"
    """Nothing is filed before it is settled."""
    ESCALATE = "escalate"
    """A person with the authority to do so must look at it; nothing is filed before."""
    WARN = "warn"
    INFO = "info"


class Basis(Record):
    """A number, day or word list of the law that a verdict rests on, as it stood on the day of judging."""

    table: str
    """Its name in rules/tables, such as "capital.contribution_years"."""
    label: str
    value: str
    """As a person reads it."""
    begin: date
    end: date | None
    cites: str
    quote: str
    verified: bool
    """Whether the source itself was read, not an account of it."""


class Finding(Record):
    """One rule's verdict on one case."""

    rule: str
    title: str
    """What the rule asks, one short sentence in Chinese."""
    verdict: Verdict
    severity: Severity
    message: str
    """What was found, one sentence for the clerk, in Chinese."""
    cites: str
    """Law and article, or the good practice it rests on, in one line."""
    articles: tuple[str, ...] = ()
    """The same as references, by which forms.law.citation() finds their words and days."""
    basis: tuple[Basis, ...] = ()
    """The table steps that were looked up."""
    facts: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    """Documents or answers that would turn it, each one a Chinese phrase: alternatives, any one may do.

    Where several facts are in doubt there are phrases for each, and each fact needs one of its own; which
    belong together rules.remedies tells.
    """

    @property
    def stops(self) -> bool:
        """True where nothing may be filed while this finding stands."""
        return self.verdict is not Verdict.PASS and self.severity in {Severity.BLOCK, Severity.ESCALATE}
