"""Tables: rows under a line of column heads, with or without ruled lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.heads import OTHER, Head, named, under_heads
from extractors.interpret import DOUBTED
from extractors.kinds import KINDS, ROW_KINDS
from extractors.labels import label_words
from extractors.lexicon import TableWords, squash
from extractors.model import SURE, Cell, Element, Row
from extractors.sheet import Piece, Span, on_one_line
from extractors.take import PROVEN, Taker, line_confidence
from extractors.values import money

_CLAUSE = re.compile(
    r"第[一二三四五六七八九十百]+[章条节]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)"
)
_IN_YUAN = re.compile(r"\d{1,3}(,\d{3})+(\.\d\d)?|\d+\.\d\d")
_FULL = re.compile(r"\d{4,}")
_FIGURES = frozenset({"money", "number", "percent"})
_HEADINGS = ("信息", "情况", "资料", "说明", "承诺", "如下:")
_TALLEST_GAP = 4.0
"""A table ends where the next line is further away, in line heights."""


@dataclass
class _RawRow:
    cells: dict[str, list[Span]] = field(default_factory=dict)

    def text(self, column: str) -> str:
        return "".join(s.text for s in self.cells.get(column, []))


def take_table(taker: Taker, element: str) -> Iterator[Element]:
    """Yield the table as one element with a source a row, where its head and a row are found."""
    words = taker.words.tables[element]
    heads = taker.heads(words)
    if named(heads) < min(2, len(words.columns)):
        return
    raw = [r for r in _rows(taker, words, heads) if r.text(heads[0].column)]
    units = {h.column: h.unit for h in heads}
    rows = [(row, source) for row, source in ((_parsed(r, units), r) for r in raw) if row]
    if rows:
        yield _element(taker, element, [r for r, _ in rows], [s for _, s in rows], heads)


def _element(taker: Taker, name: str, rows: list[Row], raw: list[_RawRow], heads: list[Head]) -> Element:
    spans = [[s for cell in r.cells.values() for s in cell] for r in raw]
    for span in (*(s for row in spans for s in row), *(s for h in heads for s in h.spans)):
        span.use()
    taker.kept.setdefault(name, tuple(spans[-1]))
    confidence = min(_confidence(row, source) for row, source in zip(rows, raw, strict=True))
    if _may_lack_a_column(taker.words.tables.get(name), heads):
        confidence = min(confidence, DOUBTED)
    return Element(
        name=name,
        value=tuple(rows),
        confidence=round(confidence, 4),
        sources=tuple(taker.sheet.provenance(row) for row in spans),
        sure=confidence >= SURE,
    )


def _may_lack_a_column(words: TableWords | None, heads: list[Head]) -> bool:
    """Tell whether a column of ours is missing and a head that nobody knows may be its own."""
    missing = words is not None and words.columns.keys() - {h.column for h in heads}
    others = ("".join(s.text for s in h.spans) for h in heads if h.column == OTHER)
    return bool(missing) and any(squash(text) not in label_words()["idle_heads"] for text in others)


def _rows(taker: Taker, words: TableWords, heads: list[Head]) -> Iterator[_RawRow]:
    anchor = heads[0].column
    row: _RawRow | None = None
    for line in _bands(_lines_under(taker, words, heads), heads):
        cells = _cells(line, heads)
        if _is_prose(line, cells, heads):
            break
        if row is not None and _continues(row, cells, anchor):
            for column, spans in cells.items():
                row.cells.setdefault(column, []).extend(spans)
            continue
        if row is not None:
            yield row
        row = _RawRow(cells)
    if row is not None:
        yield row


def _bands(lines: Iterator[list[Piece]], heads: list[Head]) -> Iterator[list[Piece]]:
    """Join the lines of a row whose cells stand at different heights: a name over two lines beside a figure."""
    band: list[Piece] = []
    last: list[Piece] = []
    for line in lines:
        if last and _interlock(last, line, heads):
            band = [*band, *line]
        else:
            if band:
                yield band
            band = line
        last = line
    if band:
        yield band


def _interlock(last: list[Piece], line: list[Piece], heads: list[Head]) -> bool:
    """Tell whether two lines overlap in height and fill different cells of one row."""
    if min(p.line.box[1] for p in line) >= max(p.line.box[3] for p in last):
        return False
    above, below = _cells(last, heads), _cells(line, heads)
    shared = above.keys() & below.keys()
    if not shared:
        return True
    fewer = min(len(above), len(below)) < max(len(above), len(below))
    return fewer and shared == {heads[0].column} and _is_under(above[heads[0].column], below[heads[0].column])


def _is_under(above: list[Span], below: list[Span]) -> bool:
    """Tell whether one cell's lines stand under each other, a little overlap aside."""
    foot, top = max(s.box[3] for s in above), min(s.box[1] for s in below)
    return top > foot - 0.4 * above[0].piece.height


