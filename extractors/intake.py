"""Files in: what a file is by its content, whether it may be opened, and its identity.

An archive is opened one level deep into a private folder that goes with the last paper in it.
"""

import contextlib
import hashlib
import io
import re
import shutil
import stat
import struct
import tempfile
import time
import weakref
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ConfigDict, Field

from extractors.errors import (
    EmptyFileError,
    EncryptedError,
    MalformedError,
    TooLargeError,
    UnreadableError,
    UnsupportedError,
)
from extractors.model import Record

MAX_BYTES = 50 * 1024 * 1024
MAX_MEMBERS = 200
"""Papers in one archive."""
MAX_UNPACKED = 200 * 1024 * 1024
"""Bytes of one archive's papers together, counted while they are read."""
_HEAD = 1024
_CHUNK = 64 * 1024
_LARGEST_READ = 1024 * 1024
"""The directory of an archive of MAX_MEMBERS takes a fraction of this; a larger one is made to hurt."""

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
HEIC = "image/heic"
BMP = "image/bmp"
PICTURES = {"image/jpeg", "image/png", "image/tiff", "image/webp", HEIC, BMP}

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}
"""Lengths of the header that follows "BM": two letters alone say too little."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OFFICE = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
_ONE_PAPER = {"OFD.xml", "[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}
"""A ZIP that holds one of these is a single document of a type that is not read."""
_SUFFIXES = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif", ".bmp"}
_ZIPPED_SUFFIXES = {".xlsx", ".docx", ".zip"}

_NO_PAPER = {"__macosx", "thumbs.db", "desktop.ini"}
"""What systems leave beside files; like hidden files it is never a paper."""
_BROKEN = (zlib.error, struct.error, EOFError, ValueError, OSError)
"""What zipfile raises on a broken archive beside its own errors."""
_UNPACKED = "zeromeet-unpacked-"
_STALE_S = 24 * 60 * 60


class Folder:
    """A private folder that goes when nothing refers to it any more, at the latest with the program."""

    def __init__(self) -> None:
        _remove_stale()
        self.path = Path(tempfile.mkdtemp(prefix=_UNPACKED))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


class Received(Record):
    """One file that passed the door: known type, allowed size."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    id: str
    """SHA-256 of the bytes, in hex."""
    path: Path
    filename: str
    """As found under the folder handed in, with forward slashes; below an archive as archive.zip/name."""
    media_type: str
    folder: Folder | None = Field(default=None, exclude=True, repr=False)
    """Of a member of an archive: what keeps its path in being."""


class Refused(NamedTuple):
    """One file that did not pass the door, or one member of an archive."""

    filename: str
    error: UnreadableError


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
    name = filename or path.name
    media_type = _media_type(path, data, Path(name).suffix.lower())
    return Received(id=hashlib.sha256(data).hexdigest(), path=path, filename=name, media_type=media_type)


def receive_all(path: Path, filename: str) -> Iterator[Received | Refused]:
    """Yield a file, or in place of an archive its members; what cannot be read is yielded with its reason."""
    try:
        received = receive(path, filename)
        if received.media_type == ZIP:
            yield from _members(received)
        else:
            yield received
    except UnreadableError as error:
        yield Refused(filename, error)


def files_of(folder: Path) -> list[Path]:
    """Return the files of a case folder in a stable order; hidden files and folders are passed over."""
    found = (p for p in folder.rglob("*") if p.is_file() or p.is_symlink())
    visible = (p for p in found if _may_be_paper(p.relative_to(folder).parts))
    return sorted(p for p in visible if not p.is_symlink())


def _may_be_paper(parts: Iterable[str]) -> bool:
    return not any(part.startswith((".", "~$")) or part.lower() in _NO_PAPER for part in parts)


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise _too_large()
    data = path.read_bytes()
    if not data:
        raise EmptyFileError("文件是空的（0 字节），没有可读的内容。")
    return data


