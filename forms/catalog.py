"""The forms and packages there are: found by scanning their folders, checked while loading."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forms.definition import Definition, Package

_HERE = Path(__file__).parent


@cache
def forms() -> dict[str, Definition]:
    """Return every form of forms/definitions by its id."""
    found = [Definition.model_validate(raw) for raw in _files("definitions")]
    return {definition.id: definition for definition in found}


@cache
def packages() -> tuple[Package, ...]:
    """Return every package of forms/packages."""
    return tuple(Package.model_validate(raw) for raw in _files("packages"))


def form(form_id: str) -> Definition:
    """Return one form.

    Raises:
        KeyError: There is no form of that id.
    """
    return forms()[form_id]


def forms_in_force(on: date) -> tuple[Definition, ...]:
    """Return the forms in force on a day: those outside the official list first, then by number."""
    current = [f for f in forms().values() if f.in_force.holds(on)]
    return tuple(sorted(current, key=lambda f: (f.item is not None, f.item or 0, f.id)))


def package(on: date) -> Package | None:
    """Return the package in force on a day, the newest where there are several."""
    current = [p for p in packages() if p.in_force.holds(on)]
    return max(current, key=lambda p: p.in_force.begin, default=None)


def _files(folder: str) -> list[Any]:
    files = sorted((_HERE / folder).glob("*.yaml"))
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
