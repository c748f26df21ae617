"""Values are found by labels and places, never by coordinates."""

import pytest

from extractors.documents import (
    articles_of_association,
    business_license,
    id_card,
    shareholder_resolution,
    tax_intake_sheet,
)
from extractors.model import Document, Page, TextLine
from extractors.sheet import Sheet
from tests.extractors.taking import read


def test_value_after_a_colon_is_taken(sheet):
    """A value on its label's line belongs to the label."""
    page = sheet("营业执照", "名称：上海云栖网络科技有限公司", "法定代表人：王小明")

    found = read(business_license, page)

    assert found["company_name"].value == "上海云栖网络科技有限公司"
    assert found["legal_representative"].value == "王小明"


def test_label_and_value_run_together_are_told_apart(sheet):
    """A reader that swallows the gap after a label does not hide the value."""
    page = sheet("营业执照", "名称上海云栖网络科技有限公司", "注册资本壹佰万元整")

    found = read(business_license, page)

    assert found["company_name"].value == "上海云栖网络科技有限公司"
    assert found["registered_capital"].value.amount == "1000000.00"


def test_label_printed_wide_is_recognised(sheet):
    """名　　称 in two pieces is the label 名称."""
    page = sheet("营业执照", "名  称  上海云栖网络科技有限公司", "住  所  上海市浦东新区张江路88号")

    found = read(business_license, page)

    assert found["company_name"].value == "上海云栖网络科技有限公司"
    assert found["address"].value == "上海市浦东新区张江路88号"


def test_value_under_its_label_is_taken(sheet):
    """A label above its value works as one to the left of it."""
    page = sheet("营业执照", "统一社会信用代码", "91310104MA1K00015M")

    found = read(business_license, page)

    assert found["unified_social_credit_code"].value == "91310104MA1K00015M"
    assert found["unified_social_credit_code"].sure


def test_second_line_of_a_value_is_taken_with_the_first(sheet):
    """A scope over several lines is one value."""
    page = sheet(
        "营业执照", "经营范围：软件开发；信息技术咨询服务；", "      网络技术服务；数据处理服务。", "登记机关"
    )

    found = read(business_license, page)

    assert found["business_scope"].value == "软件开发；信息技术咨询服务；网络技术服务；数据处理服务。"


def test_value_ends_where_the_next_label_begins(sheet):
    """Two labels on one line do not share a value."""
    page = sheet("居民身份证", "姓名 王小明", "性别 男 民族 汉", "公民身份号码 310101199003070019")

    found = read(id_card, page)

    assert (found["sex"].value, found["ethnicity"].value) == ("男", "汉")


def test_wrong_check_digit_is_kept_and_not_sure(sheet):
    """A number that cannot be right is shown to a person, not dropped and not used."""
    page = sheet("居民身份证", "公民身份号码 310101199003070018")

    found = read(id_card, page)["id_number"]

    assert found.value == "310101199003070018"
    assert not found.sure


def test_birthday_that_contradicts_the_number_is_doubted(sheet):
    """The card states the birthday twice; where the two differ neither is sure."""
    page = sheet("居民身份证", "姓名 王小明", "出生 1990年3月8日", "公民身份号码 310101199003070019")

    found = read(id_card, page)["born_on"]

    assert found.value == "1990-03-08"
    assert not found.sure


def test_ticked_box_is_the_answer(sheet):
    """Of several printed answers the ticked one counts."""
    page = sheet("新办纳税人办税信息采集表", "增值税纳税人类型：□小规模纳税人 ☑一般纳税人")

    found = read(tax_intake_sheet, page)["vat_taxpayer_kind"]

    assert found.value == "一般纳税人"


def test_no_ticked_box_is_no_sure_answer(sheet):
    """Printed answers of which none is ticked are not an answer."""
    page = sheet("新办纳税人办税信息采集表", "增值税纳税人类型：□小规模纳税人 □一般纳税人")

    found = read(tax_intake_sheet, page)["vat_taxpayer_kind"]

    assert not found.sure


def test_rows_stand_under_their_column_heads(sheet):
    """A table without ruled lines is read by what stands under what."""
    page = sheet(
        "新办纳税人办税信息采集表",
        "序号  发票种类            最高开票限额    每月数量    持票数量",
        "1     增值税专用发票      十万元          25          25",
        "2     增值税普通发票      一万元          50          50",
    )

    rows = read(tax_intake_sheet, page)["invoice_requests"].value

    assert [r["invoice_kind"] for r in rows] == ["增值税专用发票", "增值税普通发票"]
    assert [r["max_amount"].amount for r in rows] == ["100000.00", "10000.00"]
    assert [r["monthly_quantity"] for r in rows] == ["25", "50"]


def test_clause_states_the_legal_representative(sheet):
    """Articles speak in sentences; a role before the name is not part of it."""
    page = sheet("某某有限公司章程", "第七条 公司的法定代表人由执行公司事务的董事王小明担任。")

    found = read(articles_of_association, page)

    assert found["legal_representative"].value == "王小明"


def test_sources_name_the_text_as_read(sheet):
    """No value without the place it was read at."""
    page = sheet("营业执照", "注册资本：人民币壹佰万元整")

    source = read(business_license, page)["registered_capital"].sources[0]

    assert source.raw == "人民币壹佰万元整"
    assert source.page == 1


