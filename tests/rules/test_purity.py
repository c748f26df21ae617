import ast
from pathlib import Path

import pytest

import rules

MODULES = sorted(Path(rules.__file__).parent.glob("*.py"))
LOADERS = {"registry.py", "tables.py", "remedies.py"}
"""Those that read this package's own folder."""
OUTSIDE = {"bot", "cli", "os", "time", "random", "socket", "sqlite3", "requests", "httpx", "playwright"}
IMPURE_CALLS = {"open", "print", "input", "today", "now"}


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def called(tree):
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {f.id if isinstance(f, ast.Name) else getattr(f, "attr", "") for f in calls}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_rules_look_at_nothing_but_what_they_are_given(path):
    """A finding depends on facts, forms and the day alone: no clock, no network, no disk, no bot."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    packages, calls = set(imported(tree)), called(tree)

    assert not packages & OUTSIDE
    assert not calls & IMPURE_CALLS
    assert path.name in LOADERS or "pathlib" not in packages
