"""A recording gives back what was put into it, and a replay of the same program differs in nothing."""

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.portals.portal_map import load
from bot.replay import archive
from bot.replay.changes import changes
from bot.replay.model import Stage
from bot.replay.stages import replayed
from extractors.errors import UsageError
from extractors.model import Document, Page, TextLine
from extractors.readers.recorded import Answers
from tests.bot.replay.conftest import CARD, of_company, of_lines


@pytest.mark.parametrize("number", range(3))
def test_recording_is_read_as_it_was_written(tmp_path, number):
    """Every part comes back equal."""
    before = of_company(number)

    archive.write(before, tmp_path / "a.zeromeet")

    assert archive.read(tmp_path / "a.zeromeet", ()) == before


def test_same_case_gives_the_same_bytes(tmp_path):
    """Neither time nor order nor name of the file is in it."""
    for name in ("a.zeromeet", "b.zeromeet"):
        archive.write(of_company(1), tmp_path / name)

    assert (tmp_path / "a.zeromeet").read_bytes() == (tmp_path / "b.zeromeet").read_bytes()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=5))
def test_any_text_survives(tmp_path_factory, rows):
    """What a reader may return is kept to the letter."""
    path = tmp_path_factory.mktemp("any") / "a.zeromeet"
    lines = tuple(TextLine(text=row, box=(0, 0, 1, 1), confidence=0.5, reader="pdf") for row in rows)
    page = Page(number=1, width=1, height=1, lines=lines)
    answers = (Answers(document=Document(id="0", filename="甲", media_type="", pages=(page,))),)
    before = of_lines("one", *CARD).model_copy(update={"answers": answers})

    archive.write(before, path)

    assert archive.part(path, "answers") == answers


@pytest.mark.parametrize("stage", [Stage.ELEMENTS, Stage.RULES, Stage.PLAN])
def test_same_program_differs_in_nothing(stage):
    """What is computed anew is what was recorded."""
    before = of_company(2)

    after = replayed(before, stage, load("practice"))

    assert changes(before, after.recording, stage) == []


def test_papers_are_extracted_anew_without_their_files():
    """From what the reader returned follow the same elements."""
    before = of_lines("card", *CARD)

    after = replayed(before, Stage.PAPERS, load("practice"))

    assert {"name", "id_number"} <= {e.name for e in before.papers[0].elements}
    assert (after.recording.papers, after.missed) == (before.papers, ())


@pytest.mark.parametrize("damage", ["no zip", "member missing", "member damaged"])
def test_damaged_recording_is_refused_without_its_content(tmp_path, damage):
    """The message says which file, and nothing that stands in it."""
    path = tmp_path / "a.zeromeet"
    archive.write(of_company(1), path)
    if damage == "no zip":
        path.write_bytes(b"PK" + path.read_bytes()[:200])
    else:
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("other.json" if damage == "member missing" else "facts.json", "{秘密")

    with pytest.raises(UsageError) as refused:
        archive.part(path, "facts")

    assert "秘密" not in str(refused.value)
