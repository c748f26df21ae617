"""Both halls from the first page to the record: what is accepted, kept, passed over and filed once."""

import html
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.practice.pages import halls
from bot.practice.server import running
from bot.practice.store import AlreadyFiledError, PracticeStore


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.text).group(1)


def submitted(client, page, token=None):
    path = page.url.path.replace("/check", "/submit")
    return client.post(path, data={"token": token or token_of(page)})


def kept_by(client, receipt):
    """Return what the record shows, by item and field."""
    number = re.search(r"data-receipt>([^<]+)<", receipt.text).group(1)
    record = client.get(f"/filings/{number}").text
    parts = re.split(r'<section class="matter"', record)[1:]
    values = [re.findall(r'data-field="([^"]+)" data-value="([^"]*)"', part) for part in parts]
    titles = [re.search(r'aria-label="([^"]+)"', part).group(1) for part in parts]
    return {
        title: {name: html.unescape(text) for name, text in pairs if text}
        for title, pairs in zip(titles, values, strict=True)
    }


@pytest.mark.parametrize("hall", ["name", "tax"])
def test_record_holds_exactly_what_was_typed(checked, answers, hall):
    """Every value of every page stands in the record as it was sent, and nothing else does."""
    client, check = checked(hall)

    receipt = submitted(client, check)

    typed = {halls()[hall].item(item).title: data for item, data in answers[hall]["items"].items()}
    assert kept_by(client, receipt) == typed


def test_every_item_of_the_package_has_its_own_number(checked, answers):
    """The receipt names one number an item, all different."""
    client, check = checked("tax")

    receipt = submitted(client, check)

    numbers = re.findall(r'data-item="(\w+)">([^<]+)<', receipt.text)
    assert [item for item, _ in numbers] == list(answers["tax"]["items"])
    assert len({number for _, number in numbers}) == 10


def test_check_page_shows_codes_as_words(checked):
    """A person reads what a code means before the last click."""
    _, check = checked("tax")

    assert 'data-value="1110">基本存款账户<' in check.text
    assert 'data-value="102">营业执照<' in check.text


def test_item_passed_over_keeps_its_reason(checked):
    """A skipped item is not filed; receipt and record say why."""
    client, check = checked("tax", skip={"general": "小规模纳税人", "limit": "不使用专用发票"})

    receipt = submitted(client, check)

    assert "本次没有办理：小规模纳税人" in receipt.text
    assert 'data-item="general"' not in receipt.text
    assert receipt.text.count("data-item=") == 8


def test_item_that_the_law_asks_for_cannot_be_passed_over(begun):
    """There is no way around the confirmation of the registration."""
    client, draft = begun("tax")

    page = client.post(f"{draft}/confirmation", data={"act": "skip"})

    assert page.url.path == f"{draft}/confirmation"
    assert client.get(draft).text.count("本次不办理") == 0


def test_skipped_item_is_filed_after_all_once_it_is_filled(begun, answers):
    """A change of mind puts the item back."""
    client, draft = begun("tax")
    client.post(f"{draft}/kinds", data={"act": "skip"})

    client.post(f"{draft}/kinds", data=answers["tax"]["items"]["kinds"] | {"act": "next"})

    progress = client.get(draft).text
    assert "本次不办理" not in progress
    assert progress.count("已填好") == 1


def test_progress_tells_each_items_state(begun, answers):
    """The overview says what is filled, begun, passed over and open."""
    client, draft = begun("tax")
    client.post(f"{draft}/account", data=answers["tax"]["items"]["account"] | {"act": "next"})
    client.post(f"{draft}/bank", data={"taxpayerName": "上海云栖网络科技有限公司", "act": "save"})
    client.post(f"{draft}/device", data={"act": "skip"})

    states = re.findall(r'class="state (\w+)"', client.get(draft).text)

    assert states == ["done", "open", "open", "begun", "open", "open", "open", "open", "skipped", "open"]


def test_second_check_page_of_a_filing_leads_to_the_same_receipt(checked):
    """Two open check pages carry two tokens; together they file once."""
    client, first = checked("name")
    second = client.get(first.url.path)

    receipt = submitted(client, first)
    again = submitted(client, second)

    number = re.search(r"data-receipt>([^<]+)<", receipt.text).group(1)
    assert again.status_code == 409
    assert number in again.text


def test_made_up_token_files_nothing(checked):
    """A token that this page did not carry is refused and the draft stays."""
    client, check = checked("name")

    refused = submitted(client, check, token="made-up")

    assert refused.status_code == 409
    assert "页面已过期" in refused.text
    assert client.get(check.url.path).status_code == 200


def test_clicks_at_the_same_moment_file_once(checked, tmp_path):
    """Eight submissions race; one wins and the others learn its number."""
    client, check = checked("name")
    store = PracticeStore(tmp_path / "practice.sqlite")
    draft = store.draft(check.url.path.split("/")[2])
    tokens = [token_of(client.get(check.url.path)) for _ in range(8)]

    def click(token):
        try:
            return store.submit(token, draft, "MC", ("declaration",)).number
        except AlreadyFiledError as error:
            return error.number

    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(click, tokens))

    assert numbers == {filing.number for filing in store.filings()}
    assert len(numbers) == 1


def test_filings_are_found_by_business_key(checked, answers):
    """The list shows the filings of that key only."""
    client, check = checked("tax")
    submitted(client, check)

    found = client.get("/filings", params={"key": answers["tax"]["key"]})
    other = client.get("/filings", params={"key": "91310115MA1K1QXR7C"})

    assert found.text.count("data-key=") == 1
    assert "没有找到" in other.text


def test_portal_runs_as_a_process_of_its_own_and_ends(tmp_path):
    """The address answers while the portal runs, on this machine only, and no longer afterwards."""
    import httpx

    with running(tmp_path / "practice.sqlite", "desk", "secret") as base:
        answer = httpx.get(f"{base}/healthz", trust_env=False)

    assert base.startswith("http://127.0.0.1:")
    assert answer.json() == {"status": "ok"}
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{base}/healthz", trust_env=False)
