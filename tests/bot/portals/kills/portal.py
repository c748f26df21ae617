"""The practice portal with a hall small enough to be filed in thousands: DATABASE FD [FAULT...]."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.practice.__main__ import serve
from bot.practice.app import create_app
from bot.practice.pages import hall
from bot.practice.server import HOST, stop, wait_until_up

HERE = Path(__file__).parent
MAP = HERE / "map.yaml"
HALL = "tiny"
USER, PASSWORD = "desk", "invented-4"
ROOT = HERE.parents[3]


@contextmanager
def running(database: Path, faults: Sequence[str]) -> Iterator[str]:
    """Run the portal as a process of its own and yield its address."""
    with socket.create_server((HOST, 0)) as listener:
        descriptor, port = listener.fileno(), listener.getsockname()[1]
        command = [sys.executable, "-m", "tests.bot.portals.kills.portal", database, str(descriptor), *faults]
        process = subprocess.Popen(command, cwd=ROOT, pass_fds=[descriptor])
    try:
        wait_until_up(process, f"http://{HOST}:{port}")
        yield f"http://{HOST}:{port}"
    finally:
        stop(process)


def main() -> None:
    """Serve until this process is ended."""
    database, descriptor, *faults = sys.argv[1:]
    offered = {HALL: hall(HERE / "hall.yaml")}
    serve(create_app(Path(database), USER, PASSWORD, faults=faults, offered=offered), int(descriptor))


if __name__ == "__main__":
    main()
