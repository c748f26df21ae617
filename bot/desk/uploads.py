"""An upload straight from the wire to the disk: nothing is kept in memory, and nothing is named by its sender.

Only what is whole and on disk counts; whatever ends an upload early leaves nothing behind.
"""

import asyncio
import hashlib
import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import IO, Any

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from bot.desk import limits
from bot.desk.problems import Problem
from bot.engine.model import Upload
from extractors.intake import MAX_BYTES
from extractors.model import Record

FILES, METADATA = "files", "metadata"
_LONGEST_LABEL = 255
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class Parcel(Record):
    """What one request brought."""

    uploads: tuple[Upload, ...]
    metadata: dict[str, Any] = {}

    @property
    def hash(self) -> str:
        """Of everything that makes it this request and no other."""
        said = [[(u.label, u.sha256) for u in self.uploads], self.metadata]
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


async def received(request: Request, folder: Path) -> Parcel:
    """Stream a request's files into a new folder and return them when they are on disk.

    Args:
        request: A multipart form.
        folder: Made here; taken away again where the upload fails.

    Raises:
        Problem: The form is not as it should be, too large or too slow.
    """
    if int(request.headers.get("content-length") or 0) > limits.MOST_BYTES + limits.MOST_METADATA:
        raise Problem("too_large")
    _make(folder)  # a moment's work, unlike waiting for the disk
    form = _Form(folder)
    try:
        parser = _parser(request, form)
        async with asyncio.timeout(limits.LONGEST_UPLOAD_S):
            async for chunk in _chunks(request):
                parser.write(chunk)
        parser.finalize()
        parcel = form.parcel()
        await run_in_threadpool(durable, folder)
    except BaseException as error:
        form.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise _problem(error) from error
    return parcel


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True)


def durable(folder: Path) -> None:
    """Wait until a folder's files, and the folder's own name, are on disk."""
    for path in (*folder.iterdir(), folder, folder.parent, folder.parent.parent):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


class _Form:
    """Takes the parts of a form as the parser finds them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uploads: list[Upload] = []
        self._metadata = bytearray()
        self._header: list[bytearray] = []
        self._disposition = b""
        self._name = self._label = ""
        self._file: IO[bytes] | None = None
        self._digest = hashlib.sha256()
        self._size = self._total = 0
        self._has_metadata = self._is_whole = False

    def begin(self) -> None:
        self._disposition, self._header = b"", []
        self._digest, self._size = hashlib.sha256(), 0

    def header_field(self, data: bytes, start: int, end: int) -> None:
        if not self._header or len(self._header) == 2:
            self._header = [bytearray()]
        self._header[0] += data[start:end]

    def header_value(self, data: bytes, start: int, end: int) -> None:
        if len(self._header) == 1:
            self._header.append(bytearray())
        self._header[1] += data[start:end]

    def header_end(self) -> None:
        if len(self._header) == 2 and self._header[0].lower() == b"content-disposition":
            self._disposition = bytes(self._header[1])

    def headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = _text(options.get(b"name", b""))
        label = options.get(b"filename")
        if self._name == FILES and label is not None:
            self._open(_text(label))
        elif self._name != METADATA or label is not None or self._has_metadata:
            raise Problem("invalid", "表单只能有 files（文件，可以多个）和一个 metadata（JSON）。")
        self._has_metadata |= self._name == METADATA

    def data(self, data: bytes, start: int, end: int) -> None:
        piece = data[start:end]
        self._size += len(piece)
        self._total += len(piece)
        most = MAX_BYTES if self._file else limits.MOST_METADATA
        if self._size > most or self._total > limits.MOST_BYTES:
            raise Problem(
                "too_large", f"单份文件不超过 {MAX_BYTES // 1024 // 1024} MB。" if self._file else ""
            )
        if self._file is None:
            self._metadata += piece
            return
        self._digest.update(piece)
        self._file.write(piece)

    def part_end(self) -> None:
        if self._file is None:
            return
        self._file.close()
        file = Path(self._file.name).name
        self._file = None
        self._uploads.append(
            Upload(file=file, label=self._label, sha256=self._digest.hexdigest(), size=self._size)
        )

    def end(self) -> None:
        self._is_whole = True

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def parcel(self) -> Parcel:
        """Return what came, once all of it has."""
        if not self._is_whole:
            raise Problem("invalid", "表单不完整，没有收件。")
        if not self._uploads:
            raise Problem("invalid", "表单里没有文件，没有收件。")
        return Parcel(uploads=tuple(self._uploads), metadata=_json(bytes(self._metadata)))

    def _open(self, label: str) -> None:
        if len(self._uploads) >= limits.MOST_FILES:
            raise Problem("too_large", f"一次不超过 {limits.MOST_FILES} 份文件。")
        self._label = label[-_LONGEST_LABEL:]
        ending = _ENDING.search(label)
        name = f"{len(self._uploads) + 1:03d}{ending[0].lower() if ending else ''}"
        self._file = (self._folder / name).open("xb")


def _parser(request: Request, form: _Form) -> MultipartParser:
    kind, options = parse_options_header(request.headers.get("content-type") or "")
    if kind != b"multipart/form-data" or not 0 < len(options.get(b"boundary", b"")) <= 70:
        raise Problem("media_type", "请用 multipart/form-data 提交。")
    return MultipartParser(
        options[b"boundary"],
        {
            "on_part_begin": form.begin,
            "on_header_field": form.header_field,
            "on_header_value": form.header_value,
            "on_header_end": form.header_end,
            "on_headers_finished": form.headers_finished,
            "on_part_data": form.data,
            "on_part_end": form.part_end,
            "on_end": form.end,
        },
    )


async def _chunks(request: Request) -> AsyncIterator[bytes]:
    """Yield the body's pieces; a sender that falls silent is not waited for."""
    pieces = request.stream().__aiter__()
    while True:
        try:
            async with asyncio.timeout(limits.LONGEST_PAUSE_S):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        yield piece


def _problem(error: BaseException) -> BaseException:
    """Return what the sender is told; what is no fault of theirs stays as it is."""
    if isinstance(error, TimeoutError):
        return Problem("upload_slow")
    if isinstance(error, MultipartParseError | ClientDisconnect):
        return Problem("invalid", "表单不完整或者写法不对，没有收件。")
    if isinstance(error, OSError):
        return Problem("unavailable", retry_after=30)
    return error


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\x00", "")


def _json(raw: bytes) -> dict[str, Any]:
    try:
        said = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        raise Problem("invalid", "metadata 不是 JSON，没有收件。") from None
    if not isinstance(said, dict):
        raise Problem("invalid", "metadata 不是 JSON 对象，没有收件。")
    return said
