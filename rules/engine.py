"""Judging: the facts, the filled forms and a day give findings. Pure, and never raises.

A rule is a pure function that returns None (it holds), one Chinese sentence (it does not) or such a sentence
marked Unclear (it cannot tell). What it needs
and is missing, not read surely or in conflict makes it UNSURE without asking it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar, cast

from extractors.model import Paper
from forms.law import citation, wording
from forms.model import Fact, FilledForm
from rules import doubts, tables
from rules.model import Basis, Finding, Severity, Verdict
from rules.plain import NotPlainError, plain
from rules.registry import Case, CaseFunction, Objection, Rule, Takes, Unclear, register, rules

Function = TypeVar("Function", bound=Callable[..., object])


def rule(  # noqa: PLR0913  a declaration names everything that a reader of the rule asks
    rule_id: str,
    *,
    title: str,
    cites: tuple[str, ...],
    needs: tuple[str, ...] = (),
    maybe: tuple[str, ...] = (),
    when: tuple[str, ...] = (),
    severity: Severity = Severity.BLOCK,
    settled_by: tuple[str, ...] = (),
    codes: str = "",
    takes: Takes = "values",
    doubt: Severity | None = None,
) -> Callable[[Function], Function]:
    """Declare a function as a rule; what the arguments mean stands in rules.registry.Rule."""

    def declare(function: Function) -> Function:
        register(
            Rule(
                rule_id, title, cites, function, needs, maybe, when, severity, settled_by, codes, takes, doubt
            )
        )
        return function

    return declare


class _Judged(NamedTuple):
    """A finding, and the facts whose own state it reports."""

    finding: Finding
    about: tuple[str, ...] = ()


def judge(
    facts: Mapping[str, Fact], forms: Sequence[FilledForm], on: date, papers: Sequence[Paper] = ()
) -> tuple[Finding, ...]:
    """Return what every rule that applies finds: what stops the case first, then by rule id.

    Args:
        facts: What the papers together say, by fact key.
        forms: The forms as filled from these facts.
        on: The day by whose law is judged.
        papers: The papers themselves, for what no fact tells.
    """
    case = Case(facts, forms, on, papers)
    judged = [found for one in rules() if one.applies(case) for found in verdicts(one, case)]
    findings = _each_doubt_once(judged)
    return tuple(sorted(findings, key=lambda f: (not f.stops, f.rule, f.facts, f.message)))


def verdicts(one: Rule, case: Case) -> list[_Judged]:
    """Return what one rule finds, with the articles and table steps that it rests on."""
    with tables.watched() as looked:
        found = _found(one, case)
    cited = one.cited(case)
    grounds = {
        "cites": wording(cited),
        "articles": tuple(c.reference for c in cited),
        "basis": tuple(_basis(seen) for seen in looked),
    }
    return [judged._replace(finding=judged.finding.model_copy(update=grounds)) for judged in found]


def _basis(looked: tables.Looked) -> Basis:
    step = looked.step
    cited = tuple(citation(reference) for reference in step.cites)
    return Basis(
        table=looked.table,
        label=tables.tables()[looked.table].label,
        value=step.shown,
        begin=step.begin,
        end=step.end,
        cites=wording(cited),
        quote=step.quote,
        verified=step.verified,
    )


def _found(one: Rule, case: Case) -> list[_Judged]:
    """A rule that breaks has found nothing out, and a person is told."""
    try:
        return _case_verdicts(one, case) if one.takes == "case" else [_verdict(one, case)]
    except NotPlainError:
        message = f"“{one.title}”所需的内容格式无法识别，请人工核对。"
    except Exception as problem:  # noqa: BLE001  a rule never raises; the kind of problem holds no personal data
        message = f"“{one.title}”未能得出结论（{type(problem).__name__}），请人工核对。"
    return [_Judged(_finding(one, Verdict.UNSURE, message, (*one.needs, *one.maybe)))]


def _verdict(one: Rule, case: Case) -> _Judged:
    read = (*one.needs, *(key for key in one.maybe if key in case.facts))
    doubtful = [key for key in read if doubts.is_doubtful(case.facts.get(key))]
    if doubtful and one.takes == "values":
        return _unsure(one, doubtful, case.facts)
    keys = (*one.needs, *one.maybe)
    message = one.function(*(_argument(one, case.facts.get(key)) for key in keys), **_day(one, case.on))
    if isinstance(message, Objection):
        return _Judged(_milder(one, _objected(one, message)), message.about)
    verdict = _concluded(message)
    return _Judged(_finding(one, verdict, str(message or "符合。"), read))


def _milder(one: Rule, finding: Finding) -> Finding:
    is_doubt = one.doubt is not None and finding.verdict is Verdict.UNSURE
    return finding.model_copy(update={"severity": one.doubt}) if is_doubt else finding


def _concluded(message: object) -> Verdict:
    if message is None:
        return Verdict.PASS
    return Verdict.UNSURE if isinstance(message, Unclear) else Verdict.FAIL


def _argument(one: Rule, fact: Fact | None) -> object:
    return fact if fact is None or one.takes == "facts" else plain(fact.key, fact.value)


def _day(one: Rule, on: date) -> dict[str, date]:
    return {"on": on} if one.wants_day else {}


def _unsure(one: Rule, doubtful: Iterable[str], facts: Mapping[str, Fact]) -> _Judged:
    roots = tuple(dict.fromkeys(root for key in doubtful for root in doubts.roots(key, facts)))
    message = f"暂时无法判断：{''.join(doubts.sentence(key, facts) for key in roots)}"
    ways = (*one.settled_by, *doubts.settled_by(roots, facts))
    finding = _finding(one, Verdict.UNSURE, message, (*one.needs, *roots), ways)
    return _Judged(finding.model_copy(update={"severity": one.doubt or one.severity}), roots)


def _case_verdicts(one: Rule, case: Case) -> list[_Judged]:
    objections = list(cast(CaseFunction, one.function)(case))
    if not objections:
        return [_Judged(_finding(one, Verdict.PASS, "符合。", ()))]
    return [_Judged(_objected(one, objection), objection.about) for objection in objections]


def _objected(one: Rule, objection: Objection) -> Finding:
    ways = (*one.settled_by, *objection.settled_by)
    return _finding(one, objection.verdict, objection.message, objection.facts, ways)


def _finding(
    one: Rule, verdict: Verdict, message: str, facts: Iterable[str], settled_by: tuple[str, ...] = ()
) -> Finding:
    ways = () if verdict is Verdict.PASS else (settled_by or one.settled_by)
    return Finding(
        rule=one.id,
        title=one.title,
        verdict=verdict,
        severity=one.severity,
        message=message,
        cites="",
        facts=tuple(dict.fromkeys(facts)),
        settled_by=tuple(dict.fromkeys(ways)),
    )


def _each_doubt_once(judged: Sequence[_Judged]) -> list[Finding]:
    """Let one finding stop for each doubtful fact, so that a clerk reads each doubt once.

    What papers say differently is reported by the rule on agreement, what is missing or unclear by the
    rules on completeness. A rule that only waits for the same facts keeps its verdict, as information;
    one that refuses for the same reason says nothing.
    """
    reported: set[str] = set()
    kept: list[Finding] = []
    for found in sorted(judged, key=_authority):
        is_repeated = bool(found.about) and found.finding.stops and set(found.about) <= reported
        is_open = found.finding.verdict is Verdict.UNSURE
        if is_repeated and is_open and not found.finding.rule.startswith("completeness."):
            kept.append(found.finding.model_copy(update={"severity": Severity.INFO}))
        elif not is_repeated:
            kept.append(found.finding)
            reported |= set(found.about) if found.finding.stops else set()
    return kept


def _authority(found: _Judged) -> tuple[bool, bool, str]:
    finding = found.finding
    return (finding.verdict is not Verdict.FAIL, not finding.rule.startswith("completeness."), finding.rule)
