"""Why a case differs: every difference is led back over what it rests on to the unit of the program that changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.replay.changes import Cause, Change, Level
from bot.replay.model import Recording
from forms.model import Fact
from forms.vocabulary import FactSpec, fact_specs
from rules.model import Basis, Finding
from rules.registry import Rule, rules

PROGRAM = Cause(level="program", what="code")
"""Nothing that is declared was changed: what computes was."""
UNRECORDED = Cause(level="recording", what="answers")
"""The program asked for something that nobody had asked for when the case was recorded."""
_MANY = 4
"""So many map entries or files are named; more of them are the map, or the program, as a whole."""
_COMPUTED_IN = {
    Level.ELEMENT: ("extractors",),
    Level.FACT: ("extractors", "forms"),
    Level.FORM: ("forms", "extractors"),
    Level.VERDICT: ("rules", "forms", "extractors", "bot"),
    Level.OUTCOME: ("rules", "bot"),
    Level.PLAN: ("bot",),
}


def explained(
    found: Sequence[Change], before: Recording, after: Recording, changed: frozenset[str], *, missed: bool
) -> tuple[Change, ...]:
    """Return differences with what each follows from, directly and in the end.

    Args:
        found: Of one case, from paper to portal.
        before: The case as recorded.
        after: As made now.
        changed: Names of units that are not what they were.
        missed: Something was asked for that is not in the recording.
    """
    case = _Case(found, before, after, changed, missed=missed)
    direct = [one.model_copy(update={"because": case.because(one)}) for one in found]
    by_name = {(one.level.value, one.what): one for one in reversed(direct)}
    return tuple(one.model_copy(update={"roots": _roots(one, by_name)}) for one in direct)


def _roots(change: Change, by_name: Mapping[tuple[str, str], Change]) -> tuple[Cause, ...]:
    """Follow causes until nothing stands behind them; a circle ends where it began."""
    roots: dict[str, Cause] = {}
    seen = {(change.level.value, change.what)}
    waiting = list(change.because)
    while waiting:
        cause = waiting.pop(0)
        key = (cause.level, cause.what)
        behind = by_name.get(key) if cause.aspect else None
        if behind is None:
            roots.setdefault(cause.text, cause)
        elif key not in seen:
            seen.add(key)
            waiting.extend(behind.because)
    return tuple(roots[text] for text in sorted(roots))


class _Case:
    """One case's differences by what they are about, so that later ones find the earlier ones they rest on."""

    def __init__(
        self,
        found: Sequence[Change],
        before: Recording,
        after: Recording,
        changed: frozenset[str],
        *,
        missed: bool,
    ) -> None:
        self._sides = (before, after)
        self._changed = changed
        self._missed = missed
        self._by_level: dict[Level, dict[str, Change]] = {}
        for one in found:
            self._by_level.setdefault(one.level, {}).setdefault(one.what, one)

    def because(self, change: Change) -> tuple[Cause, ...]:
        """Return what a difference follows from directly."""
        look = {
            Level.ELEMENT: self._of_element,
            Level.FACT: self._of_fact,
            Level.FORM: self._of_form,
            Level.VERDICT: self._of_verdict,
            Level.OUTCOME: self._of_outcome,
            Level.PLAN: self._of_plan,
        }[change.level]
        causes = {cause.text: cause for cause in look(change)}
        return tuple(causes.values()) or self._undeclared(change.level)

    def _undeclared(self, level: Level) -> tuple[Cause, ...]:
        """Return the files that were changed and may be behind a difference; many are the program as a whole."""
        if self._missed and level is Level.ELEMENT:
            return (UNRECORDED,)
        files = [unit for folder in _COMPUTED_IN[level] for unit in self._units(f"code {folder}/")]
        return tuple(map(_unit, files)) if 0 < len(files) <= _MANY else (PROGRAM,)

    def _of_element(self, change: Change) -> Iterator[Cause]:
        kinds = {change.what.split(".")[0]} | (
            {change.before, change.after} if change.aspect == "kind" else set()
        )
        words = [unit for kind in sorted(kinds) for unit in self._units(f"words {kind}.")]
        name = change.what.rpartition(".")[2]
        yield from map(_unit, [unit for unit in words if unit.rpartition(".")[2] == name] or words)
        yield from map(_unit, [unit for kind in sorted(kinds) for unit in self._units(f"reader {kind}")])

    def _of_fact(self, change: Change) -> Iterator[Cause]:
        spec = fact_specs().get(change.what)
        stated = {w.element for fact in self._facts(change.what) for w in fact.witnesses}
        stated |= {f"{s.paper}.{s.element}" for s in spec.sources} if spec else set()
        kinds = {element.split(".")[0] for element in stated}
        yield from self._named(Level.ELEMENT, sorted(stated | kinds))
        yield from self._named(Level.FACT, _needed(spec, change.what))
        yield from map(_unit, self._units(f"fact {change.what}", whole=True))

    def _of_form(self, change: Change) -> Iterator[Cause]:
        form = change.what.split(".")[0].split(" ")[0]
        for side in self._sides:
            yield from self._named(Level.FACT, _fillers(side, form, change.what))
        field = change.what.partition("[")[0]
        yield from map(_unit, self._units(f"form {field}", whole=True))
        yield from map(_unit, self._units(f"form {form}", whole=True))

    def _of_verdict(self, change: Change) -> Iterator[Cause]:
        findings = [[f for f in s.outcome.findings if f.rule == change.what] for s in self._sides]
        declared = next((one for one in rules() if one.id == change.what), None)
        keys = {key for side in findings for finding in side for key in finding.facts}
        keys |= {*declared.needs, *declared.maybe, *declared.when} if declared else set()
        causes = [
            *self._named(Level.FACT, sorted(keys)),
            *_steps(*findings),
            *map(_unit, self._units(f"rule {change.what}", whole=True)),
            *map(_unit, sorted(_laws(declared, *findings) & self._changed)),
        ]
        yield from causes
        if not causes:
            yield from map(_unit, self._tables(findings))
        if not causes and declared and declared.takes == "case":
            yield from self._any(Level.FORM, Level.ELEMENT, Level.FACT)

    def _of_outcome(self, change: Change) -> Iterator[Cause]:
        del change
        stops = {f.rule for side in self._sides for f in side.outcome.findings if f.stops}
        yield from self._named(Level.VERDICT, sorted(stops)) or self._any(Level.VERDICT)

    def _of_plan(self, change: Change) -> Iterator[Cause]:
        hall = change.what.split("/")[0]
        forms = list(self._named(Level.FORM, [change.what.rpartition("/")[2]]))
        own = [_unit(unit) for unit in self._units(f"map {change.what}", whole=True)]
        yield from (*forms, *own)
        if forms or own:
            return
        theirs = [*self._units(f"map {hall}/"), *self._units(f"map {hall}.")]
        if 0 < len(theirs) <= _MANY:
            yield from map(_unit, theirs)
        elif theirs:
            yield Cause(level="map", what=hall)
        else:
            yield from self._any(Level.FORM)

    def _named(self, level: Level, names: Iterable[str]) -> list[Cause]:
        known = self._by_level.get(level, {})
        return [_cause(known[name]) for name in dict.fromkeys(names) if name in known]

    def _any(self, *levels: Level) -> list[Cause]:
        return [_cause(one) for level in levels for one in self._by_level.get(level, {}).values()]

    def _facts(self, key: str) -> list[Fact]:
        return [side.facts[key] for side in self._sides if key in side.facts]

    def _units(self, prefix: str, *, whole: bool = False) -> list[str]:
        return sorted(u for u in self._changed if (u == prefix if whole else u.startswith(prefix)))

    def _tables(self, findings: Iterable[Iterable[Finding]]) -> list[str]:
        named = {f"table {basis.table}" for side in findings for f in side for basis in f.basis}
        return sorted(named & self._changed)


