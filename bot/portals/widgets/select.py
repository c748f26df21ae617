"""A list of which one entry is chosen by its words."""

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("select",)
ROLES = ("combobox",)
CHOOSES = True
CLOSED = True


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Choose the entry with exactly these words; no words choose the empty entry."""
    if text:
        target.select_option(label=text, timeout=limit_ms)
    else:
        target.select_option(value="", timeout=limit_ms)


def read(control: Control) -> str:
    """Return the chosen words; the empty entry ("please choose") counts as none."""
    return "\n".join(choice.label for choice in control.choices if choice.chosen and choice.value)
