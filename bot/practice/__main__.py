"""Serves the practice portal on a socket that the program has bound: DATABASE USER FD [FAULT...]."""

import os
import socket
import sys
from pathlib import Path

import uvicorn

from bot.practice.app import create_app


def main() -> None:
    """Serve until the program ends this process."""
    database, user, descriptor, *faults = sys.argv[1:]
    app = create_app(Path(database), user, os.environ.pop("ZEROMEET_PRACTICE_PASSWORD"), faults=faults)
    config = uvicorn.Config(app, log_level="error", access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(descriptor))])


if __name__ == "__main__":
    main()
