"""The sample papers are read as they were written: scans, a photo, a scanned PDF, text, cells and paragraphs."""

import json
from pathlib import Path

import pytest

from bot.intake import read_files
from extractors.intake import files_of
from extractors.model import Money
from extractors.reading import PaperReader

ROOT = Path(__file__).parents[2]
CASES = ("qiming-software", "hengyue-trading")
UNDER_THE_SEAL = {"registration_authority", "issued_on"}
"""What stands under the registrar's seal is not promised to be readable, only never to be sure and wrong."""


def truths():
    """Return what each sample paper says, by case and file."""
    found = {}
    for case in CASES:
        for paper in json.loads((ROOT / f"tests/samples_truth/{case}.json").read_text(encoding="utf-8")):
            found[case, paper["file"]] = paper
    return found


def plain(value):
    """Return a value as the truth files write it."""
    if isinstance(value, Money):
        return value.model_dump()
    if isinstance(value, tuple):
        return [{column: plain(cell) for column, cell in row.items()} for row in value]
    return value


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Return every sample paper by case and file, read once."""
    read = {}
    with PaperReader(tmp_path_factory.mktemp("samples")) as reader:
        for case in CASES:
            folder = ROOT / "samples" / case
            for found in read_files(files_of(folder), folder, reader):
                read[case, found.name] = found.papers
    return read


@pytest.mark.parametrize(("case", "file"), list(truths()))
def test_paper_is_recognised(papers, case, file):
    """Each file holds one paper of the right kind."""
    kinds = [paper.kind for paper in papers[case, file]]

    assert kinds == [truths()[case, file]["document_type"]]


def test_straight_case_is_read_exactly(papers):
    """Of the elements of the case that goes straight through at most one in a hundred is not exact."""
    stated = [
        (papers[case, file][0].element(name), value)
        for (case, file), truth in truths().items()
        if case == "qiming-software"
        for name, value in truth["elements"].items()
        if name not in UNDER_THE_SEAL
    ]

    exact = [e for e, value in stated if e is not None and plain(e.value) == value]

    assert len(exact) >= 0.99 * len(stated)


def test_nothing_sure_is_wrong(papers):
    """What the product would file without asking is right on every sample paper."""
    wrong = [
        (case, file, name)
        for (case, file), truth in truths().items()
        for name, value in truth["elements"].items()
        if (e := papers[case, file][0].element(name)) and e.sure and plain(e.value) != value
    ]

    assert wrong == []
