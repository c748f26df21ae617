"""Periods and ages, counted as the Civil Code counts them.

Source: 中华人民共和国民法典 第十七条、第二百零一条至第二百零三条.
"""

from calendar import monthrange
from datetime import MAXYEAR, date


def years_after(start: date, years: int) -> date:
    """Return the last day of a period counted in whole years.

    Args:
        start: Day of the event, Beijing time. It is not itself counted.
        years: Length in whole calendar years, at least 1.

    Returns:
        The same month and day in the last year, or the last day of that month
        where the day does not exist (29 February). Public holidays are not
        skipped; the caller decides whether 第二百零三条 applies. Never later
        than the calendar's last day.

    Raises:
        ValueError: years is below 1.

    Source:
        中华人民共和国民法典 第二百零一条、第二百零二条.

    >>> years_after(date(2024, 2, 29), 5)
    datetime.date(2029, 2, 28)
    """
    if years < 1:
        raise ValueError("a period has at least one year")
    year = start.year + years
    if year > MAXYEAR:
        return date.max
    return date(year, start.month, min(start.day, monthrange(year, start.month)[1]))


def days_between(start: date, end: date) -> int:
    """Return the days from one day to another; the day of the event is not counted.

    >>> days_between(date(2024, 3, 15), date(2024, 4, 14))
    30
    """
    return (end - start).days


def age(born: date, on: date) -> int:
    """Return full years of life on a day; who was born on 29 February is a year older on 1 March.

    >>> age(date(2006, 5, 2), date(2024, 5, 1)), age(date(2006, 5, 2), date(2024, 5, 2))
    (17, 18)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
