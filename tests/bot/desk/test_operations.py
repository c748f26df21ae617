"""Those who run the service see what stands still, and a release on the command line reaches the same case."""

import pytest
import yaml

from bot import settings
from bot.desk import fleet
from bot.desk.service import opened
from bot.engine.model import Intake, Outcome, State, Ticket
from tests.program import ROOT, Program


@pytest.fixture
def program(tmp_path):
    run = Program(tmp_path / "home")
    run.home.mkdir()
    return run


@pytest.fixture
def works(program, monkeypatch):
    """Open the service's own things on the program's home."""
    monkeypatch.setenv("ZEROMEET_HOME", str(program.home))
    with opened(settings.load()) as service:
        yield service


def waiting_case(works, folder):
    case = works.cases.receive(Intake(tenant="hall", folder=str(folder), on="2026-11-23"))
    ticket = Ticket(case=case, number=1, step="read")
    works.cases.start(ticket)
    works.cases.finish(ticket, Outcome(state=State.REVIEW))
    return case


def checks(works):
    return {check.name: check for check in fleet.examine(works.settings)}


def test_release_on_the_command_line_queues_the_served_case(works, program, tmp_path):
    """No second way around the workers: the case waits for one, and a second release is refused."""
    case = waiting_case(works, tmp_path)

    code, said = program.json("review", "release", case)
    again, refused = program.json("review", "release", case)

    assert (code, said["status"]) == (0, "judging")
    assert (again, refused["error"]["code"]) == (2, "usage")
    assert works.cases.find(case).step == "judge"


def test_doctor_is_silent_where_nothing_was_handed_in(works):
    """Who never runs the service is not told about it."""
    assert checks(works) == {}


def test_doctor_finds_what_stands_still(works, tmp_path):
    """Cases without a worker, and a case without a job, are named with what to do."""
    case = works.cases.receive(Intake(tenant="hall", folder=str(tmp_path), on="2026-11-23"))
    before = checks(works)
    works.queue._client.delete_workflows([f"{case}.1"])
    after = checks(works)

    assert not before["工作进程"].ok
    assert before["失去任务的案件"].ok
    assert not after["失去任务的案件"].ok
    assert case in after["失去任务的案件"].origin


def test_doctor_counts_the_workers_that_live(works, tmp_path):
    """A held lock is a worker; a lock file that nobody holds is none."""
    from bot.engine.slots import hold

    waiting_case(works, tmp_path)
    slots = hold(works.engine, works.settings.home)
    (works.settings.home / "slots" / "w009").touch()

    assert checks(works)["工作进程"].value == "1 个"
    slots._file.close()


def test_examples_of_deployment_are_well_formed():
    """What people copy can be read, and names commands that there are."""
    compose = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
    units = [path.read_text(encoding="utf-8") for path in (ROOT / "deploy").glob("*.service")]

    assert compose["services"]["worker"]["command"] == "zeromeet worker"
    assert all("ExecStart=/opt/zeromeet/.venv/bin/zeromeet " in unit for unit in units)
