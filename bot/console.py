"""What people read on a terminal: words go to stderr, results to stdout."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from bot.desk.keys import Key, Made
from bot.doctor import Check
from bot.explain import Reason
from bot.jobs import Done
from bot.model import CaseResult, CaseStatus, Review
from bot.name_check import NameCheck
from bot.name_jobs import cites
from bot.open_items import OpenItems
from bot.portals.walk import PageReport
from bot.register.stamp import Stamp
from bot.report import words
from bot.rule_changes import NOT_JUDGED, CaseChanges
from bot.store import StoredCase
from rules.model import Verdict
from rules.names.model import Outcome
from rules.settle import Settlement

_out = Console(highlight=False, soft_wrap=True)
_err = Console(stderr=True, highlight=False, soft_wrap=True)

_NAMELESS = "（企业名称不明）"
_RECEIPT_WIDTH = 22
"""A receipt number is copied by hand: it is never cut."""
_TONES = {"good": "bold green", "ask": "bold yellow", "bad": "bold red", "calm": "bold green"}


def say(text: str) -> None:
    """Print a sentence for people."""
    _err.print(escape(text))


def lines(texts: Iterable[str]) -> None:
    """Print lines as they are, the same with and without a terminal."""
    sys.stdout.writelines(f"{text}\n" for text in texts)


_OUTCOMES = {
    Outcome.PASS: ("good", "✓ 通过"),
    Outcome.HINT: ("ask", "! 提示"),
    Outcome.RESTRICTED: ("ask", "△ 限制"),
    Outcome.FORBIDDEN: ("bad", "✗ 禁止"),
}


def name(checked: NameCheck) -> None:
    """Print a name's check: its outcome and parts, what speaks against it with the law, free names near it."""
    tone, mark = _OUTCOMES[checked.outcome]
    _out.print(f"[{_TONES[tone]}]{mark}[/]  {escape(checked.name)}  [dim]{checked.ms:.1f} 毫秒[/]")
    parts = checked.parts
    named = {
        "行政区划": parts.division,
        "字号": parts.trade_name,
        "行业": parts.industry,
        "组织形式": parts.organization_form,
        "分支": parts.branch,
    }
    _out.print("  [dim]" + escape("  ".join(f"{k} {v}" for k, v in named.items() if v)) + "[/]")
    for hit in checked.hits:
        _out.print(f"  · {escape(hit.message)}")
        _out.print(f"    [dim]{hit.rule}　{escape(cites(hit))}[/]")
    if not checked.is_compared:
        _out.print("  [dim]没有名称库，没有与已登记的名称比对。[/]")
    if checked.suggestions:
        _out.print("  相近的可用名称：")
        for one in checked.suggestions:
            _out.print(f"    {escape(one.name)}  [dim]{escape(one.changed)}[/]")


def portal_page(report: PageReport) -> None:
    """Print what was found of one page of a portal."""
    tone, shape = ("good", "✓") if report.is_sound else ("bad", "✗")
    tone, shape = (tone, shape) if report.reached else ("ask", "–")
    _out.print(f"[{_TONES[tone]}]{shape}[/]  {escape(report.heading)}  [dim]{escape(report.hall)}[/]")
    for fault in (*report.faults, *map(str, report.drifts)):
        _out.print(f"    · {escape(fault)}")


def portal_patch(proposal: str) -> None:
    """Print how a map might be mended; a person decides."""
    if proposal:
        _out.print("\n改地图的建议（请人核对后再改）：")
        _out.print(escape(proposal))


def register_built(made: Stamp, out: Path) -> None:
    """Print what a register holds."""
    _out.print(
        f"[{_TONES['good']}]✓ 名称库已建好[/]  {made.names:,} 个名称，略去 {made.skipped:,} 行（重复，或者注销已满一年）"
    )
    _out.print(f"  [dim]用法：zeromeet name check 名称 --register {escape(str(out))}[/]")


def progress(*, quiet: bool) -> Callable[[str], None]:
    """Return what takes lines of progress: one line that is written over, plain lines without a terminal."""
    if quiet:
        return lambda _: None
    if not sys.stderr.isatty():
        return say
    return lambda line: _err.print(f"\r\x1b[2K{escape(line)}", end="\r", style="dim")


