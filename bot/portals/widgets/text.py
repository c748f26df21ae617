"""A line of text."""

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("input:text", "input:tel", "input:email", "input:url", "input:password")
ROLES = ("textbox",)


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Put the text in place of what stands there."""
    target.fill(text, timeout=limit_ms)


def read(control: Control) -> str:
    """Return the text as it stands."""
    return control.value
