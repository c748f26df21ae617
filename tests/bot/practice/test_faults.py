"""Faults on demand: how they are asked for, and that each bites where it says."""

import time

import httpx
import pytest

from bot.practice.alter import Alter, altered
from bot.practice.faults import Faults, Visit, kinds
from bot.practice.pages import halls
from bot.practice.server import running
from extractors.errors import UsageError

KEY = "上海云栖科技有限公司"


def bites(fault, times, key=KEY, place="submit"):
    """Return at which of so many requests a fault bites."""
    faults = Faults([fault])
    return [n for n in range(1, times + 1) if faults.biting(Visit(place, key))]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("cut-after-write", [1, 2, 3, 4]),
        ("cut-after-write:once", [1]),
        ("cut-after-write:nth=3", [3]),
        ("cut-after-write:first=2", [1, 2]),
        ("cut-after-write:p=0", []),
        ("cut-after-write:for=云栖", [1, 2, 3, 4]),
        ("cut-after-write:for=别家", []),
        ("cut:at=submit,after,nth=2", [2]),
        ("cut:at=list", []),
    ],
)
def test_fault_bites_when_it_was_asked_to(asked, expected):
    """Each item narrows a fault to the moments it names."""
    assert bites(asked, 4) == expected


def test_probability_is_the_same_in_every_run():
    """With a seed a fault bites at the same moments again, at others for another key, and about as often as asked."""
    asked = "500-on-submit:p=0.3,seed=7"

    assert bites(asked, 200) == bites(asked, 200) != bites(asked, 200, key="北京星澜商贸有限公司")
    assert 40 <= len(bites(asked, 200)) <= 80


def test_once_is_counted_for_each_business_key():
    """What befell one case is no protection for the next."""
    faults = Faults(["500-on-submit:once"])

    found = [bool(faults.biting(Visit("submit", key))) for key in ("甲", "乙", "甲", "乙")]

    assert found == [True, True, False, False]


@pytest.mark.parametrize(
    "asked",
    [
        "mantenance",
        "slow:p=2",
        "slow:nth=0",
        "slow:nth",
        "slow:sometimes",
        "slow:n=5",
        "cut-after-write:at=list",
        "renamed-label:once",
        "rewrite:p=0.5",
    ],
)
def test_fault_that_would_not_do_as_asked_is_refused(asked):
    """A misspelt fault, or an item without effect on it, is a usage error."""
    with pytest.raises(UsageError):
        Faults([asked])


def test_every_kind_does_something():
    """No entry of the table is without effect and without words."""
    assert [name for name, kind in kinds().items() if not kind.says or not (kind.does or kind.alter)] == []


@pytest.mark.parametrize("name", [name for name, kind in kinds().items() if kind.alter])
def test_alteration_alters_a_hall(name):
    """Each alteration leaves a hall that differs, whose labels are unique on their page."""
    how = kinds()[name].alter

    found = {hall.id: altered(hall, how) for hall in halls().values()}

    assert any(found[hall.id] != hall for hall in halls().values())
    for hall in found.values():
        for item in hall.items:
            assert len({field.label for field in item.fields}) == len(item.fields)


def test_field_carried_to_the_last_page_is_asked_there():
    """A field that moved to another page has left its own."""
    hall = halls()["tax"]

    pages = altered(hall, Alter(carry=("经营范围",))).items

    assert [page.id for page in pages if "经营范围" in {field.label for field in page.fields}] == [
        pages[-1].id
    ]


def asked(url, *steps):
    """Sign in over a real connection and make requests; return the last answer."""
    with httpx.Client(base_url=url, trust_env=False, follow_redirects=True, timeout=10) as client:
        client.post("/login", data={"user": "desk", "password": "secret"})
        for method, path, data in steps:
            answer = client.request(method, path, data=data)
    return answer


BEGIN = ("POST", "/halls/name", {"key": KEY})


@pytest.fixture
def served(tmp_path):
    """Serve a portal with faults as a process of its own."""
    return lambda *faults: running(tmp_path / "practice.sqlite", "desk", "secret", faults=faults)


def test_cut_leaves_no_answer(served):
    """The connection is closed before one byte of the answer."""
    with (
        served("cut:at=form") as url,
        pytest.raises(httpx.RemoteProtocolError, match="without sending a response"),
    ):
        asked(url, BEGIN)


def test_half_page_breaks_off(served):
    """The connection is closed when half of the page has come."""
    with (
        served("half-page:at=form") as url,
        pytest.raises(httpx.RemoteProtocolError, match="complete message body"),
    ):
        asked(url, BEGIN)


def test_cut_after_the_work_keeps_what_was_sent(served):
    """The draft is begun although its sender was not told."""
    with served("cut:at=begin,after,once") as url:
        with pytest.raises(httpx.RemoteProtocolError):
            asked(url, BEGIN)

        assert KEY in asked(url, ("GET", "/", None)).text


