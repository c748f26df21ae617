"""The other side of the sandbox: a warm process that forks once per file.

Run as `python -m extractors.sandbox_child FD`. For each request on the socket it forks; the fork
limits itself, opens the one file it was given and writes its answer to the pipe it was given. What
a hostile file does to the fork ends with the fork.
"""

import json
import logging
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable
from typing import Any

from extractors.errors import MalformedError, PixelsError, UnreadableError
from extractors.readers import office, pdf_text, photo

Answer = tuple[Any, list[bytes]]
"""Plain data for JSON, and the blobs it speaks of in their order."""

TASKS: dict[str, Callable[..., Answer]] = {
    "pdf": pdf_text.read,
    "pdf_page": pdf_text.draw,
    "picture": photo.load,
    "xlsx": office.read_xlsx,
    "docx": office.read_docx,
}


def serve(requests: socket.socket) -> None:
    """Fork for each request until the program closes its end."""
    logging.disable(logging.CRITICAL)  # parsers report on papers to stderr, with words of the papers
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the program's to handle
    while True:
        message, descriptors, _, _ = socket.recv_fds(requests, 65536, 2)
        if not message:
            return
        pid = os.fork()
        if pid == 0:
            requests.close()
            _work(json.loads(message), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        requests.sendall(struct.pack("<q", pid))


def _work(request: dict[str, Any], file: int, out: int) -> None:
    """Carry out one request in this fork and end it."""
    try:
        _limit(request["memory"], request["seconds"])
        with os.fdopen(file, "rb") as stream:
            data, blobs = TASKS[request["task"]](stream, **request["options"])
        answer = {"data": data}
    except UnreadableError as error:
        answer, blobs = _refusal(error), []
    except MemoryError:
        answer, blobs = _refusal(PixelsError("打开这份文件需要的内存超过上限，没有读取。")), []
    except Exception:  # noqa: BLE001 - parsers raise anything on broken files; the text may hold personal data
        answer, blobs = _refusal(MalformedError("文件已损坏或不完整，没有读取。")), []
    _write(out, {**answer, "sizes": [len(b) for b in blobs]}, blobs)
    os._exit(0)


def _limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _refusal(error: UnreadableError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": error.message, "advice": error.advice}


def _write(out: int, head: dict[str, Any], blobs: list[bytes]) -> None:
    body = json.dumps(head, ensure_ascii=False).encode()
    with os.fdopen(out, "wb") as pipe:
        pipe.write(struct.pack("<q", len(body)) + body)
        for blob in blobs:
            pipe.write(blob)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
