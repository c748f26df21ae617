"""The practice portal as a process of its own, on this machine only."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from bot.errors import PortalUnavailableError

START_LIMIT_S = 20.0
HOST = "127.0.0.1"


@contextmanager
def running(
    database: Path, user: str, password: str, *, faults: Sequence[str] = (), port: int = 0
) -> Iterator[str]:
    """Run the portal and yield its address, without a closing slash.

    Raises:
        PortalUnavailableError: It does not answer within START_LIMIT_S.
    """
    process, base = start(database, user, password, faults=faults, port=port)
    try:
        wait_until_up(process, base)
        yield base
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the portal; one that does not listen is killed."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start(
    database: Path, user: str, password: str, *, faults: Sequence[str] = (), port: int = 0
) -> tuple[subprocess.Popen[bytes], str]:
    """Start the portal and return its process and address at once; it may not answer yet."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise PortalUnavailableError(
            f"练习门户的端口 {port} 已被占用，没有启动。", "请用 --port 换一个端口。"
        ) from error
    # The password goes by the environment, which other users cannot read, and not by the arguments.
    environment = os.environ | {"ZEROMEET_PRACTICE_PASSWORD": password}
    command = [sys.executable, "-m", "bot.practice", str(database), user, str(listener.fileno()), *faults]
    process = subprocess.Popen(  # noqa: S603 - our own program
        command,
        env=environment,
        pass_fds=[listener.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://{HOST}:{listener.getsockname()[1]}"
    listener.close()
    return process, address


def wait_until_up(process: subprocess.Popen[bytes], base: str) -> None:
    """Return when the portal answers.

    Raises:
        PortalUnavailableError: It ended, or does not answer within START_LIMIT_S.
    """
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{base}/healthz", timeout=1, trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise PortalUnavailableError("练习门户没有启动起来。")
