"""The sides of identity cards on a page, each found by its own labels wherever it lies.

A card is printed by law: its labels stand below one another, its number or its term ends it. So a side is
known beside a licence, below a letter or in a form's box, by relations alone; what lies inside its box is its own.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from extractors.model import Box, Page, TextLine
from extractors.sheet import around, fold

_STATE = "中华人民共和国"
_TALLEST = 20
"""A side's height at most, in heights of its last line."""
_NEXT = 3.0
"""How far a value may stand from what is left of it on one line, in heights of the higher one."""
_ROOM = 0.3
_PERSONAL = ("姓名", "公民身份号码", "住址")


class _Print(NamedTuple):
    """What a side is known by."""

    first: str
    last: str
    between: tuple[str, ...]
    drift: float
    """How far a label may stand left or right of the last one, in heights of that."""


_PRINTS = (
    _Print("姓名", "公民身份号码", ("出生", "住址"), 2.5),
    _Print("居民身份证", "有效期限", ("签发机关",), 12),
)


class Sides(NamedTuple):
    """A page's cards, side by side, and what else lies on it."""

    cards: tuple[Page, ...]
    rest: Page


def sides(page: Page) -> Sides:
    """Return each side of a card as a page of its own, with number and size of its page, and what is left.

    None is found where two would share a line: then nothing tells whose it is.
    """
    boxes = [box for printed in _PRINTS for box in _boxes(page.lines, printed)]
    if any(_meet(one, other) for one, other in combinations(boxes, 2)):
        return Sides((), page)
    cards = [page_of(page, box) for box in _row_by_row(boxes)]
    held = {id(line) for card in cards for line in card.lines}
    rest = tuple(line for line in page.lines if id(line) not in held)
    return Sides(tuple(cards), page.model_copy(update={"lines": rest}))


def is_personal(page: Page) -> bool:
    """Tell whether a page holds a label of a card's portrait side."""
    text = "".join(_squashed(line) for line in page.lines)
    return any(word in text for word in _PERSONAL)


def page_of(page: Page, box: Box) -> Page:
    """Return the page with only what has its middle inside a box."""
    return page.model_copy(update={"lines": tuple(line for line in page.lines if _is_within(line, box))})


def _boxes(lines: Sequence[TextLine], printed: _Print) -> Iterator[Box]:
    """Yield the box of every side that is printed so, from its first line to its last."""
    for last in (line for line in lines if printed.last in _squashed(line)):
        column = [line for line in lines if _stands_above(line, last, printed.drift)]
        firsts = (line for line in column if printed.first in _squashed(line))
        first = max(firsts, key=lambda line: line.box[1], default=None)
        if first is None:
            continue
        inner = [line for line in column if line.box[1] > first.box[1]]
        labels = [line for line in inner if any(word in _squashed(line) for word in printed.between)]
        if all(any(word in _squashed(line) for line in labels) for word in printed.between):
            state = [line for line in column if line not in inner and _squashed(line) == _STATE][-1:]
            rows = (row for label in (*state, first, *labels, last) for row in _row(lines, label))
            yield _grown(around(row.box for row in rows), _ROOM * _height(last))


def _stands_above(line: TextLine, last: TextLine, drift: float) -> bool:
    down, aside = last.box[1] - line.box[1], abs(line.box[0] - last.box[0])
    return 0 < down < _TALLEST * _height(last) and aside < drift * _height(last)


def _row(lines: Sequence[TextLine], label: TextLine) -> Iterator[TextLine]:
    """Yield a label and what follows it closely on its line."""
    yield label
    end = label
    for line in sorted(lines, key=lambda line: line.box[0]):
        level = label.box[1] < (line.box[1] + line.box[3]) / 2 < label.box[3]
        near = line.box[0] - end.box[2] < _NEXT * max(_height(line), _height(end))
        if level and near and line.box[0] > end.box[0] and line.box[2] > end.box[2]:
            yield line
            end = line


def _is_within(line: TextLine, box: Box) -> bool:
    x, y = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    return box[0] < x < box[2] and box[1] < y < box[3]


def _meet(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) > max(one[0], other[0])
    return across and min(one[3], other[3]) > max(one[1], other[1])


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _row_by_row(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield boxes in reading order: what begins above the middle of the first of a row stands in it."""
    left = sorted(boxes, key=lambda box: box[1])
    while left:
        row = [box for box in left if box[1] < (left[0][1] + left[0][3]) / 2]
        yield from sorted(row)
        left = [box for box in left if box not in row]


def _height(line: TextLine) -> float:
    return max(line.box[3] - line.box[1], 1.0)


def _squashed(line: TextLine) -> str:
    return "".join(fold(c) for c in line.text if not c.isspace())
