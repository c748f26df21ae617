"""Finds controls and buttons as a person does: by role and exact words."""

import re

from playwright.sync_api import Locator, Page

from bot.errors import PortalChangedError
from bot.portals.portal_map import Field
from bot.portals.widgets import widgets

_DECORATED = r"^\s*[*＊]?\s*{}\s*(?:[*＊]|（必填）|（选填）)?\s*[:：]?\s*[*＊]?\s*$"


def words(text: str) -> re.Pattern[str]:
    """Return the pattern of a label: to the letter, but for marks of required blanks and a colon."""
    return re.compile(_DECORATED.format(re.escape(text)))


def section(page: Page, name: str) -> Locator:
    """Return the fieldset or region of that name."""
    pattern = words(name)
    return page.get_by_role("group", name=pattern).or_(page.get_by_role("region", name=pattern))


def control(page: Page, field: Field, within: str | None) -> Locator:
    """Return the locator of a control; filling through it fails where it matches several."""
    scope = page if within is None else section(page, within)
    if field.selector:
        return scope.locator(field.selector)
    pattern = words(field.label)
    first, *others = widgets()[field.kind].roles
    found = scope.get_by_role(first, name=pattern)  # type: ignore[arg-type] # roles come from the widgets
    for role in others:
        found = found.or_(scope.get_by_role(role, name=pattern))  # type: ignore[arg-type] # as above
    return found


def button(scope: Page | Locator, name: str) -> Locator:
    """Return the button, or the link that serves as one."""
    pattern = words(name)
    return scope.get_by_role("button", name=pattern).or_(scope.get_by_role("link", name=pattern))


def only_button(page: Page, name: str, heading: str) -> Locator:
    """Return the button of these words.

    Raises:
        PortalChangedError: It is not there exactly once.
    """
    target = button(page, name)
    if (count := target.count()) != 1:
        raise PortalChangedError(heading, name, "找不到" if count == 0 else f"出现了 {count} 次")
    return target


def css_text(text: str) -> str:
    """Return a text as it may stand inside quotes in a CSS selector, whatever it holds."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text)
