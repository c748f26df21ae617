"""The portal-facing API: a case is taken once, seen by whom it concerns, and moved on the version that was seen."""

import io
import json
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.engine.model import State
from bot.engine.tables import ServedRow, UploadRow
from bot.model import CaseResult, CaseStatus, Clock
from forms.model import Fact

CANARY = "林启明310101199001011234"


def folders(served):
    return {path.name for path in served.works.settings.files.iterdir()}


def count(served, reference):
    with Session(served.works.engine) as session:
        return len(session.exec(select(ServedRow).where(ServedRow.reference == reference)).all())


def with_canary(case, folder):
    fact = Fact(
        key="legal_rep.name", label="法定代表人", value=CANARY, confidence=1.0, sure=True, witnesses=()
    )
    return CaseResult(
        case=case,
        folder=folder,
        status=CaseStatus.REVIEW,
        on="2026-11-23",
        company_name=CANARY,
        facts={"legal_rep.name": fact},
        why_not_automatic=(f"{CANARY}的身份证已过期。",),
        clock=Clock(machine_s=3),
    )


def wait_until(condition, limit_s=20):
    until = time.monotonic() + limit_s
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)


def test_case_is_stored_when_it_is_acknowledged(served):
    """202 means: the files lie on disk under neutral names, the row and its job are there."""
    files = [("营业执照 林启明.PDF", b"one"), ("../../etc/passwd", b"two"), ("a.pdf\x00.exe", b"three")]

    answer = served.submit(files=files, reference="R-1", priority=3)
    case = served.works.cases.find(answer.json()["case"])

    assert (answer.status_code, answer.json()["status"]) == (202, "received")
    assert sorted(p.name for p in Path(case.folder).iterdir()) == ["001.pdf", "002", "003.exe"]
    assert served.works.uploads(case.id)[0].label == "营业执照 林启明.PDF"
    assert (case.reference, case.priority, case.state) == ("R-1", 3, State.RECEIVED)
    assert case.id in served.works.queue._client.list_workflows(workflow_id_prefix=case.id)[0].workflow_id


def test_same_key_and_body_is_the_same_case(served):
    """A repeated request gets the first answer and leaves nothing behind."""
    first = served.submit(key="once", reference="same")
    before = folders(served)

    again = served.submit(key="once", reference="same")

    assert again.status_code == 202
    assert again.json() == first.json()
    assert folders(served) == before
    assert count(served, "same") == 1


@pytest.mark.parametrize(
    "change",
    [{"files": (("a.pdf", b"other"),)}, {"reference": "other"}, {"files": (("b.pdf", b"%PDF-1.7 a"),)}],
)
def test_same_key_with_another_body_is_refused(served, change):
    """Another file, name or metadata under a used key is an error and no case."""
    served.submit(key="taken", reference="first")

    answer = served.submit(key="taken", **({"reference": "first"} | change))

    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_key_belongs_to_its_tenant(served):
    """Two tenants may use the same key."""
    mine = served.submit(key="shared").json()["case"]
    theirs = served.submit(served.client(tenant="other"), key="shared").json()["case"]

    assert mine != theirs


def test_refused_request_does_not_use_its_key_up(served):
    """What was wrong may be put right under the same key."""
    wrong = served.submit(key="mended", region="999999")
    right = served.submit(key="mended", region="310115")

    assert (wrong.status_code, right.status_code) == (422, 202)


def test_fifty_equal_posts_at_once_make_one_case(served):
    """All get the one case's id, or are told that the first is still coming in."""
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: served.submit(key="burst", reference="burst"), range(50)))
    taken = {answer.json()["case"] for answer in answers if answer.status_code == 202}

    assert {answer.status_code for answer in answers} <= {202, 409}
    assert len(taken) == 1
    assert count(served, "burst") == 1