def _too_large() -> TooLargeError:
    return TooLargeError(f"文件大于 {MAX_BYTES // 1024 // 1024} MB，没有读取。")


def _media_type(path: Path, data: bytes, suffix: str) -> str:
    if data.startswith(b"PK\x03\x04"):  # first: a PDF may lie in the first bytes of an archive
        return _zip_type(path)
    if b"%PDF-" in data[:_HEAD]:
        return PDF
    known = next((media_type for magic, media_type in _MAGIC if data.startswith(magic)), None)
    if known is None:
        known = _picture_type(data)
    if known is None:
        raise _not_what_it_says(data, suffix)
    return known


def _picture_type(data: bytes) -> str | None:
    """Tell the formats that say what they are beside their first bytes."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return BMP
    if data[4:8] == b"ftyp":
        return _heic(data)
    return None


def _heic(data: bytes) -> str | None:
    """Tell HEIC from its siblings by the brands: mif1 alone says no codec."""
    length = min(int.from_bytes(data[:4], "big"), _HEAD)
    brands = {data[at : at + 4] for at in (8, *range(16, length, 4))}
    if brands & _AVIF_BRANDS and not brands & (_HEIC_BRANDS - {b"mif1", b"msf1"}):
        raise UnsupportedError("这是 AVIF 图片，不在可读的格式之内，没有读取。")
    return HEIC if brands & _HEIC_BRANDS else None


def _old_office(data: bytes) -> UnreadableError:
    """Return why a compound file is not read: a password makes one of a new Office file, or it is an old one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return EncryptedError("文件有密码，没有读取。")
    return UnsupportedError(
        "这是旧版 Office 文件（.doc、.xls、.wps 等），没有读取。", "请另存为 .docx、.xlsx 或 PDF 后重新上传。"
    )


def _not_what_it_says(data: bytes, suffix: str) -> UnreadableError:
    if data.startswith(b"PK\x05\x06"):
        return UnsupportedError("压缩包里没有文件，没有读取。", "请核对压缩包后重新上传。")
    if data.startswith(_OLE):
        return _old_office(data)
    if suffix in _SUFFIXES | _ZIPPED_SUFFIXES:
        return MalformedError(f"文件名以 {suffix} 结尾，但内容不是这种格式，没有读取。")
    return UnsupportedError("无法识别文件的格式，没有读取。")


def _zip_type(path: Path) -> str:
    with _archive(path) as archive:
        names = set(archive.namelist())
    for name, media_type in _OFFICE.items():
        if name in names:
            return media_type
    if "OFD.xml" in names:
        raise UnsupportedError("这是 OFD 版式文件，没有读取。", "请用 OFD 阅读器另存为 PDF 后重新上传。")
    if names & _ONE_PAPER:
        raise UnsupportedError("这种文档不在可读的格式之内，没有读取。")
    return ZIP


