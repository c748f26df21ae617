"""A served case changes only as its job or a person expects it; a stale job changes nothing."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from bot import exits
from bot.engine.cases import MOST_STARTS
from bot.engine.model import MOVING, OPEN, Intake, Outcome, State, Step, Ticket
from bot.engine.tables import CallRow
from bot.engine.worker import after


@pytest.fixture
def case(cases, tmp_path):
    return cases.receive(
        Intake(tenant="hall", folder=str(tmp_path / "a"), reference="A-1", callback_url="https://a.example/")
    )


def ticket(cases, case):
    found = cases.find(case)
    return Ticket(case=case, number=found.ticket, step=found.step)


def calls(engine):
    with Session(engine) as session:
        return [row.body for row in session.exec(select(CallRow))]


def test_case_and_its_job_are_one_commit(cases, queue, engine, tmp_path):
    """What fails while a case is taken leaves neither the case nor a job of it."""

    def fail(session, case):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cases.receive(Intake(tenant="hall", folder=str(tmp_path)), fail)

    assert cases.counts()[State.RECEIVED] == 0
    assert queue._client.list_workflows() == []


def test_received_case_has_a_live_job(cases, queue, case):
    """From the moment a case is taken its ticket waits in the queue."""
    assert queue.dead([ticket(cases, case)]) == set()


def test_stale_ticket_changes_nothing(cases, case):
    """After a person's act the job under way ends without a trace."""
    old = ticket(cases, case)
    cases.start(old)
    cases.act(case, None, OPEN, lambda *_: (State.RECEIVED, Step.READ))

    ended = cases.finish(old, Outcome(state=State.FILED))

    assert not ended
    assert cases.start(old) is None
    assert cases.find(case).state is State.RECEIVED


def test_act_on_another_version_is_refused(cases, case):
    """A person who saw an older version acts on nothing."""
    seen = cases.find(case).version
    cases.start(ticket(cases, case))

    acted = cases.act(case, seen, OPEN, lambda *_: (State.CANCELLED, None))

    assert acted is None
    assert cases.find(case).state is State.READING


def test_ready_case_goes_to_the_portal_by_itself(cases, queue, case):
    """Judged and free, the case's next job is its filing, queued with the change of state."""
    first = ticket(cases, case)
    found = cases.start(first)
    end = after(found, Step.READ, Outcome(state=State.READY))

    cases.finish(first, end.outcome, end.step)

    assert ticket(cases, case) == Ticket(case=case, number=first.number + 1, step=Step.FILE)
    assert queue.dead([ticket(cases, case)]) == set()


def test_portal_that_is_away_is_asked_again_later_and_not_for_ever(cases, case):
    """Each try waits longer; after the last the case is a person's."""
    found = cases.find(case)
    away = Outcome(state=State.FAILED, exit_code=exits.UNAVAILABLE)

    ends = [after(found.model_copy(update={"tries": tries}), Step.FILE, away) for tries in range(15)]
    waits = [end.delay_s for end in ends if end.step]

    assert waits == sorted(waits)
    assert sum(waits) > 24 * 3600
    assert {end.outcome.state for end in ends} == {State.READY, State.FAILED}


@pytest.mark.parametrize("code", [exits.FAILED, exits.CHANGED, exits.UNKNOWN])
def test_what_time_does_not_mend_is_not_tried_again(cases, case, code):
    """A changed page or an unknown outcome goes to a person at once."""
    end = after(cases.find(case), Step.FILE, Outcome(state=State.FAILED, exit_code=code))

    assert (end.step, end.outcome.state) == (None, State.FAILED)


def test_case_that_kills_its_workers_is_put_aside(cases, case):
    """Begun again and again and never ended, a case is quarantined; others keep their workers."""
    begun = [cases.start(ticket(cases, case)) for _ in range(MOST_STARTS + 1)]

    assert begun[-1] is None
    assert all(begun[:-1])
    assert cases.find(case).state is State.QUARANTINED


def test_portal_is_told_thinly_and_only_of_what_concerns_it(cases, engine, case):
    """A message names case, status and reference, and goes out for ends and stops, not for every step."""
    first = ticket(cases, case)
    cases.start(first)
    cases.finish(first, Outcome(state=State.REVIEW))

    assert calls(engine) == [f'{{"case": "{case}", "status": "review", "reference": "A-1"}}']


def test_sweep_gives_a_case_without_a_job_a_new_one(cases, queue, case):
    """A moving case whose job is gone is found; one with a job, or with a person, is left alone."""
    lost = ticket(cases, case)
    before = cases.sweep()
    queue._client.delete_workflows([f"{case}.{lost.number}"])

    swept = cases.sweep()

    assert (before, swept) == ([], [case])
    assert ticket(cases, case).number == lost.number + 1
    assert queue.dead([ticket(cases, case)]) == set()


def test_other_tenants_case_is_not_there(cases, case):
    """A case is found by its own tenant only."""
    assert cases.find(case, "hall") is not None
    assert cases.find(case, "other") is None


def test_list_goes_on_where_it_stopped(cases, tmp_path):
    """Pages neither repeat nor skip a case."""
    made = [cases.receive(Intake(tenant="hall", folder=str(tmp_path / str(n)))) for n in range(5)]
    since = datetime(2020, 1, 1, tzinfo=UTC)

    first = cases.listed("hall", state=None, since=since, after=None, limit=3)
    rest = cases.listed(
        "hall", state=State.RECEIVED, since=None, after=(first[-1].created_at, first[-1].id), limit=3
    )

    assert [one.id for one in (*first, *rest)] == made
    assert cases.listed("other", state=None, since=None, after=None, limit=9) == ()


def test_every_state_is_final_or_has_somebody_who_moves_it():
    """No state is a dead end that nobody watches."""
    from bot.engine.model import FINAL, WITH_A_PERSON

    assert frozenset(State) == FINAL | WITH_A_PERSON | MOVING
    assert not FINAL & MOVING
