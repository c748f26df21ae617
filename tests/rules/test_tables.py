from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from rules import tables
from rules.periods import age, days_between, years_after

STEPS = [(name, step) for name, table in tables.tables().items() for step in table.values]

STEP = """
limit:
  label: 试验
  unit: day
  values:
    - {from: 2020-01-01, to: 2020-12-31, value: 1, cites: "uscc_standard:第4章", quote: 一日}
    - {from: 2021-01-01, value: 2, cites: "uscc_standard:第4章", quote: 二日}
"""


def loaded(folder: Path, text: str):
    (folder / "topic.yaml").write_text(text, encoding="utf-8")
    return tables.load(folder)


def test_each_step_begins_on_its_day(tmp_path):
    """The value changes on the day of the law, not a day before or after; before the first there is none."""
    limit = loaded(tmp_path, STEP)["topic.limit"]

    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    values = [step and step.value for step in map(limit.step, days)]

    assert values == [None, Decimal(1), Decimal(1), Decimal(2)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("to: 2020-12-31", "to: 2020-12-30"),
        ("to: 2020-12-31", "to: 2021-01-01"),
        ("from: 2021-01-01", "from: 2020-01-01"),
        ("to: 2020-12-31", "to: 2019-12-31"),
        ('cites: "uscc_standard:第4章", ', ""),
        ("quote: 一日", 'quote: ""'),
        ("quote: 一日", "qoute: 一日"),
        ("uscc_standard:第4章", "company_law_2023:第四十七条"),
        ("from: 2020-01-01, to: 2020-12-31", "from: 2010-01-01, to: 2020-12-31"),
    ],
    ids=[
        "gap",
        "overlap",
        "order",
        "backwards",
        "no source",
        "no quote",
        "misspelt key",
        "other words than the law's",
        "older than the law",
    ],
)
def test_table_with_a_hole_or_without_source_is_refused(tmp_path, old, new):
    """A table that cannot be trusted is not loaded."""
    with pytest.raises(ValueError):  # noqa: PT011  pydantic's own message is not ours to promise
        loaded(tmp_path, STEP.replace(old, new, 1))


@pytest.mark.parametrize(("name", "step"), STEPS, ids=lambda part: part if isinstance(part, str) else "")
def test_number_whose_source_was_not_read_says_so(name, step):
    """Nobody takes an account of a law for its words."""
    assert step.verified is not step.quote.startswith("（未读原文）")


def test_numbers_days_and_words_are_told_apart():
    """A table of words is not read as a number or a day, and the other way round."""
    with pytest.raises(TypeError):
        tables.number("capital.barred_contributions", date(2026, 1, 1))
    with pytest.raises(TypeError):
        tables.words("capital.contribution_years", date(2026, 1, 1))
    with pytest.raises(TypeError):
        tables.day("capital.contribution_years", date(2026, 1, 1))


def test_five_years_begin_with_the_new_company_law():
    """No limit on the day before, five years from the day."""
    before, after = date(2024, 6, 30), date(2024, 7, 1)

    assert tables.number("capital.contribution_years", before) is None
    assert tables.number("capital.contribution_years", after) == 5


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2024, 2, 29), 5, date(2029, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 3, 2), 5, date(2031, 3, 2)),
        (date(9998, 3, 2), 5, date(9999, 12, 31)),
    ],
)
def test_years_end_on_the_same_day_or_the_last_of_the_month(start, years, end):
    """A period of years ends as the Civil Code says."""
    assert years_after(start, years) == end


def test_period_of_no_years_is_refused():
    """A period has at least one year."""
    with pytest.raises(ValueError, match="at least one year"):
        years_after(date(2024, 1, 1), 0)


def test_birthday_itself_counts_and_the_day_before_does_not():
    """Full years are reached on the birthday; the first day of a period is not counted."""
    born = date(2008, 3, 10)

    assert age(born, date(2026, 3, 10)) == 18
    assert age(born, date(2026, 3, 10) - timedelta(days=1)) == 17
    assert days_between(born, born) == 0
