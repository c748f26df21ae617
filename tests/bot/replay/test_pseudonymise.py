"""A pseudonymised recording names nobody, and is a case as good as the true one."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.portals.portal_map import load
from bot.replay import archive
from bot.replay.changes import changes
from bot.replay.invented import Inventor
from bot.replay.masking import Mask, fold
from bot.replay.model import Stage
from bot.replay.pseudonymise import key_of, known, leaks, pseudonymised
from bot.replay.stages import replayed
from extractors.identifiers import organization_code, phone, resident_id, uscc
from tests.bot.replay.conftest import CARD, of_lines
from tests.forms.case_papers import credit_code, resident

KEY = b"invented key"
DIGITS = st.text("0123456789", min_size=8, max_size=8)


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2010, 12, 31)), st.integers(1, 999))
def test_identity_number_stays_valid(born, turn):
    """Region, month of birth and sex stay, the person does not."""
    true = resident(f"310115{born:%Y%m%d}{turn:03}")

    made = Inventor(KEY).of("id_number", true)

    assert resident_id.is_valid(made)
    assert (made[:12], resident_id.sex(made)) == (true[:12], resident_id.sex(true))
    assert made != true


@given(DIGITS)
def test_credit_code_stays_valid(body):
    """Both checks pass, and the region stays."""
    made = Inventor(KEY).of("uscc", credit_code(body))

    assert uscc.is_valid(made)
    assert organization_code.is_valid(made[8:17])
    assert made[:8] == credit_code(body)[:8] != made[8:16]


@pytest.mark.parametrize("true", ["13812345678", "02158881234", "4008123456", "+8613812345678"])
def test_phone_stays_one_of_its_kind(true):
    """A mobile number becomes a mobile number."""
    made = Inventor(KEY).of("phone", true)

    assert made != true
    assert phone.kind(made) == phone.kind(true)


@pytest.mark.parametrize(
    "name", ["赵云帆", "欧阳若水", "买买提·艾山", "上海云栖网络科技有限公司", "John Smith"]
)
def test_name_keeps_its_length_and_is_replaced_alike(name):
    """The same person or company is the same one everywhere, with any text around it."""
    once, again = Inventor(KEY).of("name", name), Inventor(KEY).of("name", name)

    assert once == again != name
    assert len(once) == len(name)
    assert Inventor(b"another key").of("name", name) != once


@pytest.mark.parametrize(
    "written",
    [
        "法定代表人：赵云帆",
        "赵 云 帆",
        "身份证号 310115 1988 0307 0015",
        "３１０１１５１９８８０３０７００１５",
        "31011519880307O015",
        "地址：张杨路500号12层",
    ],
)
def test_values_are_found_however_they_are_written(written):
    """Spaces, width, a misread digit and the words around hide nothing."""
    inventor = Inventor(KEY)
    true = {"赵云帆": "name", "310115198803070015": "id_number", "张杨路500号12层1203室": "address"}
    mask = Mask({one: inventor.of(kind, one) for one, kind in true.items()}, (), inventor)

    made = mask.text(written)

    assert len(made) == len(written)
    assert not any(one in fold(made) for one in ("赵云帆", "880307", "张杨路", "500号"))


def test_value_that_goes_on_in_the_next_line_is_replaced_in_both():
    """An address over two lines leaves no half of itself behind."""
    inventor = Inventor(KEY)
    mask = Mask({"张杨路500号12层1203室": inventor.of("address", "张杨路500号12层1203室")}, (), inventor)

    made = mask.lines(["上海市浦东新区张杨路500号", "其他栏目", "12层1203室"])

    assert (made[1], len(made[0])) == ("其他栏目", 14)
    assert "张杨" not in made[0]
    assert "1203" not in made[2]


def test_days_and_amounts_stay():
    """What is of no person is not touched."""
    mask = Mask({}, ("10000000.00", "10000000"), Inventor(KEY))

    assert mask.text("20260325 注册资本10000000元") == "20260325 注册资本10000000元"


def test_pseudonymised_case_is_a_case(tmp_path):
    """It replays from its papers without a difference, says the same, and holds no true value."""
    before = of_lines("card", *CARD)

    made = pseudonymised(before, KEY)

    again = replayed(made.recording, Stage.PAPERS, load("practice"))
    written = b"".join(archive.members(made.recording).values()).decode()
    assert changes(made.recording, again.recording, Stage.PAPERS) == []
    assert made.changed == ()
    assert {"birthday", "name", "id_number", "address"} <= {one.kind for one in known(before)}
    assert not any(value in written for value in ("赵云帆", "310115198803070015", "张杨路", "3月7日"))
    assert leaks(archive.members(made.recording), made.originals) == ()


@pytest.mark.parametrize(
    "planted",
    [
        "赵云帆",
        "赵 云 帆",
        "３１０１１５１９８８０３０７００１５",
        "310115 19880307 0015",
        "3101-1519-8803-0700-15",
        "号310115年19880307月0015",
    ],
)
def test_planted_leak_is_found(planted):
    """However a true value got into a part, the part is named."""
    made = pseudonymised(of_lines("card", *CARD), KEY)
    parts = archive.members(made.recording)
    parts["filled.json"] = json.dumps({"somewhere": [f"前面{planted}后面"]}).encode()

    assert leaks(parts, made.originals) == ("filled.json",)


def test_key_is_made_once_and_for_its_owner_only(tmp_path):
    """The next recording replaces a value as the last one did."""
    first = key_of(tmp_path)

    assert key_of(tmp_path) == first
    assert (tmp_path / "pseudonym-key").stat().st_mode & 0o077 == 0