def test_key_of_a_request_that_is_still_coming_in_waits(served):
    """While a slow upload holds its key, another with it is told to come again."""
    go = threading.Event()

    def slowly():
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\nx'
        go.wait(20)
        yield b"\r\n--b--\r\n"

    headers = {"Idempotency-Key": "slow", "Content-Type": "multipart/form-data; boundary=b"}
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(lambda: served.client().post("/v1/cases", content=slowly(), headers=headers))
        wait_until(lambda: ("hall", "slow") in served.works.reservations._under_way)
        second = served.submit(key="slow")
        go.set()

    assert (second.status_code, second.json()["code"]) == (409, "in_progress")
    assert second.headers["Retry-After"] == "1"
    assert first.result().status_code == 202


def test_late_papers_join_an_open_case(served):
    """They lie beside the first ones, and the case is read again."""
    case = served.made()
    served.become(case, State.REVIEW)

    answer = served.client().post(f"/v1/cases/{case}/files", files=[("files", ("b.pdf", b"late"))])
    found = served.works.cases.find(case)

    assert (answer.status_code, answer.json()["status"]) == (202, "received")
    assert len([p for p in Path(found.folder).rglob("*") if p.is_file()]) == 2
    assert (found.state, found.step) == (State.RECEIVED, "read")


def test_late_papers_of_a_filed_case_are_refused(served):
    """What is filed is closed; nothing of the late papers stays."""
    case = served.made()
    found = served.become(case, State.FILED)

    answer = served.client().post(f"/v1/cases/{case}/files", files=[("files", ("b.pdf", b"late"))])

    assert (answer.status_code, answer.json()["code"]) == (409, "state")
    assert len(list(Path(found.folder).parent.rglob("*.pdf"))) == 1


def test_values_are_shown_only_to_a_key_that_may_read(served):
    """Without the scope an answer holds nothing of the applicant."""
    case = served.made()
    served.become(case, State.REVIEW, with_canary(case, "x"))

    hidden = served.client("submitter").get(f"/v1/cases/{case}")
    shown = served.client("reader").get(f"/v1/cases/{case}")
    listed = served.client("reader").get("/v1/cases", params={"limit": 500})

    assert CANARY not in hidden.text + listed.text
    assert hidden.json()["clock"]["machine_s"] == 3
    assert shown.json()["facts"]["legal_rep.name"]["value"] == CANARY


def test_act_on_an_older_version_is_refused(served):
    """Of two persons who saw the same case one acts; the other is told that it changed."""
    case = served.made()
    seen = served.become(case, State.REVIEW).version
    client = served.client("reviewer")
    decision = {"fact": "legal_rep.name", "value": "王小明", "why": "电话核实", "version": seen}

    first = client.post(f"/v1/cases/{case}/review", json=decision)
    second = client.post(f"/v1/cases/{case}/release", json={"version": seen})
    third = client.post(f"/v1/cases/{case}/release", json={}, headers={"If-Match": first.headers["ETag"]})

    assert (first.status_code, first.json()["status"]) == (200, "review")
    assert (second.status_code, second.json()["code"]) == (409, "version")
    assert (third.status_code, third.json()["status"]) == (200, "judging")


def test_act_without_a_version_is_refused(served):
    """Nobody acts blindly."""
    case = served.made()
    served.become(case, State.REVIEW)

    answer = served.client().post(f"/v1/cases/{case}/release", json={})

    assert (answer.status_code, answer.json()["code"]) == (428, "no_version")


def test_cancelled_case_is_left_alone(served):
    """Its job is stale, and a second cancel is refused by its state."""
    case = served.made()
    version = served.works.cases.find(case).version

    cancelled = served.client().post(f"/v1/cases/{case}/cancel", json={"version": version})
    again = served.client().post(f"/v1/cases/{case}/cancel", json={"version": version + 1})

    assert cancelled.json()["status"] == "cancelled"
    assert (again.status_code, again.json()["code"]) == (409, "state")


