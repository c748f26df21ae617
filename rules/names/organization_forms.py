"""组织形式: what a name ends with, and the legal family that it speaks of."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parents[1] / "tables" / "names" / "organization_forms.tsv"
COMPANIES = frozenset({"limited", "joint_stock", "group"})
"""Families of companies under the company law."""


class Form(NamedTuple):
    """One form of organisation."""

    text: str
    """As written: 有限公司."""
    family: str


@cache
def forms() -> dict[str, Form]:
    """Return every form by its text."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {row["form"]: Form(row["form"], row["family"]) for row in rows}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return the lengths of the forms by their last character, the longest first."""
    last = {text[-1] for text in forms()}
    return {c: tuple(sorted({len(t) for t in forms() if t[-1] == c}, reverse=True)) for c in last}


def ending(name: str) -> Form | None:
    """Return the longest form that a folded name ends with, or None."""
    known = forms()
    for length in _lengths().get(name[-1:], ()):
        form = known.get(name[-length:])
        if form is not None:
            return form
    return None


@cache
def company_forms() -> tuple[str, ...]:
    """Return the forms of companies, the longest first: after one of them a branch begins."""
    found = [form.text for form in forms().values() if form.family in COMPANIES and form.text != "集团"]
    return tuple(sorted(found, key=len, reverse=True))
