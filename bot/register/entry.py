"""A name on its way into the register: its parts, its authority, how long it counts, and its keys."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from bot.register import keys
from rules.names.compare import wording
from rules.names.industries import classify
from rules.names.lexicon import Lexicon
from rules.names.model import Parts, Status
from rules.names.parse import parse
from rules.names.text import fold

FOR_EVER = 0
_RESERVED_MONTHS, _RESERVED_LONG_MONTHS, _GONE_MONTHS = 2, 12, 12
"""企业名称登记管理规定 第十八条, 第十七条."""


class Entry(NamedTuple):
    """One name as it is kept."""

    name: str
    readings: tuple[Parts, ...]
    """The likeliest first."""
    authority: int
    status: Status = Status.REGISTERED
    until: int = FOR_EVER
    """Day number of the last day on which it counts."""

    def indexed(self) -> Iterator[tuple[int, str]]:
        """Yield its keys, each with the trade name that it was made of; a branch has none of its own."""
        for parts in self.readings:
            if not parts.branch:
                trade_name, industry = _compared(parts)
                for tail in keys.stored(trade_name):
                    yield keys.key(self.authority, tail, industry), trade_name


def _compared(parts: Parts) -> tuple[str, int]:
    """Return the trade name and the class by which a reading is found; without a trade name the industry stands for it."""
    if parts.trade_name:
        return parts.trade_name, classify(wording(parts))
    return parts.industry, 0


def entry(name: str, region: str = "", words: Lexicon | None = None, parts: Parts | None = None) -> Entry:
    """Return a registered name; its parts are read from it where they are not given.

    Args:
        name: In full.
        region: Six digits of where the enterprise is; without it the division in the name says so.
        words: The lexicon to read it by.
        parts: Its parts, if they are known.
    """
    folded = fold(name)
    readings = (parts,) if parts else parse(folded, region=region, words=words)
    return Entry(folded, readings, keys.authority(region or readings[0].division_code))


def reserved_until(on: date, *, has_prior_approval: bool = False) -> int:
    """Return the last day of a reservation that begins on a day."""
    return _months_after(on, _RESERVED_LONG_MONTHS if has_prior_approval else _RESERVED_MONTHS)


def gone_until(on: date) -> int:
    """Return the last day on which a name that is gone since a day is still compared with."""
    return _months_after(on, _GONE_MONTHS)


def _months_after(on: date, months: int) -> int:
    """Return the number of the same day some months on, or of the last day of that month."""
    month = on.month - 1 + months
    year, month = on.year + month // 12, month % 12 + 1
    last = (
        (date(year + month // 12, month % 12 + 1, 1).toordinal() - 1) if year < 9999 else date.max.toordinal()
    )
    return min(date(year, month, 1).toordinal() + on.day - 1, last)
