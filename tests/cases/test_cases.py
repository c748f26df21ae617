"""Golden papers: each folder holds one paper and what it says, in the normal forms of elements.yaml."""

import json
from pathlib import Path

import pytest

from extractors import intake
from extractors.extract import papers_of
from extractors.reading import PaperReader

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.json"))


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with PaperReader(tmp_path_factory.mktemp("home")) as opened:
        yield opened


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_paper_says_what_is_expected(folder, reader):
    """A paper is recognised, and gives exactly the values that it shows: none missing, none wrong, none more."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    (file,) = folder.glob("paper.*")

    (paper,) = papers_of(intake.receive(file, file.name), reader)

    stated = {element.name: element.model_dump(mode="json")["value"] for element in paper.elements}
    assert (paper.kind, list(paper.pages)) == (expected["document_type"], expected["pages"])
    assert stated == expected["elements"]
