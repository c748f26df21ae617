"""Differences are accepted by class; what is not, and what is gone, fails."""

from xml.etree import ElementTree as ET

import pytest

from bot import replay_jobs
from bot.replay import archive
from bot.replay.html import render
from bot.replay.junit import junit
from bot.replay.model import Recording, Stage
from bot.replay_jobs import Question
from extractors.errors import UsageError
from rules.model import Verdict
from tests.bot.replay.conftest import of_company

RULE = "capital.paid_within_limit"


def as_if_another_rule(case: Recording) -> Recording:
    """Return a recording made by a program in which one rule objected."""
    findings = tuple(
        f.model_copy(update={"verdict": Verdict.FAIL, "message": "不行。"}) if f.rule == RULE else f
        for f in case.outcome.findings
    )
    outcome = case.outcome.model_copy(update={"findings": findings})
    return case.model_copy(update={"outcome": outcome, "units": case.units | {f"rule {RULE}": "another"}})


@pytest.fixture
def question(folder):
    """Return a replay of two cases, in one of which a rule has changed."""
    return Question(path=folder(as_if_another_rule(of_company(1)), of_company(2)), start=Stage.RULES)


def test_class_names_its_cause_and_its_cases(question):
    """One difference, for one reason, in one case."""
    report = replay_jobs.replay(question)

    (one,) = report.classes
    assert one.difference == f"verdict {RULE} verdict: fail → pass"
    assert (one.because, one.cases) == ((f"rule {RULE}",), ("case-1.zeromeet",))
    assert not report.is_fine


def test_accepted_difference_is_fine(question):
    """What a person accepted with a reason is reported with it, and fails nothing."""
    replay_jobs.accept(question, "新公告")

    report = replay_jobs.replay(question)

    assert report.is_fine
    assert [one.why for one in report.classes] == ["新公告"]


def test_accepted_difference_that_is_gone_fails(question):
    """An expectation that no case shows any more is named, until it is accepted that it is gone."""
    replay_jobs.accept(question, "新公告")
    archive.write(of_company(1), question.path / "case-1.zeromeet")

    gone = replay_jobs.replay(question)
    replay_jobs.accept(question, "已改回")

    assert (gone.is_fine, len(gone.unused)) == (False, 1)
    assert replay_jobs.replay(question).is_fine
    assert not (question.path / "expected.yaml").exists()


def test_expectation_that_a_later_stage_cannot_show_is_left_alone(question):
    """A change of a rule is not missed where only the plan is replayed."""
    replay_jobs.accept(question, "新公告")

    assert replay_jobs.replay(question.model_copy(update={"start": Stage.PLAN})).is_fine


def test_nothing_is_accepted_without_a_reason(question):
    """Whoever comes later must be able to read why."""
    with pytest.raises(UsageError):
        replay_jobs.accept(question, " ")


def test_reports_say_the_same_and_fetch_nothing(question):
    """JUnit fails the one case by the level of its difference; the page shows both sides and loads no file."""
    report = replay_jobs.replay(question)

    xml = ET.fromstring(junit(report))  # noqa: S314 - our own
    page = render(report, dict(archive.found([question.path])))
    failures = {case.get("name"): [f.get("type") for f in case] for case in xml.iter("testcase")}
    assert failures == {"case-1.zeromeet": ["verdict"], "case-2.zeromeet": []}
    assert RULE in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<script" not in page


def test_damaged_recording_fails_alone(question):
    """The others are replayed all the same."""
    (question.path / "broken.zeromeet").write_bytes(b"PK")

    report = replay_jobs.replay(question)

    assert [one.name for one in report.cases if one.error] == ["broken.zeromeet"]
    assert len(report.classes) == 1


def test_portal_is_refused_where_its_answers_are_not_recorded(question):
    """Nothing is made up."""
    with pytest.raises(UsageError, match="不能从门户回放"):
        replay_jobs.replay(question.model_copy(update={"start": Stage.PORTAL}))
