"""Opens papers in a process of their own that can be killed by the clock.

A 600-byte PDF can keep a parser busy for ever, so limits inside the process are not enough: the
wall clock is watched from here. One warm process is kept; it forks once per file.
"""

import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from extractors import errors
from extractors.errors import (
    MalformedError,
    ReaderCrashedError,
    ReadingTimeoutError,
    TooLargeError,
    UnreadableError,
)

SECONDS = 10
MEMORY = 1536 * 1024 * 1024
MAX_ANSWER = 512 * 1024 * 1024


class Answer(NamedTuple):
    """What the sandbox found: plain data, and the blobs it speaks of in their order."""

    data: Any
    blobs: tuple[bytes, ...]


class Sandbox:
    """A warm process that forks for every file."""

    def __init__(self, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin loading the parsers without waiting for them."""
        if self._process is not None and self._process.poll() is None:
            return
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "extractors.sandbox_child", str(theirs.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
        theirs.close()
        self._socket = ours

    def close(self) -> None:
        """End the process."""
        if self._socket is not None and self._process is not None:
            self._socket.close()
            self._process.kill()
            self._process.wait()
        self._process = self._socket = None

    def run(self, task: str, path: Path, **options: Any) -> Answer:
        """Carry out one task of sandbox_child.TASKS on one file.

        Raises:
            UnreadableError: The task refused the file, crashed on it or took longer than the limit.
        """
        reading, writing = os.pipe()
        try:
            pid = self._ask(task, path, options, writing)
        finally:
            os.close(writing)
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            raw = _drain(pipe.fileno(), pid, time.monotonic() + self._seconds)
        return _parse(raw)

    def _ask(self, task: str, path: Path, options: dict[str, Any], writing: int) -> int:
        request = {"task": task, "options": options, "memory": self._memory, "seconds": self._seconds}
        for _ in range(2):
            self.start()
            assert self._socket is not None  # noqa: S101 - start() has just set it
            try:
                with path.open("rb") as file:
                    socket.send_fds(self._socket, [json.dumps(request).encode()], [file.fileno(), writing])
                    return int(struct.unpack("<q", self._socket.recv(8, socket.MSG_WAITALL))[0])
            except (BrokenPipeError, ConnectionError, struct.error):
                self.close()
        raise ReaderCrashedError("打开文件的隔离进程无法启动，没有读取。")


def _drain(descriptor: int, pid: int, deadline: float) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            _kill(pid)
            raise ReadingTimeoutError("读取这份文件超过时间上限，已停止。")
        chunk = os.read(descriptor, 1 << 20)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_ANSWER:
            _kill(pid)
            raise TooLargeError("这份文件展开后的内容超过上限，已停止读取。")


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _parse(raw: bytes) -> Answer:
    """Take an answer apart; what comes from the sandbox is not trusted to be well formed."""
    try:
        (length,) = struct.unpack("<q", raw[:8])
        head = json.loads(raw[8 : 8 + length])
        sizes = [int(s) for s in head["sizes"]]
    except (struct.error, ValueError, KeyError) as error:
        raise MalformedError("读取程序在这份文件上意外退出，没有读取。") from error
    if "error" in head:
        kind = getattr(errors, head["error"], UnreadableError)
        raise kind(head["message"], head["advice"])
    blobs, start = [], 8 + length
    for size in sizes:
        blobs.append(raw[start : start + size])
        start += size
    return Answer(head["data"], tuple(blobs))
