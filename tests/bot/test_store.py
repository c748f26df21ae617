"""The store keeps cases, decisions and filings so that a crash loses nothing and nothing is filed twice."""

import re
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import CaseResult, CaseStatus, Review
from bot.portals.plan import Receipt
from bot.store import Store

PORTAL, HALL, KEY = "practice", "tax", "上海云栖网络科技有限公司"


@pytest.fixture
def database(tmp_path):
    return tmp_path / "data" / "zeromeet.sqlite"


@pytest.fixture
def store(database):
    opened = Store(f"sqlite:///{database}")
    yield opened
    opened.close()


@pytest.fixture
def case(store, tmp_path):
    return store.open_case(tmp_path / "papers")


def review(value):
    return Review(
        fact="capital.amount",
        machine_value="3000000.00",
        value=value,
        who="clerk",
        at=datetime(2026, 11, 23, tzinfo=UTC),
        why="电话核实",
    )


def result(case, status):
    return CaseResult(case=case, folder="papers", status=status, on="2026-11-23")


def rows(database, query):
    """Ask over a connection of its own, which sees only what is committed."""
    with sqlite3.connect(database) as second:
        found = second.execute(query).fetchall()
    second.close()
    return found


def test_same_folder_is_the_same_case_however_it_is_written(store, tmp_path, monkeypatch):
    """A relative path and a detour lead to the one case."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papers").mkdir()

    first = store.open_case(tmp_path / "papers")
    second = store.open_case(tmp_path / "papers" / ".." / "papers")
    third = store.open_case(Path("papers"))

    assert first == second == third
    assert len(store.cases()) == 1


def test_other_folder_is_another_case(store, tmp_path):
    """Two folders never share a case, and each is found by its id and by its folder."""
    first, second = store.open_case(tmp_path / "a"), store.open_case(tmp_path / "b")

    found = [store.find(name).id for name in (first, second, str(tmp_path / "a"), str(tmp_path / "b"))]

    assert first != second
    assert found == [first, second, first, second]
    assert store.find("20000101-001") is None


def test_case_id_carries_nothing_of_the_folder(store, tmp_path):
    """An id is a day and a turn, so that it may stand in logs and addresses."""
    ids = [store.open_case(tmp_path / name) for name in ("林启明 13800000000", "qiming")]

    assert all(re.fullmatch(r"\d{8}-\d{3,}", name) for name in ids)
    assert [name[-3:] for name in ids] == ["001", "002"]


def test_intent_is_durable_before_anything_else_happens(store, case, database):
    """When note_sending returns, a second connection sees the intent, and every commit waits for the disk."""
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)

    assert rows(database, "SELECT state, attempts FROM filing") == [("sent", 1)]
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_filing_is_one_for_portal_hall_and_key(store, case, tmp_path, database):
    """A second attempt, also from a copy of the folder, is counted on the first's row."""
    copy = store.open_case(tmp_path / "copy")

    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)
    store.note_sending(copy, PORTAL, HALL, KEY, "b" * 64, after=1)

    assert rows(database, "SELECT attempts, plan_hash FROM filing") == [(2, "b" * 64)]


@pytest.mark.parametrize(
    "other", [("else", HALL, KEY), (PORTAL, "name", KEY), (PORTAL, HALL, "上海别家有限公司")]
)
def test_other_portal_hall_or_key_is_another_filing(store, case, database, other):
    """What differs in any of the three is filed apart."""
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)
    store.note_sending(case, *other, "a" * 64)

    assert rows(database, "SELECT count(*) FROM filing") == [(2,)]


def test_second_row_of_the_same_filing_is_refused_by_the_database(store, case, database):
    """Not only our code but the database itself holds a filing to one row."""
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)
    again = "INSERT INTO filing SELECT NULL, 'x', portal, hall, business_key, '', '', '', 0, at FROM filing"

    with pytest.raises(sqlite3.IntegrityError):
        rows(database, again)