def test_decision_on_what_there_is_not_is_refused(served):
    """An unknown fact or a value of the wrong kind is told in words and kept nowhere."""
    case = served.made()
    version = served.become(case, State.REVIEW).version

    answer = served.client().post(
        f"/v1/cases/{case}/review", json={"fact": "no.such", "value": "1", "why": "x", "version": version}
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "refused")
    assert served.works.cases.find(case).version == version


def test_pages_go_on_by_cursor(served):
    """Every case of the tenant comes once, the oldest first."""
    made = [served.made(reference="paged") for _ in range(5)]
    client, cursor, seen = served.client(), None, []

    while cursor or not seen:
        params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = client.get("/v1/cases", params=params).json()
        seen += [case["case"] for case in page["cases"]]
        cursor = page["next"]

    assert [case for case in seen if case in made] == made
    assert len(seen) == len(set(seen))


def test_evidence_is_whole_and_hashed(served):
    """The bundle holds the case, its history and a hash of each part."""
    case = served.made()
    served.become(case, State.REVIEW, with_canary(case, "x"))

    answer = served.client("reader").get(f"/v1/cases/{case}/evidence")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))

    assert answer.headers["content-type"] == "application/zip"
    assert {"case.json", "history.json", "hashes.json"} <= set(archive.namelist())
    assert set(json.loads(archive.read("hashes.json"))) == set(archive.namelist()) - {"hashes.json"}
    assert "status:review" in archive.read("history.json").decode()


def test_name_is_checked_as_on_the_command_line(served):
    """The answer has the members of `name check`."""
    answer = served.client("submitter").post("/v1/names/check", json={"name": "上海云栖网络科技有限公司"})

    assert answer.status_code == 200
    assert answer.json()["parts"]["trade_name"] == "云栖"


def test_health_asks_for_no_key_and_tells_nothing(served):
    """Alive, ready and the measures are there for those who run it, without a word on any case."""
    case = served.made(reference="SECRET-REF")
    nobody = served.client("nobody")

    answers = [nobody.get(path) for path in ("/healthz", "/readyz", "/metrics")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[1].json()["checks"] == {"store": True, "disk": True}
    assert 'zeromeet_cases{state="received"}' in answers[2].text
    assert not any(word in a.text for a in answers for word in (case, "SECRET-REF", "hall"))


@pytest.mark.parametrize("path", ["/healthz", "/v1/cases", "/nowhere", "/openapi.json"])
def test_every_answer_carries_the_headers(served, path):
    """Good, refused or unknown: nothing is sniffed, framed, kept or run."""
    headers = served.client("nothing").get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_calls_over_the_rate_are_told_when_to_come_again(served):
    """429 with Retry-After, and the next second is free again."""
    from bot.desk.limits import Buckets

    buckets = Buckets(rate=2)

    waits = [buckets.wait("one") for _ in range(6)]
    other = buckets.wait("two")
    time.sleep(0.6)

    assert waits[:4] == [0, 0, 0, 0]
    assert all(0 < wait <= 0.5 for wait in waits[4:])
    assert other == 0
    assert buckets.wait("one") == 0


def test_log_lines_hold_no_value_and_stay_one_line(served):
    """Whatever stands in a value: a record is one line of JSON, and only named fields are in it."""
    import logging

    from bot.desk.logs import Lines

    record = logging.LogRecord("x", logging.INFO, "f", 1, "request", None, None)
    record.route, record.company = '/v1\n{"level":"audit"}', CANARY

    line = Lines().format(record)

    assert "\n" not in line
    assert json.loads(line)["route"] == '/v1\n{"level":"audit"}'
    assert CANARY not in line


def test_files_of_a_case_are_recorded_with_their_hash(served):
    """What was handed in can be told from what lies there."""
    case = served.made(files=(("a", b"abc"),))

    with Session(served.works.engine) as session:
        row = session.exec(select(UploadRow).where(UploadRow.case == case)).one()

    assert row.sha256.startswith("ba7816bf")
    assert row.size == 3
