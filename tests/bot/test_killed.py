"""kill -9 in the middle of filing: the next run finds out what the portal has, and files each hall once."""

import os
import signal
import subprocess
import time

import pytest

from bot.practice import server
from tests.program import ON, PASSWORD, ROOT, Program, filed_by_hall, papers, rows
from tests.specimens import fonts
from tests.specimens.people import software

pytestmark = pytest.mark.skipif(
    not fonts.complete(), reason="the fonts of the specimens' README are not installed"
)
LIMIT_S = 60.0
MOMENTS = [
    # hall, what the journal says, how many times it was sent, the portal answers only after the death
    ("name", "sent", 1, False),
    ("name", "filed", 1, False),
    ("tax", "sent", 1, False),
    ("tax", "sent", 2, True),
    ("tax", "filed", 1, False),
]
"""Before the portal has seen the click, while it is at it, and after the receipt is written down."""


@pytest.fixture
def program(tmp_path):
    run = Program(tmp_path / "home")
    run.home.mkdir()
    (run.home / "practice-password").write_text(PASSWORD, encoding="utf-8")
    return run


@pytest.fixture
def portal(tmp_path):
    """Run a portal and return its process and address."""
    process, url = server.start(tmp_path / "portal.sqlite", "desk", PASSWORD)
    try:
        server.wait_until_up(process, url)
        yield process, url
    finally:
        server.stop(process)


def start(program, case, url):
    """Start `process` as the leader of a group of its own, so that its browser and readers die with it."""
    return subprocess.Popen(
        program.command("process", case, "--on", ON, "--url", url),
        cwd=ROOT,
        env=program.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def journal(program, hall):
    """Return what the journal says of a hall, read over a connection of its own."""
    found = rows(
        program.home / "zeromeet.sqlite",
        f"SELECT state, attempts FROM filing WHERE hall = '{hall}'",  # noqa: S608 - hall is ours
    )
    return found[0] if found else ("", 0)


def wait_for(program, process, moment):
    """Return when the journal says so, when the hall is filed already, or when the program has ended."""
    hall, state, attempts, _ = moment
    until = time.monotonic() + LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        said, sent = journal(program, hall)
        if said == "filed" or (said == state and sent >= attempts):
            return
        time.sleep(0.01)


def kill(process, authority, *, frozen):
    """Kill the program; a frozen portal finds its request waiting and its sender gone."""
    if frozen:
        authority.send_signal(signal.SIGSTOP)
        time.sleep(0.5)  # the click reaches the portal's door
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if frozen:
        authority.send_signal(signal.SIGCONT)


def test_case_killed_five_times_is_filed_once(program, portal, tmp_path):
    """Killed before, during and after the receipts, a case ends filed with one filing a hall."""
    case, database = papers(tmp_path / "case", software()), tmp_path / "portal.sqlite"
    authority, url = portal
    ends, found = [], []

    for moment in MOMENTS:
        process = start(program, case, url)
        wait_for(program, process, moment)
        kill(process, authority, frozen=moment[-1])
        ends.append(process.returncode)
        found.append(journal(program, moment[0])[0])
        assert all(count == 1 for _, count in filed_by_hall(database))
    code, result = program.json("process", case, "--on", ON, "--url", url)

    assert ends == [-signal.SIGKILL] * len(MOMENTS)
    assert set(found) == {"sent", "filed"}
    assert (code, result["status"]) == (0, "filed")
    assert all(f["receipt"] and f["readback_equal"] for f in result["filings"])
    assert filed_by_hall(database) == [("name", 1), ("tax", 1)]
    assert {journal(program, hall)[0] for hall in ("name", "tax")} == {"filed"}