def test_slow_portal_works_on_when_its_visitor_has_gone(served):
    """A request that nobody waits for any more is carried out all the same."""
    with served("slow:at=begin,s=0.5") as url:
        with httpx.Client(base_url=url, trust_env=False) as client:
            client.post("/login", data={"user": "desk", "password": "secret"})
            with pytest.raises(httpx.ReadTimeout):
                client.post("/halls/name", data={"key": KEY}, timeout=0.1)
        time.sleep(1)

        assert KEY in asked(url, ("GET", "/", None)).text


def test_session_lost_leads_to_the_login(begun):
    """A session that ends in mid-form asks who is there; the draft is kept."""
    client, draft = begun("name", "session-lost:at=keep,once")

    page = client.post(f"{draft}/declaration", data={"tradeName": "云栖", "act": "save"})

    assert "<h1>用户登录</h1>" in page.text


def test_busy_portal_says_how_long(visit):
    """The answer to too many requests names the seconds."""
    client = visit("429:at=list,s=3")

    answer = client.get("/filings")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3")


def test_rate_limit_holds_for_everybody(visit):
    """The page after the last allowed one is refused, with the time until the next."""
    client = visit("rate-limit:n=4", signed_in=False)

    found = [client.get("/login").status_code for _ in range(5)]

    assert found == [200] * 4 + [429]
    assert 1 <= int(client.get("/login").headers["Retry-After"]) <= 60


def test_gate_lets_a_person_past(begun):
    """A code of the gate's own page opens it for this session, on the page that was asked for."""
    client, draft = begun("name", "sms:at=form")
    gate = client.get(f"{draft}/declaration").text
    code = gate.partition("<strong>")[2].partition("</strong>")[0]
    told = {"gate": "短信验证", "onward": f"{draft}/declaration"}

    wrong = client.post("/gate", data=told | {"code": "x"})
    page = client.post("/gate", data=told | {"code": code})

    assert "短信验证" in gate
    assert wrong.status_code == 401
    assert "<h1>企业名称自主申报</h1>" in page.text


@pytest.mark.parametrize(
    ("fault", "status", "filings"),
    [
        ("duplicate-name", 409, 0),
        ("token-refused", 409, 0),
        ("429-on-submit", 429, 0),
        ("refuse-after-write", 409, 1),
        ("lost-receipt", 500, 1),
        ("receipt-gone", 404, 1),
        ("session-lost-after-write", 200, 1),
    ],
)
def test_answer_tells_or_hides_what_was_written(checked, fault, status, filings):
    """Each fault of the last click leaves the portal with what its name says, whatever the answer is."""
    client, check = checked("name", fault)
    token = check.text.partition('name="token" value="')[2].partition('"')[0]

    answer = client.post(f"{check.url.path.removesuffix('/check')}/submit", data={"token": token})

    client.post("/login", data={"user": "desk", "password": "secret"})
    assert answer.status_code == status
    assert client.get("/filings").text.count("data-key=") == filings


def test_list_that_lags_shows_a_filing_late(checked):
    """What was accepted a moment ago is not in the list yet."""
    client, check = checked("name", "list-lags")
    token = check.text.partition('name="token" value="')[2].partition('"')[0]

    receipt = client.post(f"{check.url.path.removesuffix('/check')}/submit", data={"token": token})

    assert "受理回执" in receipt.text
    assert "data-key=" not in client.get("/filings").text


def test_portal_that_does_not_look_takes_a_filing_twice(checked):
    """Without a key of its own the portal files whatever comes, as often as it comes."""
    client, check = checked("name", "takes-twice")
    token = check.text.partition('name="token" value="')[2].partition('"')[0]
    address = f"{check.url.path.removesuffix('/check')}/submit"

    client.post(address, data={"token": token})
    client.post(address, data={"token": token})

    assert client.get("/filings").text.count("data-key=") == 2


@pytest.mark.parametrize(
    ("fault", "shown", "hidden"),
    [
        ("renamed-label", "业务范围", "经营范围"),
        ("new-required", "行业门类", "无此栏目"),
        ("removed-option", "股份有限公司", ">有限公司<"),
        ("renamed-option", "有限公司（内资）", ">有限公司<"),
        ("locked-field", "以登记机关核定的为准", "无此栏目"),
        ("moved-field", "其他信息", "无此栏目"),
        ("script-rewrite", "data-meddled", "无此栏目"),
    ],
)
def test_altered_form_is_shown(begun, fault, shown, hidden):
    """What is altered is on the page itself."""
    client, draft = begun("name", fault)

    page = client.get(f"{draft}/declaration").text

    assert shown in page
    assert hidden not in page