def _cause(change: Change) -> Cause:
    return Cause(level=change.level.value, what=change.what, aspect=change.aspect)


def _unit(name: str) -> Cause:
    kind, _, what = name.partition(" ")
    return Cause(level=kind, what=what)


def _fillers(side: Recording, form: str, field: str) -> list[str]:
    """Return the facts that fill a field, or would."""
    forms = [one for one in side.filled.forms if one.form == form]
    places = [(v.field, v.fact) for f in forms for v in f.values]
    places += [(b.field, b.fact) for f in forms for b in f.blanks]
    return [fact for path, fact in places if fact and _path(f"{form}.{path}") == field]


def _needed(spec: FactSpec | None, own: str) -> list[str]:
    """Return the facts that another one is joined by or computed from."""
    if spec is None:
        return []
    derived = [*spec.derive.needs, *spec.derive.maybe] if spec.derive else []
    people = [source.person for source in spec.sources if source.person]
    return [key for key in dict.fromkeys((*people, *derived)) if key != own]


def _steps(old: Sequence[Finding], new: Sequence[Finding]) -> Iterator[Cause]:
    """Yield the tables that gave another value; what law sets is no personal value."""
    before, after = _basis(old), _basis(new)
    for table in sorted(before.keys() & after.keys()):
        was, now = before[table], after[table]
        if (was.value, was.begin, was.end) != (now.value, now.begin, now.end):
            yield Cause(level="table", what=table, before=_step(was), after=_step(now))


def _laws(declared: Rule | None, *findings: Iterable[Finding]) -> set[str]:
    cited = {article for side in findings for finding in side for article in finding.articles}
    cited |= set(declared.cites) if declared else set()
    return {f"law {reference.partition(':')[0]}" for reference in cited}


def _basis(findings: Iterable[Finding]) -> dict[str, Basis]:
    return {basis.table: basis for finding in findings for basis in finding.basis}


def _step(basis: Basis) -> str:
    until = f" to {basis.end}" if basis.end else ""
    return f"{basis.value} (from {basis.begin}{until})"


def _path(field: str) -> str:
    head, bracket, rest = field.partition("[")
    return f"{head}[]{rest.partition(']')[2]}" if bracket else field
