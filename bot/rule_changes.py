"""Two days of law over one case: which verdicts differ, and which step of which table made the difference."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from extractors.model import Paper, Record
from forms.answer import fill_all
from forms.facts import gather
from forms.law import citation, wording
from rules.engine import judge
from rules.model import Basis, Finding, Verdict

_GRAVITY = (Verdict.PASS, Verdict.UNSURE, Verdict.FAIL)
NOT_JUDGED = "none"
"""What stands for a verdict where a rule was no law on the day."""


class Change(Record):
    """One rule that says something else on the other day."""

    rule: str
    title: str
    before: str
    """pass, fail, unsure or none."""
    after: str
    message: str
    """What the rule says on the later of the two days on which it is judged."""
    causes: tuple[str, ...]


class CaseChanges(Record):
    """One case judged on two days."""

    case: str
    forms_gone: tuple[str, ...] = ()
    """Titles of forms that only the first day asks for."""
    forms_new: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


def compare(case: str, papers: Sequence[Paper], before: date, after: date) -> CaseChanges:
    """Return what changes for a case between two days; its papers are the same."""
    facts = gather(papers, {})
    old_forms, _ = fill_all(facts, before)
    new_forms, _ = fill_all(facts, after)
    old, new = {f.form: f.title for f in old_forms}, {f.form: f.title for f in new_forms}
    return CaseChanges(
        case=case,
        forms_gone=tuple(title for form, title in old.items() if form not in new),
        forms_new=tuple(title for form, title in new.items() if form not in old),
        changes=tuple(
            changes(judge(facts, old_forms, before, papers), judge(facts, new_forms, after, papers))
        ),
    )


def changes(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Change]:
    """Yield the rules whose gravest verdict differs, by id."""
    old, new = _gravest(before), _gravest(after)
    for rule in sorted(old.keys() | new.keys()):
        was, now = old.get(rule), new.get(rule)
        if _verdict(was) != _verdict(now):
            shown = now or was
            assert shown is not None  # noqa: S101  one of the two days judged it
            yield Change(
                rule=rule,
                title=shown.title,
                before=_verdict(was),
                after=_verdict(now),
                message=shown.message,
                causes=tuple(_causes(was, now)),
            )


def _gravest(findings: Sequence[Finding]) -> Mapping[str, Finding]:
    ordered = sorted(findings, key=lambda f: f.rule)
    return {
        rule: max(found, key=lambda f: _GRAVITY.index(f.verdict))
        for rule, found in groupby(ordered, key=lambda f: f.rule)
    }


def _verdict(finding: Finding | None) -> str:
    return finding.verdict.value if finding else NOT_JUDGED


def _causes(was: Finding | None, now: Finding | None) -> Iterator[str]:
    steps_was, steps_now = _steps(was), _steps(now)
    for table in sorted(steps_was.keys() | steps_now.keys()):
        if steps_was.get(table) != steps_now.get(table):
            yield _step_change(steps_was.get(table), steps_now.get(table))
    laws_was, laws_now = _law(was), _law(now)
    if laws_was != laws_now:
        yield f"依据：{laws_was or '没有这项规定'} → {laws_now or '没有这项规定'}"
    elif steps_was == steps_now:
        yield "规定没有变，办理日期不同。"


def _steps(finding: Finding | None) -> dict[str, Basis]:
    return {basis.table: basis for basis in finding.basis} if finding else {}


def _step_change(was: Basis | None, now: Basis | None) -> str:
    shown = now or was
    assert shown is not None  # noqa: S101  it differs from the other, so it is there
    values = " → ".join("无" if step is None else f"{step.value}（{step.begin} 起）" for step in (was, now))
    return f"{shown.label}：{values}，{shown.cites}"


def _law(finding: Finding | None) -> str:
    return wording(map(citation, finding.articles)) if finding else ""
