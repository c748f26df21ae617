"""A number, in a number control or in plain text."""

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("input:number", "input:text", "input:tel")
ROLES = ("spinbutton", "textbox")


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Put the number in place of what stands there."""
    target.fill(text, timeout=limit_ms)


def read(control: Control) -> str:
    """Return the digits without the grouping commas some pages add."""
    return control.value.replace(",", "").strip()
