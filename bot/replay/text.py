"""A replay in words and as JSON."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from bot.replay.report import ChangeClass, Report

_MOST_CASES = 5


def as_json(report: Report) -> dict[str, Any]:
    """Return what `replay --json` prints."""
    return {
        "from": report.start.value,
        "program": report.program,
        "cases": len(report.cases),
        "differing": sum(bool(one.changes) for one in report.cases),
        "fine": report.is_fine,
        "classes": [_class(one) for one in report.classes],
        "unused": [one.model_dump(mode="json") for one in report.unused],
        "errors": {one.name: one.error for one in report.cases if one.error},
        "missed": {one.name: list(one.missed) for one in report.cases if one.missed},
        "coverage": [one.model_dump(mode="json") for one in report.coverage.kinds],
    }


def _class(one: ChangeClass) -> dict[str, Any]:
    return {
        "difference": one.difference,
        "because": list(one.because),
        "directly": list(one.directly),
        "since": one.since.value,
        "cases": list(one.cases),
        "count": one.count,
        "expected": one.is_expected,
        "why": one.why,
        "before": one.example.before,
        "after": one.example.after,
        "place": one.example.place,
    }


def lines(report: Report) -> Iterator[str]:
    """Yield the report for a terminal; it holds no value of a person."""
    differing = sum(bool(one.changes) for one in report.cases)
    yield f"回放 {len(report.cases)} 件（从 {report.start.value} 开始）：{differing} 件有差别，{len(report.classes)} 类。"
    for because, classes in groupby(report.classes, key=lambda one: one.because):
        yield f"起因：{'；'.join(because)}"
        for one in classes:
            yield f"  {'已接受' if one.is_expected else '待接受'}  {one.difference}：{_cases(one)}"
    yield from (f"接受过而没有出现：{one.difference}（{'；'.join(one.because)}）" for one in report.unused)
    yield from (f"没有回放 {one.name}：{one.error}" for one in report.cases if one.error)
    if not report.is_fine:
        yield "核对后用 zeromeet replay accept 接受，并写明理由；或者改正程序。"
    never = "，".join(
        f"{one.kind} {len(one.never)}/{len(one.never) + len(one.met)}" for one in report.coverage.kinds
    )
    yield f"从未涉及：{never}。"


def _cases(one: ChangeClass) -> str:
    shown = "、".join(one.cases[:_MOST_CASES])
    more = f" 等 {len(one.cases)} 件" if len(one.cases) > _MOST_CASES else f"（{len(one.cases)} 件）"
    return shown + more
