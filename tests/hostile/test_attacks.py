"""Every hostile file gets a defined answer in time and memory, and its neighbour is read as if nothing happened."""

import time
from pathlib import Path

import pytest

from extractors.errors import UnreadableError
from extractors.intake import DOCX, PDF, XLSX, receive
from extractors.sandbox import MEMORY, Sandbox
from tests.hostile.attacks import ACCEPTED, Attack
from tests.hostile.catalogue import ATTACKS
from tests.hostile.good import WORDS

LIMIT = 11.0
"""Seconds until every file has its answer: the sandbox's own clock, and one for ending the fork."""


def answer(path: Path, sandbox: Sandbox) -> str:
    """Return the code of the refusal, or ACCEPTED where the file was opened and its first page drawn."""
    try:
        media_type = receive(path).media_type
        if media_type == PDF:
            sandbox.run("pdf", path)
            sandbox.run("pdf_page", path, page=1)
        else:
            sandbox.run({XLSX: "xlsx", DOCX: "docx"}.get(media_type, "picture"), path)
    except UnreadableError as error:
        return error.code
    return ACCEPTED


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda a: f"{a.kind}-{a.name}")
def test_hostile_file_gets_its_answer_and_costs_its_neighbour_nothing(
    attack: Attack, tmp_path, sandbox, hasty, neighbour
):
    """The answer is one that the attack may get, within 11 s and 1.5 GB; the next file is read."""
    path = tmp_path / f"paper{attack.suffix}"
    path.write_bytes(attack.make())
    chosen = hasty if attack.slow else sandbox
    start = time.monotonic()

    code = answer(path, chosen)

    assert code in attack.allowed, attack.promise
    assert time.monotonic() - start <= LIMIT
    assert chosen.peak <= MEMORY
    (page,) = chosen.run("pdf", neighbour).data
    assert [line[0] for line in page.lines] == [WORDS]


def test_there_are_enough_attacks():
    """The table holds at least 120 files of every kind of attack, each named once."""
    names = [(a.kind, a.name) for a in ATTACKS]

    assert len(names) == len(set(names)) >= 120
    assert {f"P{n}" for n in range(1, 15)} | {f"I{n}" for n in range(1, 6)} <= {a.kind for a in ATTACKS}
