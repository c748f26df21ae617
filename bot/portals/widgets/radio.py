"""A group of buttons of which one is chosen."""

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("group",)
ROLES = ("radiogroup", "group")
CHOOSES = True
CLOSED = True


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Choose the button with exactly these words; a chosen button cannot be unchosen."""
    if text:
        target.get_by_role("radio", name=text, exact=True).check(timeout=limit_ms)


def read(control: Control) -> str:
    """Return the words of the chosen button."""
    return "\n".join(control.chosen())
