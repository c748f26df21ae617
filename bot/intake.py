"""A case folder to papers: every file is read or named as unreadable, none is passed over."""

from collections.abc import Iterator
from pathlib import Path

from bot.model import Unreadable
from extractors.errors import UnreadableError, UsageError
from extractors.extract import papers_of
from extractors.intake import Received, files_of, receive
from extractors.model import Paper, Record
from extractors.reading import PaperReader


def case_files(folder: Path) -> list[Path]:
    """Return the files of a case.

    Raises:
        UsageError: The folder is missing, is no folder, or holds no file.
    """
    if not folder.exists():
        raise UsageError("没有找到申请材料的文件夹，什么也没有做。", "请核对路径。")
    if not folder.is_dir():
        raise UsageError(
            "给出的路径不是文件夹，什么也没有做。",
            "请给出一件申请材料的文件夹；单份文件用 zeromeet extract。",
        )
    files = files_of(folder)
    if not files:
        raise UsageError("申请材料的文件夹是空的，什么也没有做。", "请把材料放进去后重跑。")
    return files


class Found(Record):
    """One file of a case: its papers, or why it could not be read."""

    name: str
    received: Received | None = None
    papers: tuple[Paper, ...] = ()
    unreadable: Unreadable | None = None


def read_files(files: list[Path], folder: Path, reader: PaperReader) -> Iterator[Found]:
    """Yield what each file holds; bytes that came before under another name yield no paper again."""
    known: set[str] = set()
    for path in files:
        name = path.relative_to(folder).as_posix() if path != folder else path.name
        try:
            received = receive(path, name)
            papers = () if received.id in known else papers_of(received, reader)
            known.add(received.id)
            yield Found(name=name, received=received, papers=papers)
        except UnreadableError as error:
            why = Unreadable(file=name, code=error.code, message=error.message, remedy=error.advice)
            yield Found(name=name, unreadable=why)
