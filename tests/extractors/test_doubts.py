"""What reads well and cannot be right is handed to a person; what can be right is not."""

import pytest

from extractors.documents import (
    articles_of_association,
    business_license,
    lease_contract,
    premises_certificate,
    tax_intake_sheet,
)
from extractors.interpret import interpret
from extractors.kinds import KINDS
from extractors.shared import doubt_shared
from extractors.take import Taker
from extractors.values import text
from tests.extractors.taking import read

GROUPS = {"individual": ("个体工商户",), "limited": ("有限责任公司",)}


def test_two_labels_that_disagree_make_a_doubt(sheet):
    """Two answers to one question: neither is filed unseen for the other."""
    page = sheet("营业执照", "类型  个体工商户", "经济性质  个人独资企业", "经营者  王小明")

    found = read(business_license, page)

    assert not found["company_type"].sure
    assert found["legal_representative"].sure


def test_two_labels_that_agree_make_none(sheet):
    """The same answer twice is as sure as once."""
    page = sheet("营业执照", "类型  个体工商户", "经济性质  个体工商户")

    assert read(business_license, page)["company_type"].sure


def test_name_in_quotation_marks_is_taken_without_the_words_before_it(sheet):
    """However the sentence leads to the name, the name is what is quoted."""
    page = sheet("公司章程", "第一条  公司名称定为“天津云枢智联科技有限公司”。")

    assert read(articles_of_association, page)["company_name"].value == "天津云枢智联科技有限公司"


@pytest.mark.parametrize("clause", ["第3条 本公司的存续期限：永久存续", "第三条 本公司的存续期限：永久存续"])
def test_value_ends_where_a_clause_begins(sheet, clause):
    """A clause is numbered in Chinese or in Arabic figures."""
    page = sheet("公司章程", "第2条 公司住所：天津市南开区复康路21号607", clause)

    assert read(articles_of_association, page)["address"].value == "天津市南开区复康路21号607"


def test_verb_before_an_address_is_no_part_of_it(sheet):
    """为上海市… states an address that begins with the city."""
    page = sheet("公司章程", "第二条  公司住所  为上海市闵行区申长路988弄2号601室")

    assert read(articles_of_association, page)["address"].value == "上海市闵行区申长路988弄2号601室"


@pytest.mark.parametrize("number", ["202104170088", "510107196404173934；赵平，身份"])
def test_certificate_is_not_surely_named_by_a_bare_number(sheet, number):
    """A serial number on the cover, or another number of the page, is no 不动产权第…号."""
    page = sheet("不动产权证书", f"编号：{number}", "权利人：赵平")

    assert not read(premises_certificate, page)["certificate_number"].sure


def test_stroke_states_nothing(sheet):
    """A cell that is crossed out holds no value."""
    page = sheet("营业执照", "名称：某某有限公司", "经营范围：/")

    assert "business_scope" not in read(business_license, page)


def test_answer_that_goes_on_is_doubted(sheet):
    """A blank that was filled with one word and the next item are not one usage."""
    page = sheet("房屋租赁合同", "出租方：苗月华", "房屋用途：商业___。（二）")

    assert not read(lease_contract, page)["usage"].sure


def test_tick_answers_only_with_a_value_of_the_kind():
    """How rent is paid is ticked beside its label; that is no amount."""
    assert interpret("□现金 ☑转账支票 /", KINDS["money"], {}) is None


def test_ticked_answer_is_what_is_printed_not_the_name_of_its_group():
    """Types are grouped for the program; paper knows no groups."""
    assert interpret("☑个体工商户", KINDS["type"], GROUPS).value == "个体工商户"


def test_watermark_beside_a_line_is_no_part_of_it(sheet):
    """Print that is twice as high belongs to something else."""
    page = sheet("营业执照", "经营范围：软件开发；金属材料销售。  电子执照")
    high = next(p for p in page.pieces if p.text == "电子执照")
    left, top, right, bottom = high.line.box
    high.line = high.line.model_copy(update={"box": (left - 50, top - 40, right, bottom + 40)})

    assert read(business_license, page)["business_scope"].value == "软件开发；金属材料销售。"


def test_text_that_swallowed_another_value_is_doubted(sheet):
    """What stands once on a paper is one value; the one that is whole without it stays sure."""
    page = sheet("营业执照", "名称：某某有限公司", "住所：上海市浦东新区张江路88号", "经营范围：软件开发。")
    taker = Taker(page, business_license.PAPER, business_license.WORDS)
    elements = list(business_license.extract(taker))
    taker.kept["business_scope"] = (*taker.kept["business_scope"], *taker.kept["address"])

    found = {e.name: e for e in doubt_shared(taker, elements)}

    assert not found["business_scope"].sure
    assert found["address"].sure


PEOPLE = ("张伟  13928935452", "叶静  15919105621", "杨秀兰  18691150303")


@pytest.mark.parametrize("line", [0, 1])
def test_phone_is_that_of_the_person_whose_cell_it_stands_in(sheet, line):
    """A heading stands on the first of its lines or in their middle; the last line is still its own."""
    rows = ["办税信息采集表"]
    for head, person in zip(("财务负责人", "办税员", "领票人"), PEOPLE, strict=True):
        name, phone = person.split("  ")
        for n, (label, value) in enumerate((("姓名", name), ("身份证号", ""), ("手机", phone))):
            rows.append(f"{head if n == line else '　' * len(head)}  {label}  {value}")

    found = read(tax_intake_sheet, sheet(*rows))

    phones = [found[f"{who}_phone"].value for who in ("finance_officer", "tax_handler", "invoice_buyer")]
    assert phones == [person.split("  ")[1] for person in PEOPLE]


def test_look_alikes_of_a_seen_email_are_a_doubt(sheet):
    """L and 1 look the same, and no check digit tells them apart."""
    rows = ("办税信息采集表", "电子邮箱：tax@1an-ting.com")

    found = read(tax_intake_sheet, sheet(*rows, confidence=0.995, reader="paddleocr"))

    assert not found["email"].sure


@pytest.mark.parametrize("brackets", ["（）", "【】"])
def test_bracket_that_was_lost_behind_a_closing_formula_is_put_back(brackets):
    """The formula ends a scope, and what was opened before it is closed behind it."""
    opening, closing = brackets
    scope = f"软件开发。{opening}依法须经批准的项目，经相关部门批准后方可开展经营活动"

    reading = interpret(scope, KINDS["scope"], {})

    assert (reading.value, reading.repaired) == (scope + closing, True)


@pytest.mark.parametrize(
    "scope", ["软件开发。【依法须经批准的项目", "〔2026]第4566号", "（上海）名称申报〔2026第4566号"]
)
def test_bracket_without_its_other_half_is_a_doubt(scope):
    """Whatever its form, a bracket stands in pairs of one form."""
    assert not text.is_balanced(scope)
