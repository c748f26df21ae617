"""kill -9 in the middle of a batch: the next run goes on, nothing is lost, doubled or read twice."""

import pytest

from tests.bot.batch import cases, kills
from tests.specimens import fonts

pytestmark = pytest.mark.skipif(
    not fonts.complete(), reason="the fonts of the specimens' README are not installed"
)


@pytest.mark.soak
def test_batch_killed_twice_files_every_case_once(tmp_path):
    """Killed at two moments a batch ends with each case filed once and each paper read once."""
    folder = cases.folder(tmp_path / "cases", 2)

    found = kills.trial(tmp_path, folder, kills=2, seed=7, latest=8)

    assert (found.exit_code, found.stages) == (0, {"filed": 2})
    assert (found.lost, found.doubled, found.read_twice) == (0, 0, 0)
