"""How many uploads a second the service takes with every one on disk before its 202, and whether a kill loses any.

Run: python -m tests.bench.intake [--rate 120] [--seconds 60] [--kill]
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import httpx

from bot import database, settings
from bot.desk.keys import Keys, Scope
from bot.engine.cases import create_tables

SIZE = 50_000
CONNECTIONS = 24
BOUNDARY = "zeromeet"
ROOT = Path(settings.__file__).parents[1]


class Result(NamedTuple):
    """What one run found."""

    accepted: int
    refused: int
    per_second: float
    p50_ms: float
    p99_ms: float
    lost: int
    """Acknowledged, and not there whole afterwards."""


class Service:
    """`zeromeet serve` without workers, as a process that can be killed."""

    def __init__(self, home):
        self._environment = os.environ | {
            "ZEROMEET_HOME": str(home),
            "ZEROMEET_RATE": "100000",
            "PYTHONPATH": str(ROOT),
        }
        self._database = f"sqlite:///{home / 'zeromeet.sqlite'}"
        self._environment.pop("ZEROMEET_DATABASE", None)
        self.files = home / "served"
        self.port = _free_port()
        self.process = None

    def start(self):
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", "cli", "serve", "--workers", "0", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, env=self._environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2, trust_env=False)
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return

    def key(self):
        """Make a key that may submit and read."""
        engine = database.connect(self._database)
        create_tables(engine)
        made = Keys(engine).create("bench", frozenset(Scope), None)
        engine.dispose()
        return made.secret

    def kept(self):
        """Return the cases of the database whose files lie there whole."""
        with closing(sqlite3.connect(self._database.removeprefix("sqlite:///"))) as connection:
            rows = connection.execute('SELECT "case", file, size FROM upload').fetchall()
        return {
            case for case, file, size in rows if (self.files / case / "papers" / file).stat().st_size == size
        }


class Load:
    """Sends uploads at an even rate over some connections."""

    def __init__(self, port, key, rate):
        self._port, self._key, self._rate = port, key, rate
        self._paper = os.urandom(SIZE)
        self.accepted, self.refused, self.times = [], 0, []

    async def run(self, seconds):
        """Send for so long; a connection that breaks is made anew."""
        self._start = time.monotonic()
        self._turns = iter(range(int(self._rate * seconds)))
        await asyncio.gather(*(self._one() for _ in range(CONNECTIONS)))

    async def _one(self):
        wire = None
        for turn in self._turns:
            due = self._start + turn / self._rate
            await asyncio.sleep(max(0, due - time.monotonic()))
            try:
                wire = wire or await asyncio.open_connection("127.0.0.1", self._port)
                await self._upload(wire, due)
            except (OSError, EOFError, ValueError):
                await _close(wire)
                wire = None
                await asyncio.sleep(0.2)
        await _close(wire)

    async def _upload(self, wire, due):
        reader, writer = wire
        writer.write(self._request())
        await writer.drain()
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        if head.startswith(b"HTTP/1.1 202"):
            self.accepted.append(json.loads(body)["case"])
            self.times.append(time.monotonic() - due)
        else:
            self.refused += 1

    def _request(self):
        name = os.urandom(8).hex()
        part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}.pdf"\r\n\r\n'
        body = part.encode() + self._paper + f"\r\n--{BOUNDARY}--\r\n".encode()
        head = (
            f"POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self._key}\r\n"
            f"Idempotency-Key: {name}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n"
        )
        return head.encode() + body


async def _close(wire):
    if wire is not None:
        wire[1].close()
        with suppress(OSError):
            await wire[1].wait_closed()


async def _killing(service, load, seconds):
    """Run the load and kill the service three times in the middle of it."""
    running = asyncio.create_task(load.run(seconds))
    for _ in range(3):
        await asyncio.sleep(seconds / 4)
        os.kill(service.process.pid, signal.SIGKILL)
        service.process.wait()
        await asyncio.to_thread(service.start)
    await running


def run(rate, seconds, *, kill=False):
    """Run one load on a fresh service and return what came of it."""
    with tempfile.TemporaryDirectory(prefix="zeromeet-intake-") as folder:
        service = Service(Path(folder))
        key = service.key()
        service.start()
        load = Load(service.port, key, rate)
        start = time.monotonic()
        try:
            asyncio.run(_killing(service, load, seconds) if kill else load.run(seconds))
        finally:
            took = time.monotonic() - start
            service.process.terminate()
            service.process.wait()
        times = sorted(load.times)
        return Result(
            accepted=len(load.accepted),
            refused=load.refused,
            per_second=round(len(load.accepted) / took, 1),
            p50_ms=round(times[len(times) // 2] * 1000, 1),
            p99_ms=round(times[len(times) * 99 // 100] * 1000, 1),
            lost=len(set(load.accepted) - service.kept()),
        )


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    """Run from the command line and print the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rate", type=float, default=120)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--kill", action="store_true", help="kill -9 the service three times meanwhile")
    given = asked.parse_args()
    print(run(given.rate, given.seconds, kill=given.kill))  # noqa: T201


if __name__ == "__main__":
    main()
