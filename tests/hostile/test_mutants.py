"""Good files with random damage: each mutant is opened or refused by name, and nothing else happens."""

import random

import pytest

from extractors.errors import UnreadableError
from extractors.intake import DOCX, PDF, XLSX, receive
from tests.hostile import good

SEEDS = {
    "pdf": lambda: good.text_pdf("MUTANT OF A GOOD PAPER"),
    "png": lambda: good.picture("PNG"),
    "jpg": lambda: good.picture("JPEG"),
    "tif": lambda: good.picture("TIFF"),
    "webp": lambda: good.picture("WEBP"),
    "bmp": lambda: good.picture("BMP"),
    "xlsx": good.workbook,
    "docx": good.letter,
}
EACH = 64
"""Mutants of each file: 512 in all."""


def mutant(data: bytes, dice: random.Random) -> bytes:
    """Return a file cut short, with bytes changed, doubled, left out or exchanged."""
    body = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(body))
        until = min(at + dice.randint(1, 64), len(body))
        match dice.randrange(6):
            case 0:
                body[at] = dice.randrange(256)
            case 1:
                body[at:until] = dice.randbytes(until - at)
            case 2:
                del body[at:until]
            case 3:
                body[at:at] = body[at:until]
            case 4:
                body[at:until] = b"9" * (until - at)
            case _:
                del body[max(at, 16) :]
    return bytes(body)


def task_of(path):
    return {PDF: "pdf", XLSX: "xlsx", DOCX: "docx"}.get(receive(path).media_type, "picture")


@pytest.mark.parametrize("kind", SEEDS)
def test_every_mutant_is_opened_or_refused_by_name(kind, tmp_path, hasty):
    """Whatever is damaged, the answer is a page or a reason, and the warm process lives on."""
    dice, data = random.Random(kind), SEEDS[kind]()
    path = tmp_path / f"paper.{kind}"
    codes: set[str] = set()

    for _ in range(EACH):
        path.write_bytes(mutant(data, dice))
        try:
            hasty.run(task_of(path), path)
        except UnreadableError as error:
            codes.add(error.code)

    path.write_bytes(data)
    hasty.run(task_of(path), path)

    assert codes
    assert codes <= {
        "malformed",
        "unsupported",
        "empty",
        "bomb",
        "pixels",
        "timeout",
        "encrypted",
        "crashed",
        "too_many_pages",
    }
