"""A real PostgreSQL server on loopback for the tests, run as another user where we are root."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import text

from bot import database

USER = "zeromeet"


def binaries():
    """Return the folder of the server's programs, or None where it is not installed."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").is_file()), None)


@contextmanager
def running():
    """Run a server with a fresh database and yield it."""
    server = Server(binaries())
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


class Server:
    """One server; it may be stopped hard and started again."""

    def __init__(self, programs):
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="zeromeet-pg-"))
        self._port = _free_port()
        self._user = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
        if self._user:
            os.chown(self.folder, pwd.getpwnam("nobody").pw_uid, -1)
        self._process = None
        data = str(self.folder / "data")
        self._run("initdb", "--auth=trust", "-U", USER, "-E", "UTF8", "--locale=C", "-D", data)

    @property
    def address(self):
        """As ZEROMEET_DATABASE takes it."""
        return f"postgresql://{USER}@127.0.0.1:{self._port}/postgres"

    def emptied(self):
        """Drop everything in the database and return its address."""
        engine = database.connect(self.address)
        with engine.begin() as connection:
            for schema in ("dbos", "public"):
                connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        return self.address

    def start(self):
        """Start it and wait until it answers."""
        options = ["-h", "127.0.0.1", "-p", str(self._port), "-k", str(self.folder), "-N", "200"]
        self._process = subprocess.Popen(
            [self._programs / "postgres", "-D", self.folder / "data", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self._user,
        )
        until = time.monotonic() + 30
        while time.monotonic() < until and not self._answers():
            time.sleep(0.1)

    def stop(self, mode="immediate"):
        """End it as a crash does, without a goodbye to anyone."""
        self._run("pg_ctl", "stop", "-m", mode, "-w", "-D", str(self.folder / "data"))
        self._process.wait()

    def _answers(self):
        try:
            psycopg.connect(self.address, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program, *arguments):
        subprocess.run(
            [self._programs / program, *arguments], check=True, capture_output=True, cwd="/", **self._user
        )


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
