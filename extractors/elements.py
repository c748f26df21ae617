"""The vocabulary of elements.yaml: which papers there are, what each states, of which kind."""

from functools import cache
from pathlib import Path

import yaml

from extractors.model import Record

_FILE = Path(__file__).with_name("elements.yaml")


class ElementKind(Record):
    """One element of a paper: its Chinese name and the normal form of its value."""

    zh: str
    type: str
    """A normal form named at the top of elements.yaml."""
    columns: tuple[str, ...] = ()
    """For a table, the keys of its rows."""


@cache
def papers() -> dict[str, dict[str, ElementKind]]:
    """Return every paper's elements, keyed by paper and element name."""
    raw = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {paper: {name: ElementKind(**spec) for name, spec in spec.items()} for paper, spec in raw.items()}


def element_kind(paper: str, name: str) -> ElementKind:
    """Return one element's entry.

    Raises:
        KeyError: The paper or the element is not in the vocabulary.
    """
    return papers()[paper][name]
