"""The cases of the YAML files beside this one: facts in plain words, and what a rule says of them."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from extractors.model import Money, Row, Value
from forms.model import Fact, Witness
from forms.vocabulary import fact_specs

ON = date(2026, 3, 10)
"""The day of judging where a case names none."""


def all_cases() -> list[dict[str, Any]]:
    """Return every case of every topic."""
    files = sorted(Path(__file__).parent.glob("*.yaml"))
    written = [case for file in files for case in yaml.safe_load(file.read_text(encoding="utf-8"))]
    return [one for case in written for one in _for_each(case)]


def _for_each(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a case once for each of its roles, whose name stands where the case says ROLE."""
    roles = case.pop("roles", [])
    text = yaml.safe_dump(case, allow_unicode=True)
    return [yaml.safe_load(text.replace("ROLE", role)) for role in roles] or [case]


def facts(plain: dict[str, Any]) -> dict[str, Fact]:
    """Return facts from their plain form: a value, {value, sure: false} or {conflict: [a, b]}."""
    return {key: fact(key, content) for key, content in plain.items()}


def fact(key: str, content: Any) -> Fact:
    """Return one fact with the witnesses that its plain form implies."""
    values, sure = [content], True
    if isinstance(content, dict):
        values = content["conflict"] if "conflict" in content else [content["value"]]
        sure = False
    stated = [_value(key, value) for value in values]
    return Fact(
        key=key,
        label=fact_specs()[key].label,
        value=stated[0],
        confidence=1 if sure else 0.6,
        sure=sure,
        conflict=len(values) > 1,
        witnesses=tuple(_witness(value, number, sure=sure) for number, value in enumerate(stated, 1)),
    )


def _witness(value: Value, number: int, *, sure: bool) -> Witness:
    return Witness(
        file=f"材料{number}.pdf",
        document=f"sha-{number}",
        original=f"sha-{number}",
        page=1,
        box=(0, 0, 10, 10),
        element="business_license.company_name",
        value=value,
        raw=str(value),
        confidence=1 if sure else 0.6,
        sure=sure,
    )


def _value(key: str, plain: Any) -> Value:
    spec = fact_specs()[key]
    if isinstance(plain, list):
        return tuple(_row(spec.columns, row) for row in plain)
    return _cell(spec.type, plain)


def _row(columns: dict[str, str], row: dict[str, Any]) -> Row:
    return {name: _cell(columns[name], cell) for name, cell in row.items()}


def _cell(kind: str, plain: Any) -> str | Money:
    return Money(amount=str(plain)) if kind == "money" else str(plain)
