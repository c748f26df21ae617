"""Uploads of every bad kind end in a problem, quickly, and leave nothing behind."""

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import limits, uploads

FORM = {"Content-Type": "multipart/form-data; boundary=b"}


def part(name, body, filename=None):
    label = f'; filename="{filename}"' if filename is not None else ""
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{label}\r\n\r\n'
    return head.encode() + body + b"\r\n"


def post(served, body, headers=FORM):
    return served.client().post("/v1/cases", content=body, headers=headers)


def left(served):
    return {path.name for path in served.works.settings.files.iterdir()}


FILE = part("files", b"x", "a.pdf")
BAD = {
    "nothing": b"",
    "no part": b"--b--\r\n",
    "not closed": FILE,
    "cut in the header": b"--b\r\nContent-Dispo",
    "cut in the file": b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nabc',
    "no file": part("metadata", b"{}") + b"--b--\r\n",
    "a file without a name": part("files", b"x") + b"--b--\r\n",
    "an unknown part": FILE + part("other", b"x") + b"--b--\r\n",
    "metadata twice": FILE + part("metadata", b"{}") * 2 + b"--b--\r\n",
    "metadata as a file": FILE + part("metadata", b"{}", "m.json") + b"--b--\r\n",
    "metadata that is no JSON": FILE + part("metadata", b"{") + b"--b--\r\n",
    "metadata that is a list": FILE + part("metadata", b"[]") + b"--b--\r\n",
    "metadata nested deep": FILE + part("metadata", b"[" * 60_000) + b"--b--\r\n",
    "metadata with an unknown key": FILE + part("metadata", b'{"a": 1}') + b"--b--\r\n",
    "metadata with a wrong kind": FILE + part("metadata", b'{"priority": "x"}') + b"--b--\r\n",
    "a portal by its path": FILE + part("metadata", b'{"portal": "../practice"}') + b"--b--\r\n",
    "a portal that there is not": FILE + part("metadata", b'{"portal": "nowhere"}') + b"--b--\r\n",
    "noise": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_bad_form_is_refused_and_leaves_nothing(served, body):
    """422 with the place, no case, no folder."""
    before = left(served)

    answer = post(served, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert left(served) == before


@pytest.mark.parametrize(
    "kind",
    ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=" + "b" * 99],
)
def test_other_media_type_is_refused(served, kind):
    """Only a form with a boundary is read."""
    answer = post(served, FILE + b"--b--\r\n", {"Content-Type": kind})

    assert (answer.status_code, answer.json()["code"]) == (415, "media_type")


def test_announced_size_over_the_limit_is_refused_before_it_comes(served):
    """Who announces a gigabyte is answered at once."""
    host, port = served.base.removeprefix("http://").split(":")
    key = served.keys["hall", "all"]
    head = (
        f"POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Length: 1000000000\r\n"
    )
    head += "Content-Type: multipart/form-data; boundary=b\r\n\r\n"

    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(head.encode())
        answer = wire.recv(200)

    assert answer.startswith(b"HTTP/1.1 413")


def test_file_over_the_limit_is_refused_as_it_comes(served, monkeypatch):
    """The size is counted, not believed; nothing of it stays."""
    monkeypatch.setattr(uploads, "MAX_BYTES", 100_000)
    before = left(served)

    answer = post(served, part("files", b"x" * 200_000, "a.pdf") + b"--b--\r\n")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert left(served) == before


def test_too_many_files_are_refused(served, monkeypatch):
    """A case is not an archive."""
    monkeypatch.setattr(limits, "MOST_FILES", 3)

    answer = post(served, FILE * 4 + b"--b--\r\n")

    assert answer.status_code == 413


def test_sender_that_falls_silent_is_not_waited_for(served, monkeypatch):
    """A pause over the limit ends the upload with 408, and others are answered meanwhile."""
    monkeypatch.setattr(limits, "LONGEST_PAUSE_S", 0.3)
    before = left(served)

    def slowly():
        yield FILE
        time.sleep(1)
        yield b"--b--\r\n"

    answer = post(served, slowly())

    assert (answer.status_code, answer.json()["code"]) == (408, "upload_slow")
    assert left(served) == before


def test_sender_that_drips_is_ended_by_the_clock(served, monkeypatch):
    """Steady drops do not keep an upload alive beyond the limit."""
    monkeypatch.setattr(limits, "LONGEST_UPLOAD_S", 0.5)

    def dripping():
        for _ in range(30):
            yield part("files", b"x", "a")
            time.sleep(0.1)
        yield b"--b--\r\n"

    assert post(served, dripping()).status_code == 408


def test_sender_that_goes_leaves_nothing(served):
    """A connection that drops in the middle is no case and no folder."""
    before = left(served)
    host, port = served.base.removeprefix("http://").split(":")
    key = served.keys["hall", "all"]
    head = f"POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Length: 5000\r\n"
    head += "Content-Type: multipart/form-data; boundary=b\r\n\r\n"

    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(head.encode() + FILE)
        time.sleep(0.2)
    until = time.monotonic() + 10
    while left(served) != before and time.monotonic() < until:
        time.sleep(0.05)

    assert left(served) == before


def test_more_uploads_than_doors_are_asked_to_come_again(served, monkeypatch):
    """A full house answers 429 with Retry-After."""
    import asyncio

    from bot.desk.app import _Doors
    from bot.desk.problems import Problem

    async def two_through_one_door():
        doors = _Doors(1)
        async with doors:
            try:
                async with doors:
                    return None
            except Problem as problem:
                return problem

    refused = asyncio.run(two_through_one_door())

    assert (refused.code, refused.retry_after) == ("busy", 2)


@given(
    st.lists(st.tuples(st.text(max_size=30), st.binary(max_size=300)), min_size=1, max_size=4),
    st.integers(1, 64),
)
def test_whatever_is_sent_whole_is_stored_whole(served, files, step):
    """Any name, any bytes, cut anywhere: what lies on disk is what was sent, and no name became a path."""
    labels = [
        name.replace("\r", "").replace("\n", "").replace('"', "").replace("\\", "") for name, _ in files
    ]
    body = b"".join(part("files", data, label) for label, (_, data) in zip(labels, files, strict=True))
    body += b"--b--\r\n"
    pieces = [body[at : at + step] for at in range(0, len(body), step)]

    answer = post(served, iter(pieces))

    if any(b"\r\n--b" in data for _, data in files):
        return
    assert answer.status_code == 202, answer.text
    folder = served.works.folder(answer.json()["case"])
    stored = [path.read_bytes() for path in sorted(folder.iterdir())]
    assert stored == [data for _, data in files]
