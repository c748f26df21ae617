"""Writes the report of one case: a single file that works offline, without scripts from elsewhere."""

import base64
import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.model import CaseResult
from bot.report import words
from bot.report.album import Pages
from bot.report.view import view

_FOLDER = Path(__file__).parent


def write(result: CaseResult, pages: Pages, out: Path) -> Path:
    """Write the report whole or not at all, readable by its owner only, and return its path.

    Args:
        result: What the case found and did; the pages' sizes stand in its papers.
        pages: Document id and page number to that page's picture, upright, in any scale; None where
            there is none: the page is then drawn from what was read.
        out: The file to write; its folder exists.
    """
    data = render(result, pages).encode("utf-8", "backslashreplace")
    descriptor, draft = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(draft).replace(out)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return out


def render(result: CaseResult, pages: Pages) -> str:
    """Return the report as HTML."""
    script, style = _asset("report.js"), _asset("report.css")
    return (
        _environment()
        .get_template("report.html")
        .render(view=view(result, pages), words=words, script=script, style=style, hash=digest(script))
    )


def digest(script: str) -> str:
    """Return a script's source expression for the content security policy."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def _asset(name: str) -> Markup:
    """Return a file of our own that goes into the page as it is."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 - ours, not from a paper


def _visible(shown: Any) -> Any:
    return words.visible(shown) if isinstance(shown, str) and not isinstance(shown, Markup) else shown