def case(result: CaseResult, report: Path | None) -> None:
    """Print a case: what became of it, what is open, the receipts, where the time went, what to do next."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[2K")
    mark = words.HEADS[result.status].mark
    _out.print(
        f"[{_TONES[mark.tone]}]{mark.shape} {mark.word}[/]  {escape(result.company_name or _NAMELESS)}  [dim]案件 {result.case}[/]"
    )
    for line in result.why_not_automatic:
        _out.print(f"  · {escape(line)}")
    _filings(result)
    _out.print(f"  [dim]{_counts(result)}[/]")
    _out.print(f"  [dim]{_times(result)}[/]")
    if report is not None:
        _out.print(f"  报告：{escape(str(report))}")
    _settlement(result.settlement)
    for step in _next_steps(result):
        _out.print(f"  接下来：[bold]{escape(step)}[/]")


def _settlement(settlement: Settlement) -> None:
    for ask in settlement.asks:
        _out.print(
            f"  请申请人补充：{escape(ask.what.removeprefix('请'))}  [dim]了结 {len(ask.settles)} 条[/]"
        )
    _chores(settlement)


def _filings(result: CaseResult) -> None:
    if not any(f.receipt or f.why for f in result.filings):
        return
    table = Table(box=None, padding=(0, 1, 0, 1), show_header=True, header_style="dim")
    table.add_column("事项", no_wrap=True, max_width=24)
    table.add_column("状态", no_wrap=True, min_width=18)
    table.add_column("回执号", no_wrap=True, min_width=_RECEIPT_WIDTH)
    table.add_column("留存核对", no_wrap=True)
    for f in result.filings:
        state = words.FILINGS[f.state].word + ("（此前已办）" if f.already else "")
        equal = {True: "一致", False: "不一致", None: ""}[f.readback_equal]
        table.add_row(escape(f.title), state, f.receipt or "", equal)
    _out.print(table)
    if any(f.already for f in result.filings):
        _out.print("  标明“此前已办”的没有重复提交。")
    for why in dict.fromkeys(f.why for f in result.filings if f.why):
        _out.print(f"  {escape(why)}")
    for why in result.not_needed.values():
        _out.print(f"  [dim]{escape(why)}[/]")


def _counts(result: CaseResult) -> str:
    values = sum(len(f.values) for f in result.forms)
    verdicts = [f.verdict for f in result.findings]
    passed = verdicts.count(Verdict.PASS)
    warned = len(verdicts) - passed
    return f"材料 {len(result.papers)} 份，填写 {values} 项，规则 {len(verdicts)} 条：通过 {passed}，提示或待定 {warned}"


def _times(result: CaseResult) -> str:
    spans = "，".join(f"{words.STAGES.get(s.stage, s.stage)} {s.seconds:.1f} 秒" for s in result.clock.spans)
    human = f"；人工 {_minutes(result.clock.human_s)}" if result.clock.human_s else "；人工 0"
    return f"机器 {result.clock.machine_s:.1f} 秒（{spans}）{human}"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} 秒" if seconds < 120 else f"{seconds / 60:.0f} 分钟"


def _next_steps(result: CaseResult) -> Iterable[str]:
    if result.status is CaseStatus.REVIEW:
        yield f"zeromeet review show {result.case}"
    elif result.status is CaseStatus.FAILED:
        yield "处理上面说的原因后重跑同一条命令，不会重复提交"


def paper(line: dict[str, Any]) -> None:
    """Print one paper, or one file that could not be read, as `extract` shows it."""
    if "error" in line:
        _out.print(
            f"[bold red]■[/] {escape(line['file'])}  {escape(line['error']['message'])}{escape(line['error']['remedy'])}"
        )
        return
    pages = "、".join(str(p) for p in line["pages"])
    _out.print(
        f"[bold]{escape(line['file'])}[/]  第 {pages} 页  {line['document_type']}  {line['confidence']:.2f}"
    )
    table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
    for element in line["elements"]:
        mark = "[green]✓[/]" if element["sure"] else "[yellow]？[/]"
        table.add_row(
            mark,
            f"[dim]{element['name']}[/]",
            escape(_shown(element["value"])),
            f"{element['confidence']:.3f}",
        )
    _out.print(table)
    for text in (*line["warnings"], *(f"未解释的行：{t}" for t in line["left_over"])):
        _out.print(f"    [dim]{escape(text)}[/]")


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join("，".join(_shown(cell) for cell in row.values()) for row in value)
    if isinstance(value, dict):
        return f"{value['amount']} {value['currency']}"
    return str(value)


def waiting(stored: StoredCase) -> None:
    """Print one case that waits for a person."""
    name = stored.result.company_name if stored.result else None
    count = len(stored.result.why_not_automatic) if stored.result else 0
    _out.print(f"{stored.id}  {escape(name or _NAMELESS)}  {count} 项待定  [dim]{escape(stored.folder)}[/]")


def open_items(items: OpenItems) -> None:
    """Print what is open in a case, each on one line with the places on paper under it."""
    _out.print(f"[bold]{escape(items.company_name or _NAMELESS)}[/]  [dim]案件 {items.case}[/]")
    for line in items.files:
        _out.print(f"  ■ {escape(line)}", style="red")
    for item in items.items:
        keys = escape("".join(f"[{key}]" for key in item.facts))
        _out.print(f"  [yellow]◆ {escape(item.message)}[/] [bold]{keys}[/]")
        for place in item.places:
            _out.print(
                f"      {escape(place.file)} 第 {place.page} 页：“{escape(place.raw)}”  [dim]{escape(place.crop)}[/]"
            )
        for settled in item.settled_by:
            _out.print(f"      可以这样了结：{escape(settled)}")
        _out.print(f"      [dim]依据：{escape(item.cites)}[/]")
    if not items.items and not items.files:
        _out.print("  没有待定的事项。")
        return
    _message(items.settlement)
    _out.print(f"  写下决定：zeromeet review set {items.case} 事实 值 --why 理由")
    _out.print(f"  然后放行：zeromeet review release {items.case}")


def _message(settlement: Settlement) -> None:
    if settlement.message:
        _out.print("  [bold]可以发给申请人：[/]")
        for line in settlement.message.splitlines():
            _out.print(f"      {escape(line)}")
    _chores(settlement)


def _chores(settlement: Settlement) -> None:
    for chore in settlement.desk:
        _out.print(f"  窗口处理：{escape(chore.what)}")


def decided(kept: Review) -> None:
    """Print a decision as it was kept."""
    before = kept.machine_value or "（材料没有写）"
    _out.print(
        f"已记录：{escape(kept.fact)} 由“{escape(before)}”定为“{escape(kept.value)}”。理由：{escape(kept.why)}"
    )


def key_made(made: Made) -> None:
    """Print a new key: this once."""
    _out.print(f"密钥：[bold]{escape(made.secret)}[/]")
    if made.webhook_secret:
        _out.print(f"回调签名密钥：[bold]{escape(made.webhook_secret)}[/]")
    _out.print("  [dim]只显示这一次，请收好。[/]")
    key(made.key)


def key(shown: Key) -> None:
    """Print a key without its secret."""
    end = (
        "已作废"
        if shown.revoked_at
        else (f"有效至 {shown.expires_at:%Y-%m-%d}" if shown.expires_at else "长期")
    )
    _out.print(f"{shown.id}  {escape(shown.tenant)}  {'、'.join(sorted(shown.scopes))}  [dim]{end}[/]")


def doctor(checks: Sequence[Check]) -> None:
    """Print what was checked, in columns."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for found in checks:
        mark = "[green]✓[/]" if found.ok else "[bold red]✗[/]"
        table.add_row(mark, escape(found.name), escape(found.value), f"[dim]{escape(found.origin)}[/]")
    _out.print(table)
    for found in checks:
        if found.remedy:
            _out.print(f"{escape(found.name)}：{escape(found.remedy)}")


