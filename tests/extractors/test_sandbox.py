"""The walls around the process that opens papers, and what is left when it dies."""

import json
import os
import signal
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extractors import answers, confine
from extractors.errors import BombError, MalformedError, ParserCrashedError, ReadingTimeoutError
from extractors.sandbox import Sandbox
from tests.hostile.pdf_parts import one_page


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(seconds=3) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def filtered(sandbox):
    if not sandbox.held().filtered_calls:
        pytest.skip("this kernel filters no calls")


def _in_a_fork(act):
    """Carry something out behind the walls; return the number of what went wrong, or 0."""
    pid = os.fork()
    if pid == 0:
        confine.limit(4 << 30, 10)
        confine.filter_calls()
        try:
            act()
        except OSError as error:
            os._exit(error.errno)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@pytest.mark.parametrize(
    "act",
    [
        socket.socket,
        socket.socketpair,
        lambda: os.execv("/bin/true", ["true"]),  # noqa: S606 - it is refused
        os.fork,
        lambda: os.kill(os.getppid(), 0),
        Path("never").mkdir,
        lambda: os.open("never", os.O_WRONLY | os.O_CREAT),
    ],
    ids=["socket", "socketpair", "program", "process", "signal", "folder", "file"],
)
def test_parser_that_was_taken_over_reaches_nothing(filtered, act):
    """No socket, no program, no process, no signal, no file: the kernel says EPERM."""
    assert _in_a_fork(act) == 1


def test_walls_let_reading_through(filtered):
    """The same walls leave reading alone: what they refuse is refused by them, not by chance."""
    assert _in_a_fork(lambda: os.close(os.open("/proc/self/status", os.O_RDONLY))) == 0


def test_process_has_a_network_of_its_own(sandbox):
    """The warm process sees another network than the program, where the kernel allows it."""
    if not sandbox.held().own_network:
        pytest.skip("this kernel gives no network of its own")

    theirs = Path(f"/proc/{sandbox._process.pid}/ns/net").readlink()

    assert theirs != Path("/proc/self/ns/net").readlink()


@pytest.mark.parametrize(
    ("walls", "level"),
    [
        ((True, True), "strict"),
        ((False, True), "filtered"),
        ((True, False), "namespace"),
        ((False, False), "limits"),
    ],
)
def test_level_names_the_walls_that_stand(walls, level):
    """What is shown to people says which walls this machine has."""
    assert confine.Held(*walls).level == level


def test_death_of_the_warm_process_costs_no_file(sandbox, tmp_path):
    """After the warm process is killed, the next file is opened by a new one."""
    path = tmp_path / "good.pdf"
    path.write_bytes(one_page())
    sandbox.held()
    os.kill(sandbox._process.pid, signal.SIGKILL)

    assert len(sandbox.run("pdf", path).data) == 1


def test_fork_killed_by_a_signal_gives_a_code(sandbox, tmp_path):
    """A parser that aborts is told from a file that is broken, and the next file is opened."""
    endless, broken = tmp_path / "endless.pdf", tmp_path / "broken.pdf"
    endless.write_bytes(one_page(more={6: b"(" * 2_000_000}, trailer=b"/Info 6 0 R"))
    broken.write_bytes(b"%PDF-1.7\n")
    sandbox.held()

    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(sandbox.run, "pdf", endless)
        os.kill(_child_of(sandbox._process.pid), signal.SIGSEGV)
        with pytest.raises(ParserCrashedError) as crashed:
            reading.result()

    assert crashed.value.code == "crashed"
    with pytest.raises(MalformedError):
        sandbox.run("pdf", broken)


