"""The laws that judgements rest on: found by reference, in force on their days, quoted as read."""

from datetime import date

import pytest

from forms.law import citation, in_force, laws, wording

CAPITAL = ("company_law_2018:第二十六条", "company_law_2023:第四十七条")


def test_reference_finds_the_words_of_an_article():
    """Whoever is told of an article can read it."""
    found = citation("company_law_2023:第四十七条")

    assert str(found) == "公司法（2023修订）第四十七条"
    assert "五年内缴足" in found.quote
    assert found.verified


@pytest.mark.parametrize("reference", ["company_law_2023:第九百条", "no_law:第一条", ""])
def test_reference_to_nothing_is_refused(reference):
    """A misspelt source is found before it is printed."""
    with pytest.raises(KeyError):
        citation(reference)


@pytest.mark.parametrize(
    ("on", "law"), [(date(2024, 6, 30), "company_law_2018"), (date(2024, 7, 1), "company_law_2023")]
)
def test_wording_of_the_day_is_cited(on, law):
    """An amended law is cited as it stood, to the day."""
    assert [c.law for c in in_force(CAPITAL, on)] == [law]


@pytest.mark.parametrize(
    ("region", "binds"), [("310115", True), ("310000", True), ("330106", False), ("", False)]
)
def test_law_of_a_city_binds_only_there(region, binds):
    """A rule of Shanghai refuses nobody in Hangzhou, nor where the place is not known."""
    cited = citation("company_law_2023:第四十七条").model_copy(update={"region": "310000"})

    assert cited.binds(date(2026, 1, 1), region) is binds


def test_articles_of_one_law_are_named_together_and_unread_ones_marked():
    """A clerk reads one line; a lawyer sees which texts nobody has read."""
    cited = map(
        citation, ["company_law_2023:第四十六条", "company_law_2023:第四十七条", "first_invoices_2018:第二条"]
    )

    assert (
        wording(cited)
        == "公司法（2023修订）第四十六条、第四十七条；国家税务总局公告2018年第29号第二条（未核对原文）"
    )


@pytest.mark.parametrize("law", laws().values(), ids=lambda law: law.id)
def test_text_that_was_not_read_says_so_in_every_article(law):
    """What is only known by account is never shown as the law's own words."""
    unread = [quote.startswith("（未读原文）") for quote in law.articles.values()]

    assert all(unread) is not law.verified
    assert all(quote.strip() == quote and "  " not in quote for quote in law.articles.values())
