"""Names taken apart: on names judged by hand, on the orders that law knows, on any text."""

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.names.lexicon import default, mined
from rules.names.parse import parse
from rules.names.text import fold

WHERE = Path(__file__).with_name("judged.txt")
LEAST = {"built on": 0.94, "judged on": 0.92}


class Judged(NamedTuple):
    """A name and its parts as a person reads them."""

    name: str
    parts: tuple[str, ...]


def judged():
    """Return the names judged by hand, in the order of the file."""
    for line in WHERE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, parts = line.rpartition("=")
            cells = tuple(parts.split("|"))
            yield Judged(name or "".join(cells), cells)


def trade_names_right(names):
    """Return the share of names whose trade name and division are read as judged."""
    right = sum(
        (parts.division, parts.trade_name) == one.parts[:2] for one in names for parts in [parse(one.name)[0]]
    )
    return right / len(names)


@pytest.mark.parametrize(("half", "first"), [("built on", 0), ("judged on", 1)])
def test_names_are_taken_apart_as_a_person_does(half, first):
    """Trade name and division are right for at least 92 of 100 names that nothing was made for."""
    names = list(judged())[first::2]

    assert len(names) >= 100
    assert trade_names_right(names) >= LEAST[half]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("上海云栖网络科技有限公司", "F1"),
        ("云栖（上海）网络科技有限公司", "F2"),
        ("云栖网络科技(上海)有限公司", "F3"),
        ("上海云栖有限公司", "F4"),
        ("云栖网络科技有限公司", "F5"),
        ("上海云栖网络科技有限公司浦东分公司", "F6"),
        ("云栖集团有限公司", "F7"),
        ("上海云栖（集团）有限公司", "F7"),
        ("云栖（中国）有限公司", "F8"),
    ],
)
def test_order_of_the_parts_is_told(name, order):
    """The orders that the law permits, each by its own mark."""
    assert parse(name)[0].order == order


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("上海浦东云栖贸易有限公司", "310115"),
        ("江苏苏州姑苏丝绸有限公司", "320500"),
        ("云栖（杭州）科技有限公司", "330100"),
        ("中国云栖科技有限公司", "000000"),
        ("云栖科技有限公司", ""),
    ],
)
def test_division_has_its_code(name, code):
    """The innermost division that is named, by its six digits."""
    assert parse(name)[0].division_code == code


def test_two_plausible_readings_are_both_kept():
    """Where nobody can tell, nobody decides alone."""
    readings = parse("宁德时代新能源科技有限公司")

    assert {parts.trade_name for parts in readings} >= {"时代"}
    assert sum(parts.likelihood for parts in readings) == pytest.approx(1)


def test_seat_decides_what_is_a_division():
    """A county's short name at home is the division, elsewhere more likely the trade name."""
    at_home = parse("东方恒信科技有限公司", region="469007")[0]
    elsewhere = parse("东方恒信科技有限公司", region="310115")[0]

    assert (at_home.division, elsewhere.division) == ("东方", "")


@given(st.text(max_size=200))
def test_any_text_has_a_reading(text):
    """Nothing that is typed breaks the parser, and no character gets lost between the parts."""
    readings = parse(text)

    assert 1 <= len(readings) <= 3
    assert all(len(parts.trade_name) <= len(fold(text)) for parts in readings)


@given(st.sampled_from([one.name for one in judged()]), st.sampled_from([" ", "\n", "\u3000", "\u200b"]))
def test_blanks_and_width_change_nothing(name, blank):
    """A name typed with blanks, half-width brackets or invisible characters is the same name."""
    typed = blank.join(name).replace("（", "(").replace("）", ")")

    assert parse(typed) == parse(name)


@given(st.lists(st.sampled_from("云栖海天恒源泰和瑞丰金龙"), min_size=2, max_size=4).map("".join))
def test_parts_rejoin_to_the_name(trade_name):
    """In the usual order the parts one after another are the name."""
    name = f"上海{trade_name}网络科技有限公司"

    for parts in parse(name):
        assert parts.division + parts.trade_name + parts.industry + parts.organization_form == name


def test_register_teaches_words_of_industries():
    """What stands before the form after many different trade names is an industry, known or not."""
    names = [f"上海{a}{b}蔸蔸屋有限公司" for a in "云海天恒源泰和瑞" for b in "栖沐丰隆昌盛发达"]

    words = default().extended(mined(names))

    assert parse("上海鑫罡蔸蔸屋有限公司", words=words)[0].trade_name == "鑫罡"
