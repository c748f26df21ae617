"""Progress for people: a panel that is drawn over on a terminal, one line a case elsewhere."""

import time
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from bot.batch.dial import Dial, Setting
from bot.batch.progress import Done, Snapshot, View

STAGES = {
    "received": ("calm", "待读取"),
    "ready": ("calm", "待办理"),
    "rehearsed": ("good", "已试填"),
    "filed": ("good", "已办成"),
    "review": ("ask", "等人决定"),
    "quarantined": ("bad", "读不出来"),
    "failed": ("bad", "没有办成"),
    "unknown": ("bad", "结果不明"),
}
_COLOURS = {"good": "green", "ask": "yellow", "bad": "red", "calm": "cyan"}
_LINE_EVERY_S = 30.0


def view() -> View:
    """Return what fits where the program runs; words go to stderr."""
    console = Console(stderr=True, highlight=False)
    return Panel(console) if console.is_terminal else Lines(console)


class Lines:
    """A line for each case that is done, and now and then one that says how far the batch is."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = time.monotonic()

    def show(self, now: Snapshot) -> None:
        """Say now and then how far it is."""
        if now.state == "running" and time.monotonic() - self._last > _LINE_EVERY_S:
            self._last = time.monotonic()
            self._console.print(said(now), soft_wrap=True)

    def done(self, one: Done) -> None:
        """Say what became of a case."""
        line = f"{one.case}  {STAGES[one.stage][1]}  {one.name}"
        self._console.print(Text(line), soft_wrap=True)

    def close(self) -> None:
        """Nothing: lines stay."""


class Panel:
    """What each worker does, a bar, the pace and the counts."""

    def __init__(self, console: Console) -> None:
        self._live = Live(console=console, refresh_per_second=4, transient=True)
        self._live.start()

    def show(self, now: Snapshot) -> None:
        """Draw it anew."""
        self._live.update(Group(*_parts(now)))

    def done(self, one: Done) -> None:
        """Let a case that wants a person scroll by above the panel; the others are counted only."""
        tone, word = STAGES[one.stage]
        if tone in {"ask", "bad"}:
            line = Text(f"{one.case}  ") + Text(word, _COLOURS[tone]) + Text(f"  {one.name}")
            self._live.console.print(line)

    def close(self) -> None:
        """Wipe the panel."""
        self._live.stop()


def _parts(now: Snapshot) -> Iterator[RenderableType]:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for worker, text in now.at_work.items():
        table.add_row(Text(worker, "dim"), Text(text))
    yield table
    yield ProgressBar(total=max(now.total, 1), completed=now.finished, width=60)
    yield Text(said(now))
    counts = [(STAGES[stage], count) for stage, count in now.stages.items()]
    yield Text("  ").join(Text(f"{word} {count}", _COLOURS[tone]) for (tone, word), count in counts)


def said(now: Snapshot) -> str:
    """Return how far a batch is, as one line."""
    pace = f"，每小时 {now.per_hour:.0f} 件" if now.per_hour else ""
    left = f"，约还需 {span(now.left_s)}" if now.left_s else ""
    return f"{now.finished}/{now.total} 件{pace}{left}，已用 {span(now.elapsed_s)}"


def span(seconds: float) -> str:
    """Return a length of time for people.

    >>> span(42), span(600), span(7300)
    ('42 秒', '10 分钟', '2 小时 2 分钟')
    """
    if seconds < 100:
        return f"{seconds:.0f} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 100 else f"{minutes // 60} 小时 {minutes % 60} 分钟"


def dial(found: Dial) -> None:
    """Print the dial as a table on stdout, the asked position marked."""
    console = Console(highlight=False)
    heads = (
        "容许的错误率",
        "置信度不低于",
        "核对过",
        "其中错",
        "错误率至多",
        "直接办成",
        "95% 区间",
        "每百件人工",
    )
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for one in found.settings:
        table.add_row(*_position(one), style="bold" if one.error == found.asked.error else "")
    console.print(f"{found.cases} 件，人核对过 {found.labels} 个值，其中机器读错 {found.wrong} 个。")
    console.print(table)
    if found.asked.checked_wanted:
        console.print(
            f"要容许 {found.asked.error:.3%}，至少要核对 {found.asked.checked_wanted} 个值，而且都对。"
        )
    if found.live_error is not None and found.live_error_at_most is not None:
        live = f"随机抽查 {found.audited} 件：错误率 {found.live_error:.3%}，至多 {found.live_error_at_most:.3%}。"
        console.print(live)
    else:
        console.print("还没有随机抽查过的案件；设 ZEROMEET_AUDIT=0.02 即可抽查百分之二。")


def _position(one: Setting) -> tuple[str, ...]:
    return (
        f"{one.error:.3%}",
        f"{one.threshold}" if one.threshold is not None else "不放行",
        str(one.checked),
        str(one.wrong),
        f"{one.error_at_most:.3%}",
        f"{one.straight_through:.1%}",
        f"{one.straight_through_low:.0%}–{one.straight_through_high:.0%}",
        f"{one.clerk_minutes:.0f} 分钟",
    )
