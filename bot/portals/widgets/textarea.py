"""Text of several lines."""

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("textarea",)
ROLES = ("textbox",)


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Put the text in place of what stands there, its line breaks kept."""
    target.fill(text, timeout=limit_ms)


def read(control: Control) -> str:
    """Return the text with line feeds only, as we write it."""
    return control.value.replace("\r\n", "\n")
