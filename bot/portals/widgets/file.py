"""A file to hand in: filled with its path, read back as its name."""

from pathlib import Path

from playwright.sync_api import Locator

from bot.portals.controls import Control

KINDS = ("input:file",)
ROLES = ("button",)


def fill(target: Locator, text: str, limit_ms: float) -> None:
    """Choose the file; no path takes a chosen file back."""
    target.set_input_files([text] if text else [], timeout=limit_ms)


def read(control: Control) -> str:
    """Return the name of the chosen file."""
    return Path(control.value).name
