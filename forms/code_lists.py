"""Code lists: what an authority calls a thing, and the wordings of papers that mean exactly that."""

from functools import cache
from pathlib import Path

import yaml
from pydantic import model_validator

from extractors.model import Record
from extractors.values.text import same_name_key

_FOLDER = Path(__file__).with_name("codes")


class Code(Record):
    """One entry of a list."""

    code: str
    name: str
    """What a person reads."""
    wordings: tuple[str, ...] = ()
    """Other wordings of papers that mean exactly this."""
    tags: tuple[str, ...] = ()
    """What rules and conditions ask of an entry, such as "special" for a special VAT invoice."""
    verified: bool | None = None
    """False where the code or its meaning has no source that was read; None: as the list says."""


class CodeList(Record):
    """One list of codes. A text matches exactly after folding, or not at all; there is no nearest."""

    title: str
    source: str = ""
    verified: bool = True
    entries: tuple[Code, ...]

    @model_validator(mode="after")
    def _is_unambiguous(self) -> "CodeList":
        keys = [key for entry in self.entries for key in _keys(entry)]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise ValueError(f"{self.title}: wordings with two meanings: {sorted(twice)}")
        return self

    def match(self, text: str) -> Code | None:
        """Return the entry whose code, name or listed wording a text is."""
        key = same_name_key(text)
        return next((entry for entry in self.entries if key in _keys(entry)), None)

    def begins(self, text: str) -> Code | None:
        """Return the entry with the longest wording that a text begins with."""
        key = same_name_key(text)
        found = [(len(k), entry) for entry in self.entries for k in _names(entry) if key.startswith(k)]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def ends(self, text: str) -> Code | None:
        """Return the entry with the longest wording that a text ends with."""
        key = same_name_key(text)
        found = [(len(k), entry) for entry in self.entries for k in _names(entry) if key.endswith(k)]
        return max(found, key=lambda pair: pair[0])[1] if found else None


@cache
def code_lists() -> dict[str, CodeList]:
    """Return every list of forms/codes by its name."""
    lists: dict[str, CodeList] = {}
    for file in sorted(_FOLDER.glob("*.yaml")):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        lists |= {name: CodeList.model_validate(content) for name, content in raw.items()}
    return lists


def code_list(name: str) -> CodeList:
    """Return one list.

    Raises:
        KeyError: There is no such list.
    """
    return code_lists()[name]


def _names(entry: Code) -> set[str]:
    return {same_name_key(text) for text in (entry.name, *entry.wordings)}


def _keys(entry: Code) -> set[str]:
    return {same_name_key(entry.code)} | _names(entry)
