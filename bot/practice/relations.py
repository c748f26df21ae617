"""What the rows of a repeating group owe each other: totals, no row twice, one chosen row at most."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.practice.pages import Rows

Data = Mapping[str, str]

ROUNDING = Decimal("0.01")
"""What each row's last digit may be off: three equal shares are 33.33 each."""
_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?", re.ASCII)


def problems(rows: Rows, data: Data, count: int) -> dict[str, str]:
    """Return what does not fit between the rows, by the control where it is said."""
    return dict(
        [*_totals(rows, data, count), *_repeated(rows, data, count), *_more_than_one(rows, data, count)]
    )


def _column(rows: Rows, column: str, data: Data, count: int) -> dict[str, str]:
    names = [f"{rows.name}[{n}].{column}" for n in range(count)]
    return {name: data.get(name, "") for name in names}


def _label(rows: Rows, column: str) -> str:
    return next(f.label for f in rows.fields if f.name == column)


def _totals(rows: Rows, data: Data, count: int) -> Iterator[tuple[str, str]]:
    for column, goal in rows.totals.items():
        cells = _column(rows, column, data, count)
        wanted = goal if _NUMBER.fullmatch(goal) else data.get(goal, "")
        if not cells or not all(_NUMBER.fullmatch(text) for text in [*cells.values(), wanted]):
            continue  # a blank or a slip of one row is said there
        total = sum(Decimal(text) for text in cells.values())
        if abs(total - Decimal(wanted)) > ROUNDING * (count - 1):
            yield list(cells)[-1], f"各行“{_label(rows, column)}”合计 {total}，应为 {wanted}。"


def _repeated(rows: Rows, data: Data, count: int) -> Iterator[tuple[str, str]]:
    for column in rows.unique:
        seen: Counter[str] = Counter()
        for name, text in _column(rows, column, data, count).items():
            seen[text] += 1
            if text and seen[text] > 1:
                yield name, f"“{_label(rows, column)}”与前面的一行重复。"


def _more_than_one(rows: Rows, data: Data, count: int) -> Iterator[tuple[str, str]]:
    for column, code in rows.once.items():
        chosen = [name for name, text in _column(rows, column, data, count).items() if text == code]
        word = next(f.choices[code] for f in rows.fields if f.name == column)
        for name in chosen[1:]:
            yield name, f"“{_label(rows, column)}”只能有一行选择“{word}”。"
