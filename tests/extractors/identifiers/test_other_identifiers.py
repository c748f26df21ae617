import importlib
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import identifiers
from extractors.identifiers import (
    bank_account,
    basic_account_number,
    email,
    organization_code,
    phone,
    postcode,
)
from extractors.identifiers.flaw import Flaw

MODULES = [
    importlib.import_module(f"extractors.identifiers.{found.name}")
    for found in pkgutil.iter_modules(identifiers.__path__)
    if found.name not in {"flaw", "printed", "repair"}
]
CODES = ["D2143569-X", "MA1K0001-5", "60725678-2", "00001234-3", "MA1HQ2W3-X"]


@pytest.mark.parametrize("module", MODULES)
def test_every_number_has_the_same_verbs(module):
    """Learn one number, know them all."""
    assert all(callable(getattr(module, verb)) for verb in ("compact", "flaw", "is_valid"))
    assert module.__doc__


@pytest.mark.parametrize("module", MODULES)
@given(text=st.text())
def test_any_text_is_judged(module, text):
    """A text has a flaw or is valid; compacting twice changes nothing."""
    once = module.compact(text)

    assert module.is_valid(text) == (module.flaw(text) is None)
    assert not module.is_valid(text) or module.compact(once) == once


@pytest.mark.parametrize("flaw", list(Flaw))
def test_every_flaw_has_words_for_a_finding(flaw):
    """No flaw reaches a clerk as an English code."""
    assert flaw.phrase
    assert not flaw.phrase.isascii()


@pytest.mark.parametrize("code", CODES)
def test_a_right_organisation_code_passes(code):
    """Codes pass with and without their hyphen, and are printed with it."""
    assert organization_code.is_valid(code)
    assert organization_code.is_valid(code.replace("-", "").lower())
    assert organization_code.printed(code.replace("-", "")) == code


@pytest.mark.parametrize(
    ("code", "flaw"),
    [
        ("D2143569-1", Flaw.CHECKSUM),
        ("D2143569", Flaw.LENGTH),
        ("D21-43569-X1", Flaw.LENGTH),
        ("D2143569-Y", Flaw.CHARACTER),
        ("D214356九-X", Flaw.CHARACTER),
    ],
)
def test_a_wrong_organisation_code_names_its_flaw(code, flaw):
    """Each sort of wrong code is told from the others."""
    assert organization_code.flaw(code) == flaw


@given(st.sampled_from(CODES), st.integers(0, 7), st.sampled_from("0123456789"))
def test_one_wrong_digit_in_an_organisation_code_is_found(code, place, digit):
    """A digit read for another digit does not pass."""
    wrong = code[:place] + digit + code[place + 1 :]

    assert not code[place].isdigit() or organization_code.is_valid(wrong) == (wrong == code)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("1001 2345 6789 0123 456", None),
        ("31050161-36000-0012345", None),
        ("12345678", None),
        ("1" * 32, None),
        ("1234567", Flaw.LENGTH),
        ("1" * 33, Flaw.LENGTH),
        ("1001234567890l23456", Flaw.CHARACTER),
        ("٣" * 12, Flaw.CHARACTER),
    ],
)
def test_an_account_number_is_8_to_32_digits(text, flaw):
    """Grouping is no flaw, letters and other scripts' digits are."""
    assert bank_account.flaw(text) == flaw


@pytest.mark.parametrize(
    ("text", "flaw", "kind"),
    [
        ("J2900123456701", None, "基本存款账户"),
        ("j 2900 1234567 01", None, "基本存款账户"),
        ("L2900123456701", None, "临时存款账户"),
        ("Z2900123456701", None, "专用存款账户"),
        ("K2900123456701", Flaw.CHARACTER, None),
        ("J29001234567O1", Flaw.CHARACTER, None),
        ("J290012345670", Flaw.LENGTH, None),
    ],
)
def test_a_basic_account_number_tells_the_kind_of_account(text, flaw, kind):
    """The letter in front is one of three, thirteen digits follow."""
    assert basic_account_number.flaw(text) == flaw
    assert basic_account_number.account_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("13800001234", "13800001234", "mobile"),
        ("199 0000 1234", "19900001234", "mobile"),
        ("+86 138-0000-1234", "+8613800001234", "mobile"),
        ("021-58881234", "02158881234", "landline"),
        ("（021）58881234", "02158881234", "landline"),
        ("０２１－５８８８１２３４", "02158881234", "landline"),
        ("0512-6288123", "05126288123", "landline"),
        ("0755-26001234转801", "075526001234801", "landline"),
        ("+86 21 5888 1234", "+862158881234", "landline"),
        ("400-820-1234", "4008201234", "service"),
        ("+852 2123 4567", "+85221234567", "foreign"),
    ],
)
def test_a_telephone_number_is_brought_to_digits(text, number, kind):
    """Separators go; a plus sign stays only where it is printed."""
    assert phone.compact(text) == number
    assert phone.kind(text) == kind
    assert phone.is_valid(number)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("1380000123", Flaw.FORM),
        ("12800001234", Flaw.FORM),
        ("58881234", Flaw.LENGTH),
        ("020180506", Flaw.LENGTH),
        ("310101199003070019", Flaw.FORM),
        ("13800001234/13900001234", Flaw.CHARACTER),
        ("1380000l234", Flaw.CHARACTER),
        ("+86 58881234", Flaw.FORM),
    ],
)
def test_what_is_no_telephone_number_names_its_flaw(text, flaw):
    """Short, local, double and misread numbers are not taken."""
    assert phone.flaw(text) == flaw


@pytest.mark.parametrize(
    ("text", "flaw"),
    [("200120", None), ("2 0 0 1 2 0", None), ("20012", Flaw.LENGTH), ("2OO120", Flaw.CHARACTER)],
)
def test_a_postcode_is_six_digits(text, flaw):
    """The boxes that it is printed in do not matter."""
    assert postcode.flaw(text) == flaw


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("caiwu@example.com", None),
        ("Li.Si+tax@mail.example.com.cn", None),
        ("caiwu＠example．com", None),
        ("caiwu@example", Flaw.FORM),
        ("caiwu.example.com", Flaw.FORM),
        ("a@@example.com", Flaw.FORM),
        ("财务@example.com", Flaw.CHARACTER),
        ("a@b.c", Flaw.LENGTH),
    ],
)
def test_an_address_has_a_name_and_a_domain(text, flaw):
    """Full-width marks are no flaw, a missing part is."""
    assert email.flaw(text) == flaw
