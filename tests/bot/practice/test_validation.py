"""What the authority refuses, page by page, without any help from the page's script."""

import re

import pytest

from bot.practice.pages import Rows, halls

WRONG = [
    ("name", "declaration", {"tradeName": "云岭"}, "“字号”与申报的企业名称不一致。"),
    ("name", "declaration", {"organizationForm": "C"}, "“组织形式”与申报的企业名称不一致。"),
    ("name", "declaration", {"undertaking": ""}, "请勾选"),
    ("name", "declaration", {"investors[1].share": "30"}, "合计 90，应为 100。"),
    ("name", "declaration", {"investors[1].amount": "50"}, "合计 110，应为 100。"),
    ("name", "declaration", {"capital": "100.1234567"}, "“注册资本（万元）”应为数字。"),
    ("name", "declaration", {"applicantIdNumber": "310101199003070018"}, "“申报人证件号码”不正确"),
    ("name", "declaration", {"region": "３１０１１５"}, "请填写六位行政区划代码。"),
    ("tax", "account", {"taxpayerId": "91310115MA1K1QXR7C"}, "“纳税人识别号”与本次办理的不一致。"),
    ("tax", "confirmation", {"established": "2999-01-01"}, "“开业（设立）日期”不能晚于今天。"),
    ("tax", "confirmation", {"established": "2026-02-30"}, "不是有效的日期。"),
    ("tax", "confirmation", {"termTo": "2020-01-01"}, "先后顺序不对"),
    ("tax", "confirmation", {"companyType": "0000"}, "没有这个选项。"),
    ("tax", "confirmation", {"investors[1].partyIdNumber": "310101199003070019"}, "“证件号码”不正确"),
    ("tax", "confirmation", {"scope": "软" * 2001}, "不能超过 2000 个字。"),
    ("tax", "accounting", {"depreciationMethod": "21"}, "“折旧方法小类”与所选大类不符。"),
    ("tax", "bank", {"accounts[0].number": "3105 0161 3640"}, "账号为 8 至 32 位数字。"),
    ("tax", "bank", {"accounts[0].permitDate": "2026-03-01"}, "先后顺序不对"),
    ("tax", "general", {"effective": ""}, "请选择“一般纳税人生效之日”。"),
    ("tax", "kinds", {"invoices[0].monthly": "26"}, "超过首次申领的上限 25。"),
    ("tax", "kinds", {"invoices[0].each": "30"}, "不能超过同一票种的其他数量。"),
    ("tax", "kinds", {"invoices[0].limit": "4"}, "首次申领的限额不超过十万元。"),
    ("tax", "device", {"toAddress": ""}, "请填写“收件地址”。"),
]


def said(page):
    """Return the messages of the summary on top of a page."""
    top = re.search(r'<div class="summary".*?</div>', page.text, re.DOTALL)
    return re.findall(r'<a href="#[^"]+">([^<]+)</a>', top.group()) if top else []


@pytest.mark.parametrize(("hall", "item", "change", "message"), WRONG)
def test_one_wrong_answer_is_named_and_nothing_else(begun, answers, hall, item, change, message):
    """The page comes back with one message, and the item is not done."""
    client, draft = begun(hall)
    data = answers[hall]["items"][item] | change

    page = client.post(f"{draft}/{item}", data=data | {"act": "next"})

    assert page.status_code == 422
    assert [message in text for text in said(page)] == [True], said(page)
    assert "已填好" not in client.get(draft).text


def test_message_stands_at_its_control(begun, answers):
    """The control says that it is wrong and points to the message beside it."""
    client, draft = begun("tax")
    data = answers["tax"]["items"]["bank"] | {"accounts[0].number": "12"}

    page = client.post(f"{draft}/bank", data=data | {"act": "next"})

    control = re.search(r'<input id="accounts\[0\].number"[^>]*>', page.text).group()
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="problem-accounts[0].number"' in control
    assert 'id="problem-accounts[0].number"' in page.text


def test_message_about_a_row_names_the_row(begun, answers):
    """With several rows the summary says which one is meant."""
    client, draft = begun("tax")
    first = answers["tax"]["items"]["bank"]
    second = {name.replace("[0]", "[1]"): text for name, text in first.items() if "[0]" in name}

    page = client.post(f"{draft}/bank", data=first | second | {"act": "next"})

    assert said(page) == [
        "存款账户 2：“账户性质”只能有一行选择“基本存款账户”。",
        "存款账户 2：“账号”与前面的一行重复。",
        "存款账户 2：“首选缴税账户”只能有一行选择“是”。",
    ]


