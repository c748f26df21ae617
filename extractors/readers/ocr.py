"""Pictures to lines: a warm OCR process, asked one picture at a time and killed where it hangs."""

import multiprocessing
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from extractors.errors import ReaderCrashedError, ReadingTimeoutError
from extractors.readers import models
from extractors.readers.ocr_child import Reading, Recognition, serve

START_LIMIT_S = 60.0
PICTURE_LIMIT_S = 60.0
"""Wall clock for one picture; a full A4 page takes 2 to 4 seconds."""

RENEWED_AFTER = 250
"""Answers after which a fresh process takes over: what an engine keeps for each new shape of line adds up."""
MOST_MEMORY = 1000 * 1024 * 1024
"""Bytes held after an answer from which a fresh process takes over at once."""

_spawn = multiprocessing.get_context("spawn")


class OcrProcess:
    """The program's side of the OCR process; started by the first picture, or by start()."""

    def __init__(self, home: Path, threads: int | None = None, renewed_after: int = RENEWED_AFTER) -> None:
        self._home = home
        self._renewed_after = renewed_after
        self._answers = 0
        self._threads = threads or os.cpu_count() or 1
        self._process: Any = None
        self._pipe: Any = None
        self._ready = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin loading the models without waiting for them.

        Raises:
            ModelMissingError: The models are not installed.
        """
        if self._process is not None:
            return
        folder = models.prepare(self._home)
        self._pipe, theirs = _spawn.Pipe()
        args = (theirs, folder, self._home / "paddlex", self._threads)
        self._process = _spawn.Process(target=serve, args=args, daemon=True, name="zeromeet-ocr")
        self._process.start()
        theirs.close()
        self._ready = False
        self._answers = 0

    def read(self, picture: np.ndarray) -> Recognition:
        """Read one picture (height × width × 3, RGB, uint8).

        Raises:
            ReadingTimeoutError: It took longer than PICTURE_LIMIT_S.
            ReaderCrashedError: The process died twice on this picture.
        """
        answer = self._asked(picture)
        assert isinstance(answer, Recognition)  # noqa: S101 - the child is our own code
        return answer

    def read_lines(self, crops: list[np.ndarray]) -> list[Reading]:
        """Read pictures of one upright line each, without looking for lines in them.

        Raises:
            ReadingTimeoutError: It took longer than PICTURE_LIMIT_S.
            ReaderCrashedError: The process died twice on these pictures.
        """
        answer = self._asked(crops)
        assert isinstance(answer, list)  # noqa: S101 - the child is our own code
        return answer

    def _asked(self, request: np.ndarray | list[np.ndarray]) -> object:
        for _ in range(2):
            try:
                self._wait_until_ready()
                self._send(request)
                return self._answer()
            except (EOFError, OSError):  # the process died: once may be chance
                self.close()
        raise ReaderCrashedError("文字识别进程在同一页上两次意外退出，该页没有读取。")

    def _send(self, request: np.ndarray | list[np.ndarray]) -> None:
        """Send pictures as plain bytes: pickling would copy each of them three times."""
        pictures = request if isinstance(request, list) else [request]
        shapes = [picture.shape for picture in pictures]
        self._pipe.send(shapes if isinstance(request, list) else shapes[0])
        for picture in pictures:
            self._pipe.send_bytes(np.ascontiguousarray(picture).data.cast("B"))

    def close(self) -> None:
        """End the process; the next picture starts a new one."""
        if self._process is None:
            return
        self._pipe.close()
        self._process.join(timeout=0.2)
        self._process.kill()
        self._process.join()
        self._process = self._pipe = None

    def _wait_until_ready(self) -> None:
        self.start()
        if self._ready:
            return
        if not self._pipe.poll(START_LIMIT_S):
            self.close()
            raise ReaderCrashedError("文字识别进程没有在限定时间内启动。")
        self._pipe.recv()
        self._ready = True

    def _answer(self) -> object:
        if not self._pipe.poll(PICTURE_LIMIT_S):
            self.close()
            raise ReadingTimeoutError(f"识别一页超过 {PICTURE_LIMIT_S:.0f} 秒，已停止。")
        answer: object = self._pipe.recv()
        self._answers += 1
        if self._answers >= self._renewed_after or resident(self._process.pid) > MOST_MEMORY:
            self.close()
            self.start()
        return answer


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
