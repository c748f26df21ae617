"""What is old and of no use goes; what belongs to a case stays."""

import os
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from bot import database
from bot.desk.tidy import tidy
from bot.engine.cases import Cases, create_tables
from bot.engine.model import Intake
from bot.engine.queue import Queue
from bot.engine.tables import AnswerRow


@pytest.fixture
def engine(tmp_path):
    made = database.connect(f"sqlite:///{tmp_path / 'zeromeet.sqlite'}")
    create_tables(made)
    yield made
    made.dispose()


@pytest.fixture
def queue(engine):
    opened = Queue(engine)
    yield opened
    opened.close()


def aged(path, days):
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_papers_without_a_case_go_after_a_day(engine, queue, tmp_path):
    """Broken-off uploads go; those of today, and those of a case, stay."""
    files = tmp_path / "files"
    case = Cases(engine, queue).receive(Intake(tenant="hall", folder=str(files / "x")))
    for name in (case, "c" + "1" * 24, "c" + "2" * 24):
        (files / name / "papers").mkdir(parents=True)
    (files / case / "late-00").mkdir()
    for path in (files / case / "late-00", files / case, files / ("c" + "1" * 24)):
        aged(path, 2)

    done = tidy(engine, queue, files)

    assert done.folders == 2
    assert sorted(path.name for path in files.iterdir()) == sorted([case, "c" + "2" * 24])
    assert [path.name for path in (files / case).iterdir()] == ["papers"]


def test_answers_are_kept_a_month(engine, queue, tmp_path):
    """A key of last week is still known; one of last year may be used anew."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        for key, days in (("new", 7), ("old", 365)):
            at = now - timedelta(days=days)
            session.add(AnswerRow(tenant="hall", key=key, body_hash="", case="c", at=at))
        session.commit()

    done = tidy(engine, queue, tmp_path / "files")

    with Session(engine) as session:
        left = [session.get(AnswerRow, ("hall", key)) is not None for key in ("new", "old")]
    assert (done.keys, left) == (1, [True, False])


def test_jobs_under_way_are_never_forgotten(engine, queue, tmp_path):
    """Only what has ended goes; a waiting ticket stays however old it is."""
    Cases(engine, queue).receive(Intake(tenant="hall", folder=str(tmp_path)))

    done = queue.forget(int((time.time() + 86_400) * 1000))

    assert done == 0
    assert len(queue._client.list_workflows()) == 1
