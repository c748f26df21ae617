"""Differences that a person has accepted, in a YAML file beside the recordings."""

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.replay.report import Expected
from extractors.errors import UsageError

FILE = "expected.yaml"
_EXPECTED = TypeAdapter(tuple[Expected, ...])
_HEAD = "# Differences that a person has accepted; written by `zeromeet replay accept`. One that no case shows any more fails.\n"


def beside(path: Path) -> Path:
    """Return where the expectations of a recording or of a folder of them stand."""
    return (path if path.is_dir() else path.parent) / FILE


def read(path: Path) -> tuple[Expected, ...]:
    """Return what is expected, nothing where there is no file.

    Raises:
        UsageError: The file is not as it should be.
    """
    if not path.is_file():
        return ()
    try:
        return _EXPECTED.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or ())
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError):
        raise UsageError(
            f"{path.name} 不合格式，没有回放。", "请改正它，或删掉后用 replay accept 重写。"
        ) from None


def write(path: Path, expected: Sequence[Expected]) -> None:
    """Write what is expected; without anything there is no file."""
    if not expected:
        path.unlink(missing_ok=True)
        return
    text = yaml.safe_dump(
        [one.model_dump(mode="json") for one in expected], allow_unicode=True, sort_keys=False, width=110
    )
    path.write_text(_HEAD + text, encoding="utf-8")
