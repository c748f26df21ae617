"""A day, in a date control or in plain text of the map's date format."""

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("input:date", "input:month", "input:text")
ROLES = ("textbox",)


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Put the day in place of what stands there; a date control takes only ISO form."""
    target.fill(text, timeout=limit_ms)


def read(control: Control) -> str:
    """Return the day as it stands."""
    return control.value.strip()