def demo_over(done: Sequence[Done]) -> None:
    """Print what the demonstration showed and what to try next."""
    machine = sum(d.result.clock.machine_s for d in done)
    _out.print(
        f"\n{len(done)} 件共 {machine:.0f} 秒机器时间。报告：{escape(' '.join(str(d.report) for d in done))}"
    )
    for d in done:
        if d.result.status is CaseStatus.REVIEW:
            _out.print(f"试着当一回审核人：[bold]zeromeet review show {d.result.case}[/]")


def bodies(held: Mapping[str, Mapping[str, str]]) -> None:
    """Print what a dry run would have sent."""
    for hall, body in held.items():
        _out.print(f"  试填，没有提交（{escape(hall)}）：最后的请求会带 {len(body)} 个字段")


def reasons(chain: Sequence[Reason]) -> None:
    """Print why the program says what it says, as a tree."""
    for reason in chain:
        _out.print(_branch(Tree(_said(reason), guide_style="dim"), reason))


def _branch(tree: Tree, reason: Reason) -> Tree:
    for ground in reason.because:
        _branch(tree.add(_said(ground)), ground)
    return tree


def _said(reason: Reason) -> str:
    lines = [f"{escape(reason.text)}  [dim]{escape(reason.name)}[/]"]
    if reason.detail:
        lines.append(f"[dim]{escape(reason.detail)}[/]")
    if reason.place is not None:
        place = reason.place
        lines.append(
            f"{escape(place.file)} 第 {place.page} 页：“{escape(place.raw)}”  [dim]{escape(place.crop)}[/]"
        )
    return "\n".join(lines)


_CHANGED = {"pass": "通过", "fail": "不符合", "unsure": "不能确定", NOT_JUDGED: "不适用"}


def rule_changes(case: CaseChanges) -> None:
    """Print what two days of law say differently of one case."""
    _out.print(f"[bold]{escape(case.case)}[/]")
    for title in case.forms_gone:
        _out.print(f"  [red]－[/] 不再需要《{escape(title)}》")
    for title in case.forms_new:
        _out.print(f"  [green]＋[/] 需要《{escape(title)}》")
    for change in case.changes:
        turned = f"{_CHANGED[change.before]} → {_CHANGED[change.after]}"
        _out.print(f"  [yellow]{turned}[/]  {escape(change.title)}  [dim]{escape(change.rule)}[/]")
        _out.print(f"      {escape(change.message)}")
        for cause in change.causes:
            _out.print(f"      [dim]{escape(cause)}[/]")
    if not (case.forms_gone or case.forms_new or case.changes):
        _out.print("  没有变化。")
