import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values import text


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＡＢ１２　３", "AB12 3"),
        ("  （甲）：乙，丙。", "（甲）：乙，丙。"),
        ("经营\n范围", "经营范围"),
        ("Shanghai\r\n Example", "Shanghai Example"),
        ("⼯商银⾏", "工商银行"),
        ("甲\u200b乙\ufeff", "甲乙"),
        ("e\u0301", "é"),
    ],
)
def test_text_is_folded(raw, folded):
    """Width, line breaks, radicals and invisible characters go; Chinese punctuation stays."""
    assert text.fold(raw) == folded


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("张  三", "张三"),
        ("欧 阳 某 某", "欧阳某某"),
        ("上海某某(集团) 有限公司", "上海某某（集团）有限公司"),
        ("上海 ABC 贸易有限公司", "上海ABC贸易有限公司"),
        ("阿布都•热合曼", "阿布都·热合曼"),
        ("阿布都 . 热合曼", "阿布都·热合曼"),
        ("JOHN  A. SMITH", "JOHN A. SMITH"),
        ("Example (China) Ltd.", "Example (China) Ltd."),
        ("", ""),
    ],
)
def test_a_name_is_brought_to_normal_form(raw, name):
    """Spaces that only fill, half-width brackets and other dots go; a Latin name stays as it is."""
    assert text.name(raw) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海某某（集团）有限公司", "上海某某(集团) 有限公司"),
        ("阿布都·热合曼", "阿布都．热合曼"),
        ("John Smith", "JOHN SMITH"),
        ("上海ＡＢ贸易", "上海AB贸易"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    """Brackets, dots, width, spaces and case do not make two names."""
    assert text.same_name_key(one) == text.same_name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张三丰"), ("上海甲贸易", "上海申贸易"), ("甲（乙）", "甲乙")]
)
def test_different_names_have_different_keys(one, other):
    """A character more or another one makes another name."""
    assert text.same_name_key(one) != text.same_name_key(other)


def test_a_label_is_squashed():
    """The spaces that stretch a label over its column do not matter."""
    assert text.squash(" 住　　所 ：\n") == "住所："


@given(st.text())
def test_normal_forms_are_stable(raw):
    """Any text has a normal form, and the normal form is its own."""
    assert text.fold(text.fold(raw)) == text.fold(raw)
    assert text.name(text.name(raw)) == text.name(raw)
    assert text.squash(text.squash(raw)) == text.squash(raw)
    assert text.same_name_key(text.name(raw)) == text.same_name_key(raw)