class _Measured(io.FileIO):
    """A file that is never read in one large piece, whatever lengths an archive claims."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:
            return super().read(_LARGEST_READ)
        if size > _LARGEST_READ:
            raise TooLargeError(
                f"压缩包里超过 {MAX_MEMBERS} 个文件，没有读取。", "请分成几个压缩包后重新上传。"
            )
        return super().read(size)


@contextlib.contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(stack.enter_context(_Measured(path))))
        except (zipfile.BadZipFile, NotImplementedError, *_BROKEN) as error:
            raise MalformedError("文件已损坏（压缩结构不完整），没有读取。") from error
        yield archive


def _members(received: Received) -> Iterator[Received | Refused]:
    with _archive(received.path) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        papers = [(e, parts) for e in entries if _may_be_paper(parts := _parts(e))]
        if not papers:
            raise UnsupportedError("压缩包里没有可读的文件，没有读取。", "请核对压缩包后重新上传。")
        if len(papers) > MAX_MEMBERS:
            raise TooLargeError(
                f"压缩包里有 {len(papers)} 个文件，超过 {MAX_MEMBERS} 个的上限，没有读取。",
                "请分成几个压缩包后重新上传。",
            )
        unpacking = _Unpacking(archive)
        for entry, parts in papers:
            name = "/".join((received.filename, *parts))
            try:
                yield unpacking.receive(entry, name)
            except UnreadableError as error:
                yield Refused(name, error)


class _Unpacking:
    """Copies members out of one archive; what all of them together may take is counted here."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._folder = Folder()
        self._left = MAX_UNPACKED
        self._count = 0

    def receive(self, entry: zipfile.ZipInfo, name: str) -> Received:
        """Return one member as a file; only its label comes from the archive, never its path."""
        _check(entry)
        self._count += 1
        path = self._folder.path / str(self._count)
        try:
            self._copy(entry, path)
            received = receive(path, name)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        if received.media_type == ZIP:
            path.unlink()
            raise UnsupportedError(
                "压缩包里又有压缩包，里面的一层没有读取。", "请解压后把其中的文件重新上传。"
            )
        return received.model_copy(update={"folder": self._folder})

    def _copy(self, entry: zipfile.ZipInfo, path: Path) -> None:
        try:
            with self._archive.open(entry) as source, path.open("xb") as target:
                size = 0
                while chunk := source.read(_CHUNK):
                    size += len(chunk)
                    self._left -= len(chunk)
                    self._refuse_over(size)
                    target.write(chunk)
        except (zipfile.BadZipFile, NotImplementedError, *_BROKEN) as error:
            raise MalformedError("压缩包里的这份文件已损坏，没有读取。") from error

    def _refuse_over(self, size: int) -> None:
        if size > MAX_BYTES:
            raise _too_large()
        if self._left < 0:
            raise TooLargeError(
                f"压缩包展开后大于 {MAX_UNPACKED // 1024 // 1024} MB，这份及以后的文件没有读取。",
                "请分成几个压缩包后重新上传。",
            )


def _check(entry: zipfile.ZipInfo) -> None:
    """Refuse a member by what the directory says of it.

    There is no limit on the ratio: a blank page as BMP honestly shrinks a thousandfold, and Deflate, the
    only method that is opened, can do no more. Other methods may ask for gigabytes of memory.
    """
    if entry.flag_bits & 0x1:
        raise EncryptedError("压缩包里的这份文件有密码，没有读取。")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnsupportedError("压缩包里的这一项只是指向别处的链接，没有读取。")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnsupportedError("压缩方法不在可读的范围之内，没有读取。", "请用普通 ZIP 方式重新压缩。")
    if entry.file_size > MAX_BYTES:
        raise _too_large()


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return a member's name as a label: no way up, no drive, nothing that a screen would obey."""
    parts = re.split(r"[/\\]|^[A-Za-z]:", _decoded(entry))
    shown = ("".join(c if c.isprintable() or c == "\u3000" else "�" for c in part) for part in parts)
    return tuple(part[-80:] for part in shown if part not in {"", ".", ".."})[-8:] or ("�",)


def _decoded(entry: zipfile.ZipInfo) -> str:
    """Return the name as its maker meant it: Windows writes Chinese names as GBK and says nothing of it."""
    name = entry.orig_filename
    if entry.flag_bits & 0x800 or name.isascii():
        return name
    raw = name.encode("cp437")
    for encoding, first in (("utf-8", "\u0800"), ("gb18030", "")):  # Latin by chance is Chinese by intent
        with contextlib.suppress(UnicodeDecodeError):
            text = raw.decode(encoding)
            if max(text) >= first:
                return text
    return name


def _remove_stale() -> None:
    """Remove what a killed run left behind; a day is longer than any run keeps its folder."""
    for path in Path(tempfile.gettempdir()).glob(f"{_UNPACKED}*"):
        with contextlib.suppress(OSError):
            if path.lstat().st_mtime < time.time() - _STALE_S:
                shutil.rmtree(path, ignore_errors=True)
