"""The nouns of judging."""

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
    """Law and article, or the good practice it rests on."""
    facts: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    """Documents or answers that would turn it, each one a Chinese phrase."""

    @property
    def stops(self) -> bool:
        """True where nothing may be filed while this finding stands."""
        return self.verdict is not Verdict.PASS and self.severity in {Severity.BLOCK, Severity.ESCALATE}