def _is_prose(line: list[Piece], cells: dict[str, list[Span]], heads: list[Head]) -> bool:
    """Tell a line of text or a heading under the table from one more row of it."""
    if _CLAUSE.match(line[0].text):
        return True
    if len(line) > 1 or named(heads) < 3:
        return False
    covered = sum(1 for h in heads if line[0].line.box[0] < (h.left + h.right) / 2 < line[0].line.box[2])
    name = line[0].text
    alone = set(cells) == {heads[0].column}
    of_names = ROW_KINDS.get(heads[0].column) in {"name", "company"}
    return covered > 1 or (alone and (not of_names or name.endswith(_HEADINGS)))


def _continues(row: _RawRow, cells: dict[str, list[Span]], anchor: str) -> bool:
    """A line without the first column goes on with the row above; so does a name that was cut."""
    if anchor not in cells:
        return True
    name = row.text(anchor)
    named = ROW_KINDS.get(anchor) in {"name", "company"}
    return named and set(cells) == {anchor} and len(name) > 5 and not KINDS["company"].complete(name)


def _lines_under(taker: Taker, words: TableWords, heads: list[Head]) -> Iterator[list[Piece]]:
    head_pieces = [s.piece for h in heads for s in h.spans]
    foot = head_foot = max(p.line.box[3] for p in head_pieces)
    page = head_pieces[0].page
    height = min(p.height for p in head_pieces)
    line: list[Piece] = []
    for piece in (p for p in taker.sheet.on_page(page) if p.middle > head_foot):
        if line and on_one_line(line[0], piece):
            line.append(piece)
            continue
        if line:
            yield line
            foot = max(p.line.box[3] for p in line)
        if piece.line.box[1] - foot > _TALLEST_GAP * height or _ends(taker, words, piece):
            return
        line = [piece]
    if line:
        yield line


def _ends(taker: Taker, words: TableWords, piece: Piece) -> bool:
    if any(piece.text.startswith(end) for end in words.ends):
        return True
    if words.holds_labels:
        return False
    own = {w for wordings in words.columns.values() for w in wordings}
    return any(la.spans[0].piece is piece and la.heads and la.text not in own for la in taker.labels)


def _cells(line: list[Piece], heads: list[Head]) -> dict[str, list[Span]]:
    cells: dict[str, list[Span]] = {}
    for piece in line:
        for head, span in under_heads(piece, heads):
            cells.setdefault(head.column, []).append(span)
    return cells


def _parsed(raw: _RawRow, units: dict[str, str]) -> Row:
    row: Row = {}
    for column in (c for c in raw.cells if c != OTHER and not _glued(c, raw.cells[c])):
        value = _cell(column, raw.text(column), units[column])
        if value is not None:
            row[column] = value
    return row


def _glued(column: str, spans: list[Span]) -> bool:
    """Tell whether a cell of figures holds two that stand side by side: a column of theirs was not found.

    Put together they would read as one figure that nobody wrote.
    """
    if ROW_KINDS.get(column, "text") not in _FIGURES:
        return False
    return any(
        on_one_line(one.piece, other.piece) and other.box[0] - one.box[2] > one.piece.height
        for one, other in pairwise(sorted(spans, key=lambda s: s.box[0]))
    )


def _cell(column: str, text: str, unit: str) -> Cell | None:
    kind = ROW_KINDS.get(column, "text")
    if kind == "money":
        # 100,000.00 is written so in yuan only, and no bill is limited to 10,000 of 万元.
        in_yuan = _IN_YUAN.fullmatch(text.strip()) or (
            column == "max_amount" and _FULL.fullmatch(text.strip())
        )
        unit = unit or ("元" if in_yuan else "")
        return money.money(text, unit=unit or None)
    value = KINDS[kind].parse(text)
    return value if not isinstance(value, tuple) else None


def _confidence(row: Row, raw: _RawRow) -> float:
    """Return the lowest confidence of a row's cells; a text that is not of its column's kind is a doubt."""
    lowest = 1.0
    for column, spans in ((c, s) for c, s in raw.cells.items() if c != OTHER):
        kind = KINDS[ROW_KINDS.get(column, "text")]
        value = row.get(column)
        score = min(line_confidence(s, kind) for s in spans)
        if value is None or kind.doubts(value):
            score = min(score, DOUBTED)
        elif kind.proves(value):
            score = max(score, PROVEN)
        lowest = min(lowest, score)
    return lowest
