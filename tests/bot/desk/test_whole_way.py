"""A company's papers handed in over the API, read by a worker, completed by a person, filed, and told to the portal."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from standardwebhooks import Webhook

from tests.program import ON, ROOT, Program, filed_by_hall, papers, rows
from tests.specimens import fonts
from tests.specimens.people import software

pytestmark = [
    pytest.mark.skipif(not fonts.complete(), reason="the fonts of the specimens' README are not installed"),
    pytest.mark.timeout(600),
]
LIMIT_S = 240.0


@pytest.fixture
def program(tmp_path):
    run = Program(tmp_path / "home")
    run.home.mkdir()
    return run


@pytest.fixture
def heard():
    """Run the portal's own receiver of messages and return what it hears."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((dict(self.headers), body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.got = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def processes(program):
    """Return what starts a command in the background; all are ended at the end."""
    running = []
    environment = program.environment | {"ZEROMEET_WEBHOOK_ALLOW": "127.0.0.0/8"}

    def start(*command):
        running.append(
            subprocess.Popen(program.command(*command), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        )
        return running[-1]

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
    for process in running:
        process.wait(60)


@pytest.fixture
def caller(program, processes):
    """Serve without a worker, and return a client that may do everything."""
    _, made = program.json("key", "create", "--tenant", "hall", "--scope", "submit,read,review")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    processes("serve", "--port", port, "--workers", 0)
    headers = {"Authorization": f"Bearer {made['secret']}"}
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30, trust_env=False
    ) as client:
        client.webhook_secret = made["webhook_secret"]
        for _ in range(200):
            try:
                client.get("/healthz")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield client


def set_day(program, case):
    """The invented papers are dated for one day, and the case is judged as of it."""
    with closing(sqlite3.connect(program.home / "zeromeet.sqlite", timeout=30)) as database, database:
        database.execute('UPDATE served SET "on" = ? WHERE "case" = ?', (ON, case))


def wait_for(client, case, *states):
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until:
        found = client.get(f"/v1/cases/{case}").json()
        if found["status"] in states:
            return found
        time.sleep(0.5)
    return found


def test_case_goes_the_whole_way(program, processes, caller, heard, tmp_path):
    """A missing paper stops it for a person; the late paper lets it go on; it is filed once, and the portal is told."""
    folder = papers(tmp_path / "papers", software())
    *first, late = sorted(folder.iterdir(), key=lambda path: path.name == "02.pdf")
    metadata = {"reference": "A-17", "callback_url": f"http://127.0.0.1:{heard.server_port}/hook"}

    taken = caller.post(
        "/v1/cases",
        files=[("files", (path.name, path.read_bytes())) for path in first],
        data={"metadata": json.dumps(metadata)},
        headers={"Idempotency-Key": "A-17"},
    )
    case = taken.json()["case"]
    set_day(program, case)
    processes("worker")
    stopped = wait_for(caller, case, "review", "filed", "failed", "quarantined")
    joined = caller.post(f"/v1/cases/{case}/files", files=[("files", (late.name, late.read_bytes()))])
    ended = wait_for(caller, case, "filed", "failed", "unknown", "quarantined")
    for _ in range(100):
        if len(heard.got) >= 2:
            break
        time.sleep(0.1)
    told = [Webhook(caller.webhook_secret).verify(body, headers) for headers, body in heard.got]

    assert (taken.status_code, joined.status_code) == (202, 202)
    assert (stopped["status"], ended["status"]) == ("review", "filed")
    assert stopped["why_not_automatic"]
    assert all(receipt["receipt"] for receipt in ended["receipts"])
    assert filed_by_hall(program.home / "practice.sqlite") == [("name", 1), ("tax", 1)]
    assert [one["status"] for one in told] == ["review", "filed"]
    assert {one["reference"] for one in told} == {"A-17"}
    assert len(rows(program.home / "zeromeet.sqlite", "SELECT id FROM upload")) == len(first) + 1
    assert not os.environ.get("ZEROMEET_DATABASE")
