"""Reserving: of two who want one name, one gets it; and what was confirmed survives a kill."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.register.errors import NameNotFoundError, NameTakenError
from bot.register.register import Register
from rules.names.model import Parts
from tests.bot.register.conftest import ON
from tests.bot.register.test_search import SHANGHAI, question

NAME = "上海云栖网络科技有限公司"
RACE = """
import sys
from pathlib import Path
from datetime import date
from pathlib import Path
from bot.register.errors import NameTakenError
from bot.register.register import Register
register = Register(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
try:
    register.reserve(sys.argv[2], "310000", date(2026, 11, 23))
    print("mine", flush=True)
except NameTakenError:
    print("taken", flush=True)
sys.stdin.readline()
"""


def racer(folder, name):
    process = subprocess.Popen(
        [sys.executable, "-c", RACE, str(folder), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )
    assert process.stdout.readline() == "ready\n"
    return process


def start(process):
    process.stdin.write("\n")
    process.stdin.flush()


def test_of_processes_that_reserve_one_name_at_once_one_gets_it(own):
    """The question and the answer are one transaction."""
    racers = [racer(own, NAME) for _ in range(4)]
    for process in racers:
        start(process)

    said = sorted(process.stdout.readline().strip() for process in racers)

    for process in racers:
        process.communicate("\n")
    assert said == ["mine", "taken", "taken", "taken"]


def test_confirmed_reservation_survives_a_kill(own):
    """Killed the moment it said so, the name is held all the same."""
    process = racer(own, NAME)
    start(process)
    assert process.stdout.readline() == "mine\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()

    hits = Register(own).search(question(Parts("云栖", "上海", "", "网络科技", "有限公司"))).hits

    assert [hit.other_name for hit in hits] == [NAME]


def test_same_name_in_other_words_is_not_reserved(register):
    """地产 and 置业 are one industry: the second is refused, and told why."""
    register.reserve("上海万青房地产有限公司", SHANGHAI, ON)

    with pytest.raises(NameTakenError, match="上海万青房地产有限公司"):
        register.reserve("上海万青置业有限公司", SHANGHAI, ON)


def test_unknown_name_is_not_released(register):
    """What is not there cannot be given back."""
    with pytest.raises(NameNotFoundError):
        register.release(NAME, SHANGHAI)


def test_release_gives_back_the_reservation_that_holds(register):
    """An older one of the same name that has run out is not taken for it."""
    register.reserve(NAME, SHANGHAI, ON)
    later = ON + timedelta(days=200)
    register.reserve(NAME, SHANGHAI, later)

    register.release(NAME, SHANGHAI)

    assert register.search(question(Parts("云栖", "上海", "", "网络科技", "有限公司"), on=later)).hits == ()
