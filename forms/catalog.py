"""The forms and packages there are: found by scanning their folders, checked while loading."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from forms.definition import Definition, Field, Package

_HERE = Path(__file__).parent


@cache
def forms() -> dict[str, Definition]:
    """Return every form of forms/definitions by its id."""
    found = [Definition.model_validate(raw) for raw in _files("definitions")]
    by_id = {definition.id: definition for definition in found}
    return {definition.id: _merged(definition, by_id) for definition in found}


def _merged(definition: Definition, others: Mapping[str, Definition]) -> Definition:
    """Return a form with the blanks of the forms it merges; what an earlier one asks is not asked again."""
    fields = list(definition.fields)
    asked = {_asks(field) for field in fields}
    for part in definition.parts:
        for field in others[part.form].fields:
            if _asks(field) not in asked:
                asked.add(_asks(field))
                only_if = {**part.needed_when, **(field.only_if or {})} or None
                fields.append(field.model_copy(update={"id": f"{part.form}.{field.id}", "only_if": only_if}))
    return definition.model_copy(update={"fields": tuple(fields)})


def _asks(field: Field) -> tuple[object, ...]:
    """Return what makes two blanks one question: the same facts in the same code; a default is its form's own."""
    return (field.source, field.rows, field.codes) if field.source or field.rows else (field.id,)


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
