"""Dates, spans of dates and ends of terms, as Chinese papers print them.

A text that holds two different dates, or one that no calendar has, gives no date.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.values import numerals
from extractors.values.text import half_width

INDEFINITE = "indefinite"
_NUMERALS = "〇○零一二三四五六七八九十壹贰貳叁肆伍陆柒捌玖拾廿"
_CN = _NUMERALS + "元"
_YEAR = rf"(?:[0-9]{{4}}|[{_CN}0Oo]{{4}})"
_PART = rf"(?:[0-9]{{1,2}}|[{_CN}0Oo]{{1,3}})"
_DATE = re.compile(
    rf"(?<![0-9{_CN}])(?P<y>{_YEAR})\s*年\s*(?P<m>{_PART})\s*月\s*(?P<d>{_PART})\s*[日号]"
    r"|(?<![0-9])(?P<y2>[0-9]{4})\s*(?P<sep>[-./‐‑–—·])\s*(?P<m2>[0-9]{1,2})\s*(?P=sep)\s*(?P<d2>[0-9]{1,2})"
    r"(?![0-9])(?!(?P=sep)[0-9]{1,3}(?![0-9]))"
    r"|(?:^|(?<=[日期自至到:\s~-]))(?P<y3>[0-9]{4})(?P<m3>[0-9]{2})(?P<d3>[0-9]{2})(?=[至到\s~-]|$)"
)
_ENDLESS = r"长期(?:有效|经营|存续)?|永久(?:有效|存续|经营)?|永续(?:经营)?|(?:无|没有)固定(?:的)?期限|无期限|不约定(?:营业|经营)?期限"
_IS_ENDLESS = re.compile(rf"(?<![非不]){_ENDLESS}")
_LINK = r"(?:日?起)?(?:生效)?[,，]?\s*(?:至|到|止于|[-~‐‑–—―一－～]{1,2})\s*"
_BETWEEN = re.compile(_LINK)
_TO_ENDLESS = re.compile(rf"(?:日?起)?[,，]?\s*(?:至|到|[-~‐‑–—―一－～]{{1,2}})?\s*(?:为)?(?:{_ENDLESS})")
_YEARS = re.compile(
    rf"(?<![0-9{_CN}])(?P<n>[0-9]{{1,3}}|[{_NUMERALS}]{{1,4}})\s*(?:周)?年(?:整|止)?[。.;；,，)）]?$"
)
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_MOST_YEARS = 200


class _Found(NamedTuple):
    start: int
    end: int
    iso: str | None
    """None where the text has the form of a date that no calendar has."""


def date(text: str) -> str | None:
    """Return the only date in a text in ISO form."""
    dates = {found.iso for found in _found(half_width(text))}
    return dates.pop() if len(dates) == 1 else None


def span(text: str) -> tuple[str | None, str | None]:
    """Return the first and the last day of a span; the last may be `indefinite`.

    A single date counts as first where 自, 从, 起 or a link stands with it, as last where 至, 到 or 止 does.
    """
    folded = half_width(text)
    found = list(_found(folded))
    if len(found) == 2 and _BETWEEN.fullmatch(folded[found[0].end : found[1].start].strip()):
        return found[0].iso, found[1].iso
    return _half_span(folded, found[0]) if len(found) == 1 else (None, None)


def term_end(text: str, start: str | None = None) -> str | None:
    """Return the last day of a term in ISO form, or `indefinite`.

    Args:
        text: A span, a date, a number of years or a wording for no end.
        start: First day of the term in ISO form; a number of years ends a day before its day returns.
    """
    first, last = span(text)
    if last:
        return last
    folded = half_width(text)
    if first is None and _IS_ENDLESS.search(folded):
        return INDEFINITE
    years = _years(folded)
    if years is None:
        return date(text) if first is None else None
    return _years_later(first or start, years)


def _found(folded: str) -> Iterator[_Found]:
    for match in _DATE.finditer(folded):
        parts = [
            match[f"{part}{form}"] for form in ("", "2", "3") for part in "ymd" if match[f"{part}{form}"]
        ]
        yield _Found(match.start(), match.end(), _iso(*parts))


def _iso(year: str, month: str, day: str) -> str | None:
    numbers = [_number(part) for part in (year, month, day)]
    if None in numbers or not _FIRST_YEAR <= (numbers[0] or 0) <= _LAST_YEAR:
        return None
    try:
        return dt.date(*(n or 0 for n in numbers)).isoformat()
    except ValueError:
        return None


def _number(part: str) -> int | None:
    """Return a year, month or day; a reader takes 〇 for O or 0, and 元月 is January."""
    if part.isascii() and part.isdigit():
        return int(part)
    chinese = re.sub("[0Oo]", "〇", part).replace("廿", "二十")
    one_by_one = numerals.digits(chinese)
    if one_by_one is not None:
        return int(one_by_one)
    return 1 if chinese == "元" else numerals.integer(chinese)


def _half_span(folded: str, one: _Found) -> tuple[str | None, str | None]:
    before, after = folded[: one.start].rstrip(), folded[one.end :].strip()
    if one.iso is None:
        return None, None
    if _TO_ENDLESS.match(after):
        return one.iso, INDEFINITE
    if before.endswith(("自", "从")) or after.startswith("起") or _BETWEEN.match(after):
        return one.iso, None
    if before.endswith(("至", "到")) or after.startswith("止"):
        return None, one.iso
    return None, None


def _years(folded: str) -> int | None:
    match = _YEARS.search(folded.strip())
    number = _number(match["n"]) if match else None
    return number if number and number <= _MOST_YEARS else None


def _years_later(start: str | None, years: int) -> str | None:
    """Return the last day of so many years; a start on 29 February ends on the 28th."""
    try:
        first = dt.date.fromisoformat(start or "")
        last_year = first.year + years
        is_leap_day = (first.month, first.day) == (2, 29)
        anniversary = dt.date(last_year, 3, 1) if is_leap_day else first.replace(year=last_year)
        if is_leap_day and _is_leap(last_year):
            anniversary = dt.date(last_year, 2, 29)
        return (anniversary - dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
