"""Words that the law keeps out of names: found in one pass, with their exceptions and their days.

A word counts within one part. What only arises where two parts meet (华美|国际) is none, unless it is so long that
nobody writes it by chance.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import ahocorasick

_FILE = Path(__file__).parents[1] / "tables" / "names" / "words.tsv"
_BY_NO_CHANCE = 4
"""Characters of a word that counts across the border of two parts; one less where the border itself is in doubt."""

_ELSEWHERE = frozenset(("prefix", "zone", "custom"))
"""Kinds of words that are not looked for by the scan itself."""

Match = Literal["anywhere", "inside", "industry", "trade_name", "prefix", "zone", "custom"]


class Word(NamedTuple):
    """One word under one rule; the columns of the table."""

    word: str
    rule: str
    match: Match
    exceptions: tuple[str, ...] = ()
    """Longer wordings in which it means something else."""
    begin: date = date.min
    end: date = date.max
    source: str = ""
    note: str = ""


class Text(NamedTuple):
    """What is searched: the parts of a name that founders choose."""

    trade_name: str
    industry: str = ""
    whole: str = ""
    """The name as it begins; only prefixes are looked for in it."""
    is_surely_read: bool = True
    """Whether the trade name surely ends where it is said to end."""


@cache
def table() -> tuple[Word, ...]:
    """Return every word in the order of the file."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
    next(rows)
    return tuple(_word(row) for row in rows)


def _word(row: list[str]) -> Word:
    word, rule, match, exceptions, begin, end, source, note = row
    return Word(
        word,
        rule,
        match,  # type: ignore[arg-type]  # tests check the column
        tuple(exceptions.split("|")) if exceptions else (),
        date.fromisoformat(begin) if begin else date.min,
        date.fromisoformat(end) if end else date.max,
        source,
        note,
    )


@cache
def of_kind(match: Match) -> tuple[Word, ...]:
    """Return the words that are matched in one way, the longest first."""
    found = [word for word in table() if word.match == match]
    return tuple(sorted(found, key=lambda word: -len(word.word)))


@cache
def _automaton() -> ahocorasick.Automaton:
    by_word: dict[str, list[Word]] = defaultdict(list)
    for row in table():
        if row.match not in _ELSEWHERE:
            by_word[row.word].append(row)
    automaton = ahocorasick.Automaton()
    for word, rows in by_word.items():
        automaton.add_word(word, tuple(rows))
    automaton.make_automaton()
    return automaton


def scan(text: Text, on: date) -> Mapping[str, tuple[str, ...]]:
    """Return the words found, by rule; each word once, in the order of the name."""
    found: dict[str, tuple[str, ...]] = {}
    for row in (*_within(text), *_beginning(text.whole)):
        known = found.get(row.rule, ())
        if row.begin <= on <= row.end and row.word not in known:
            found[row.rule] = (*known, row.word)
    return {rule: _longest(several) for rule, several in found.items()} if found else found


def _longest(several: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out words that are a part of another one: 工会 beside 总工会."""
    if len(several) == 1:
        return several
    return tuple(word for word in several if not any(word in other for other in several if other != word))


def _within(text: Text) -> Iterator[Word]:
    joined, border = text.trade_name + text.industry, len(text.trade_name)
    enough = _BY_NO_CHANCE if text.is_surely_read else _BY_NO_CHANCE - 1
    for last, rows in _automaton().iter(joined):
        for row in rows:
            start = last + 1 - len(row.word)
            if _fits(row, start, border, enough) and not _means_another(row, joined, start, border):
                yield row


def _means_another(row: Word, joined: str, start: int, border: int) -> bool:
    """Tell whether a word stands in a longer one of another meaning, within the same part."""
    if not row.exceptions:
        return False
    if start >= border:
        return _is_excepted(row, joined[border:], start - border)
    is_within = start + len(row.word) <= border
    return _is_excepted(row, joined[:border] if is_within else joined, start)


def _fits(row: Word, start: int, border: int, enough: int) -> bool:
    """Tell whether a word stands where its kind of match asks for it; across the border only if it is long enough."""
    end = start + len(row.word)
    if row.match == "trade_name":
        return start == 0 and end == border
    if row.match == "industry":
        return start >= border
    if row.match == "inside":
        return end <= border
    return not start < border < end or len(row.word) >= enough


def _is_excepted(row: Word, text: str, start: int) -> bool:
    return any(
        text.startswith(longer, start - longer.index(row.word))
        for longer in row.exceptions
        if start >= longer.index(row.word)
    )


def _beginning(whole: str) -> Iterator[Word]:
    for row in of_kind("prefix"):
        if whole.startswith(row.word) and not _is_excepted(row, whole, 0):
            yield row
