"""The dial promises no error that what people checked does not prove, and the sample is always the same."""

import json
import random
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from bot import approval, audit
from bot.batch import bounds, plot, tuning
from bot.batch.dial import ERRORS, Label, Load, settings
from bot.batch.evidence import collect
from bot.model import CaseResult, CaseStatus, Review
from bot.pipeline import Run
from bot.store import Store
from extractors.errors import UsageError
from tests.rules.companies import case


def certain(count, confidence=0.999):
    return [Label(confidence, right=True)] * count


def position(labels, error, loads=()):
    (found,) = settings(labels, loads, [error], 20)
    return found


def test_nothing_goes_through_before_enough_was_checked():
    """A hundred right values prove no error of one in a thousand; the dial says how many would."""
    found = position(certain(100), 0.001, [Load((0.999,), stops=False)])

    assert found.threshold is None
    assert found.straight_through == 0
    assert found.checked_wanted > 3000


def test_enough_right_values_open_the_dial():
    """What was checked often enough goes through from its confidence on."""
    good, doubtful = Load((0.999,) * 20, stops=False), Load((0.999, 0.6), stops=False)

    found = position(certain(8000), 0.001, [good, doubtful, Load((0.999,), stops=True)])

    assert found.threshold is not None
    assert found.error_at_most <= 0.001
    assert found.straight_through == pytest.approx(1 / 3, abs=0.001)
    assert found.straight_through_low < 1 / 3 < found.straight_through_high


def test_band_that_nobody_checked_counts_as_wrong():
    """Many right values of high confidence say nothing of lower ones."""
    loads = [Load((0.9999, 0.96), stops=False)] * 50

    found = position(certain(20_000, 0.9999), 0.01, loads)

    assert found.threshold is not None
    assert found.threshold > 0.96


def test_more_tolerance_never_lets_less_through():
    """Turning the dial up never lowers the share or raises what clerks look at."""
    draw = random.Random(3)
    labels = [Label(c, draw.random() < c) for c in (draw.uniform(0.5, 1) for _ in range(6000))]
    loads = [Load(tuple(draw.uniform(0.7, 1) for _ in range(4)), stops=False) for _ in range(200)]

    found = settings(labels, loads, ERRORS, 20)

    shares = [one.straight_through for one in found]
    minutes = [one.clerk_minutes for one in found]
    assert shares == sorted(shares)
    assert minutes == sorted(minutes, reverse=True)


def test_observed_error_stays_within_the_chosen_one():
    """On values that were not used for choosing, the error stays below what was promised, nearly always."""
    broken = 0
    for seed in range(60):
        draw = random.Random(seed)
        values = [Label(c, draw.random() < c) for c in (1 - draw.random() ** 3 * 0.3 for _ in range(6000))]
        found = position(values[:3000], 0.02)
        taken = [v for v in values[3000:] if found.threshold is not None and v.confidence >= found.threshold]
        hits = sum(not v.right for v in taken)
        broken += bool(taken) and bounds.at_least(hits, len(taken)) > 0.02

    assert broken <= 3


def test_sample_is_the_same_on_every_day_and_grows_with_its_share():
    """Whether a case is looked at depends on its id alone."""
    ids = [f"20261123-{number:03d}" for number in range(1, 4001)]

    small, large = ({i for i in ids if audit.is_chosen(i, share)} for share in (0.02, 0.05))

    assert small < large
    assert 0.01 < len(small) / len(ids) < 0.03
    assert not any(audit.is_chosen(i, 0) for i in ids)
    assert all(audit.is_chosen(i, 1) for i in ids)


@pytest.fixture
def store(tmp_path):
    kept = Store(f"sqlite:///{tmp_path / 'z.sqlite'}")
    yield kept
    kept.close()


