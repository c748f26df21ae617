"""The nouns of the name check.

Millions of them pass through it, so these are plain frozen classes; what comes from outside is validated before.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Literal

from rules.model import Severity

Order = Literal["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8"]
"""How the parts follow each other.

F1 division, trade name, industry, form; F2 the division in brackets after the trade name; F3 in brackets before the
form; F4 without industry; F5 without division; F6 a branch; F7 a group; F8 with （中国）.
"""


class Outcome(StrEnum):
    """What the check says of a name, the worst of its hits; the words are those of the authorities' systems."""

    PASS = "pass"  # noqa: S105  an outcome, no password
    """通过: nothing speaks against it."""
    HINT = "hint"
    """提示: it may be declared, the applicant bears the risk that is named."""
    RESTRICTED = "restricted"
    """限制: only with the proof that is named."""
    FORBIDDEN = "forbidden"
    """禁止: another name is needed."""


class Kind(StrEnum):
    """What a hit is about."""

    FORM = "form"
    """A part is missing, in the wrong place, or not what the law wants it to be."""
    BANNED = "banned"
    RESTRICTED = "restricted"
    SAME = "same"
    SIMILAR = "similar"


class Status(IntEnum):
    """How a name stands in a register."""

    REGISTERED = 0
    RESERVED = 1
    """Declared or approved, not yet registered; ends with its reservation."""
    DEREGISTERED = 2
    """Gone: deregistered, renamed or revoked. Counts for a year."""


@dataclass(frozen=True, slots=True)
class Parts:
    """One reading of a name as its four parts; what the name does not have is empty."""

    trade_name: str
    """字号."""
    division: str = ""
    """行政区划 as written, without brackets: 上海, 江苏苏州."""
    division_code: str = ""
    """Six digits of the innermost division meant; of one that is gone, its last code."""
    industry: str = ""
    """行业或者经营特点, as written."""
    organization_form: str = ""
    """组织形式, as written: 有限公司, （有限合伙）."""
    order: Order = "F1"
    branch: str = ""
    """What follows the parent's name in the name of a branch: 浦东分公司."""
    likelihood: float = 1.0
    """Of this reading among those that are plausible; all together 1."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name as an applicant declares it, and what the rules ask about it."""

    name: str
    on: date
    """The day by whose law it is judged."""
    parts: Parts | None = None
    """As the applicant's form states them; without them they are read from the name."""
    region: str = ""
    """Six digits of the division where the enterprise is."""
    industry_code: str = ""
    """GB/T 4754, four digits or with its section's letter."""
    company_type: str = ""
    """Code of forms/codes, enterprise_types."""
    capital: Decimal | None = None
    """Yuan."""
    is_foreign_owned: bool | None = None
    investors: tuple[str, ...] = ()
    """Names of the investors."""
    related: tuple[str, ...] = ()
    """Names of enterprises with which an investment relation or an authorisation was shown."""
    approvals: tuple[str, ...] = ()
    """Ids of rules whose approval was shown, such as N-A12a."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that speaks against a name."""

    rule: str
    """As in the handbooks here: N-A07b, N-D4-2."""
    kind: Kind
    severity: Severity
    message: str
    """One sentence in Chinese for the applicant."""
    cites: tuple[str, ...]
    """References into forms/laws."""
    words: tuple[str, ...] = ()
    """The words of the proposed name that it is about."""
    settled_by: tuple[str, ...] = ()
    """Documents or answers that would lift it, Chinese phrases, any one may do."""
    other_name: str = ""
    """The name in the register, for kinds SAME and SIMILAR."""
    other_status: Status | None = None
    other_place: str = ""
    """Name of the division whose authority holds the other name."""
    other_until: date | None = None
    """Last day of a reservation, or the day on which a name that is gone no longer counts."""
    closeness: float = 0.0
    """0 to 1, for ranking hits of one severity."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A free name close to the wish, checked in full."""

    name: str
    parts: Parts
    outcome: Outcome
    changed: str
    """What was changed against the wish, in Chinese."""


_OUTCOMES = {
    Severity.BLOCK: Outcome.FORBIDDEN,
    Severity.ESCALATE: Outcome.RESTRICTED,
    Severity.WARN: Outcome.HINT,
    Severity.INFO: Outcome.PASS,
}
_ORDER = (Outcome.PASS, Outcome.HINT, Outcome.RESTRICTED, Outcome.FORBIDDEN)


def outcome(hits: tuple[Hit, ...]) -> Outcome:
    """Return what the hits mean together: the worst of them."""
    return max((_OUTCOMES[hit.severity] for hit in hits), key=_ORDER.index, default=Outcome.PASS)
