from datetime import date as day

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values import dates

DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
years = st.dates(min_value=day(1800, 1, 1), max_value=day(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2018年05月06日", "2018-05-06"),
        ("2018 年 5 月 6 日", "2018-05-06"),
        ("２０１８年５月６日", "2018-05-06"),
        ("2018-05-06", "2018-05-06"),
        ("2018.05.06", "2018-05-06"),
        ("2018/5/6", "2018-05-06"),
        ("20180506", "2018-05-06"),
        ("二〇一八年五月六日", "2018-05-06"),
        ("二○一八年五月六日", "2018-05-06"),
        ("二O一八年五月六日", "2018-05-06"),
        ("二0一八年五月六日", "2018-05-06"),
        ("二零二四年十二月三十一日", "2024-12-31"),
        ("二〇二〇年十月十日", "2020-10-10"),
        ("二〇三〇年一月二十日", "2030-01-20"),
        ("2018年元月6日", "2018-01-06"),
        ("签订日期：2024年3月1日", "2024-03-01"),
        ("签订日期：20240301", "2024-03-01"),
        ("2024年5月6日（二〇二四年五月六日）", "2024-05-06"),
        ("2018-05-06 10:20:30", "2018-05-06"),
    ],
)
def test_a_printed_date_is_read(text, iso):
    """Every printed form gives the same ISO date."""
    assert dates.date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2018-02-30",
        "2018年13月1日",
        "2018年5月",
        "2018年05月1",
        "18年5月6日",
        "2018-05.06",
        "2018年05月06日至2048年05月05日",
        "编号20240301",
        "310101199003070019",
        "1.2018.5.6.7",
        "0000年00月00日",
        "9999年12月31日",
    ],
)
def test_what_is_no_single_date_is_not_read(text):
    """Impossible, incomplete and double dates and long numbers give no date."""
    assert dates.date(text) is None


@given(years)
def test_every_day_is_read_in_every_form(moment):
    """No day of four centuries is read as another one."""
    iso = moment.isoformat()
    year = str(moment.year).translate(DIGITS)

    assert dates.date(f"{moment.year}年{moment.month}月{moment.day}日") == iso
    assert dates.date(f"{moment.year}.{moment.month:02}.{moment.day:02}") == iso
    assert dates.date(iso.replace("-", "")) == iso
    assert dates.date(f"{year}年{_chinese(moment.month)}月{_chinese(moment.day)}日") == iso


def _chinese(number):
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else str(tens).translate(DIGITS)) + "十" if tens else ""
    return head + (str(ones).translate(DIGITS) if ones else "")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2018年05月06日至2048年05月05日", ("2018-05-06", "2048-05-05")),
        ("自2018年5月6日至2021年5月5日止", ("2018-05-06", "2021-05-05")),
        ("自2018年5月6日起至2021年5月5日止，共三年", ("2018-05-06", "2021-05-05")),
        ("2010.05.06-2030.05.06", ("2010-05-06", "2030-05-06")),
        ("2010.05.06—2030.05.06", ("2010-05-06", "2030-05-06")),
        ("2010.05.06一2030.05.06", ("2010-05-06", "2030-05-06")),
        ("2010-05-06-2030-05-06", ("2010-05-06", "2030-05-06")),
        ("2018年5月6日～2021年5月5日", ("2018-05-06", "2021-05-05")),
        ("20150506-20250506", ("2015-05-06", "2025-05-06")),
        ("2015.05.06-长期", ("2015-05-06", "indefinite")),
        ("2018-05-06 至 长期", ("2018-05-06", "indefinite")),
        ("2018年05月06日至", ("2018-05-06", None)),
        ("自2018年5月6日起", ("2018-05-06", None)),
        ("至2048年5月5日", (None, "2048-05-05")),
        ("2018年05月06日至2048年02月30日", ("2018-05-06", None)),
        ("2018年05月06日", (None, None)),
        ("签发2018.05.06，换证2020.05.06", (None, None)),
        ("2018.05.06-2019.05.06-2020.05.06", (None, None)),
        ("长期", (None, None)),
    ],
)
def test_a_span_is_read(text, span):
    """Both ends are found where the paper links them; what is not printed stays open."""
    assert dates.span(text) == span


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("长期", None, "indefinite"),
        ("永久存续", None, "indefinite"),
        ("公司营业期限为长期。", None, "indefinite"),
        ("无固定期限", None, "indefinite"),
        ("不约定期限", None, "indefinite"),
        ("2048年05月05日", None, "2048-05-05"),
        ("2018年05月06日至2048年05月05日", None, "2048-05-05"),
        ("30年", "2018-05-06", "2048-05-05"),
        ("公司营业期限为三十年，", "2018-05-06", "2048-05-05"),
        ("自2018年5月6日起20年", None, "2038-05-05"),
        ("4年", "2020-02-29", "2024-02-28"),
        ("1年", "2020-02-29", "2021-02-28"),
        ("1年", "2019-03-01", "2020-02-29"),
        ("30年", None, None),
        ("30年", "2018-13-01", None),
        ("2048年", "2018-05-06", None),
        ("三十年零六个月", "2018-05-06", None),
        ("自2018年5月6日起", None, None),
        ("非长期", None, None),
    ],
)
def test_the_end_of_a_term_is_read(text, start, end):
    """A term ends on a date, never, or a day before its start returns; else nobody knows."""
    assert dates.term_end(text, start) == end


@given(st.one_of(st.text(), st.text("0123456789年月日至-.长期〇一二三十元 ")), st.text())
def test_any_text_is_judged(text, start):
    """No text makes a reader fail."""
    first, last = dates.span(text)

    assert first is None or day.fromisoformat(first)
    assert last in {None, "indefinite"} or day.fromisoformat(last)
    assert dates.date(text) is None or day.fromisoformat(dates.date(text))
    assert dates.term_end(text, start) is None or dates.term_end(text, start)
