"""Opens papers in a process of their own that can be killed by the clock.

A 600-byte PDF can keep a parser busy for ever, so limits inside the process are not enough: the
wall clock is watched from here. One warm process is kept; it forks once per file. What a fork answers
is believed as little as the file it opened.
"""

import fcntl
import json
import math
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from extractors import answers
from extractors.answers import Answer
from extractors.confine import Held
from extractors.errors import (
    MalformedError,
    ParserCrashedError,
    ReaderCrashedError,
    ReadingTimeoutError,
    TooLargeError,
)

SECONDS = 10
"""Wall clock for one task."""
FILE_SECONDS = 20
PAGE_SECONDS = 0.5
"""What all tasks of one file may take together, reading and drawing: so much, and so much more for each page.

A page takes 0.05 to 0.2 seconds. A paper of one page has 20.5 seconds, one of twenty has 30, and the longest
file that is read, of 100 pages, 70; by the limit of the tasks alone it could take a quarter of an hour.
"""
MEMORY = 1536 * 1024 * 1024
MAX_ANSWER = 512 * 1024 * 1024
_PIPE_SIZE = 1024 * 1024
"""Bytes; the most that Linux lets everyone have."""
_PATIENCE = 60.0
"""Seconds for the warm process to load its parsers on a busy machine."""

__all__ = ["MEMORY", "SECONDS", "Answer", "Sandbox"]


class _Ending(NamedTuple):
    """How a fork ended."""

    status: int
    peak: int


class Sandbox:
    """A warm process that forks for every file.

    Args:
        seconds: Wall clock for one task.
        memory: Bytes of address space for one task.
    """

    def __init__(self, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._left: dict[str, float] = {}
        """Seconds that each file may still take."""
        self._at_hand: str | None = None
        """The file whose time is counted; None where it is not."""
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self.peak = 0
        """Bytes of memory that the last task held at most."""

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
        self.close()
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "extractors.sandbox_child", str(theirs.fileno())]
        # One thread: only then may a process leave the network, and fork without harm.
        alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(  # noqa: S603
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=alone
        )
        theirs.close()
        ours.settimeout(_PATIENCE)
        self._socket = ours

    def close(self) -> None:
        """End the process."""
        if self._socket is not None and self._process is not None:
            self._socket.close()
            self._process.kill()
            self._process.wait()
        self._process = self._socket = None

    def held(self) -> Held:
        """Tell which walls this machine's kernel puts up around the process that opens papers."""
        return Held(*self.run("walls", Path(os.devnull)).data)

    @contextmanager
    def one_file(self, file: str, *, anew: bool = False) -> Iterator[None]:
        """Count the time of all tasks inside against what one file may take.

        Args:
            file: Its identity.
            anew: It has its whole time; otherwise it goes on with what it left when it was last at hand.
        """
        if anew or file not in self._left:
            self._left[file] = FILE_SECONDS
        outer, self._at_hand = self._at_hand, file
        try:
            yield
        finally:
            self._at_hand = outer

    def grant(self, pages: int) -> None:
        """Let the file at hand take longer for its pages."""
        assert self._at_hand is not None  # noqa: S101 - only one_file() knows of pages
        self._left[self._at_hand] += PAGE_SECONDS * pages

    def run(self, task: str, path: Path, **options: Any) -> Answer:
        """Carry out one task of sandbox_child.TASKS on one file.

        Raises:
            UnreadableError: The task refused the file, crashed on it or took longer than the limit, or
                what the file may take in all is used up.
            ReaderCrashedError: The warm process cannot be started.
        """
        reading, writing = _pipe()
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            try:
                pid = self._ask(task, path, options, writing)
            finally:
                os.close(writing)
            with self._clock() as deadline:
                try:
                    raw = _drain(pipe.fileno(), deadline)
                finally:
                    _kill(pid)  # a fork that has answered has nothing left to do
                    ending = self._ending()
        return _parsed(task, raw, ending)

    @contextmanager
    def _clock(self) -> Iterator[float]:
        """Yield when the task must have answered, and charge its file; loading parsers is charged to none."""
        start = time.monotonic()
        file = self._at_hand
        left = math.inf if file is None else self._left[file]
        try:
            yield start + min(self._seconds, left)
        finally:
            if file is not None:
                self._left[file] = left - (time.monotonic() - start)

    def _ask(self, task: str, path: Path, options: dict[str, Any], writing: int) -> int:
        request = {"task": task, "options": options, "memory": self._memory, "seconds": self._seconds}
        for _ in range(2):
            self.start()
            assert self._socket is not None  # noqa: S101 - start() has just set it
            with path.open("rb") as file, suppress(OSError, struct.error):
                socket.send_fds(self._socket, [json.dumps(request).encode()], [file.fileno(), writing])
                return int(struct.unpack("<q", self._socket.recv(8, socket.MSG_WAITALL))[0])
            self.close()
        raise ReaderCrashedError("打开文件的隔离进程无法启动，没有读取。")

    def _ending(self) -> _Ending | None:
        """Return how the fork ended; None where the warm process died with it."""
        assert self._socket is not None  # noqa: S101 - a fork was asked for on it
        try:
            ending = _Ending(*struct.unpack("<qq", self._socket.recv(16, socket.MSG_WAITALL)))
        except (OSError, struct.error):
            self.close()
            return None
        except BaseException:  # Ctrl+C: the next answer would be taken for this one
            self.close()
            raise
        self.peak = ending.peak
        return ending


def _pipe() -> tuple[int, int]:
    """Return a pipe's ends; a drawn page goes through it in four pieces instead of sixty, where that is allowed."""
    reading, writing = os.pipe()
    with suppress(AttributeError, OSError):
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_SIZE)
    return reading, writing


def _drain(descriptor: int, deadline: float) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise ReadingTimeoutError("读取这份文件超过时间上限，已停止。")
        chunk = os.read(descriptor, 1 << 20)
        if not chunk:
            return b"".join(chunks)
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_ANSWER:
            raise TooLargeError("这份文件展开后的内容超过上限，已停止读取。")


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


def _parsed(task: str, raw: bytes, ending: _Ending | None) -> Answer:
    try:
        return answers.parse(task, raw)
    except answers.BrokenAnswerError as error:
        if ending is None or os.WIFSIGNALED(ending.status):
            raise ParserCrashedError("打开这份文件的程序意外中止，没有读取。") from error
        raise MalformedError("读取程序在这份文件上意外退出，没有读取。") from error
