"""One module for each kind of control, found by scanning this folder.

A module holds KINDS, the states' kinds it accepts; ROLES, how people with a screen reader would name it;
fill(target, text, limit_ms), where text is in the portal's words; and read(control), their inverse. CLOSED is
True where a map must give words for every code; CHOOSES where the page must offer those words.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

from playwright.sync_api import Locator

from bot.portals.controls import Control


@dataclass(frozen=True)
class Widget:
    """How controls of one kind are found, filled and read."""

    kind: str
    kinds: frozenset[str]
    roles: tuple[str, ...]
    chooses: bool
    """Only words that it offers can be filled in."""
    closed: bool
    """Only codes that the map has words for can be filled in."""
    fill: Callable[[Locator, str, float], None]
    read: Callable[[Control], str]

    def offers(self, control: Control, text: str) -> bool:
        """Return whether this text can be filled in; a chooser must offer it exactly once."""
        if not self.chooses:
            return True
        return [choice.label for choice in control.choices].count(text) == 1


@cache
def widgets() -> dict[str, Widget]:
    """Return every kind of control by its name, which is that of its module."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return {name: _widget(name, import_module(f"{__name__}.{name}")) for name in names}


def _widget(name: str, module: ModuleType) -> Widget:
    return Widget(
        kind=name,
        kinds=frozenset(module.KINDS),
        roles=tuple(module.ROLES),
        chooses=bool(getattr(module, "CHOOSES", False)),
        closed=bool(getattr(module, "CLOSED", False)),
        fill=module.fill,
        read=module.read,
    )
