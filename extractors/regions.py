"""One page to the cards that lie on it beside and below one another.

A page with one card, or none, is left whole. Two cards are parted where white space leaves whole
cards on both of its sides; a card's own lines may lie further apart than two cards do.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from extractors.model import Box, Page, TextLine
from extractors.sheet import around, fold

_LEAST_GAP = 0.3
"""White space between two cards, in heights of a line."""
_FRONT, _BACK = ("姓名", "公民身份号码"), ("居民身份证", "有效期限")
"""What a side of a card begins with and what it ends with."""
_AXES = ((1, 3), (0, 2))
"""Positions in a box of where a line begins and ends: downwards, then to the right."""


class Cut(NamedTuple):
    """White space across a page; of two, the one that parts rows is cut first, so that sides come row by row."""

    parts_rows: bool
    gap: float
    before: tuple[TextLine, ...]
    after: tuple[TextLine, ...]


def regions(page: Page) -> tuple[Page, ...]:
    """Return the page, or where several persons' cards lie on it, each side of each card by itself.

    Each region keeps the number and the size of its page. A page whose cards cannot be parted stays whole.
    """
    if not is_crowded(page):
        return (page,)
    return tuple(page.model_copy(update={"lines": lines}) for lines in _parted(page.lines))


def is_crowded(page: Page) -> bool:
    """Tell whether a page holds the same side of two cards."""
    return max(_count(page.lines, word) for word in (_FRONT[1], _BACK[1])) > 1


def _parted(lines: tuple[TextLine, ...]) -> Iterator[tuple[TextLine, ...]]:
    """Cut until every part is one side."""
    if _sides(lines) <= 1:
        yield lines
        return
    apart = (cut for cut in cuts(lines) if _is_whole(cut.before) and _is_whole(cut.after))
    widest = max(apart, key=lambda cut: cut[:2], default=None)
    if widest is None:
        yield lines
        return
    yield from _parted(widest.before)
    yield from _parted(widest.after)


def cuts(lines: tuple[TextLine, ...]) -> Iterator[Cut]:
    """Yield the white spaces from edge to edge that leave lines before and after them."""
    heights = sorted(line.box[3] - line.box[1] for line in lines)
    least = _LEAST_GAP * heights[len(heights) // 2]
    for start, end in _AXES:
        order = sorted(lines, key=lambda line, at=start: line.box[at])  # type: ignore[misc]
        reach = order[0].box[end]
        for n, (line, following) in enumerate(pairwise(order), 1):
            reach = max(reach, line.box[end])
            before, after = tuple(order[:n]), tuple(order[n:])
            if following.box[start] - reach > least:
                yield Cut(start == 1, following.box[start] - reach, before, after)


def _is_whole(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines are one or more sides from their beginning to their end."""
    counts = [[_count(lines, word) for word in side] for side in (_FRONT, _BACK)]
    return _sides(lines) > 0 and all(first == last for first, last in counts)


def given(page: Page, cards: Sequence[Page], rest: Page) -> tuple[Page, ...]:
    """Return cards, each with those of the other lines of their page that lie nearest to it."""
    near: list[list[TextLine]] = [[] for _ in cards]
    for line in rest.lines:
        distances = [_distance(line.box, around(one.box for one in card.lines)) for card in cards]
        near[distances.index(min(distances))].append(line)
    held = [{*card.lines, *lines} for card, lines in zip(cards, near, strict=True)]
    return tuple(
        page.model_copy(update={"lines": tuple(line for line in page.lines if line in lines)})
        for lines in held
    )


def _distance(one: Box, other: Box) -> float:
    across = max(other[0] - one[2], one[0] - other[2], 0)
    return float(hypot(across, max(other[1] - one[3], one[1] - other[3], 0)))


def _sides(lines: Sequence[TextLine]) -> int:
    return _count(lines, _FRONT[1]) + _count(lines, _BACK[1])


def _count(lines: Sequence[TextLine], word: str) -> int:
    return sum(word in "".join(fold(c) for c in line.text if not c.isspace()) for line in lines)
