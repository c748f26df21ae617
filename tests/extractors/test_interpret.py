"""A text beside a label becomes a value, an answer, or a value with one character mended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.identifiers import resident_id, uscc
from extractors.interpret import interpret
from extractors.kinds import KINDS
from extractors.options import choose, ticked, unboxed

CODE = "91310104MA1K00015M"
STANDARDS = {"企业会计准则": ("企业会计准则",), "小企业会计准则": ("小企业会计准则",)}


def test_letter_that_no_credit_code_has_is_mended_surely():
    """O can only be 0 where the alphabet has no O, and both check characters then hold."""
    reading = interpret(CODE.replace("0001", "O001"), KINDS["uscc"], {})

    assert (reading.value, reading.repaired, reading.most) == (CODE, True, 1.0)


def test_letter_that_a_code_may_have_is_mended_but_not_sure():
    """Beside an impossible O a possible 7 was exchanged for 1, and the 7 may have been printed."""
    reading = interpret("9131O704MA1K00015M", KINDS["uscc"], {})

    assert (reading.value, reading.repaired) == (CODE, True)
    assert reading.most < 0.97


def test_misread_digit_of_an_id_number_is_mended_but_not_sure():
    """One check digit in eleven holds by chance, so a person or another paper confirms the repair."""
    reading = interpret("3I0101199003070019", KINDS["id_number"], {})

    assert (reading.value, reading.repaired) == ("310101199003070019", True)
    assert reading.most < 0.97


def test_right_number_is_never_touched():
    """A number whose check holds is taken as read."""
    assert interpret(CODE, KINDS["uscc"], {}).repaired is False
    assert interpret("310101199003070019", KINDS["id_number"], {}).repaired is False


def test_credit_code_without_an_organisation_code_is_not_mended():
    """A code right in its own check is rare rather than misread, even if the check inside fails."""
    rare = next(
        body + uscc.check_character(body)
        for body in (f"5231010450{n:07d}" for n in range(1000))
        if not uscc.has_organization_check(body + uscc.check_character(body))
    )

    assert interpret(rare, KINDS["uscc"], {}).value == rare


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_mended_number_always_passes_its_check(place, digit):
    """Whatever digit was misread, what comes out passes or is the text as read."""
    read = "310101199003070019"
    read = read[:place] + digit + read[place + 1 :]

    reading = interpret(read, KINDS["id_number"], {})

    assert reading is None or reading.value == read or resident_id.is_valid(reading.value)


@pytest.mark.parametrize(
    ("raw", "answer"),
    [("☑有限公司 □股份有限公司 □合伙企业", "有限公司"), ("□有限公司 √股份有限公司", "股份有限公司")],
)
def test_what_stands_behind_the_only_tick_is_the_answer(raw, answer):
    """A form's ticks are read without a list of its answers."""
    assert ticked(raw) == answer
    assert interpret(raw, KINDS["line"], {}).value == answer


def test_two_ticks_are_no_answer():
    """Nobody but a person can tell which of two ticks is meant."""
    assert ticked("☑有限公司 ☑合伙企业") is None


def test_answer_whose_tick_was_lost_is_doubted():
    """The only answer without an empty box is likely the ticked one, but not surely."""
    raw = "□企业会计准则 小企业会计准则"

    reading = interpret(raw, KINDS["text"], STANDARDS)

    assert unboxed(raw, STANDARDS) == "小企业会计准则"
    assert choose(raw, STANDARDS) is None
    assert (reading.value, reading.most) == ("小企业会计准则", 0.5)
