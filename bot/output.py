"""What scripts read: results in the JSON of docs/reference/cli.md."""

from collections.abc import Iterator
from typing import Any

from bot.intake import Found
from bot.model import CaseResult, Unreadable
from extractors.model import Element, Leaf, Paper
from forms.model import Fact, FilledForm


def file(found: Found) -> Iterator[dict[str, Any]]:
    """Yield what `extract` prints for one file: a line for each paper, or one for the error."""
    yield from map(paper, found.papers)
    if found.unreadable is not None:
        yield unreadable(found.unreadable)


def paper(found: Paper) -> dict[str, Any]:
    """Return one paper as `extract` prints it."""
    return {
        "file": found.file,
        "pages": list(found.pages),
        "document_type": found.kind,
        "confidence": found.confidence,
        "elements": [_element(found, e) for e in found.elements],
        "left_over": list(found.left_over),
        "warnings": [*found.suspicions, *found.warnings],
        "also": [_leaf(leaf) for leaf in found.also],
        "copy_of": _leaf(found.copy_of) if found.copy_of else None,
    }


def _leaf(leaf: Leaf) -> dict[str, Any]:
    return {"file": leaf.file, "pages": list(leaf.pages)}


def unreadable(file: Unreadable) -> dict[str, Any]:
    """Return one file that could not be read as `extract` prints it."""
    return {"file": file.file, "error": {"code": file.code, "message": file.message, "remedy": file.remedy}}


def case(result: CaseResult) -> dict[str, Any]:
    """Return one case as `process` and `check` print it."""
    return {
        "case": result.case,
        "status": result.status.value,
        "company_name": result.company_name,
        "on": result.on,
        "papers": [*map(paper, result.papers), *map(unreadable, result.unreadable)],
        "facts": {key: _fact(fact) for key, fact in result.facts.items()},
        "forms": {form.form: _form(form) for form in result.forms},
        "blanks": [b.model_dump() for f in result.forms for b in f.blanks],
        "not_needed": result.not_needed,
        "findings": [
            f.model_dump(mode="json", include=_FINDING)
            | {"facts": list(f.facts), "settled_by": list(f.settled_by)}
            for f in result.findings
        ],
        "filings": [f.model_dump(mode="json", exclude={"title"}) for f in result.filings],
        "reviews": [r.model_dump(mode="json", exclude={"witnesses"}) for r in result.reviews],
        "why_not_automatic": list(result.why_not_automatic),
        "settlement": result.settlement.model_dump(mode="json"),
        "clock": result.clock.model_dump(),
    }


_FINDING = {"rule", "title", "verdict", "severity", "message", "cites"}


def _element(paper: Paper, element: Element) -> dict[str, Any]:
    first = element.sources[0]
    return {
        "name": element.name,
        "value": _plain(element.value),
        "raw": " ".join(s.raw for s in element.sources),
        "confidence": element.confidence,
        "sure": element.sure,
        "file": paper.file_of(first.document),
        "page": first.page,
        "box": list(first.box),
        "reader": first.reader,
        "repaired": element.repaired,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    witnesses = [
        {
            "file": w.file,
            "page": w.page,
            "box": list(w.box),
            "element": w.element,
            "value": _plain(w.value),
            "confidence": w.confidence,
        }
        for w in fact.witnesses
    ]
    return {
        "value": _plain(fact.value),
        "confidence": fact.confidence,
        "conflict": fact.conflict,
        "sure": fact.sure,
        "origin": fact.origin,
        "why": fact.why,
        "witnesses": witnesses,
    }


def _form(form: FilledForm) -> dict[str, Any]:
    return {v.field: {"text": v.text, "fact": v.fact, "origin": v.origin} for v in form.values}


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, tuple):
        return [{k: _plain(v) for k, v in row.items()} for row in value]
    return value if isinstance(value, str) else value.model_dump()
