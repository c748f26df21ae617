"""Filings under every fault, before and after the write, and under kill -9: none doubled, none lost, none misjudged."""

import pytest

from tests.bot.portals.kills.scenarios import scenarios
from tests.bot.portals.kills.trial import Order, trial

TAKEN_ALL_THE_SAME = ("lost-receipt", "refuse-after-write", "session-lost-after-write", "receipt-gone")
ALTERED = (
    "renamed-label",
    "moved-field",
    "moved-page",
    "removed-field",
    "new-required",
    "now-required",
    "removed-option",
    "renamed-option",
    "locked-field",
    "script-rewrite",
)


def judged(found, cases) -> None:
    """Make sure that nothing was doubled, lost or misjudged, and that each fault ended as it should."""
    bad = [case for case in cases if case.is_doubled or case.is_lost or case.is_misjudged]
    assert bad == []
    filed = [row for row in found.rows if row in {"nothing", *TAKEN_ALL_THE_SAME}]
    assert all(found.rows[name]["filed"] == found.rows[name]["filings"] for name in filed)
    altered = [row for row in found.rows if row in ALTERED]
    assert [name for name in altered if found.rows[name]["failed"] != found.rows[name]["filings"]] == []


def test_faults_after_the_write_leave_each_case_filed_once(tmp_path):
    """Whatever is lost after the portal has written, the list proves the filing and nothing is sent again."""
    among = tuple(
        one for one in scenarios() if one.name in {"nothing", *TAKEN_ALL_THE_SAME[:2], *ALTERED[:1]}
    )

    judged(*trial(tmp_path, Order(filings=len(among), workers=1, among=among)))


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_every_fault_leaves_each_case_filed_once_or_with_a_person(tmp_path):
    """Whatever befalls a filing, the portal holds it at most once and the bot says what is so."""
    found, cases = trial(tmp_path, Order(filings=300, seed=7))

    judged(found, cases)
    assert found.total["killed"] > 0


@pytest.mark.soak
def test_bot_that_clicks_again_after_an_error_files_twice(tmp_path):
    """The same trial finds out a bot that does not ask the portal first."""
    among = tuple(one for one in scenarios() if one.name in TAKEN_ALL_THE_SAME)

    found, _ = trial(tmp_path, Order(filings=8, workers=1, naive=True, among=among))

    assert found.total["doubled"] >= 6
    assert not found.is_clean
