"""A portal's wishes hold for all processes together."""

import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.errors import FilingTakenError, PortalClosedError, PortalMapError
from bot.portals.courtesy import Pace, account, assert_open
from bot.portals.portal_map import PortalMap, load

SMALL = Path(__file__).with_name("pages") / "small.yaml"
OFFICE = {"days": [1, 2, 3, 4, 5], "opens": "08:30", "closes": "17:30"}
_fork = multiprocessing.get_context("fork")


def portal(**wishes: object) -> PortalMap:
    return PortalMap.model_validate(yaml.safe_load(SMALL.read_text(encoding="utf-8")) | wishes)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 23, 0, 30, tzinfo=UTC), True),  # Monday 08:30 in Shanghai
        (datetime(2026, 11, 23, 0, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 9, 31, tzinfo=UTC), False),
        (datetime(2026, 11, 21, 2, 0, tzinfo=UTC), False),  # Saturday
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), False),  # Monday 07:00 in Shanghai
    ],
)
def test_hours_are_those_of_shanghai(moment, is_open):
    """A portal with office hours is closed outside them, and the message says when it is open."""
    kept = portal(hours=[OFFICE])

    if is_open:
        assert_open(kept, moment)
    else:
        with pytest.raises(PortalClosedError, match="周一、二、三、四、五 08:30–17:30"):
            assert_open(kept, moment)


def test_portal_without_hours_never_closes():
    """A map that states no hours is taken at its word."""
    assert_open(portal(), datetime(2026, 1, 1, 19, 0, tzinfo=UTC))


def test_hours_over_midnight_are_refused(tmp_path):
    """An entry that would hold at no moment is a mistake in the map."""
    path = tmp_path / "night.yaml"
    night = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
    path.write_text(
        yaml.safe_dump(night | {"hours": [{"opens": "22:00", "closes": "06:00"}]}), encoding="utf-8"
    )

    with pytest.raises(PortalMapError, match="two entries"):
        load(path)


def test_second_visit_of_an_account_waits(tmp_path):
    """While one visit lasts, another of the same account does not begin; other accounts do."""
    kept = portal()

    with account(tmp_path, kept, "agent"):
        with account(tmp_path, kept, "other", patience_s=0):
            pass
        with pytest.raises(FilingTakenError), account(tmp_path, kept, "agent", patience_s=0.3):
            pass
    with account(tmp_path, kept, "agent", patience_s=0):
        pass

    assert "agent" not in "".join(path.name for path in tmp_path.iterdir())


def _hold(folder: Path, holds) -> None:
    with account(folder, portal(), "agent"):
        holds.set()
        time.sleep(60)


def test_killed_visit_gives_its_account_back(tmp_path):
    """A process that is killed holds nothing any more."""
    holds = _fork.Event()
    other = _fork.Process(target=_hold, args=(tmp_path, holds))
    other.start()
    holds.wait(30)

    os.kill(other.pid, signal.SIGKILL)
    other.join()

    with account(tmp_path, portal(), "agent", patience_s=2):
        pass


def _pages(folder: Path, count: int, times) -> None:
    pace = Pace(folder, portal(pages_per_minute=600))
    for _ in range(count):
        pace.wait()
        times.put(time.time())


def test_processes_together_keep_the_pace(tmp_path):
    """Three processes that ask as fast as they can never come closer than the portal's gap of 0.1 s."""
    times = _fork.Queue()
    asking = [_fork.Process(target=_pages, args=(tmp_path, 5, times)) for _ in range(3)]

    for process in asking:
        process.start()
    moments = sorted(times.get(timeout=30) for _ in range(15))
    for process in asking:
        process.join()

    assert moments[-1] - moments[0] >= 14 * 0.1 - 0.05


def test_clock_that_was_set_back_does_not_stop_the_work(tmp_path):
    """A turn hours ahead is left over from another clock."""
    kept = portal(pages_per_minute=600)
    (tmp_path / f"{kept.id}.pace").write_text(repr(time.time() + 86400))

    begun = time.monotonic()
    Pace(tmp_path, kept).wait()

    assert time.monotonic() - begun < 5
