from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from extractors.identifiers import resident_id
from extractors.identifiers.flaw import Flaw

VALID = [
    "11010519491231002X",
    "310101199003070019",
    "310115200002291235",
    "440524188001010014",
    "810000199001010019",
    "820000197706060027",
    "830000198512120016",
    "931840198001010017",
    "110105193704252940",
    "310115194612084075",
    "330106198008031706",
    "412723198707182846",
    "810000194707285636",
    "820000196512143671",
    "830000197804050844",
    "440524195203086741",
    "310103195901168514",
    "32058420050309288X",
    "513701193003145477",
    "650102197710193267",
    "110102194612285273",
    "230103193608287988",
    "500112200107134080",
    "610113198002166491",
    "460105198101070681",
]


@pytest.mark.parametrize("number", VALID)
def test_a_right_number_has_no_flaw(number):
    """Citizens, residence permits and the new foreigner's card pass, also from counties that are gone."""
    flaw = resident_id.flaw(number, date(2026, 1, 1))

    assert flaw is None


@pytest.mark.parametrize("number", VALID)
def test_another_implementation_agrees(number):
    """The check character is that of ISO 7064 MOD 11-2."""
    assert resident_id.check_character(number) == mod_11_2.calc_check_digit(number[:17])


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("310101199002300011", Flaw.DATE),
        ("31010119900307001X", Flaw.CHECKSUM),
        ("310101199003070091", Flaw.CHECKSUM),
        ("110105491231002", Flaw.LENGTH),
        ("1101051949123100", Flaw.LENGTH),
        ("", Flaw.LENGTH),
        ("0101011990030700XX", Flaw.CHARACTER),
        ("010105194912310021", Flaw.CHARACTER),
        ("3101O1199003070019", Flaw.CHARACTER),
        ("31010119900307001A", Flaw.CHARACTER),
        ("X10101199003070019", Flaw.CHARACTER),
        ("31010119900307001九", Flaw.CHARACTER),
    ],
)
def test_a_wrong_number_names_its_flaw(number, flaw):
    """Each sort of wrong number is told from the others."""
    found = resident_id.flaw(number)

    assert found == flaw


@pytest.mark.parametrize("born", ["17991231", "19010229", "20001301", "20000431", "20000000"])
def test_a_date_that_does_not_exist_is_a_flaw(born):
    """A right check character does not save an impossible date of birth."""
    first = f"310101{born}001"
    number = first + resident_id.check_character(first)

    assert resident_id.flaw(number) == Flaw.DATE


def test_a_birth_after_the_day_of_the_check_is_a_flaw():
    """Nobody is born tomorrow; the day itself is allowed."""
    number = "310115200002291235"

    assert resident_id.flaw(number, date(2000, 2, 28)) == Flaw.DATE
    assert resident_id.flaw(number, date(2000, 2, 29)) is None


@given(st.sampled_from(VALID), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_found(number, place, character):
    """No single misread digit passes."""
    wrong = number[:place] + character + number[place + 1 :]

    assert resident_id.is_valid(wrong) == (wrong == number)


@given(st.sampled_from(VALID), st.integers(0, 16))
def test_two_swapped_neighbours_are_always_found(number, place):
    """Neighbouring digits that changed places do not pass."""
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert resident_id.is_valid(wrong) == (wrong == number)


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("11010519491231002x", date(1949, 12, 31), "女"),
        ("310101 19900307 0019", date(1990, 3, 7), "男"),
        ("931840198001010017", date(1980, 1, 1), "男"),
        ("310101199002300011", None, None),
        ("110105491231002", None, None),
    ],
)
def test_date_of_birth_and_sex_are_read_only_from_a_right_number(number, born, sex):
    """What a number says is handed out only where the number is right."""
    assert resident_id.birth_date(number) == born
    assert resident_id.sex(number) == sex


@pytest.mark.parametrize(
    ("old", "new"),
    [("110105491231002", "11010519491231002X"), ("110105491331002", None), ("11010549123100", None)],
)
def test_a_first_generation_number_is_written_with_18_characters(old, new):
    """Fifteen digits get the century and the check character; other texts get nothing."""
    assert resident_id.from_first_generation(old) == new


@pytest.mark.parametrize(
    ("read", "candidates"),
    [
        ("3101O1199003070019", ("310101199003070019",)),
        ("3l01O1199003070019", ("310101199003070019",)),
        ("11010519491231002×", ("11010519491231002X",)),
        ("310101199003070019", ("310101199003070019",)),
        ("3IOIO1199003070019", ()),
        ("31010119900307001A", ()),
    ],
)
def test_likely_misreadings_are_undone(read, candidates):
    """Up to two letters in the place of digits lead back to the number, more lead nowhere."""
    assert resident_id.repair_candidates(read) == candidates


@given(st.text())
def test_any_text_is_judged(text):
    """No text makes a verb fail."""
    assert resident_id.is_valid(text) == (resident_id.flaw(text) is None)
    assert (resident_id.birth_date(text) is None) == (resident_id.sex(text) is None)
    assert all(resident_id.is_valid(candidate) for candidate in resident_id.repair_candidates(text))
    assert resident_id.from_first_generation(text) is None or len(resident_id.compact(text)) == 15