@pytest.mark.parametrize("after", [0, 1])
def test_of_many_at_once_one_may_click(store, case, after):
    """Whoever knew of fewer clicks than there were is sent away, also where all ask at the same moment."""
    for _ in range(after):
        store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)

    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(store.note_sending, case, PORTAL, HALL, KEY, "b" * 64, after=after) for _ in range(8)
        ]

    assert sorted(one.result() for one in asked) == [False] * 7 + [True]
    assert store.filing(PORTAL, HALL, KEY).attempts == after + 1


def test_what_is_filed_is_not_sent_again(store, case):
    """After a receipt no intent is taken any more."""
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)
    store.note_receipt(case, PORTAL, HALL, KEY, Receipt(hall=HALL, number="T1"))

    taken = store.note_sending(case, PORTAL, HALL, KEY, "a" * 64, after=1)

    assert taken is False


def test_withdrawn_click_leaves_no_doubt(store, case):
    """A click that led to nothing is counted and doubted no longer; a receipt cannot be withdrawn."""
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)
    store.note_withdrawn(case, PORTAL, HALL, KEY)
    before = store.filing(PORTAL, HALL, KEY)
    store.note_receipt(case, PORTAL, HALL, KEY, Receipt(hall=HALL, number="T1"))
    store.note_withdrawn(case, PORTAL, HALL, KEY)

    assert (before.state, before.attempts) == ("withdrawn", 1)
    assert store.filing(PORTAL, HALL, KEY).state == "filed"


def test_receipt_closes_the_intent(store, case):
    """After the receipt the filing is known as filed, with the receipt and the hash it was sent with."""
    receipt = Receipt(hall=HALL, number="T1", items={"bank_account_report": "T1-01"})

    before = store.filing(PORTAL, HALL, KEY)
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)
    store.note_receipt(case, PORTAL, HALL, KEY, receipt)
    kept = store.filing(PORTAL, HALL, KEY)

    assert before is None
    assert (kept.state, kept.plan_hash, kept.receipt) == ("filed", "a" * 64, receipt)


def test_reviews_keep_their_order(store, case):
    """Decisions come back oldest first, none lost, even where they are on the same fact."""
    made = [review(str(n)) for n in range(12)]

    for one in made:
        store.add_review(case, one)

    assert store.reviews(case) == tuple(made)


def test_history_is_kept_in_order(store, case):
    """Every step of a case is an event, oldest first."""
    store.keep(result(case, CaseStatus.REVIEW))
    store.add_review(case, review("2000000"))
    store.released(case, "clerk")
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)
    store.note_receipt(case, PORTAL, HALL, KEY, Receipt(hall=HALL, number="T1"))

    steps = [what for _, what in store.events(case)]

    assert steps == [
        "received",
        "status:review",
        "reviewed:capital.amount",
        "released:clerk",
        "sending:tax",
        "filed:tax",
    ]


def test_human_time_runs_from_the_stop_to_the_release(store, case, database):
    """An hour of waiting is an hour of human time, and a second stop adds to it."""
    for _ in range(2):
        store.keep(result(case, CaseStatus.REVIEW))
        rows(database, "UPDATE \"case\" SET stopped_at = datetime(stopped_at, '-1 hour')")
        store.released(case, "clerk")

    assert store.human_seconds(case) == pytest.approx(7200, abs=60)


def test_case_that_never_stopped_has_no_human_time(store, case):
    """Releasing what did not wait counts nothing."""
    store.keep(result(case, CaseStatus.FILED))

    assert store.released(case, "clerk") == 0


def test_database_is_readable_by_its_owner_only(store, case, database):
    """The file and the files beside it hold personal data: mode 0600 in a folder of mode 0700."""
    store.note_sending(case, PORTAL, HALL, KEY, "a" * 64)

    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in database.parent.iterdir()}

    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700
