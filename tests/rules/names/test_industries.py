"""Which wordings of an industry are one industry."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rules.names import industries
from rules.names.industries import classify

GROUPS = Path(industries.__file__).parents[1] / "tables" / "names" / "industry_groups.yaml"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=14)


@pytest.mark.parametrize(
    "wordings",
    [
        "科技 技术 网络科技 信息科技 软件开发 科技发展 信息技术服务",
        "地产 房地产 房产 置业 房地产开发",
        "酒业 白酒 酒类 酒 酒类销售 酒厂",
        "贸易 商贸 经贸 工贸 进出口 国际贸易",
        "餐饮 餐饮管理 餐饮服务 餐饮企业管理",
        "建筑 建筑工程 建设工程 建设",
        "食品 食品加工 食品贸易 食品科技 食品销售有限",
        "玻纤 玻璃纤维 玻纤制品",
        "五交化 五金交电",
    ],
)
def test_wordings_of_one_subject(wordings):
    """Wordings that an officer takes for each other have one class."""
    of = {wording: classify(wording) for wording in wordings.split()}

    assert len(set(of.values())) == 1, of


@pytest.mark.parametrize(
    "wordings",
    [
        "科技 生物科技 新能源科技 环保科技 医疗科技 教育科技",
        "汽车 汽车维修 汽车租赁 汽车检测 汽车配件",
        "餐饮 酒店 食品 饮料",
        "建筑 装饰 园林 建材 建筑设计 工程监理 建筑劳务",
        "商贸 电子商务 供应链管理 百货",
        "空调 空调维修 空调租赁",
        "医药 医疗器械 医院 生物科技 健康管理 兽医",
    ],
)
def test_wordings_of_several_subjects(wordings):
    """Wordings of different subjects have different classes."""
    of = {wording: classify(wording) for wording in wordings.split()}

    assert len(set(of.values())) == len(of), of


@pytest.mark.parametrize("wording", ["", "实业", "发展", "集团", "实业发展", "中国国际实业", "企业集团发展"])
def test_words_that_name_no_industry(wording):
    """What names no industry has class 0, alone and together."""
    assert classify(wording) == 0


def test_word_that_nobody_knows():
    """Unknown wordings meet themselves, also with a word that adds nothing, and nothing else."""
    found = classify("魑魅")

    assert found == classify("魑魅制品") == classify("魑魅发展")
    assert found >= 32_768
    assert classify("魍魉") != found


@pytest.mark.parametrize(
    ("wording", "code"),
    [("网络科技", "I64"), ("白酒", "C151"), ("物业服务", "K702"), ("空调租赁", "L71"), ("稻谷种植", "A01")],
)
def test_codes_of_a_wording(wording, code):
    """A wording leads to the codes of the standard that it may stand for."""
    assert any(found.startswith(code) or code.startswith(found) for found in industries.codes(wording))


def test_wording_without_codes():
    """What is unknown or names no industry leads to no code."""
    assert industries.codes("魑魅") == industries.codes("实业") == industries.codes("") == ()


def test_table_of_words():
    """There are thousands of words, each of a class that has a name or of a use that is known."""
    words, known = industries.words(), industries.industries()

    assert len(words) > 7_000
    assert all(word.number in known for word in words.values() if word.number)
    assert {word.use for word in words.values()} == {
        *("", "generic", "filler", "compound", "trade", "making", "technology", "works", "leasing", "repair")
    }


def test_groups_and_words():
    """The table of words is the one of the groups, and every word has in a wording of its own the class it was given."""
    groups = yaml.safe_load(GROUPS.read_text(encoding="utf-8"))["groups"]

    wrong = [
        word
        for group in groups
        for word in group["words"].split()
        if industries.words()[word].number != group["number"] or classify(word) != group["number"]
    ]

    assert not wrong
    assert (
        len({group["number"] for group in groups}) == len({group["name"] for group in groups}) == len(groups)
    )


@given(HAN)
def test_any_text_has_a_class(text):
    """No text makes it fail; every class fits sixteen bits."""
    assert 0 <= classify(text) < 65_536


@given(st.sampled_from(sorted(industries.words())), st.sampled_from(["发展", "实业", "集团"]))
def test_generic_word_behind_a_word(word, generic):
    """A word that names no industry does not change the industry of the one before it."""
    known = industries.words()
    whole = known.get(word + generic)

    found = classify(word + generic)

    assert found == classify(word) or known[word].use == "filler" or (whole and found == whole.number)