def test_three_equal_shares_add_up(begun, answers):
    """Shares rounded to two digits are not refused for the last hundredth."""
    client, draft = begun("name")
    data = answers["name"]["items"]["declaration"]
    third = {
        "partyName": "赵一宁",
        "partyIdType": "208",
        "partyIdNumber": "E12345678",
        "amount": "30",
        "share": "33.33",
    }
    rows = {f"investors[2].{name}": text for name, text in third.items()}
    split = {"investors[0].share": "33.33", "investors[1].share": "33.33", "investors[0].amount": "30"}

    page = client.post(f"{draft}/declaration", data=data | split | rows | {"act": "next"})

    assert page.url.path == f"{draft}/check"


@pytest.mark.parametrize(
    ("item", "change", "gone"),
    [
        ("general", {"sound": "N"}, {"effective"}),
        ("device", {"pickup": "smlq"}, {"toName", "toPhone", "toAddress", "toPostcode"}),
        ("device", {"wanted": "N"}, {"device", "vendor", "pickup", "toName", "toAddress"}),
        ("pickup", {"way": "1"}, {"toAddress"}),
    ],
)
def test_answer_that_is_not_called_for_is_not_kept(begun, answers, item, change, gone):
    """What a page sent without its script is dropped where another answer rules it out."""
    client, draft = begun("tax")
    data = answers["tax"]["items"][item]

    client.post(f"{draft}/{item}", data=data | change | {"act": "next"})

    check = client.get(f"{draft}/check").text
    part = re.search(rf'aria-label="{halls()["tax"].item(item).title}">.*?\n  </section>', check, re.DOTALL)
    empty = {name for name in gone if re.search(rf'data-field="{name}" data-value=""', part.group())}
    assert "已填好" in client.get(draft).text
    assert empty == gone


@pytest.mark.parametrize(
    "name",
    ["investors[0].rank", "investors[999].partyName", "investors[x].partyName", "strangers[0].a", "rank"],
)
def test_control_that_the_page_does_not_have_is_not_kept(begun, name):
    """Made-up names and rows beyond the limit leave no trace."""
    client, draft = begun("name")

    client.post(f"{draft}/declaration", data={name: "made up", "act": "save"})

    assert "made up" not in client.get(f"{draft}/declaration").text
    assert client.get(f"{draft}/declaration").text.count("<legend>投资人 ") == 1


@pytest.mark.parametrize("act", ["remove:investors[x]", "remove:strangers[0]", "add:strangers", "dance"])
def test_unknown_act_changes_nothing(begun, act):
    """A button that the page does not have only keeps the draft."""
    client, draft = begun("name")

    page = client.post(f"{draft}/declaration", data={"tradeName": "云栖", "act": act})

    assert page.status_code == 200
    assert 'value="云栖"' in page.text


def test_rows_end_at_their_limit(begun):
    """There is no fourth spare name, whatever is asked."""
    client, draft = begun("name")
    rows = {f"spares[{n}].fullName": f"备选{n}" for n in range(3)}

    page = client.post(f"{draft}/declaration", data=rows | {"act": "add:spares"})

    assert page.text.count("<legend>备选名称 ") == 3
    assert "增加备选名称" not in page.text


def references(part, fields):
    """Return the names that the fields of a part refer to."""
    names = {name for f in fields for name in (*f.depends, *f.belongs, *f.caps, *f.not_above)}
    names |= {name for f in fields for name in (f.same_as, f.not_before) if name not in {None, "key"}}
    names |= {f.name.removesuffix("Number") + "Type" for f in fields if f.check == "id_number"}
    if not isinstance(part, Rows):
        return names
    goals = {goal for goal in part.totals.values() if not goal.isdecimal()}
    return names | goals | {*part.totals, *part.unique, *part.once}


def test_fields_refer_only_to_fields_of_their_page():
    """A misspelt dependency would never hold or always hold."""
    for hall in halls().values():
        for item in hall.items:
            single = {f.name for f in item.fields}
            for part in item.parts:
                unknown = references(part, part.fields) - single - {f.name for f in part.fields}
                assert not unknown, (item.id, unknown)
            assert {r.before for r in item.rows} - {None} <= {s.title for s in item.sections}
