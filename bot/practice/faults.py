"""Faults on demand: what a real authority does on a bad day."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import UsageError

KNOWN = {
    "maintenance": "每个页面都是维护公告",
    "refuse-submit": "提交时明确拒绝",
    "500-on-submit": "提交时服务器出错，没有受理",
    "lost-receipt": "已受理，但回执页出错",
    "renamed-label": "有一个栏目改了名",
    "rewrite": "受理时改掉了一个值",
    "slow": "每个页面慢一秒",
}


@dataclass(frozen=True)
class Faults:
    """The faults that are on.

    Raises:
        UsageError: A name is none of KNOWN.
    """

    on: Sequence[str]

    def __post_init__(self) -> None:
        unknown = [name for name in self.on if name not in KNOWN]
        if unknown:
            raise UsageError(f"没有名为 {unknown[0]} 的故障。", f"可选：{'、'.join(KNOWN)}。")

    def __contains__(self, name: str) -> bool:
        return name in self.on

    @property
    def maintenance(self) -> bool:
        """Every page is the notice."""
        return "maintenance" in self.on

    @property
    def slow_s(self) -> float:
        """Seconds that each page takes longer."""
        return 1.0 if "slow" in self.on else 0.0

    @property
    def renamed(self) -> dict[str, str]:
        """Labels to what they are called instead."""
        return {"经营范围": "业务范围"} if "renamed-label" in self.on else {}
