import pytest

from extractors.identifiers import permanent_residence, registration_number, travel_document
from extractors.identifiers.flaw import Flaw


@pytest.mark.parametrize(
    "number", ["310115000123456", "310000000000018", "110108000000016", "310115 000123456"]
)
def test_right_registration_number_has_no_flaw(number):
    """Numbers with a right check digit are taken, grouped or not."""
    assert registration_number.flaw(number) is None


@pytest.mark.parametrize("last", "012345789")
def test_every_other_check_digit_is_found(last):
    """Of ten check digits one is right."""
    assert registration_number.flaw("31011500012345" + last) is Flaw.CHECKSUM


@pytest.mark.parametrize(
    ("number", "flaw"),
    [("31011500012345", Flaw.LENGTH), ("31011500012345X", Flaw.CHARACTER), ("", Flaw.LENGTH)],
)
def test_registration_number_of_another_make_is_refused(number, flaw):
    """Length and characters are told before the check."""
    assert registration_number.flaw(number) is flaw


def test_old_resident_number_may_pass_the_check():
    """A number's kind is never guessed from its check: this one belongs to a person."""
    assert registration_number.is_valid("110105491231002")


@pytest.mark.parametrize("number", ["931840198001010017", "USA310080010112", "usa310080010112"])
def test_both_prints_of_the_permanent_card_are_taken(number):
    """Cards of both prints stay in use."""
    assert permanent_residence.flaw(number) is None


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("931840198001010018", Flaw.CHECKSUM),
        ("931840198002300016", Flaw.DATE),
        ("11010519491231002X", Flaw.FORM),
        ("US1310080010112", Flaw.CHARACTER),
        ("USA31008001011", Flaw.LENGTH),
    ],
)
def test_flaw_of_a_permanent_card_is_named(number, flaw):
    """What is wrong is told."""
    assert permanent_residence.flaw(number) is flaw


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("hong_kong_macau_permit", "H12345678"),
        ("hong_kong_macau_permit", "M1234567801"),
        ("taiwan_permit", "01234567"),
        ("taiwan_permit", "0123456789"),
        ("chinese_passport", "E12345678"),
        ("chinese_passport", "EA1234567"),
        ("chinese_passport", "G12345678"),
        ("foreign_passport", "L898902C3"),
    ],
)
def test_number_in_the_form_of_its_kind_is_taken(kind, number):
    """Known forms pass, in capitals or not."""
    assert travel_document.is_valid(number.lower(), kind)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("hong_kong_macau_permit", "T12345678"),
        ("hong_kong_macau_permit", "H1234567"),
        ("taiwan_permit", "T1234567"),
        ("chinese_passport", "EI1234567"),
        ("chinese_passport", "E1234567"),
        ("foreign_passport", "护照12345"),
    ],
)
def test_number_in_another_form_is_told(kind, number):
    """Another form is told; whether it is wrong a person decides."""
    assert travel_document.flaw(number, kind) is Flaw.FORM
