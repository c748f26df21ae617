"""The folder of a batch: which cases lie in it, how urgent they are, and whether their files have changed."""

import hashlib
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.batch.model import Entry
from bot.intake import METADATA, is_case, papers_in
from extractors.errors import UsageError

_HIDDEN = (".", "~", "__MACOSX")


class FoundCase(NamedTuple):
    """A sub-folder or ZIP of the batch's folder."""

    path: Path
    """Absolute, without links."""
    priority: int
    arrived: float


def cases_in(folder: Path, apart: Path) -> list[FoundCase]:
    """Return the cases of a folder.

    Args:
        folder: Of the batch.
        apart: Where results are written; it is no case where it lies in the folder.

    Raises:
        UsageError: There is no such folder, or no case in it.
    """
    if not folder.is_dir():
        raise UsageError("没有找到这个文件夹，什么也没有做。", "请核对路径。")
    # Resolved once: asking it of every one of a thousand folders takes longer than reading their names.
    own, apart = folder.resolve(), apart.resolve()
    found = [_found(path) for path in sorted(own.iterdir()) if path != apart and _may_be_case(path)]
    if not found:
        raise UsageError(
            "文件夹里没有案件，什么也没有做。", "请给出一个文件夹，其中每件申请材料是一个子文件夹或者 ZIP。"
        )
    return found


def _may_be_case(path: Path) -> bool:
    return not path.name.startswith(_HIDDEN) and not path.is_symlink() and is_case(path)


def _found(path: Path) -> FoundCase:
    return FoundCase(path, _priority(path), path.stat().st_mtime)


def _priority(path: Path) -> int:
    """Return what case.yaml says in the folder, or NAME.yaml beside NAME.zip; 0 where it says nothing usable."""
    file = path / METADATA if path.is_dir() else path.with_suffix(".yaml")
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return 0
    priority = said.get("priority", 0) if isinstance(said, dict) else 0
    return priority if isinstance(priority, int) else 0


def stamp(path: Path) -> str:
    """Return what tells whether files of a case came, went or changed, without reading them."""
    digest = hashlib.sha256()
    for line in _stats(path):
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _stats(path: Path) -> Iterator[str]:
    for file in papers_in(path):
        try:
            stat = file.stat()
        except OSError:  # it went between the listing and the look
            continue
        yield f"{file.relative_to(path)}\0{stat.st_size}\0{stat.st_mtime_ns}\n"


def wanted(entries: Sequence[Entry], only: Sequence[str]) -> list[Entry]:
    """Return the cases that `only` names, by id, by name or by pattern; all where it is empty."""
    if not only:
        return list(entries)
    return [e for e in entries if any(e.case == word or _fits(e, word) for word in only)]


def _fits(entry: Entry, word: str) -> bool:
    path = Path(entry.path)
    return fnmatchcase(path.name, word) or fnmatchcase(path.stem, word)
