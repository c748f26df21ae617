"""The heads of a table: the line of column words, and which column a piece stands under."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extractors.lexicon import TableWords
from extractors.sheet import Piece, Sheet, Span, on_one_line, whole

OTHER = ""
"""The column of a head that means nothing to us."""
_UNITS = ("万美元", "美元", "亿元", "万元", "元")
_LEAST_SHARE = 0.6
"""Of the pieces on a line of heads so many are heads; on a line of labels with values fewer are."""
_TALL = 2.4
"""A head of several lines reaches so many line heights down."""


@dataclass
class Head:
    """One column's head."""

    column: str
    spans: list[Span]
    unit: str = ""

    @property
    def left(self) -> float:
        """Left edge."""
        return min(s.box[0] for s in self.spans)

    @property
    def right(self) -> float:
        """Right edge."""
        return max(s.box[2] for s in self.spans)


def find_heads(sheet: Sheet, words: TableWords, labels: Collection[str] = ()) -> list[Head]:
    """Return the column heads of the line that has most of them, left to right; the first starts a row.

    Args:
        sheet: Where to look.
        words: How the table is headed.
        labels: Wordings that label a single value elsewhere on the paper: 购票员姓名 is no column 姓名.
    """
    best: list[Head] = []
    own = {w for wordings in words.columns.values() for w in wordings}
    single = frozenset(labels) - own
    for piece in sheet.pieces:
        heads = _heads_on_line(sheet, words, piece, single)
        if named(heads) > named(best):
            best = heads
    first = next(iter(words.columns))
    has_first = any(h.column == first for h in best)
    return sorted(best, key=lambda h: (h.column != first, h.left)) if has_first else []


def named(heads: Sequence[Head]) -> int:
    """Count the heads that mean something to us."""
    return sum(1 for h in heads if h.column != OTHER)


def _heads_on_line(sheet: Sheet, words: TableWords, start: Piece, single: frozenset[str]) -> list[Head]:
    page = sheet.on_page(start.page)
    band = [p for p in page if abs(p.middle - start.middle) < 1.2 * start.height]
    heads: dict[str, Head] = {}
    for piece in (p for p in band if p.text not in single):
        for column, span in _column_words(piece, words):
            if column not in heads:
                heads[column] = Head(column, [span], _unit(piece, page))
    for column, spans in _wrapped(band, words):
        if column not in heads:
            heads[column] = Head(column, spans, _unit(spans[0].piece, page))
    known = {id(s.piece) for h in heads.values() for s in h.spans}
    level = [p for p in band if on_one_line(start, p)]
    if len(level) < 2 or sum(1 for p in level if id(p) in known) < _LEAST_SHARE * len(level):
        return []
    return [*heads.values(), *_other_heads(start, band, list(heads.values()))] if heads else []


def _wrapped(band: Sequence[Piece], words: TableWords) -> Iterator[tuple[str, list[Span]]]:
    """Yield the columns whose wording is broken over two lines of its cell: 每月最高领用数 above 量."""
    columns = {w: column for column, wordings in words.columns.items() for w in wordings}
    for above in band:
        left, _, right, _ = above.line.box
        for below in band:
            is_under = below.middle > above.middle and below.line.box[0] < right and below.line.box[2] > left
            column = columns.get(above.text + below.text) if is_under else None
            if column is not None:
                yield column, [whole(above), whole(below)]


def _other_heads(start: Piece, line: Sequence[Piece], heads: Sequence[Head]) -> Iterator[Head]:
    """Yield the heads that mean nothing to us, so that what stands under them goes nowhere else."""
    known = {id(s.piece) for h in heads for s in h.spans}
    for piece in line:
        apart = all(piece.line.box[0] > h.right or piece.line.box[2] < h.left for h in heads)
        if id(piece) not in known and apart and on_one_line(start, piece) and len(piece.text) <= 12:
            yield Head(OTHER, [whole(piece)])


def _column_words(piece: Piece, words: TableWords) -> Iterator[tuple[str, Span]]:
    """Yield the columns whose wording this piece holds, longest wordings first, none twice."""
    if ":" in piece.text:  # a label with its value, not a head
        return
    wordings = sorted(((w, c) for c, ws in words.columns.items() for w in ws), key=lambda p: -len(p[0]))
    taken: set[int] = set()
    for wording, column in wordings:
        at = piece.text.find(wording)
        place = set(range(at, at + len(wording)))
        if at >= 0 and not place & taken:
            taken |= place
            yield column, Span(piece, at, at + len(wording))


def _unit(piece: Piece, page: Sequence[Piece]) -> str:
    """Return the unit that a column's head names, in the head itself or right under it."""
    left, top, right, _ = piece.line.box
    reach = top + _TALL * piece.height
    over = (p for p in page if p.line.box[0] < right and p.line.box[2] > left and top <= p.middle < reach)
    text = "".join(p.text for p in over)
    return next((unit for unit in _UNITS if unit in text), "")


def under_heads(piece: Piece, heads: list[Head]) -> Iterator[tuple[Head, Span]]:
    """Yield a piece under its column; one that covers several columns is cut between them."""
    covered = [h for h in heads if piece.line.box[0] < (h.left + h.right) / 2 < piece.line.box[2]]
    if len(covered) < 2:
        yield _head_of(piece, heads), whole(piece)
        return
    owners = [
        min(covered, key=lambda h: abs((g.x0 + g.x1) / 2 - (h.left + h.right) / 2)) for g in piece.glyphs
    ]
    start = 0
    for n in range(1, len(owners) + 1):
        if n == len(owners) or owners[n] is not owners[start]:
            yield owners[start], Span(piece, start, n)
            start = n


def _head_of(piece: Piece, heads: list[Head]) -> Head:
    left, _, right, _ = piece.line.box

    def nearness(head: Head) -> tuple[float, float]:
        overlap = min(right, head.right) - max(left, head.left)
        return overlap, -abs((left + right) / 2 - (head.left + head.right) / 2)

    return max(heads, key=nearness)
