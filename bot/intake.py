"""A case folder to papers: every file is read or named as unreadable, none is passed over."""

from collections.abc import Iterator
from pathlib import Path

from bot.model import Unreadable
from extractors.errors import UnreadableError, UsageError
from extractors.extract import papers_of
from extractors.intake import Received, Refused, files_of, receive_all
from extractors.model import Paper, Record
from extractors.readers.recorded import Reads

METADATA = "case.yaml"
"""Says about a case what its papers do not, such as its priority; it is no paper."""
ARCHIVE = ".zip"


def is_case(path: Path) -> bool:
    """Tell whether a path may be one case: a folder, or an archive of papers."""
    return path.is_dir() or (path.suffix.lower() == ARCHIVE and path.is_file())


def case_files(folder: Path) -> list[Path]:
    """Return the files of a case; a case that comes as one archive is that archive.

    Raises:
        UsageError: The folder is missing, is neither folder nor archive, or holds no file.
    """
    if not folder.exists():
        raise UsageError("没有找到申请材料的文件夹，什么也没有做。", "请核对路径。")
    if not is_case(folder):
        raise UsageError(
            "给出的路径不是文件夹，什么也没有做。",
            "请给出一件申请材料的文件夹；单份文件用 zeromeet extract。",
        )
    files = papers_in(folder)
    if not files:
        raise UsageError("申请材料的文件夹是空的，什么也没有做。", "请把材料放进去后重跑。")
    return files


def papers_in(folder: Path) -> list[Path]:
    """Return what may be papers of a case, none where its folder is gone."""
    if not folder.is_dir():
        return [folder] if is_case(folder) else []
    return [path for path in files_of(folder) if path != folder / METADATA]


class Found(Record):
    """One file of a case: its papers, or why it could not be read."""

    name: str
    received: Received | None = None
    papers: tuple[Paper, ...] = ()
    unreadable: Unreadable | None = None


def read_files(files: list[Path], folder: Path, reader: Reads) -> Iterator[Found]:
    """Yield what each file holds, and each member of an archive.

    Bytes that came before under another name yield no paper again.
    """
    doors = [_door(one) for path in files for one in receive_all(path, _name(path, folder))]
    reader.expect(door.received for door in doors if door.received is not None)
    known: set[str] = set()
    for door in doors:
        yield _read(door, reader, known)


def received_of(folder: Path) -> dict[str, Received]:
    """Return by document id what a case folder holds, without reading it."""
    doors = (one for path in papers_in(folder) for one in receive_all(path, _name(path, folder)))
    return {one.id: one for one in doors if isinstance(one, Received)}


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path != folder else path.name


def _door(one: Received | Refused) -> Found:
    if isinstance(one, Received):
        return Found(name=one.filename, received=one)
    return Found(name=one.filename, unreadable=_unreadable(one.filename, one.error))


def _read(door: Found, reader: Reads, known: set[str]) -> Found:
    if door.received is None or door.received.id in known:
        return door
    known.add(door.received.id)
    try:
        return door.model_copy(update={"papers": papers_of(door.received, reader)})
    except UnreadableError as error:
        return Found(name=door.name, unreadable=_unreadable(door.name, error))


def _unreadable(name: str, error: UnreadableError) -> Unreadable:
    return Unreadable(file=name, code=error.code, message=error.message, remedy=error.advice)
