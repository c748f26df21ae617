"""The stand-in authority: what it asks, what it refuses, what it keeps."""

import hashlib
import re

import pytest

from bot.practice.app import create_app
from bot.practice.pages import halls
from extractors.errors import UsageError

CODE = "91310104MA1K00015M"
NAME = "上海云栖网络科技有限公司"
DECLARATION = {
    "division": "上海市",
    "tradeName": "云栖",
    "industryWords": "网络科技",
    "organizationForm": "B",
    "companyType": "1130",
    "capital": "100",
    "currency": "156",
    "address": "上海市浦东新区张江路88号3幢201室",
    "region": "310115",
    "scope": "软件开发",
    "applicantName": "王小明",
    "applicantIdType": "201",
    "applicantIdNumber": "310101199003070019",
    "applicantMobile": "13800001111",
    "undertaking": "Y",
    "investors[0].partyName": "王小明",
    "investors[0].partyIdType": "201",
    "investors[0].partyIdNumber": "310101199003070019",
    "investors[0].amount": "100",
    "investors[0].share": "100",
}


def declared(client, name=NAME):
    """Fill the name hall's page and return the check page."""
    page = client.post("/halls/name", data={"key": name})
    return client.post(page.url.path, data=DECLARATION | {"act": "next"})


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.text).group(1)


def submitted(client, page):
    return client.post(page.url.path.replace("/check", "/submit"), data={"token": token_of(page)})


def test_visitor_without_account_is_sent_to_the_login_and_back(visit):
    """A page asked for before signing in is shown after it."""
    client = visit(signed_in=False)

    login = client.get("/filings")
    page = client.post(str(login.url), data={"user": "desk", "password": "secret"})

    assert login.url.path == "/login"
    assert page.url.path == "/filings"


def test_wrong_password_lets_nobody_in(visit):
    """Only the one account opens the halls."""
    client = visit(signed_in=False)

    answer = client.post("/login", data={"user": "desk", "password": "wrong"})

    assert answer.status_code == 401
    assert client.get("/filings").url.path == "/login"


def test_login_never_leads_to_another_site(visit):
    """The way back stays on this portal."""
    client = visit(signed_in=False)

    page = client.post("/login?next=//evil.example/", data={"user": "desk", "password": "secret"})

    assert page.url.path == "/"


@pytest.mark.parametrize("elsewhere", ["/\\\\evil.example/", "https://evil.example/", "\\\\\\\\evil.example"])
def test_login_takes_no_disguised_address(visit, elsewhere):
    """Backslashes, which browsers read as slashes, lead nowhere else either."""
    client = visit(signed_in=False)

    page = client.post("/login", params={"next": elsewhere}, data={"user": "desk", "password": "secret"})

    assert (page.url.host, page.url.path) == ("testserver", "/")


def test_login_leads_back_to_the_search(visit):
    """What was asked for with the address is still there after the login."""
    client = visit(signed_in=False)

    login = client.get("/filings?key=91310104MA1K00015M")
    page = client.post(str(login.url), data={"user": "desk", "password": "secret"})

    assert page.url.params["key"] == "91310104MA1K00015M"


def test_signing_out_closes_the_halls(visit):
    """After leaving, the cookie opens nothing."""
    client = visit()

    client.post("/logout")

    assert client.get("/halls/tax").url.path == "/login"


def test_unknown_page_is_told_in_chinese(visit):
    """An address that is none says where to go on."""
    page = visit().get("/drafts/none/account")

    assert page.status_code == 404
    assert "没有这个页面" in page.text


def test_empty_page_names_every_required_blank(visit):
    """The error summary links to each field."""
    client = visit()
    start = client.post("/halls/tax", data={"key": CODE})

    page = client.post(start.url.path, data={"act": "next"})

    assert page.status_code == 422
    assert '<a href="#taxpayerName">请填写“纳税人名称”。</a>' in page.text


def test_wrong_business_key_is_refused_at_the_door(visit):
    """A credit code with a wrong check character starts nothing."""
    client = visit()

    page = client.post("/halls/tax", data={"key": "91310104MA1K00015N"})

    assert page.status_code == 422
    assert page.url.path == "/halls/tax"


def test_filing_is_kept_as_it_was_answered(visit):
    """The record shows every value beside its label."""
    client = visit()

    receipt = submitted(client, declared(client))
    number = re.search(r"data-receipt>([^<]+)<", receipt.text).group(1)
    record = client.get(f"/filings/{number}")

    assert 'data-field="tradeName" data-value="云栖"' in record.text
    assert 'data-field="investors[0].share" data-value="100"' in record.text


def test_token_works_once(visit):
    """A second click on the same page shows the first receipt and files nothing."""
    client = visit()
    check = declared(client)

    submitted(client, check)
    again = submitted(client, check)

    assert again.status_code == 409
    assert "已经提交过" in again.text
    assert client.get("/filings").text.count("data-key=") == 1


def test_business_key_is_filed_once(visit):
    """A name that was filed cannot be begun again."""
    client = visit()
    submitted(client, declared(client))

    page = client.post("/halls/name", data={"key": NAME})

    assert page.status_code == 409
    assert "已经办理过" in page.text


