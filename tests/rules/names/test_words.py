"""The table of words: in order, and read within the borders of parts."""

from datetime import date

import pytest

from rules.names import words
from rules.names.form_rules import rules
from rules.names.words import Text, scan

ON = date(2026, 3, 10)


def test_every_row_is_in_order():
    """A word has a rule that is declared, a kind of match, a source, and exceptions that hold it."""
    known = {rule.id for rule in rules()}
    kinds = {"anywhere", "inside", "industry", "trade_name", "prefix", "zone", "custom"}

    odd = [
        row
        for row in words.table()
        if row.rule not in known
        or row.match not in kinds
        or not row.source
        or not all(row.word in longer and longer != row.word for longer in row.exceptions)
    ]

    assert not odd


def test_no_row_stands_twice():
    """One row one word under one rule."""
    keys = [(row.word, row.rule, row.match) for row in words.table()]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("trade_name", "industry", "found"),
    [
        ("新美国", "贸易", {"N-A11-4": ("美国",)}),
        ("华美", "国际贸易", {}),
        ("华美国际", "", {}),
        ("云联", "合国际", {}),
        ("巴黎", "服饰", {"N-C24": ("巴黎",)}),
        ("巴黎春天", "百货", {}),
        ("法轮", "大法", {"N-C06-2": ("法轮大法",)}),
    ],
)
def test_words_count_within_a_part(trade_name, industry, found):
    """What arises where two parts meet is no word, unless it is too long for chance."""
    assert scan(Text(trade_name, industry), ON) == found


def test_a_word_found_twice_is_told_once():
    """An applicant reads each word once."""
    found = scan(Text("雷锋雷锋"), ON)

    assert found == {"N-C06-1": ("雷锋",)}


def test_a_word_within_a_longer_one_is_not_told_again():
    """总工会 is one objection, not two."""
    found = scan(Text("总工会之家"), ON)

    assert found == {"N-A11-3": ("总工会",)}


def test_a_word_across_a_border_in_doubt_counts():
    """Where the trade name may as well end elsewhere, a word of three characters is not lost in the split."""
    sure = scan(Text("推牌", "九棋牌室"), ON)
    doubtful = scan(Text("推牌", "九棋牌室", is_surely_read=False), ON)

    assert sure == {}
    assert doubtful == {"N-C05-6": ("推牌九",)}
