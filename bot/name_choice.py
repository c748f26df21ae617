"""Which of the applicant's names is declared: the first wish, or the first spare name that nothing speaks against."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.name_check import NameCheck, NameChecker
from extractors.model import Row
from forms.law import citation, wording
from forms.model import Answer, Fact
from rules.model import Finding, Severity, Verdict
from rules.names import in_case
from rules.names.model import Hit, Kind, Outcome
from rules.names.text import fold

RULE = "naming.free"
_TITLE = "申报的名称没有被占用，也不与他人的名称近似"
_CITES = ("name_regulation:第十七条",)
_COMPARED = {Kind.SAME, Kind.SIMILAR}
_MILDER = {Severity.BLOCK: Severity.WARN, Severity.ESCALATE: Severity.WARN}


class NameChoice(NamedTuple):
    """What the name check made of the applicant's names."""

    answers: dict[str, Answer]
    """Facts of the name that is declared instead of the first wish; empty where that one is."""
    findings: tuple[Finding, ...]


def choose(facts: Mapping[str, Fact], on: date, checker: NameChecker) -> NameChoice:
    """Check the names in order and choose the first that passes; the first wish where none does.

    Where an authority has granted a name already it has decided: what is found then only warns.
    """
    wanted = in_case.proposed(facts)
    if not wanted:
        return NameChoice({}, ())
    granted = in_case.granted(facts)
    if granted is not None:
        checked = _check(granted, facts, on, checker)
        return NameChoice({}, tuple(_finding(_milder(hit), ()) for hit in _compared(checked, granted)))
    return _first_that_passes(wanted, facts, on, checker)


def _first_that_passes(
    wanted: Sequence[str], facts: Mapping[str, Fact], on: date, checker: NameChecker
) -> NameChoice:
    first = _check(wanted[0], facts, on, checker)
    if first.outcome is Outcome.PASS:
        return NameChoice({}, (_free(first),))
    for place, name in enumerate(wanted[1:], 1):
        checked = _check(name, facts, on, checker)
        if checked.outcome is Outcome.PASS:
            refused = tuple(_finding(_milder(hit), ()) for hit in _compared(first, ""))
            return NameChoice(
                _declared(checked, wanted, place), (*refused, _instead(first, checked), _free(checked))
            )
    spare = tuple(dict.fromkeys(fold(name) for name in wanted[1:]))
    ways = tuple(f"改用“{one.name}”（{one.changed}）" for one in first.suggestions if one.name not in spare)
    found = _compared(first, "")
    return NameChoice({}, tuple(_finding(hit, ways) for hit in found) or (_free(first),))


def _check(name: str, facts: Mapping[str, Fact], on: date, checker: NameChecker) -> NameCheck:
    spare = [fact.value] if (fact := facts.get("name.trade_name")) and isinstance(fact.value, str) else []
    return checker.check(in_case.proposal(name, facts, on), spare)


def _compared(checked: NameCheck, own: str) -> tuple[Hit, ...]:
    """Return what comparison with the register found, without the enterprise's own entry."""
    return tuple(hit for hit in checked.hits if hit.kind in _COMPARED and hit.other_name != fold(own))


def _milder(hit: Hit) -> Hit:
    return replace(hit, severity=_MILDER.get(hit.severity, hit.severity))


def _finding(hit: Hit, ways: tuple[str, ...]) -> Finding:
    return Finding(
        rule=RULE,
        title=_TITLE,
        verdict=Verdict.FAIL,
        severity=hit.severity,
        message=hit.message,
        cites=wording(citation(reference) for reference in hit.cites),
        articles=hit.cites,
        facts=("name.proposed",),
        settled_by=(*hit.settled_by, *ways),
    )


def _free(checked: NameCheck) -> Finding:
    compared = "与名称库比对，没有相同或者近似的名称。" if checked.is_compared else "没有名称库，没有比对。"
    return Finding(
        rule=RULE,
        title=_TITLE,
        verdict=Verdict.PASS if checked.is_compared else Verdict.UNSURE,
        severity=Severity.INFO,
        message=f"“{checked.name}”：{compared}",
        cites=wording(citation(reference) for reference in _CITES),
        articles=_CITES,
        facts=("name.proposed",),
        settled_by=() if checked.is_compared else ("设置名称库后重新审核",),
    )


def _instead(first: NameCheck, checked: NameCheck) -> Finding:
    return Finding(
        rule=RULE,
        title=_TITLE,
        verdict=Verdict.FAIL,
        severity=Severity.WARN,
        message=f"第一意愿“{first.name}”不能直接申报，按顺序改为申报备选名称“{checked.name}”。",
        cites=wording(citation(reference) for reference in _CITES),
        articles=_CITES,
        facts=("name.proposed",),
    )


def _declared(checked: NameCheck, wanted: Sequence[str], place: int) -> dict[str, Answer]:
    """Return the facts of a spare name that is declared instead of the first wish."""
    why = f"第一意愿不能直接申报，按申报表的顺序取第 {place + 1} 个名称。"
    parts = checked.parts
    stated = {
        "name.proposed": checked.name,
        "name.division": parts.division,
        "name.trade_name": parts.trade_name,
        "name.industry_text": parts.industry,
        "name.org_form": parts.organization_form,
    }
    answers = {key: Answer(value=text, why=why, origin="derived") for key, text in stated.items() if text}
    spare: tuple[Row, ...] = tuple({"company_name": name} for name in wanted[place + 1 :])
    return answers | {"name.alternatives": Answer(value=spare, why=why, origin="derived")}
