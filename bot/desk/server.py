"""The service as processes: one that answers, and the workers beside it, started again when they die."""

import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from bot.desk.app import make
from bot.settings import Settings
from extractors.errors import UsageError

DRAIN_S = 30
_AGAIN_S = 1.0
_MOST_CONNECTIONS = 1_000

_log = logging.getLogger(__name__)


def run(settings: Settings, host: str, port: int, workers: int, tell: Callable[[str], None]) -> None:
    """Serve until told to stop.

    Raises:
        UsageError: The port is taken.
    """
    listener = _listener(host, port)
    address = f"http://{host}:{listener.getsockname()[1]}"
    config = uvicorn.Config(
        make(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=DRAIN_S,
    )
    with crew(workers):
        tell(f"接口：{address}/v1  按 Ctrl+C 结束")
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def crew(count: int) -> Iterator[None]:
    """Keep so many workers running beside this process; they end with it."""
    stop = threading.Event()
    keepers = [threading.Thread(target=_keep, args=(stop,), daemon=True) for _ in range(count)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        stop.set()
        for keeper in keepers:
            keeper.join()


def _keep(stop: threading.Event) -> None:
    """Run one worker after another; each ends when its standard input does, also where we are killed."""
    while not stop.is_set():
        command = [sys.executable, "-m", "cli", "worker", "--with-parent"]
        with subprocess.Popen(command, stdin=subprocess.PIPE) as worker:  # noqa: S603 - our own program
            while worker.poll() is None and not stop.wait(0.2):
                pass
            if stop.is_set():
                return
        _log.warning("worker ended", extra={"status": worker.returncode})
        time.sleep(_AGAIN_S)


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UsageError(
            f"端口 {port} 已被占用或者不能使用，没有启动。", "请用 --port 换一个端口。"
        ) from error
    return listener
