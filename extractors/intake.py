"""Files in: what a file is by its content, whether it may be opened, and its identity."""

import hashlib
import zipfile
from pathlib import Path

from extractors.errors import EmptyFileError, MalformedError, TooLargeError, UnreadableError, UnsupportedError
from extractors.model import Record

MAX_BYTES = 50 * 1024 * 1024
_HEAD = 1024

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = {"image/jpeg", "image/png", "image/tiff", "image/webp"}

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_OFFICE = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}


class Received(Record):
    """One file that passed the door: known type, allowed size."""

    id: str
    """SHA-256 of the bytes, in hex."""
    path: Path
    filename: str
    """As found under the folder handed in, with forward slashes."""
    media_type: str


def receive(path: Path, filename: str | None = None) -> Received:
    """Look at one file without opening it in any parser.

    Raises:
        UnreadableError: It is empty, too large, of a type that is not read, or cannot be opened.
    """
    try:
        data = _bytes(path)
    except OSError as error:
        raise UnreadableError(
            f"打不开这份文件（{error.strerror}），没有读取。", "请核对文件是否还在、是否有读取权限。"
        ) from error
    media_type = _media_type(path, data)
    name = filename or path.name
    return Received(id=hashlib.sha256(data).hexdigest(), path=path, filename=name, media_type=media_type)


def files_of(folder: Path) -> list[Path]:
    """Return the files of a case folder in a stable order; hidden files and folders are passed over."""
    found = (p for p in folder.rglob("*") if p.is_file() or p.is_symlink())
    visible = (p for p in found if not any(part.startswith(".") for part in p.relative_to(folder).parts))
    return sorted(p for p in visible if not p.is_symlink())


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise TooLargeError(f"文件大于 {MAX_BYTES // 1024 // 1024} MB，没有读取。")
    data = path.read_bytes()
    if not data:
        raise EmptyFileError("文件是空的（0 字节），没有可读的内容。")
    return data


def _media_type(path: Path, data: bytes) -> str:
    if b"%PDF-" in data[:_HEAD]:
        return PDF
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"PK\x03\x04"):
        return _office_type(path)
    raise _not_what_it_says(path)


def _office_type(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise MalformedError("文件已损坏（压缩结构不完整），没有读取。") from error
    for name, media_type in _OFFICE.items():
        if name in names:
            return media_type
    raise UnsupportedError(
        "这是压缩包，不是单份材料，没有读取。", "请解压后把其中的文件放进申请材料的文件夹。"
    )


def _not_what_it_says(path: Path) -> UnreadableError:
    suffix = path.suffix.lower()
    if suffix in {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".xlsx", ".docx"}:
        return MalformedError(f"文件名以 {suffix} 结尾，但内容不是这种格式，没有读取。")
    return UnsupportedError("无法识别文件的格式，没有读取。")
