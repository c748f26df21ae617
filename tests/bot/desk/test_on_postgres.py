"""The same service on a PostgreSQL server: what rests on the database holds there too."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import settings
from bot.desk import fleet
from bot.engine.model import State
from tests.bot.desk.serving import serving


@pytest.fixture
def fleet_of_two(server, tmp_path):
    """Run two services on one database."""
    have = settings.load().model_copy(
        update={"database": server.emptied(), "files": tmp_path / "files", "rate": 10_000}
    )
    with serving(have) as one, serving(have) as other:
        other.keys = one.keys
        assert one.client() is not other.client()
        yield one, other


def test_fifty_equal_posts_to_two_services_make_one_case(fleet_of_two):
    """What one process cannot see of the other, the database decides."""
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda n: fleet_of_two[n % 2].submit(key="burst"), range(50)))
    taken = {answer.json()["case"] for answer in answers if answer.status_code == 202}

    assert {answer.status_code for answer in answers} <= {202, 409}
    assert len(taken) == 1
    assert fleet_of_two[0].works.cases.counts()[State.RECEIVED] == 1


def test_case_taken_by_one_is_moved_on_through_the_other(fleet_of_two):
    """Versions, lists and the state of the fleet are the database's, not the process's."""
    one, other = fleet_of_two
    case = one.made(reference="A")
    seen = one.become(case, State.REVIEW).version

    released = other.client().post(f"/v1/cases/{case}/release", json={"version": seen})
    again = one.client().post(f"/v1/cases/{case}/release", json={"version": seen})
    listed = other.client().get("/v1/cases", params={"status": "judging"}).json()["cases"]
    told = {check.name: check for check in fleet.examine(one.works.settings)}

    assert (released.status_code, released.json()["status"]) == (200, "judging")
    assert again.status_code == 409
    assert [found["case"] for found in listed] == [case]
    assert told["工作进程"].value == "0 个"
    assert one.client().get("/readyz").json()["checks"]["store"] is True
