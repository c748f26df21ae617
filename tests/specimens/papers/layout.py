"""What a layout is, and the list of all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from random import Random
from typing import Any

from tests.specimens.easel import A4, Easel
from tests.specimens.people import Company

Elements = dict[str, Any]
Draw = Callable[[Easel, Company, Random], Elements]


@dataclass(frozen=True)
class Layout:
    """One way to print a kind of paper; layouts of the judging split are never used for building."""

    kind: str
    name: str
    split: str
    size: tuple[float, float]
    draw: Draw


LAYOUTS: list[Layout] = []


def layout(kind: str, split: str, size: tuple[float, float] = A4) -> Callable[[Draw], Draw]:
    """Enter a function into the list."""

    def enter(draw: Draw) -> Draw:
        LAYOUTS.append(Layout(kind, getattr(draw, "__name__", ""), split, size, draw))
        return draw

    return enter


def of(kind: str, split: str) -> list[Layout]:
    """Return the layouts of a kind in one split."""
    load()
    return [found for found in LAYOUTS if (found.kind, found.split) == (kind, split)]


def load() -> list[Layout]:
    """Import every module of this folder, and return all layouts."""
    for module in iter_modules([str(Path(__file__).parent)]):
        import_module(f"tests.specimens.papers.{module.name}")
    return LAYOUTS
