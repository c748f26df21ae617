"""How names sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from rules.names import sounds

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("牛栏山", "牛兰山", "toned"),
        ("全聚德", "荃巨得", "toned"),
        ("阿里巴巴", "阿理巴巴", "toned"),
        ("朝阳", "潮阳", "toned"),
        ("朝阳", "昭阳", "toned"),
        ("长乐", "常悦", "toned"),
        ("行知", "杭知", "toned"),
        ("单氏", "善氏", "toned"),
        ("曾记", "增记", "toned"),
        ("云栖", "运七", "toneless"),
        ("云栖", "云西", "toned"),
        ("创想", "畅想", None),
        ("泰山", "秦山", None),
        ("云栖", "云栖小镇", None),
    ],
)
def test_two_names(a, b, expected):
    """Names that can be read alike sound the same, whichever way a character is read."""
    assert sounds.same_sound(a, b) == expected


def test_every_character_of_the_standards():
    """Each character of GB 2312 has a reading, and syllable numbers stay below 511."""
    standard = "".join(
        bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)
    )

    numbers = [number for each in sounds.syllables(standard) for number in each]

    assert all(map(sounds.readings, standard))
    assert min(numbers) >= 1
    assert max(numbers) < sounds.NO_SYLLABLE < 512


def test_rare_characters_have_readings():
    """Characters outside the basic plane that the common list has are read too."""
    assert all(map(sounds.readings, "㳇䲟𬭎𬬻𫟹"))


@given(HAN, HAN)
def test_sound_is_mutual(a, b):
    """Sounding the same is symmetrical, and each text sounds like itself."""
    assert sounds.same_sound(a, b) == sounds.same_sound(b, a)
    assert sounds.same_sound(a, a) == "toned"


@given(HAN)
def test_readings_are_real(text):
    """Every reading stands in the dictionary; the table only chooses among them."""
    for character in text:
        known = set(pinyin(character, style=Style.TONE3, heteronym=True)[0])
        chosen = set(sounds.readings(character)) - {"bo2", "shang1"}

        assert all(reading in known or reading.endswith("5") for reading in chosen)
