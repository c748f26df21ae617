"""What the tables of a batch say: of each case, of its elements, its findings and what is still to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.batch.model import Entry
from bot.batch.views import STAGES
from bot.crops import name_of
from bot.model import CaseResult, FilingState
from bot.report import words
from extractors.model import Element, Paper
from rules.model import Verdict

Cell = str | int | float


class Kept(NamedTuple):
    """A case of a batch with its result, if it has come so far."""

    entry: Entry
    result: CaseResult | None


class Link(NamedTuple):
    """A text that opens a file beside the table."""

    text: str
    target: str


class ElementRow(NamedTuple):
    """One element with its confidence, by which its row is coloured."""

    cells: tuple[Cell, ...]
    sure: bool
    confidence: float
    crop: str
    """The name of the picture; empty where nobody needs to look."""


CASES = (
    "案件",
    "文件夹",
    "状态",
    "企业名称",
    "统一社会信用代码",
    "回执号",
    "待定事项",
    "为什么没有自动办成",
    "可以发给申请人的话",
    "机器（秒）",
    "人工（秒）",
    "办理日",
    "退出码",
)
ELEMENTS = ("案件", "材料", "页", "要素", "值", "原文", "置信度", "可以直接采用", "图片")
FINDINGS = ("案件", "规则", "事项", "结论", "程度", "说明", "依据", "怎样了结")
TO_DO = ("案件", "谁来做", "做什么", "为什么")


def case(kept: Kept) -> tuple[Cell, ...]:
    """Return the row of a case."""
    entry, result = kept
    name = Path(entry.path).name
    state = STAGES[entry.stage][1]
    if result is None:
        return (entry.case, name, state, *[""] * 9, entry.exit_code)
    receipts = dict.fromkeys(f.receipt for f in result.filings if f.receipt)
    code = result.facts.get("enterprise.uscc")
    return (
        entry.case,
        name,
        state,
        result.company_name or "",
        words.value(code.value) if code else "",
        "；".join(receipts),
        len(result.why_not_automatic),
        "\n".join(result.why_not_automatic),
        result.settlement.message,
        result.clock.machine_s,
        result.clock.human_s,
        result.on,
        entry.exit_code,
    )


def elements(result: CaseResult) -> Iterator[ElementRow]:
    """Yield a row for each element of each paper."""
    for paper in result.papers:
        for element in paper.elements:
            yield _element(result.case, paper, element)


def _element(case_id: str, paper: Paper, element: Element) -> ElementRow:
    first = element.sources[0]
    cells = (
        case_id,
        paper.file_of(first.document),
        first.page,
        words.element_name(f"{paper.kind}.{element.name}"),
        words.value(element.value),
        " ".join(source.raw for source in element.sources),
        element.confidence,
        "是" if element.sure else "否",
    )
    crop = "" if element.sure else name_of(first.document, first.page, first.box)
    return ElementRow(cells, element.sure, element.confidence, crop)


def findings(result: CaseResult) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each finding that is not simply in order."""
    for found in result.findings:
        if found.verdict is not Verdict.PASS:
            yield (
                result.case,
                found.rule,
                found.title,
                words.VERDICTS[found.verdict].word,
                words.SEVERITIES[found.severity],
                found.message,
                found.cites,
                "\n".join(found.settled_by),
            )


def to_do(kept: Kept) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each thing that somebody must do before the case is done."""
    case_id, result = kept.entry.case, kept.result
    if result is None:
        yield (case_id, "经办人", "重跑同一条命令", "还没有读取")
        return
    for file in result.unreadable:
        yield (case_id, "申请人", f"更换“{file.file}”", f"{file.message}{file.remedy}")
    for ask in result.settlement.asks:
        yield (case_id, "申请人", ask.what, ask.why)
    for chore in result.settlement.desk:
        yield (case_id, "经办人", chore.what, "、".join(chore.settles))
    unsent = (f for f in result.filings if f.state is not FilingState.FILED and f.why)
    for why, titles in _by_reason((f.why, f.title) for f in unsent).items():
        yield (case_id, "经办人", "、".join(titles), why)
    if not (result.filings or result.unreadable):
        for why in result.why_not_automatic:
            yield (case_id, "经办人", "处理后重办本件", why)


def _by_reason(pairs: Iterator[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for why, title in pairs:
        found.setdefault(why, []).append(title)
    return found
