"""Values that were cut, ran on, or are other things are doubted; good ones of every print are not."""

import pytest

from extractors.interpret import interpret
from extractors.kinds import KINDS


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        ("address", "上海市浦东新区张江路88号"),
        ("address", "内蒙古自治区呼和浩特市赛罕区敕勒川大街5号院1号楼3层301室东侧"),
        ("address", "海南省三亚市吉阳区迎宾路198号半岛蓝湾1号楼1单元1101室（自主申报）"),
        ("address", "科技园A座1205"),
        ("type", "有限责任公司（自然人投资或控股的法人独资）"),
        ("type", "股份有限公司(非上市、自然人投资或控股)"),
        ("type", "个体工商户"),
        ("type", "普通合伙企业"),
        ("division", "上海"),
        ("division", "浦东新区"),
        ("division", "广西壮族自治区南宁市"),
        ("bank", "中国工商银行股份有限公司上海张江支行"),
        ("bank", "上海农村商业银行股份有限公司营业部"),
        ("usage", "办公"),
        ("title_number", "沪（2023）浦字不动产权第048983号"),
        (
            "scope",
            "许可项目：餐饮服务。（依法须经批准的项目，经相关部门批准后方可开展经营活动）一般项目：软件开发；技术服务。",
        ),
    ],
)
def test_good_value_is_not_doubted(kind, good):
    """Refusing a good paper is the worst bug."""
    assert not KINDS[kind].doubts(KINDS[kind].parse(good))


@pytest.mark.parametrize(
    ("kind", "bad"),
    [
        ("address", "东省深圳市宝安区中山北路1978号"),
        ("address", "苏刚13997711373上海市浦东新区张江路88号"),
        ("address", "徐汇区漕溪北路398号1602室出让"),
        ("address", "用"),
        ("type", "有限责"),
        ("division", "南京映苇建筑工程有限公司"),
        ("division", "西安字号霁蓝行业文化传播组织形式"),
        ("bank", "招商银行股份有限公司"),
        ("usage", "办"),
        ("title_number", "202104170088"),
        ("scope", "电子产品销售；五金产品批发；金属材料销售电子产品销售；五金产品批发；金属材料销售"),
        ("name", "宁波市新源资产管理有限公司苏刚13997711373砺石贸易有限公司"),
    ],
)
def test_value_that_cannot_be_right_is_doubted(kind, bad):
    """What was cut or ran on goes to a person instead of the authority."""
    assert KINDS[kind].doubts(KINDS[kind].parse(bad))


@pytest.mark.parametrize("kind", ["text", "paragraph", "scope", "address", "usage"])
@pytest.mark.parametrize("stroke", ["/", "——", "　", "。"])
def test_stroke_in_a_cell_says_nothing(kind, stroke):
    """A blank that was struck out is no value."""
    assert KINDS[kind].parse(stroke) is None


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        (
            "上海市闵行区光谷大道1034号A座，股东会决定变更住所的，应当依法办理",
            "上海市闵行区光谷大道1034号A座",
        ),
        ("上海市闵行区光谷大道1034号A座 邮政编码：201203", "上海市闵行区光谷大道1034号A座"),
    ],
)
def test_address_ends_where_another_clause_begins(raw, address):
    """The sentence goes on, the address does not."""
    assert KINDS["address"].parse(raw) == address


def test_ticked_answer_is_of_the_kind_that_is_asked_for():
    """Ticks beside an amount are another question: 转账支票 is no rent."""
    reading = interpret("☑转账支票 □现金", KINDS["money"], {})

    assert reading is None


def test_address_of_e_mail_is_cut_off_its_neighbour():
    """Cells that overlap leave their text behind it."""
    assert KINDS["email"].parse("fd@qimo.com邮政编码100080") == "fd@qimo.com"
