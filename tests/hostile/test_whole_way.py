"""The main attacks from the door to the papers, as the product takes them: what one wall lets by, the next holds."""

import time

import pytest

from extractors.errors import UnreadableError
from extractors.extract import papers_of
from extractors.intake import receive
from extractors.reading import PaperReader
from extractors.sandbox import MEMORY, Sandbox
from tests.hostile.attacks import ACCEPTED, STOPPED
from tests.hostile.catalogue import ATTACKS
from tests.hostile.conftest import SHORT
from tests.hostile.good import WORDS
from tests.hostile.test_attacks import LIMIT

MAIN = {
    "P1-hidden", "P1-media-box", "P2-nested", "P3-text", "P3-text-below-the-limit", "P4-billion", "P5-widths",
    "P6-14400-points", "P6-user-unit", "P6-crop-milliard", "P7-10000-squared", "P7-jbig2-claims",
    "P8-kid-of-itself", "P8-count-milliard", "P9-prev-true-loop", "P10-tiles", "P10-matrix", "P10-font-size",
    "P11-launch", "P11-embedded", "P12-random-with-magic", "P13-encrypted", "P14-html-in-front",
    "I1-30000-squared", "I1-rows-too-many", "I2-text", "I3-501-frames", "I4-half", "I5-marks-of-noise",
    "Z1-docx-names", "Z2-xlsx-lies", "Z2-xlsx-laughs", "Z2-merged", "Z2-wide-text", "Z2-many-paragraphs",
    "Z2-docx-locked", "Z3-labels-in-a-column", "Z3-labels-in-eight-columns", "Z3-labels-below-the-limit",
    "Z3-nothing-but-text",
}  # fmt: skip


@pytest.fixture(scope="module")
def walls():
    with Sandbox(seconds=SHORT) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def reader(tmp_path_factory, walls):
    with PaperReader(tmp_path_factory.mktemp("home"), keep=False, sandbox=walls) as reader:
        yield reader


@pytest.fixture(scope="module", autouse=True)
def _loaded(reader, neighbour):
    papers_of(receive(neighbour), reader)


@pytest.mark.parametrize(
    "attack", [a for a in ATTACKS if f"{a.kind}-{a.name}" in MAIN], ids=lambda a: f"{a.kind}-{a.name}"
)
def test_hostile_paper_goes_the_whole_way_and_costs_its_neighbour_nothing(
    attack, tmp_path, reader, walls, neighbour
):
    """From the door to the papers: a defined answer within 11 s and 1.5 GB, and the next paper is read."""
    path = tmp_path / f"paper{attack.suffix}"
    path.write_bytes(attack.make())
    start = time.monotonic()

    try:
        papers_of(receive(path), reader)
        code = ACCEPTED
    except UnreadableError as error:
        code = error.code

    assert code in attack.allowed or (ACCEPTED in attack.allowed and code in STOPPED), attack.promise
    assert time.monotonic() - start <= LIMIT
    assert walls.peak <= MEMORY
    (page,) = reader.read(receive(neighbour)).pages
    assert [line.text for line in page.lines] == [WORDS]


def test_every_main_attack_is_in_the_table():
    """An attack that is renamed is not left out in silence."""
    assert {f"{a.kind}-{a.name}" for a in ATTACKS} >= MAIN