def test_draft_is_there_after_coming_back(visit):
    """What was kept as a draft is shown again."""
    client = visit()
    start = client.post("/halls/name", data={"key": NAME})

    client.post(start.url.path, data={"tradeName": "云栖", "act": "save"})
    again = client.post("/halls/name", data={"key": NAME})

    assert 'value="云栖"' in again.text


def test_row_can_be_added_and_taken_away(visit):
    """Rows keep their order when one in the middle goes."""
    client = visit()
    start = client.post("/halls/name", data={"key": NAME})
    rows = {f"investors[{n}].partyName": f"投资人{n}" for n in range(3)}

    more = client.post(start.url.path, data=rows | {"act": "add:investors"})
    fewer = client.post(start.url.path, data=rows | {"act": "remove:investors[1]"})

    assert "<legend>投资人 4</legend>" in more.text
    assert re.findall(r'partyName" value="([^"]*)"', fewer.text) == ["投资人0", "投资人2"]


def test_choice_outside_its_class_is_refused_by_the_server(visit):
    """A dependent choice is checked without the page's script."""
    client = visit()
    start = client.post("/halls/tax", data={"key": CODE})
    path = start.url.path.replace("account", "accounting")

    page = client.post(path, data={"depreciationClass": "10", "depreciationMethod": "21", "act": "next"})

    assert "“折旧方法小类”与所选大类不符。" in page.text


def test_account_of_another_name_is_refused(visit):
    """An account must bear the taxpayer's name."""
    client = visit()
    start = client.post("/halls/tax", data={"key": CODE})
    path = start.url.path.replace("account", "bank")

    page = client.post(path, data={"taxpayerName": NAME, "accounts[0].holder": "别的公司", "act": "next"})

    assert "账户名称与纳税人名称不一致。" in page.text


def test_unfinished_package_cannot_be_submitted(visit):
    """The check page names what is missing and offers no button."""
    client = visit()
    start = client.post("/halls/tax", data={"key": CODE})

    check = client.get(start.url.path.replace("account", "check"))

    assert "还有事项没有填好" in check.text
    assert "确认提交" not in check.text


@pytest.mark.parametrize("fault", ["refuse-submit", "500-on-submit"])
def test_fault_before_the_write_files_nothing(visit, fault):
    """A refusal and a server error leave no filing."""
    client = visit(fault)

    answer = submitted(client, declared(client))

    assert answer.status_code >= 400
    assert "data-key=" not in client.get("/filings").text


def test_lost_receipt_leaves_the_filing(visit):
    """The answer fails although the filing is there: what a careful robot must ask about."""
    client = visit("lost-receipt")

    answer = submitted(client, declared(client))

    assert answer.status_code == 500
    assert client.get("/filings").text.count("data-key=") == 1


def test_maintenance_closes_every_page(visit):
    """Under maintenance there is only the notice."""
    client = visit("maintenance", signed_in=False)

    assert client.get("/halls/tax").status_code == 503
    assert "系统维护中" in client.get("/").text


def test_unknown_fault_is_refused(tmp_path):
    """A misspelt fault is not taken for a healthy portal."""
    with pytest.raises(UsageError):
        create_app(tmp_path / "practice.sqlite", "desk", "secret", faults=["mantenance"])


def test_hostile_text_is_shown_literally(visit):
    """What was typed never becomes markup."""
    client = visit()
    start = client.post("/halls/name", data={"key": NAME})

    page = client.post(start.url.path, data={"tradeName": "<img src=x onerror=alert(1)>", "act": "save"})

    assert "<img src=x" not in page.text
    assert "&lt;img src=x" in page.text


def test_every_page_forbids_foreign_content(visit):
    """The content policy allows this portal's own files only."""
    policy = visit().get("/").headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_labels_of_a_page_are_unique():
    """A control can be found by its label: no label stands twice on a page or in a row."""
    for hall in halls().values():
        for item in hall.items:
            for fields in (item.fields, *(rows.fields for rows in item.rows)):
                labels = [f.label for f in fields]
                assert len(labels) == len(set(labels)), (item.id, labels)


def test_upload_is_kept_with_its_hash(visit):
    """A licence copy is stored and named with its SHA-256; other kinds of file are not taken."""
    client = visit()
    start = client.post("/halls/tax", data={"key": CODE})
    path = start.url.path.replace("account", "confirmation")

    kept = client.post(path, data={"act": "save"}, files={"licenceCopy": ("a.pdf", b"%PDF-1.4 x")})
    refused = client.post(path, data={"act": "save"}, files={"licenceCopy": ("a.exe", b"MZ")})
    large = client.post(path, data={"act": "save"}, files={"licenceCopy": ("b.pdf", b"%PDF-" + bytes(2**21))})

    assert f"a.pdf（SHA-256 {hashlib.sha256(b'%PDF-1.4 x').hexdigest()}）" in kept.text
    assert "只能上传 PDF、JPG 或 PNG 文件。" in refused.text
    assert "文件超过 2 MB，没有上传。" in large.text
    assert "已上传：a.pdf" in large.text
