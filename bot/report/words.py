"""What the report calls things, in Chinese, and how values look there."""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from difflib import SequenceMatcher
from typing import NamedTuple

from bot.model import CaseStatus, FilingState
from extractors.elements import papers
from extractors.model import Money, Value
from extractors.recognise import modules
from forms.model import Origin
from rules.model import Severity, Verdict


class Mark(NamedTuple):
    """A word with a shape beside it, so that no meaning rests on colour alone."""

    shape: str
    word: str
    tone: str
    """A class of report.css: good, ask, bad or calm."""


class Head(NamedTuple):
    """A case status: its mark, what happened and what comes next."""

    mark: Mark
    happened: str
    next_step: str


HEADS = {
    CaseStatus.FILED: Head(
        Mark("✓", "已办成", "good"),
        "全部事项已由受理方受理，留存内容已与填报内容逐项核对。",
        "无需处理。请留存回执号备查。",
    ),
    CaseStatus.READY: Head(
        Mark("○", "审核通过，尚未提交", "calm"),
        "材料已读取并审核，没有待决事项；本次没有向任何门户提交。",
        "可以办理：对同一文件夹运行 process。",
    ),
    CaseStatus.REVIEW: Head(
        Mark("◆", "等人决定", "ask"),
        "有事项需要人来决定；在此之前没有提交受其影响的内容。",
        "请看下面“待决事项”，逐条核对原件并作出决定。",
    ),
    CaseStatus.QUARANTINED: Head(
        Mark("■", "材料无法读取", "bad"),
        "没有一份材料能够读取，没有填写，也没有提交。",
        "请按“材料”一节的提示更换文件后重新办理。",
    ),
    CaseStatus.FAILED: Head(
        Mark("✕", "没有办成", "bad"),
        "程序或门户出错，办理中断；没有只交了一半的表。",
        "请看原因，处理后重跑同一条命令；已受理的不会重复提交。",
    ),
    CaseStatus.UNKNOWN: Head(
        Mark("?", "已提交，结果不明", "bad"),
        "有一份表已经提交，但没有得到受理方的答复。",
        "请先到门户查询是否已受理，再决定下一步；不要直接重报。",
    ),
}
FILINGS = {
    FilingState.FILED: Mark("✓", "已受理", "good"),
    FilingState.BLOCKED: Mark("○", "试填，未提交", "calm"),
    FilingState.WAITING_HUMAN: Mark("◆", "未提交，等人", "ask"),
    FilingState.UNKNOWN: Mark("?", "结果不明", "bad"),
}
VERDICTS = {
    Verdict.PASS: Mark("✓", "通过", "good"),
    Verdict.FAIL: Mark("✕", "不符合", "bad"),
    Verdict.UNSURE: Mark("?", "不能确定", "ask"),
}
SEVERITIES = {
    Severity.BLOCK: "阻断：解决之前不提交",
    Severity.ESCALATE: "上报：须由有权限的人决定",
    Severity.WARN: "提醒：请留意，不影响提交",
    Severity.INFO: "说明",
}
ORIGINS: dict[Origin, str] = {"paper": "材料", "derived": "推导", "default": "默认", "person": "人工"}
STAGES = {
    "start": "启动",
    "read": "读取材料",
    "understand": "归并填表",
    "judge": "审核",
    "file": "网上办理",
    "report": "生成报告",
}
UNKNOWN_PAPER = "未识别的材料"
_SPOKEN = {"indefinite": "长期"}
"""Normal forms of elements.yaml that nobody says."""
BEIJING = timezone(timedelta(hours=8))
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Characters that show nothing, or turn round what stands beside them."""


def visible(text: str) -> str:
    """Return a text whose hidden characters show, so that nothing pretends to be something else.

    >>> visible("1000" + chr(0x202E) + "元")
    '1000⟨U+202E⟩元'
    """
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text)


def paper_name(kind: str) -> str:
    """Return what a kind of paper is called: the first of its titles."""
    module = modules().get(kind)
    return str(module.WORDS.titles[0]) if module else UNKNOWN_PAPER


def element_name(path: str) -> str:
    """Return what an element is called, for example 营业执照 · 名称.

    Args:
        path: Paper and element, and for a cell of a table its column.
    """
    kind, _, rest = path.partition(".")
    return f"{paper_name(kind)} · {label(kind, rest.split('.')[0])}"


def label(kind: str, name: str) -> str:
    """Return what an element is called within its paper; its own name where the vocabulary lacks it."""
    known = papers().get(kind, {}).get(name)
    return known.zh.split(" / ")[0] if known else name


def value(held: Value) -> str:
    """Return a value as a person reads it."""
    if isinstance(held, str):
        return _SPOKEN.get(held, held)
    if isinstance(held, Money):
        return money(held)
    return "；".join("，".join(value(cell) for cell in row.values()) for row in held)


def money(held: Money) -> str:
    """Return an amount with its thousands parted.

    >>> money(Money(amount="1000000.00"))
    '1,000,000.00 元'
    """
    whole, _, cents = held.amount.partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole)
    unit = "元" if held.currency == "CNY" else held.currency
    return f"{grouped}.{cents or '00'} {unit}"


def percent(share: float) -> str:
    """Return a confidence, rounded down so that only a certain thing shows 100 %.

    >>> percent(0.9999)
    '99.9%'
    """
    return f"{math.floor(share * 1000 + 1e-9) / 10:.1f}%"


def seconds(span: float) -> str:
    """Return a duration: seconds below two minutes, else minutes, else hours."""
    if span < 120:
        return f"{span:.1f} 秒" if span else "0 秒"
    return f"{span / 60:.0f} 分钟" if span < 7200 else f"{span / 3600:.1f} 小时"


class Piece(NamedTuple):
    """A run of characters of one value, and whether another value has others there."""

    text: str
    differs: bool


def against(text: str, other: str) -> Sequence[Piece]:
    """Return a text in pieces, those that another text does not have marked."""
    moves = SequenceMatcher(None, text, other, autojunk=False).get_opcodes()
    return [Piece(text[a:b], tag != "equal") for tag, a, b, *_ in moves if b > a]


def ems(text: str) -> float:
    """Return about how wide a text runs, in its own type size.

    >>> ems("账号A1")
    3.2
    """
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.6 for c in text)


def plain(held: Value) -> set[str]:
    """Return the texts by which a form may hold a value; a table has none."""
    if isinstance(held, tuple):
        return set()
    return {held} if isinstance(held, str) else {held.amount, money(held)}


def moment(at: datetime) -> str:
    """Return a time as Chinese clocks show it."""
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M}（北京时间）"
