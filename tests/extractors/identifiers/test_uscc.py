import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as second_opinion

from extractors.identifiers import organization_code, uscc
from extractors.identifiers.flaw import Flaw

VALID = [
    "91110000600037341L",
    "91350100M000100Y43",
    "91310115MA1TEN0T1E",
    "91310104MA1K00015M",
    "91310115MA1K00074N",
    "92310106MA1X999935",
    "93310118MA1HQ2W3X7",
    "12110105MA1181591T",
    "91310101XG612DD26D",
    "93310103MA11TJ3Y73",
    "933101089099603029",
    "N2310119MA1D4H3J3K",
    "52310230HTM53JJL5Y",
    "93330106MA1190930H",
    "A1440305MHDQAEJX3M",
    "A1510107MA1R5NQ764",
    "91500112948757497P",
    "91420111MA15QA4X8F",
    "A1610113D1YM2QHJ67",
    "12320584MA1797118P",
    "52340203FNM21PN99X",
    "31120107MA1E9NCW19",
    "313502035075291730",
]
places = st.integers(0, 17)


@pytest.mark.parametrize("code", VALID)
def test_a_right_code_has_no_flaw(code):
    """Published and invented codes pass, whatever their department and region."""
    flaw = uscc.flaw(code)

    assert flaw is None


@pytest.mark.parametrize("code", [code for code in VALID if code[0].isdigit()])
def test_another_implementation_agrees(code):
    """The check character equals the one of python-stdnum, where that knows the department."""
    other = second_opinion.calc_check_digit(code[:17])

    assert uscc.check_character(code) == other


@pytest.mark.parametrize(
    ("code", "flaw"),
    [
        ("91330106799655058B", Flaw.CHECKSUM),
        ("911100001000055117", Flaw.CHECKSUM),
        ("91310115MA1K00074M", Flaw.CHECKSUM),
        ("91310151MA1K00074N", Flaw.CHECKSUM),
        ("91310115MA1K0007N", Flaw.LENGTH),
        ("91310115MA1K000744N", Flaw.LENGTH),
        ("", Flaw.LENGTH),
        ("310115000123456", Flaw.LENGTH),
        ("91310115MAIK00074N", Flaw.CHARACTER),
        ("9131O115MA1K00074N", Flaw.CHARACTER),
        ("9131A115MA1K00074N", Flaw.CHARACTER),
        ("91310115MA1K0007４四", Flaw.CHARACTER),
    ],
)
def test_a_wrong_code_names_its_flaw(code, flaw):
    """Each sort of wrong code is told from the others."""
    found = uscc.flaw(code)

    assert found == flaw


@given(st.sampled_from(VALID), places, st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_always_found(code, place, character):
    """No single misreading inside the alphabet passes the check."""
    wrong = code[:place] + character + code[place + 1 :]

    assert uscc.is_valid(wrong) == (wrong == code)


def test_the_code_is_read_from_print():
    """Spaces, full-width digits and small letters are ways of printing the same code."""
    code = uscc.compact("９１31 0115-ma1k 0007 4n")

    assert code == "91310115MA1K00074N"


def test_the_region_is_that_of_the_day_of_issue():
    """The code of an abolished district is handed out as it stands."""
    region = uscc.registrar_region("93310103MA11TJ3Y73")

    assert region == "310103"


def test_a_code_with_a_wrong_organisation_code_passes_only_the_outer_check():
    """The inner check is asked for apart."""
    body = "91310115MA1K00073"
    code = body + uscc.check_character(body)

    assert uscc.is_valid(code)
    assert not uscc.has_organization_check(code)


@pytest.mark.parametrize("code", VALID)
def test_the_inner_check_holds(code):
    """Places 9 to 17 are a right organisation code."""
    assert uscc.has_organization_check(code)
    assert organization_code.is_valid(code[8:17])


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("91310115MAIK00074N", "91310115MA1K00074N"),
        ("9I310115MA1KO0074N", "91310115MA1K00074N"),
        ("9131011SMA1K00074N", "91310115MA1K00074N"),
        ("91420111MA1SQA4XBF", "91420111MA15QA4X8F"),
        ("91310101XG6I2DD26D", "91310101XG612DD26D"),
    ],
)
def test_likely_misreadings_are_undone(read, meant):
    """Up to two confused characters lead back to the one code that passes both checks."""
    candidates = uscc.repair_candidates(read)

    assert candidates == (meant,)


def test_a_right_code_is_left_alone():
    """What passes is its own only candidate."""
    assert uscc.repair_candidates("91310115MA1K00074N") == ("91310115MA1K00074N",)


def test_three_misreadings_are_not_undone():
    """More than two substitutions are a guess."""
    assert uscc.repair_candidates("9I3IO115MA1K00074N") == ()


@given(st.text())
def test_any_text_is_judged(text):
    """No text makes a verb fail."""
    assert uscc.is_valid(text) == (uscc.flaw(text) is None)
    assert uscc.has_organization_check(text) in {True, False}
    assert all(uscc.is_valid(candidate) for candidate in uscc.repair_candidates(text))