def _child_of(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children")
    while not (found := children.read_text(encoding="ascii").split()):
        time.sleep(0.01)
    return int(found[0])


def _raw(head, blobs=b""):
    body = json.dumps(head).encode()
    return struct.pack("<q", len(body)) + body + blobs


LINE = ["text", 0, 0, 1, 1]
PAGE = {"width": 10, "height": 10, "lines": [LINE]}
SHAPE = {"height": 2, "width": 1}


@pytest.mark.parametrize(
    ("task", "raw"),
    [
        ("pdf", b""),
        ("pdf", struct.pack("<q", -1)),
        ("pdf", struct.pack("<q", 1 << 60)),
        ("pdf", struct.pack("<q", 200_000) + b"[" * 200_000),
        ("pdf", _raw({"sizes": [], "data": 7})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "width": float("nan")}]})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "lines": [["text", 0, 0]]}]})),
        ("pdf", _raw({"sizes": [-1], "data": [PAGE]})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "width": "10"}]})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "height": 1e10}]})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "unread": "no"}]})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "spans": 7}]})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "grey": [2, 1]}]})),
        ("pdf", _raw({"sizes": [], "data": [{**PAGE, "path": "/etc/passwd"}]})),
        ("pdf", _raw({"sizes": [], "data": [PAGE] * 3000})),
        ("pdf", _raw({"sizes": [], "error": "bomb"})),
        ("pdf", _raw({"sizes": [], "error": 7, "message": "a。", "advice": "b。"})),
        ("pdf_page", _raw({"sizes": [], "data": [PAGE]})),
        ("picture", _raw({"sizes": [3], "data": [SHAPE]}, b"abc")),
        ("picture", _raw({"sizes": [6], "data": [SHAPE]}, b"abc")),
    ],
)
def test_answer_of_a_parser_that_was_taken_over_is_not_believed(task, raw):
    """An answer that our own code would not give is refused, whatever is wrong with it."""
    with pytest.raises(answers.BrokenAnswerError):
        answers.parse(task, raw)


def test_refusal_is_made_from_its_code_alone():
    """No name that the sandbox sends is looked up among our own; an unknown code is a plain refusal."""
    raw = _raw({"sizes": [], "error": "ClassVar", "message": "a。", "advice": "b。"})

    with pytest.raises(answers.UnreadableError) as refused:
        answers.parse("pdf", raw)

    assert refused.value.code == "unreadable"


def test_page_that_leaves_out_what_only_some_readers_state_is_whole():
    """What a reader of pages uses is stated for each page, with what holds where its file says nothing."""
    (page,) = answers.parse("pdf", _raw({"sizes": [], "data": [PAGE]})).data

    assert (page.lines, page.spans, page.grey) == ([("text", 0, 0, 1, 1)], [], None)
    assert not page.hidden
    assert not page.unread


def test_sentence_of_a_parser_that_was_taken_over_moves_no_cursor():
    """A refusal is shown to people: no control character, no turned writing, no endless text."""
    raw = _raw({"sizes": [], "error": "bomb", "message": "a\x1b[2J\n\u202eb" * 1000, "advice": "\x07c。"})

    with pytest.raises(BombError) as refused:
        answers.parse("pdf", raw)

    assert refused.value.message.isprintable()
    assert len(refused.value.message) <= answers.MAX_SENTENCE
    assert refused.value.advice == "c。"


def test_page_with_more_text_than_paper_holds_is_refused():
    """What would keep the search for labels busy for hours is stopped before it."""
    raw = _raw({"sizes": [], "data": [{**PAGE, "lines": [LINE] * 5000}]})

    with pytest.raises(BombError):
        answers.parse("pdf", raw)


def test_file_of_many_slow_pages_is_given_up_in_all(tmp_path, monkeypatch):
    """What one file may take is counted over all its tasks; the next file has its own time."""
    monkeypatch.setattr("extractors.sandbox.FILE_SECONDS", 0.2)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(one_page())

    with Sandbox() as sandbox:
        sandbox.run("pdf", paper)
        with pytest.raises(ReadingTimeoutError), sandbox.one_file("slow"):
            list(map(sandbox.run, ["pdf"] * 100, [paper] * 100))
        with pytest.raises(ReadingTimeoutError), sandbox.one_file("slow"):
            sandbox.run("pdf", paper)
        with sandbox.one_file("next"):
            sandbox.grant(pages=20)
            assert sandbox.run("pdf", paper).data
