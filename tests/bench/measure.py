"""One file's truth against what was read from it, and the shares that follow."""

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from extractors.elements import ElementKind, element_kind
from extractors.model import Element, Paper

GRADES = {
    "text": ("text_pdf", "xlsx", "docx"),
    "clean": ("scan", "scanned_pdf", "mixed_pdf", "tiff", "webp"),
    "poor": ("poor_scan", "squeezed_scan", "folded_scan", "photo", "shaded_photo"),
    "askew": ("turned_scan", "turned_photo", "skewed_photo"),
}
"""Carriers by how hard they are: the goals are set for these."""

CODES = ("uscc", "id_number")
"""Kinds of which not one may be accepted wrong."""

Verdict = Literal["exact", "wrong", "missing", "extra"]


class Outcome(NamedTuple):
    """One element that a paper states, or that was read though the paper does not state it."""

    paper: str
    carrier: str
    element: str
    kind: str
    """Its normal form in elements.yaml."""
    verdict: Verdict
    confidence: float = 0.0
    sure: bool = False
    codes: int = 0
    """Credit codes and ID numbers in what was read."""
    bad_codes: int = 0
    """Those of them that the paper does not state there."""


class Judged(NamedTuple):
    """One file."""

    paper: str
    carrier: str
    recognised: bool
    """It was taken for one paper, of the right kind."""
    outcomes: tuple[Outcome, ...]


def grade(carrier: str) -> str:
    """Return which of GRADES a carrier belongs to."""
    return next(name for name, carriers in GRADES.items() if carrier in carriers)


def judged(truth: dict[str, Any], papers: tuple[Paper, ...]) -> Judged:
    """Compare what was read from a file with what stands in its truth, exactly and in normal form.

    Args:
        truth: The file's entry in a truth file of tests.specimens.
        papers: What was read; empty where the file was refused.
    """
    kind, carrier = truth["document_type"], truth["carrier"]
    right = next((paper for paper in papers if paper.kind == kind), None)
    read = {element.name: element for element in right.elements} if right else {}
    stated = truth["elements"]
    outcomes = [
        _outcome(kind, carrier, name, (stated.get(name), read.get(name))) for name in {**stated, **read}
    ]
    for other in papers:
        if other is not right:
            outcomes += [_outcome(other.kind, carrier, e.name, (None, e)) for e in other.elements]
    return Judged(kind, carrier, [paper.kind for paper in papers] == [kind], tuple(outcomes))


def _outcome(paper: str, carrier: str, name: str, pair: tuple[Any, Element | None]) -> Outcome:
    stated, read = pair
    entry = element_kind(paper, name)
    if read is None:
        return Outcome(paper, carrier, name, entry.type, "missing")
    value = read.model_dump(mode="json")["value"]
    shown, meant = codes_of(entry, value), codes_of(entry, stated)
    return Outcome(
        paper,
        carrier,
        name,
        entry.type,
        "extra" if stated is None else "exact" if value == stated else "wrong",
        read.confidence,
        read.sure,
        len(shown),
        sum(code not in meant for code in shown),
    )


def codes_of(entry: ElementKind, value: Any) -> list[str]:
    """Return the credit codes and ID numbers in a value, those in the rows of tables too."""
    if value is None:
        return []
    if entry.type == "table":
        return [row["id_number"] for row in value if row.get("id_number")]
    return [value] if entry.type in CODES else []


class Tally(NamedTuple):
    """Counts over a group of outcomes."""

    stated: int
    exact: int
    wrong: int
    missing: int
    extra: int
    sure: int
    """Of all that was read."""
    sure_right: int

    @property
    def share(self) -> float:
        """Exactly right, of what the papers state."""
        return self.exact / self.stated if self.stated else 0.0

    @property
    def sure_share(self) -> float:
        """Called sure and exact, of what the papers state."""
        return self.sure_right / self.stated if self.stated else 0.0

    @property
    def sure_wrong(self) -> int:
        """Called sure, and wrong or not stated at all."""
        return self.sure - self.sure_right


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count a group."""
    group = list(outcomes)
    verdicts = [outcome.verdict for outcome in group]
    exact, wrong, missing = (verdicts.count(v) for v in ("exact", "wrong", "missing"))
    sure = [outcome for outcome in group if outcome.sure]
    right = sum(outcome.verdict == "exact" for outcome in sure)
    return Tally(exact + wrong + missing, exact, wrong, missing, verdicts.count("extra"), len(sure), right)


def grouped(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
    """Return the outcomes by a key, the keys in order."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return dict(sorted(groups.items()))


def sure_codes(outcomes: Iterable[Outcome]) -> tuple[int, int]:
    """Return how many credit codes and ID numbers were called sure, and how many of these are wrong."""
    sure = [outcome for outcome in outcomes if outcome.sure]
    return sum(outcome.codes for outcome in sure), sum(outcome.bad_codes for outcome in sure)
