"""Serves the practice portal on a socket that the program has bound: DATABASE USER FD [FAULT...]."""

import os
import socket
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bot.practice.app import create_app
from bot.practice.trouble import with_transport


def main() -> None:
    """Serve until the program ends this process."""
    database, user, descriptor, *faults = sys.argv[1:]
    app = create_app(Path(database), user, os.environ.pop("ZEROMEET_PRACTICE_PASSWORD"), faults=faults)
    serve(app, int(descriptor))


def serve(app: FastAPI, descriptor: int) -> None:
    """Serve the portal on a bound socket until this process is ended."""
    # Half an answer is no error here but a fault that was asked for.
    config = uvicorn.Config(with_transport(app), log_level="critical", access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main()
