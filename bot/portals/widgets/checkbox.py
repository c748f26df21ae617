"""One box that is ticked (是) or not (否)."""

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("input:checkbox",)
ROLES = ("checkbox",)
CLOSED = True

TICKED = "是"


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Tick the box for 是, clear it for anything else."""
    target.set_checked(text == TICKED, timeout=limit_ms)


def read(control: Control) -> str:
    """Return 是 or 否."""
    return TICKED if control.value else "否"
