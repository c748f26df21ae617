"""What a set of recordings exercises: rules, blanks of forms, kinds of paper and their elements, controls; and what not."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.portals.portal_map import PortalMap
from bot.replay.model import Recording
from extractors.elements import papers as vocabulary
from extractors.model import Record
from forms import catalog
from rules.model import Verdict
from rules.registry import rules


class Exercised(Record):
    """How often a set of cases met the things of one kind."""

    kind: str
    """"rule", "form field", "paper", "element" or "control"."""
    met: dict[str, int]
    """In how many cases, by name."""
    never: tuple[str, ...]


class Coverage(Record):
    """Everything that can be met, by kind."""

    kinds: tuple[Exercised, ...]


def met(case: Recording) -> dict[str, frozenset[str]]:
    """Return by kind the names of what one case meets."""
    verdicts = {(f.rule, f.verdict) for f in case.outcome.findings}
    values = [f"{form.form}.{_plain(v.field)}" for form in case.filled.forms for v in form.values]
    typed = [
        f"{hall.hall}/{one.page}/{_plain(one.field)}" for hall in case.plan for one in hall.typed if one.text
    ]
    return {
        "rule": frozenset(rule for rule, _ in verdicts),
        "rule that objects": frozenset(rule for rule, verdict in verdicts if verdict is not Verdict.PASS),
        "form field": frozenset(values),
        "paper": frozenset(paper.kind for paper in case.papers),
        "element": frozenset(f"{paper.kind}.{e.name}" for paper in case.papers for e in paper.elements),
        "control": frozenset(typed),
    }


def coverage(cases: Iterable[dict[str, frozenset[str]]], portal: PortalMap) -> Coverage:
    """Return what a set of cases meets, and what of everything there is it never meets."""
    counted: dict[str, Counter[str]] = {}
    for case in cases:
        for kind, names in case.items():
            counted.setdefault(kind, Counter()).update(names)
    return Coverage(kinds=tuple(_exercised(kind, all_of, counted) for kind, all_of in _everything(portal)))


def _exercised(kind: str, everything: frozenset[str], counted: dict[str, Counter[str]]) -> Exercised:
    found = counted.get(kind, Counter())
    return Exercised(
        kind=kind,
        met={name: found[name] for name in sorted(found)},
        never=tuple(sorted(everything - found.keys())),
    )


def _everything(portal: PortalMap) -> Iterator[tuple[str, frozenset[str]]]:
    every = frozenset(one.id for one in rules())
    yield "rule", every
    yield "rule that objects", every
    yield "form field", frozenset(_fields())
    yield "paper", frozenset(vocabulary())
    yield "element", frozenset(f"{kind}.{name}" for kind, names in vocabulary().items() for name in names)
    yield "control", frozenset(_controls(portal))


def _fields() -> Iterator[str]:
    for name, definition in catalog.forms().items():
        for field in definition.fields:
            if field.rows:
                yield from (f"{name}.{field.id}[].{inner.id}" for inner in field.fields)
            else:
                yield f"{name}.{field.id}"


def _controls(portal: PortalMap) -> Iterator[str]:
    for hall in portal.halls:
        for page in hall.pages:
            at = f"{hall.id}/{page.heading}/{page.form}"
            yield from (f"{at}.{field.field}" for field in page.fields)
            yield from (f"{at}.{rows.group}[].{field.field}" for rows in page.rows for field in rows.fields)


def _plain(path: str) -> str:
    head, bracket, rest = path.partition("[")
    return f"{head}[]{rest.partition(']')[2]}" if bracket else path
