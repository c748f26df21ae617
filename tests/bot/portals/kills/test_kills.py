"""Filings under every fault, before and after the write, and under kill -9: none doubled, none lost, none misjudged."""

import pytest

from tests.bot.portals.kills.scenarios import Scenario, scenarios
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


def sample() -> tuple[Scenario, ...]:
    """Return what is asserted by name, and every fifth of the others; all of them run in the command."""
    named = {"nothing", *TAKEN_ALL_THE_SAME, *ALTERED}
    others = [one for one in scenarios() if one.name not in named]
    return (*(one for one in scenarios() if one.name in named), *others[::5])


@pytest.mark.timeout(600)
def test_every_fault_leaves_each_case_filed_once_or_with_a_person(tmp_path):
    """Whatever befalls a filing, the portal holds it at most once and the bot says what is so."""
    among = sample()

    found, cases = trial(tmp_path, Order(filings=len(among), seed=7, among=among))

    bad = [case for case in cases if case.is_doubled or case.is_lost or case.is_misjudged]
    assert bad == []
    assert found.rows["nothing"]["filed"] == found.rows["nothing"]["filings"]
    assert all(found.rows[name]["filed"] == found.rows[name]["filings"] for name in TAKEN_ALL_THE_SAME)
    assert [name for name in ALTERED if found.rows[name]["failed"] != found.rows[name]["filings"]] == []


def test_bot_that_clicks_again_after_an_error_files_twice(tmp_path):
    """The same trial finds out a bot that does not ask the portal first."""
    among = tuple(one for one in scenarios() if one.name in TAKEN_ALL_THE_SAME)

    found, _ = trial(tmp_path, Order(filings=8, workers=1, naive=True, among=among))

    assert found.total["doubled"] >= 6
    assert not found.is_clean