@pytest.fixture
def judged(store, tmp_path):
    """Return a kept case whose papers were read without a doubt."""
    from bot.pipeline import Reading
    from bot.workshop import Workshop

    one = case(7001)
    folder = tmp_path / "cases" / "c"
    folder.mkdir(parents=True)
    shop = Workshop(None, store, None, _checker(), lambda _: None)
    run = Run(shop, store.open_case(folder), folder, one.on, reading=Reading(papers=one.records()))
    result = run.judge()
    store.keep(result)
    return result


def _checker():
    from bot import name_jobs

    return name_jobs.checker(None)


def test_case_of_the_sample_waits_until_it_is_released(store):
    """A case without anything open waits for a person once, and goes on after the release."""
    folder_case = CaseResult(case="20261123-001", folder="f", status=CaseStatus.READY, on="2026-11-23")

    before = audit.held(store, folder_case, 1.0)
    approval.approve(store, folder_case)
    after = audit.held(store, folder_case, 1.0)

    assert (before.status, before.why_not_automatic) == (CaseStatus.REVIEW, (audit.WHY,))
    assert after == folder_case
    assert audit.held(store, folder_case, 0.0) == folder_case


def test_decision_of_a_person_is_a_label(store, judged, tmp_path):
    """A value that a person set otherwise counts as wrong, one that they confirmed as right."""
    name = judged.facts["enterprise.name"].value
    for fact, said in (("enterprise.name", name), ("enterprise.uscc", "91310115MAK3QX7T1X")):
        review = Review(
            fact=fact,
            machine_value=str(judged.facts[fact].value),
            value=said,
            who="p",
            at=datetime(2026, 11, 23, tzinfo=UTC),
            why="w",
        )
        store.add_review(judged.case, review)

    found = collect(store, tmp_path / "cases", 0.0)

    assert sorted(label.right for label in found.labels) == [False, True]
    assert found.sample == []


def test_released_case_of_the_sample_confirms_all_its_values(store, judged, tmp_path):
    """Who releases a sampled case has looked at everything that its forms take from papers."""
    approval.approve(store, judged)

    found = collect(store, tmp_path / "cases", 1.0)

    assert len(found.sample) > 30
    assert all(label.right for label in found.sample)
    assert found.audited == 1


def test_folder_of_which_nothing_is_known_is_refused(store, tmp_path):
    """An empty answer would look like a good one."""
    with pytest.raises(UsageError):
        collect(store, tmp_path, 0.0)


def test_labels_of_a_file_are_taken_and_the_dial_is_written(tmp_path, monkeypatch):
    """Recorded labels alone are enough; table, JSON and picture say the same."""
    monkeypatch.setenv("ZEROMEET_HOME", str(tmp_path / "home"))
    lines = [json.dumps({"confidence": 0.999, "right": True})] * 6000
    (tmp_path / "labels.jsonl").write_text("\n".join(lines), encoding="utf-8")

    dial = tuning.tune(tmp_path, 0.001, 20, tmp_path / "out")

    assert dial.labels == 6000
    assert dial.asked.threshold is not None
    assert json.loads((tmp_path / "out/dial.json").read_text("utf-8")) == json.loads(dial.model_dump_json())
    assert ET.fromstring((tmp_path / "out/dial.svg").read_text("utf-8")).tag.endswith("svg")  # noqa: S314


def test_picture_shows_every_position():
    """Each tolerated error has its dot, a hollow one where too little was checked."""
    found = settings(certain(4000), [Load((0.999,), stops=False)], ERRORS, 20)

    picture = plot.svg(found)

    assert picture.count("<circle") == len(ERRORS)
    assert 'class="none"' in picture
    assert 'class="dot"' in picture


def test_bounds_hold():
    """The rule of three, and intervals that hold the share."""
    assert bounds.at_most(0, 3000) == pytest.approx(0.001, rel=0.01)
    assert bounds.at_least(300, 300) == pytest.approx(0.99, abs=0.001)
    low, high = bounds.wilson(0, 50)
    assert low == 0
    assert 0.05 < high < 0.08
