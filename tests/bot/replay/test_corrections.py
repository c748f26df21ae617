"""What a person corrected is a recorded case from the release on."""

from datetime import date

import pytest

from bot import review, settings
from bot.name_check import NameChecker
from bot.portals.portal_map import load
from bot.replay import archive, corrections
from bot.replay.changes import changes
from bot.replay.model import Stage
from bot.replay.stages import replayed
from bot.steps import read_and_judge, started
from bot.store import Store
from bot.workshop import Workshop
from extractors.reading import PaperReader
from tests.specimens.invent import company
from tests.specimens.papers import tax_intake_sheet

ON = date(2026, 3, 25)


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """Return a workshop on a home of its own."""
    monkeypatch.setenv("ZEROMEET_HOME", str(tmp_path / "home"))
    have = settings.load()
    store = Store(have.database)
    with PaperReader(have.home) as reader:
        yield Workshop(have, store, reader, NameChecker(), lambda _: None)
    store.close()


@pytest.fixture
def result(shop, tmp_path):
    """Return a case of one workbook, judged and kept."""
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "1.xlsx").write_bytes(tax_intake_sheet.workbook(company(7)))
    found = read_and_judge(started(shop, folder, ON))
    shop.store.keep(found)
    return found


def test_corrected_case_is_recorded_with_the_decision(shop, result):
    """The recording replays without a difference, with the person's value in force."""
    review.decide(shop.store, result, "addr.phone", "02158881234", "看原件")

    path = corrections.keep(shop, result, "practice")

    kept = archive.read(path, ())
    again = replayed(kept, Stage.PAPERS, load("practice"))
    assert kept.facts["addr.phone"].origin == "person"
    assert (changes(kept, again.recording, Stage.PAPERS), again.missed) == ([], ())
    assert path.stat().st_mode & 0o077 == 0


def test_case_without_a_decision_is_not_recorded(shop, result):
    """What the machine did alone is no correction."""
    assert corrections.keep(shop, result, "practice") is None


def test_recording_that_fails_stops_no_release(shop, result, tmp_path):
    """A folder that is gone is said, and nothing is raised."""
    review.decide(shop.store, result, "addr.phone", "02158881234", "看原件")
    gone = result.model_copy(update={"folder": str(tmp_path / "gone")})

    assert corrections.keep(shop, gone, "practice") is None
