"""The other side of the sandbox: a warm process that forks once per file.

Run as `python -m extractors.sandbox_child FD`. For each request on the socket it forks; the fork
gives up all it does not need, opens the one file it was given and writes its answer to the pipe it was
given. What a hostile file does to the fork ends with the fork.
"""

import gc
import json
import logging
import os
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable, Sequence
from typing import IO, Any

import cv2

from extractors import confine
from extractors.errors import BombError, MalformedError, UnreadableError
from extractors.memory import keep_freed
from extractors.readers import office, pdf_text, photo

Answer = tuple[Any, Sequence[bytes | memoryview]]
"""Plain data for JSON, and the blobs it speaks of in their order."""

_GRACE = 5
"""Seconds after which a fork ends itself, should the program that watches it be gone."""

_ALLOCATIONS = 200_000
"""Objects made between two looks for dead cycles; a fork hardly lives long enough for the first."""
_OUT_OF_MEMORY = "打开这份文件需要的内存超过上限，没有读取。"


def walls(_: IO[bytes], *, own_network: bool) -> Answer:
    """Return what holds in this fork, as confine.Held."""
    try:
        socket.socket().close()
    except OSError:
        return [own_network, True], []
    return [own_network, False], []


TASKS: dict[str, Callable[..., Answer]] = {
    "pdf": pdf_text.read,
    "pdf_page": pdf_text.draw,
    "pdf_grey": pdf_text.draw_grey,
    "picture": photo.load,
    "xlsx": office.read_xlsx,
    "docx": office.read_docx,
    "walls": walls,
}


def serve(requests: socket.socket) -> None:
    """Fork for each request until the program closes its end."""
    own_network = _settle()
    while True:
        message, descriptors, _, _ = socket.recv_fds(requests, 65536, 2)
        if not message:
            return
        request = json.loads(message)
        if request["task"] == "walls":
            request["options"] = {"own_network": own_network}
        pid = os.fork()
        if pid == 0:
            requests.close()
            _work(request, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        requests.sendall(struct.pack("<q", pid))
        _, status, usage = os.wait4(pid, 0)
        requests.sendall(struct.pack("<qq", status, usage.ru_maxrss * 1024))


def _settle() -> bool:
    """Make ready what every fork inherits; return whether the network is out of reach."""
    logging.disable(logging.CRITICAL)  # parsers report on papers to stderr, with words of the papers
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)  # so do libraries in C
    os.close(nothing)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the program's to handle
    cv2.setNumThreads(1)  # a fork may not start threads
    own_network = confine.leave_the_network()
    keep_freed()
    pdf_text.warm_up()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    return own_network


def _work(request: dict[str, Any], file: int, out: int) -> None:
    """Carry out one request in this fork and end it."""
    try:
        _shut_in(request["memory"], request["seconds"], (file, out))
        with os.fdopen(file, "rb") as stream:
            data, blobs = TASKS[request["task"]](stream, **request["options"])
        answer = {"data": data}
    except UnreadableError as error:
        answer, blobs = _refusal(error), []
    except MemoryError:
        answer, blobs = _refusal(BombError(_OUT_OF_MEMORY)), []
    except Exception:  # noqa: BLE001 - parsers raise anything on broken files; the text may hold personal data
        answer, blobs = _refusal(MalformedError("文件已损坏或不完整，没有读取。")), []
    _write(out, {**answer, "sizes": [len(b) for b in blobs]}, blobs)
    os._exit(0)


def _shut_in(memory: int, seconds: int, kept: tuple[int, int]) -> None:
    """Leave this fork its file and its pipe, and nothing else of the machine."""
    os.setsid()
    signal.alarm(seconds + _GRACE)
    low, high = sorted(kept)
    for start, end in ((3, low), (low + 1, high), (high + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])):
        os.closerange(start, end)
    confine.limit(memory, seconds)
    confine.filter_calls()


def _refusal(error: UnreadableError) -> dict[str, Any]:
    return {"error": error.code, "message": error.message, "advice": error.advice}


def _write(out: int, head: dict[str, Any], blobs: Sequence[bytes | memoryview]) -> None:
    body = json.dumps(head, ensure_ascii=False).encode(errors="replace")  # papers may hold half a character
    with os.fdopen(out, "wb") as pipe:
        pipe.write(struct.pack("<q", len(body)) + body)
        for blob in blobs:
            pipe.write(blob)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
