"""Workers come, pause, are told to go and are killed; cases end, once each."""

import os
import signal
import time

import pytest

from bot.engine.model import Intake, State
from tests.bot.engine import kills, town

LIMIT_S = 40.0
TAKE_OVER_S = 30.0


@pytest.fixture
def workers(address, tmp_path):
    """Return what starts a worker; whatever lives at the end is killed."""
    alive = []

    def born(**how):
        alive.append(town.born(address, str(tmp_path), *(how.get(k, d) for k, d in town_defaults.items())))
        return alive[-1]

    yield born
    for worker in alive:
        worker.kill()
        worker.join()


town_defaults = {"read_s": 0.01, "file_s": 0.03, "portal_at_once": 64}


def hand_in(cases, folder, count, reference=""):
    return [
        cases.receive(Intake(tenant="hall", folder=str(folder / f"papers-{n}"), reference=reference))
        for n in range(count)
    ]


def wait_until(condition, limit_s=LIMIT_S):
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_dead_workers_case_is_taken_over(cases, workers, tmp_path):
    """Killed in the middle of a case: another worker has it within the limit, without anyone's help."""
    (case,) = hand_in(cases, tmp_path, 1)
    first = workers(read_s=3)
    assert wait_until(lambda: cases.find(case).state is State.READING)
    workers(read_s=0.01)
    time.sleep(1)

    first.kill()
    killed = time.monotonic()
    began_again = wait_until(lambda: cases.find(case).starts == 2 or cases.find(case).state is State.FILED)
    seconds = time.monotonic() - killed

    assert began_again
    assert seconds < TAKE_OVER_S
    assert wait_until(lambda: cases.find(case).state is State.FILED)


def test_paused_worker_keeps_its_case(cases, workers, tmp_path):
    """A worker that is stopped and goes on has not lost its case to another: nothing is begun twice."""
    (case,) = hand_in(cases, tmp_path, 1)
    first = workers(read_s=2)
    assert wait_until(lambda: cases.find(case).state is State.READING)
    workers()

    os.kill(first.pid, signal.SIGSTOP)
    time.sleep(3)
    begun = cases.find(case).starts
    os.kill(first.pid, signal.SIGCONT)

    assert begun == 1
    assert wait_until(lambda: cases.find(case).state is State.FILED)


def test_worker_that_is_told_to_go_ends_what_it_began(cases, workers, tmp_path):
    """SIGTERM: the case under way goes on to its state, the process ends by itself with 0."""
    (case,) = hand_in(cases, tmp_path, 1)
    worker = workers(read_s=2)
    assert wait_until(lambda: cases.find(case).state is State.READING)

    worker.terminate()
    worker.join(20)

    assert worker.exitcode == 0
    assert cases.find(case).state is State.READY


def test_poisonous_case_is_put_aside_and_the_others_end(cases, workers, tmp_path):
    """A case that kills every worker which takes it is quarantined; the cases behind it are filed."""
    (poison,) = hand_in(cases, tmp_path, 1, "poison")
    good = hand_in(cases, tmp_path / "good", 3)
    until = time.monotonic() + LIMIT_S
    worker = workers()

    while cases.find(poison).state is not State.QUARANTINED and time.monotonic() < until:
        if not worker.is_alive():
            worker = workers()
        time.sleep(0.05)

    assert cases.find(poison).state is State.QUARANTINED
    assert wait_until(lambda: all(cases.find(case).state is State.FILED for case in good))


def test_portal_is_never_visited_by_more_than_its_share(cases, workers, tmp_path):
    """Four workers with room for sixteen keep to two filings at once at one portal."""
    made = hand_in(cases, tmp_path, 24)
    for _ in range(4):
        workers(file_s=0.2, portal_at_once=2)

    assert wait_until(lambda: cases.counts()[State.FILED] == len(made))
    assert town.most_at_once(tmp_path) == 2


def test_urgent_case_goes_first(cases, workers, tmp_path):
    """Of waiting cases the one with the lower number is read before those that came earlier."""
    usual = hand_in(cases, tmp_path, 12)
    urgent = cases.receive(Intake(tenant="hall", folder=str(tmp_path / "urgent"), priority=1))

    workers(read_s=0.5)
    assert wait_until(lambda: cases.find(urgent).state is State.FILED)

    assert any(cases.find(case).state is State.RECEIVED for case in usual)


def test_released_case_goes_on_at_once(cases, workers, tmp_path):
    """A person's wait holds no worker, and the release is taken up by whichever is free."""
    from bot.engine.model import Step

    (case,) = hand_in(cases, tmp_path, 1, "ask")
    workers()
    assert wait_until(lambda: cases.find(case).state is State.REVIEW)

    cases.act(case, None, {State.REVIEW}, lambda *_: (State.JUDGING, Step.JUDGE))
    begun = time.monotonic()

    assert wait_until(lambda: cases.find(case).state is State.FILED)
    assert time.monotonic() - begun < 5


@pytest.mark.timeout(400)
@pytest.mark.parametrize(("on", "restart_every"), [("sqlite", 0), ("postgres", 12)])
def test_killed_again_and_again_nothing_is_lost_doubled_or_stuck(on, restart_every, request):
    """Workers are killed and paused, the server crashes: each case ends filed, once; the naive ones show the bite."""
    if on == "postgres":
        request.getfixturevalue("server")

    tally = kills.run(30, on, seed=11, restart_every=restart_every)

    assert (tally.lost, tally.doubled) == (0, 0)
    assert tally.kills == 30
    assert tally.restarts == (2 if restart_every else 0)
    assert tally.naive_doubled > 0