def test_unexplained_line_is_left_for_the_report(sheet):
    """A line that no item explains is reported, not dropped."""
    page = sheet("营业执照", "名称：上海云栖网络科技有限公司", "登记状态存续")

    read(business_license, page)

    assert "登记状态存续" in [p.line.text for p in page.leftover()]


def test_shareholder_in_a_sentence_is_read_without_its_clause_number(sheet):
    """The clause's number and the word 股东 are no part of a name."""
    page = sheet(
        "某某有限公司章程",
        "第五条 股东王小明（身份证号码：310101199003070019）认缴出资60万元，占注册资本的60%，",
        "以货币方式出资，于2031年9月30日前缴足。",
    )

    (row,) = read(articles_of_association, page)["shareholders"].value

    assert (row["name"], row["id_number"], row["percent"]) == ("王小明", "310101199003070019", "60")
    assert (row["subscribed_capital"].amount, row["due_on"]) == ("600000.00", "2031-09-30")


def test_words_before_a_shareholder_that_are_no_name_are_doubted(sheet):
    """What was taken for a name and begins with no surname is never sure."""
    page = sheet("某某有限公司章程", "由于股权安排（身份证号码：310101199003070019）认缴出资60万元。")

    found = read(articles_of_association, page).get("shareholders")

    assert found is None or not found.sure


def test_label_of_which_one_character_was_lost_is_found_in_its_column(sheet):
    """名　　称 printed wide is rarely read whole: half of it, in the labels' column, is enough."""
    page = sheet(
        "营业执照",
        "名  上海云栖网络科技有限公司",
        "法定代表人  王小明",
        "注册资本  壹佰万元整",
        "成立日期  2026年3月2日",
    )

    assert read(business_license, page)["company_name"].value == "上海云栖网络科技有限公司"


def test_character_of_a_label_outside_its_column_is_no_label(sheet):
    """A stray 名 on the right is no label, and nothing is taken by it."""
    page = sheet(
        "营业执照", "法定代表人  王小明", "注册资本  壹佰万元整", "成立日期  2026年3月2日  名  登记在册"
    )

    assert "company_name" not in read(business_license, page)


SIGNED = (
    "股东会决议",
    "公司名称：上海云栖网络科技有限公司",
    "一、选举王小明为执行董事。",
    "全体股东签字：",
    "",
)


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (("王小明    李思远", "", "2026年1月1日"), ["王小明", "李思远"]),
        (("王小明", "李思远", "2026年1月1日"), ["王小明", "李思远"]),
        (("王小明", "于元芝久尔乐", "2026年1月1日"), []),
        (("2026年1月1日", "", "王小明"), []),
    ],
)
def test_signatures_in_the_room_below_their_label(sheet, rows, names):
    """Names below white space are signatures where nothing else stands there; with one unread, none is taken."""
    found = read(shareholder_resolution, sheet(*SIGNED, *rows))

    signed = found["shareholders"].value if "shareholders" in found else ()
    assert [row["name"] for row in signed] == names


def test_figures_side_by_side_are_never_one_figure(sheet):
    """Where a column's head is not found, its figures are left out rather than written onto their neighbours'."""
    page = sheet(
        "新办纳税人办税信息采集表",
        "序号  发票种类            最高开票限额      最多可领",
        "1     增值税专用发票      100000            20",
    )

    rows = read(tax_intake_sheet, page).get("invoice_requests")

    assert rows is None or all(
        "max_amount" not in r or r["max_amount"].amount == "100000.00" for r in rows.value
    )


def placed(*lines: tuple[str, float, float]) -> Sheet:
    """Return a sheet of lines at their places, 30 pixels high."""
    made = tuple(
        TextLine(text=t, box=(x, y, x + 30 * len(t), y + 30), confidence=1.0, reader="pdf")
        for t, x, y in lines
    )
    page = Page(number=1, width=1600, height=2000, lines=made)
    document = Document(id="0" * 64, filename="a.pdf", media_type="application/pdf", pages=(page,))
    return Sheet(document, (page,))


def test_head_broken_over_two_lines_is_found():
    """A head that its cell is too narrow for is one head."""
    page = placed(
        ("新办纳税人办税信息采集表", 400, 100),
        ("发票种类", 100, 200),
        ("最高开票限额", 400, 200),
        ("每月最高领用数", 700, 182),
        ("量", 700, 218),
        ("持票最高数量", 1000, 200),
        ("增值税专用发票", 100, 280),
        ("100000", 400, 280),
        ("20", 700, 280),
        ("25", 1000, 280),
    )

    (row,) = read(tax_intake_sheet, page)["invoice_requests"].value

    assert (row["max_amount"].amount, row["monthly_quantity"], row["holding_quantity"]) == (
        "100000.00",
        "20",
        "25",
    )


def test_heading_that_holds_a_label_gives_no_value(sheet):
    """财务会计制度及核算软件备案 is the title of a part, and what follows the label in it is no answer."""
    page = sheet(
        "新办纳税人办税信息采集表",
        "二、财务会计制度及核算软件备案",
        "会计制度        ☑企业会计准则  □小企业会计准则",
        "三、增值税纳税人资格与发票",
        "增值税纳税人类型    ☑一般纳税人  □小规模纳税人",
    )

    found = read(tax_intake_sheet, page)

    assert (found["accounting_standard"].value, found["accounting_standard"].sure) == ("企业会计准则", True)
    assert found["vat_taxpayer_kind"].value == "一般纳税人"
