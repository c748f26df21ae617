"""Running text: appointments, headlines, shareholders and clauses are read by what they say."""

import pytest

from extractors.documents import (
    articles_of_association,
    authorization_letter,
    lease_contract,
    name_application_sheet,
    name_notice,
    shareholder_resolution,
)
from tests.extractors.taking import read


@pytest.mark.parametrize(
    ("sentence", "posts"),
    [
        (
            "二、选举王小明为公司执行公司事务的董事，并担任公司法定代表人，任期三年。",
            {"executive_director": "王小明", "legal_representative": "王小明"},
        ),
        (
            "公司不设董事会，委派李建国担任公司执行董事，为公司法定代表人。",
            {"executive_director": "李建国", "legal_representative": "李建国"},
        ),
        ("聘任欧阳晓岚女士为公司总经理。", {"manager": "欧阳晓岚"}),
        ("同意由赵敏（身份证号：310101199003070019）担任公司监事。", {"supervisor": "赵敏"}),
        ("公司法定代表人由孙晓担任。", {"legal_representative": "孙晓"}),
        (
            "公司设执行董事一人，由股东委派苏静担任；执行董事为公司法定代表人。",
            {"legal_representative": "苏静"},
        ),
    ],
)
def test_appointment_is_read_from_any_wording(sheet, sentence, posts):
    """A verb of appointment, a person and the posts are enough."""
    found = read(shareholder_resolution, sheet("股东会决议", sentence))

    assert {name: found[name].value for name in posts} == posts


def test_deputies_and_boards_are_no_posts(sheet):
    """副经理 is no manager, and 监事会 no supervisor."""
    page = sheet("股东会决议", "聘任王小明为公司副经理。", "公司不设监事会，由李建国列席会议。")

    found = read(shareholder_resolution, page)

    assert not {"manager", "supervisor", "executive_director"} & found.keys()


def test_two_persons_for_one_post_are_a_doubt(sheet):
    """Where a paper names two directors, a person says which one is asked for."""
    page = sheet("股东会决议", "选举王小明为公司董事。", "选举李建国为公司董事。")

    assert not read(shareholder_resolution, page)["executive_director"].sure


def test_company_over_the_title_is_read(sheet):
    """A company's name as headline, over one line or two, names the paper's company."""
    one = sheet("上海云栖网络科技有限公司", "首次股东会决议", "会议时间：2026年3月2日")
    two = sheet("上海云栖网络科技发展集团", "有限公司章程", "第一条 公司注册资本为100万元。")

    assert read(shareholder_resolution, one)["company_name"].value == "上海云栖网络科技有限公司"
    assert read(articles_of_association, two)["company_name"].value == "上海云栖网络科技发展集团有限公司"


def test_signatures_in_a_row_and_below_are_all_taken(sheet):
    """Names beside each other and one under another each make a row."""
    page = sheet("股东会决议", "全体股东（签字、盖章）：", "王小明  欧阳晓岚", "2026年3月2日")

    assert read(shareholder_resolution, page)["shareholders"].value == (
        {"name": "王小明"},
        {"name": "欧阳晓岚"},
    )


def test_value_ends_where_the_next_clause_begins(sheet):
    """An address without a full stop does not run on into the heading below it."""
    page = sheet("某某有限公司章程", "2. 住所：上海市浦东新区张江路88号", "二、公司经营范围", "软件开发。")

    assert read(articles_of_association, page)["address"].value == "上海市浦东新区张江路88号"


def test_only_shareholder_without_a_number_is_read(sheet):
    """股东：…出资额：… is a row even where no identity number stands."""
    page = sheet("某某有限公司章程", "股东：苏静　出资额：50万元　出资方式：货币　出资比例：100%")

    (row,) = read(articles_of_association, page)["shareholders"].value

    assert (row["name"], row["subscribed_capital"].amount, row["percent"]) == ("苏静", "500000.00", "100")


def test_investors_in_numbered_sentences_are_rows(sheet):
    """（1）…，（2）… without full stops are two investors."""
    page = sheet(
        "企业名称申报信息表",
        "投资人：",
        "（1）王小明，身份证号310101199003070019，出资60万元，占60%",
        "（2）李建国，身份证号110101199003071057，出资40万元，占40%",
    )

    rows = read(name_application_sheet, page)["investors"].value

    assert [(r["name"], r["percent"]) for r in rows] == [("王小明", "60"), ("李建国", "40")]


def test_investors_with_their_shares_are_read_by_name(sheet):
    """A list of names, amounts and percentages gives the names."""
    page = sheet(
        "企业名称预先核准通知书",
        "投资人名单及投资额、投资比例：",
        "王小明　180万元　60%",
        "李建国　120万元　40%",
        "以上名称保留期至2026年9月1日。",
    )

    rows = read(name_notice, page)["investors"].value

    assert [r["name"] for r in rows] == ["王小明", "李建国"]


def test_names_in_one_cell_are_all_taken(sheet):
    """Two spare names in the cell beside one label are two names."""
    page = sheet(
        "企业名称申报信息表",
        "申请名称  上海云栖网络科技有限公司",
        "备选名称1：上海云起网络科技有限公司",
        "备选名称2：上海云岫网络科技有限公司",
    )

    rows = read(name_application_sheet, page)["proposed_names"].value

    assert [r["company_name"][2:4] for r in rows] == ["云栖", "云起", "云岫"]


def test_plain_label_asks_for_the_person_of_its_part(sheet):
    """姓名 under 经办人 is the agent's name."""
    page = sheet(
        "企业名称申报信息表",
        "三、经办人信息",
        "姓名：王小明",
        "证件号码：310101199003070019",
        "手机：19900001234",
    )

    found = read(name_application_sheet, page)

    assert found["agent_name"].value == "王小明"
    assert found["agent_phone"].value == "19900001234"


def test_shortened_party_is_not_taken_for_its_name(sheet):
    """将房屋出租给乙方使用 does not make 乙方 the lessee."""
    page = sheet(
        "房屋租赁合同",
        "出租方（以下简称甲方）：宁波某某置业有限公司",
        "承租方（以下简称乙方）：王小明",
        "第一条 甲方将位于宁波市鄞州区天童南路639号的房屋出租给乙方使用。",
    )

    assert read(lease_contract, page)["lessee"].value == "王小明"


def test_matter_in_a_sentence_is_read_whole(sheet):
    """办理…事宜 is the matter, with both its ends."""
    page = sheet("授权委托书", "兹委托上述受托人代表我公司办理登记信息确认及领用发票事宜。")

    assert read(authorization_letter, page)["scope"].value == "办理登记信息确认及领用发票事宜"
