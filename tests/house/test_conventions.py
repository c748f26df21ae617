"""The house's conventions, as tests: what is said in docs/explanation is so."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest
import yaml

import bot.errors
import bot.register.errors
import extractors.errors
from extractors.elements import papers
from extractors.errors import ZeromeetError
from extractors.kinds import KINDS
from extractors.recognise import modules

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "extractors", "forms", "rules")
SOURCES = [ROOT / "cli.py", *(p for name in PACKAGES for p in (ROOT / name).rglob("*.py"))]
TESTS = list((ROOT / "tests").rglob("test_*.py"))


def _subclasses(kind):
    for sub in kind.__subclasses__():
        yield sub
        yield from _subclasses(sub)


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_and_functions_stay_small(path):
    """No file over 400 lines, no function over 60."""
    text = path.read_text(encoding="utf-8")

    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60
    ]

    assert text.count("\n") <= 400
    assert not long


def test_every_error_is_drawn_with_its_exit_code():
    """The tree at the top of errors.py names every class and the code it exits with."""
    trees = (extractors.errors, bot.errors, bot.register.errors)
    drawn = "".join(tree.__doc__ or "" for tree in trees)
    classes = set(_subclasses(ZeromeetError))

    missing = [c.__name__ for c in classes if c.__module__.endswith("errors") and c.__name__ not in drawn]

    assert not missing
    assert {c.exit_code for c in classes} <= {2, 3, 4, 5, 6, 7, 8}


@pytest.mark.parametrize("paper", sorted(papers()))
def test_every_paper_has_a_module_that_knows_its_elements(paper):
    """elements.yaml and extractors/documents name the same papers, and words only for their elements."""
    module = modules()[paper]

    words = module.WORDS

    helpers = {"primary_name", "spare_names", "instead_names"}
    assert set(words.labels) - helpers <= set(papers()[paper])
    assert set(words.kinds.values()) <= set(KINDS)
    assert set(words.phrases) - helpers <= set(papers()[paper])
    assert {name for group in words.expects for name in group} <= set(papers()[paper])


def test_codes_in_yaml_are_quoted():
    """PyYAML reads 010000 as 4096 and no as False: whatever looks like a code is a quoted string."""
    bare = re.compile(r"[:\[,-]\s+(0\d+|yes|no|on|off)\s*([,\]#]|$)")

    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for name in PACKAGES
        for path in (ROOT / name).rglob("*.yaml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line.split(" #")[0])
    ]

    assert not found


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_test_states_its_promise(path):
    """A test's docstring is the promise it keeps."""
    tree = ast.parse(path.read_text(encoding="utf-8"))

    silent = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test") and not ast.get_docstring(node)
    ]

    assert not silent


def test_nothing_names_an_outside_address_to_fetch_from():
    """No CDN, no download: the only addresses in code and pages are loopback ones and names in prose."""
    fetching = re.compile(r"(src|href|action)\s*=\s*[\"']https?://|urlopen\(|requests\.(get|post)")

    found = [
        str(path.relative_to(ROOT))
        for name in PACKAGES
        for path in (ROOT / name).rglob("*")
        if path.suffix in {".py", ".html", ".js", ".css"}
        and fetching.search(path.read_text(encoding="utf-8"))
    ]

    assert not found


def test_every_module_can_be_imported():
    """No module is left behind by a change elsewhere."""
    names = [
        info.name
        for package in PACKAGES
        for info in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
        if not info.name.endswith(("__main__", "sandbox_child"))
    ]

    loaded = [importlib.import_module(name) for name in names]

    assert all(inspect.getdoc(module) for module in loaded)


def test_pins_name_no_index():
    """Requirement files hold versions and hashes, never the address of a registry."""
    texts = [p.read_text(encoding="utf-8") for p in (ROOT / "requirements").glob("*.txt")]

    assert all("://" not in text and "--hash=sha256:" in text for text in texts)


def test_makefile_targets_are_in_the_readme():
    """The README begins with the two commands."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    head = readme[: readme.index("\n## ", 200)] if "\n## " in readme[200:] else readme

    assert "make demo" in head
    assert "make test" in head


def test_yaml_of_papers_is_closed_to_unknown_keys():
    """A misspelt key in a paper's words is refused, not ignored."""
    from pydantic import ValidationError

    from extractors.lexicon import Lexicon

    raw = yaml.safe_load((ROOT / "extractors/documents/id_card.yaml").read_text(encoding="utf-8"))

    with pytest.raises(ValidationError):
        Lexicon.model_validate(raw | {"lables": {}})


def test_every_error_code_is_explained():
    """docs/errors.md names each code that --json can print."""
    explained = (ROOT / "docs/errors.md").read_text(encoding="utf-8")

    missing = {c.code for c in _subclasses(ZeromeetError) if f"`{c.code}`" not in explained}

    assert missing <= {"unreadable"}


def test_every_setting_is_documented():
    """docs/reference/settings.md names each setting."""
    from bot import settings

    documented = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")

    assert all(f"`{s.name}`" in documented for s in settings.listed(settings.load()))


def test_every_command_and_option_is_documented():
    """docs/reference/cli.md names each command and each option."""
    import typer

    import cli

    documented = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    group = typer.main.get_command(cli.app)
    commands = {name: command for name, command in group.commands.items() if not hasattr(command, "commands")}

    options = {o for c in commands.values() for p in c.params for o in p.opts if o.startswith("--")}

    assert all(f"zeromeet {name}" in documented for name in commands)
    assert {o for o in options if o not in documented} == set()


def test_nothing_imports_the_command_line():
    """cli.py stands on top: no package knows it."""
    importing = re.compile(r"^\s*(from cli import|import cli)\b", re.MULTILINE)

    found = [str(p) for p in SOURCES if importing.search(p.read_text(encoding="utf-8"))]

    assert not found
