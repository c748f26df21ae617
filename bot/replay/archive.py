"""A recording as a file: a ZIP of JSON, the same bytes for the same case, and nothing in it that is not expected."""

import os
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from pydantic import TypeAdapter, ValidationError

from bot.replay.model import SUFFIX, Recording
from extractors.errors import UsageError

_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP can name: when a recording was written is no part of it."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of one member; a recording of a hundred pages takes a fraction of it."""
_ADAPTERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(cast("Any", field.annotation)) for name, field in Recording.model_fields.items()
}
LATER = frozenset({"units", "answers", "traffic"})
"""Parts that are large and seldom asked for."""


def write(recording: Recording, path: Path, more: Mapping[str, bytes] | None = None) -> None:
    """Write a recording whole or not at all, readable by its owner only.

    Args:
        recording: What to write.
        path: Its folder exists.
        more: Files and pictures of pages by the names of their members.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w") as archive:
            for name, data in sorted((members(recording) | dict(more or {})).items()):
                archive.writestr(_entry(name), data, compresslevel=6)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def members(recording: Recording) -> dict[str, bytes]:
    """Return the parts of a recording as JSON by the names of their members."""
    return {
        f"{name}.json": adapter.dump_json(getattr(recording, name)) for name, adapter in _ADAPTERS.items()
    }


def read(path: Path, leave_out: Collection[str] = LATER) -> Recording:
    """Return a recording, without the parts that are not asked for.

    Raises:
        UsageError: It is no recording, one of another format, or damaged.
    """
    wanted = [name for name in _ADAPTERS if name not in leave_out]
    with _opened(path) as archive:
        return Recording.model_construct(**{name: _part(archive, path, name) for name in wanted})


def part(path: Path, name: str) -> Any:
    """Return one part of a recording.

    Raises:
        UsageError: It is no recording, one of another format, or damaged.
    """
    with _opened(path) as archive:
        return _part(archive, path, name)


def _part(archive: zipfile.ZipFile, path: Path, name: str) -> Any:
    try:
        return _ADAPTERS[name].validate_json(_member(archive, path, f"{name}.json"))
    except ValidationError:
        # The library's own message repeats what stands in the file.
        raise _refused(path) from None


def member(path: Path, name: str) -> bytes:
    """Return one member of a recording as it stands there.

    Raises:
        UsageError: There is none, or it is damaged.
    """
    with _opened(path) as archive:
        return _member(archive, path, name)


def _member(archive: zipfile.ZipFile, path: Path, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise _refused(path)
    return archive.read(name)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (OSError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise _refused(path) from None


def names(path: Path) -> tuple[str, ...]:
    """Return the names of the members."""
    with zipfile.ZipFile(path) as archive:
        return tuple(sorted(archive.namelist()))


def found(paths: Iterable[Path]) -> list[tuple[str, Path]]:
    """Return the recordings among files and folders, each with the name it is reported by, in order.

    Raises:
        UsageError: There is none.
    """
    every: dict[str, Path] = {}
    for path in paths:
        if path.is_dir():
            every |= {p.relative_to(path).as_posix(): p for p in path.rglob(f"*{SUFFIX}") if p.is_file()}
        elif path.is_file():
            every[path.name] = path
    if not every:
        raise UsageError(
            f"没有找到录制文件（*{SUFFIX}），没有回放。", "请先用 zeromeet record 录制，或核对路径。"
        )
    return sorted(every.items())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 3
    return entry


def _refused(path: Path) -> UsageError:
    return UsageError(f"{path.name} 不是本程序能读的录制文件，没有回放。", "请用当前版本重新录制。")
