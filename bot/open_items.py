"""What a person must settle in a case: each thing with its places on paper and what would settle it."""

from collections.abc import Iterator

from bot.crops import Place, Scissors
from bot.model import CaseResult, CaseStatus
from extractors.model import Record
from forms.model import Witness
from rules.model import Finding
from rules.settle import Settlement


class OpenItem(Record):
    """One thing that a person must settle."""

    rule: str
    message: str
    cites: str
    facts: tuple[str, ...]
    places: tuple[Place, ...]
    settled_by: tuple[str, ...]


class OpenItems(Record):
    """What is open in one case."""

    case: str
    status: CaseStatus
    company_name: str | None
    files: tuple[str, ...]
    """Files that could not be read, each with its remedy."""
    items: tuple[OpenItem, ...]
    settlement: Settlement = Settlement()


def of(result: CaseResult, scissors: Scissors) -> OpenItems:
    """Return what is open in a judged case, with crops of the places to look at."""
    items = tuple(_item(result, f, scissors) for f in result.findings if f.stops)
    files = tuple(f"{u.file}：{u.message}{u.remedy}" for u in result.unreadable)
    return OpenItems(
        case=result.case,
        status=result.status,
        company_name=result.company_name,
        files=files,
        items=items,
        settlement=result.settlement,
    )


def _item(result: CaseResult, finding: Finding, scissors: Scissors) -> OpenItem:
    return OpenItem(
        rule=finding.rule,
        message=finding.message,
        cites=finding.cites,
        facts=finding.facts,
        places=tuple(scissors.place(w) for w in _witnesses(result, finding)),
        settled_by=finding.settled_by,
    )


def _witnesses(result: CaseResult, finding: Finding) -> Iterator[Witness]:
    seen = set()
    for key in finding.facts:
        for witness in result.facts[key].witnesses if key in result.facts else ():
            where = (witness.document, witness.page, witness.box)
            if where not in seen:
                seen.add(where)
                yield witness
