"""Everything whose change can change a case, by name, with a hash: tables, rules, words, facts, forms, maps.

A recording keeps these hashes, so that a difference is told with what was changed, not only that something was.
"""

import hashlib
import inspect
import json
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.portals.portal_map import load
from extractors.recognise import modules
from forms import catalog
from forms.law import laws
from forms.vocabulary import fact_specs
from rules.registry import Rule, rules
from rules.tables import tables

_ROOT = Path(__file__).parents[2]
_SOURCES = {".py", ".yaml", ".tsv", ".txt", ".js"}
_PACKAGES = ("bot", "extractors", "forms", "rules")


@cache
def units(portal: str) -> dict[str, str]:
    """Return the hash of every unit, the portal's map among them; names are "kind name".

    Raises:
        UsageError: There is no such map.
    """
    files = {f"code {path}": digest for path, digest in _code().items()}
    return {name: _hash(content) for name, content in _all(portal)} | files


@cache
def program() -> str:
    """Return the program's version with a hash of its code."""
    return f"{metadata.version('zeromeet')}+{_hash(_code())}"


@cache
def _code() -> dict[str, str]:
    """Return the hash of every file that the program is made of."""
    paths = (
        path for package in _PACKAGES for path in (_ROOT / package).rglob("*") if path.suffix in _SOURCES
    )
    return {
        path.relative_to(_ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in sorted(paths)
    }


def _all(portal: str) -> Iterator[tuple[str, Any]]:
    yield from ((f"table {name}", _plain(table)) for name, table in tables().items())
    yield from ((f"law {name}", _plain(law)) for name, law in laws().items())
    yield from ((f"rule {one.id}", _declared(one)) for one in rules())
    yield from ((f"fact {key}", _plain(spec)) for key, spec in fact_specs().items())
    yield from _readers()
    yield from _forms()
    yield from ((f"map {name}", content) for name, content in _map(_plain(load(portal))))


def _readers() -> Iterator[tuple[str, Any]]:
    for kind, module in modules().items():
        yield f"reader {kind}", inspect.getsource(module)
        for part, content in _plain(module.WORDS).items():
            yield from _parts(f"words {kind}.{part}", content)


def _forms() -> Iterator[tuple[str, Any]]:
    for name, definition in catalog.forms().items():
        content = _plain(definition)
        for field in content.pop("fields"):
            yield f"form {name}.{field['id']}", field
        yield f"form {name}", content


def _parts(name: str, content: Any) -> Iterator[tuple[str, Any]]:
    """Yield a mapping entry by entry, anything else as it is."""
    if isinstance(content, dict):
        yield from ((f"{name}.{key}", one) for key, one in content.items())
    else:
        yield name, content


def _map(portal: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for hall in portal.pop("halls"):
        for page in hall.pop("pages"):
            at = f"{hall['id']}/{page['heading']}"
            for field in page.pop("fields"):
                yield f"{at}/{page['form']}.{field['field']}", field
            for rows in page["rows"]:
                for field in rows.pop("fields"):
                    yield f"{at}/{page['form']}.{rows['group']}[].{field['field']}", field
            yield at, page
        for part, content in hall.items():
            yield f"{hall['id']}.{part}", content
    portal.pop("lists")
    yield from portal.items()


def _declared(rule: Rule) -> Any:
    values = {name: str(value) for name, value in vars(rule).items() if name not in {"function", "wants_day"}}
    return [values, inspect.getsource(rule.function)]


def _plain(model: BaseModel) -> dict[str, Any]:
    return model.model_dump()


def _hash(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_text)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _text(content: Any) -> Any:
    return sorted(content) if isinstance(content, set | frozenset) else str(content)
