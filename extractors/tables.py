"""Tables: rows under a line of column heads, with or without ruled lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.kinds import KINDS
from extractors.lexicon import TableWords
from extractors.model import SURE, Cell, Element, Row
from extractors.sheet import Piece, Sheet, Span, on_one_line, whole
from extractors.take import DOUBTED, PROVEN, Taker
from extractors.values import money

ROW_KINDS = {
    "name": "name",
    "id_number": "id_number",
    "subscribed_capital": "money",
    "max_amount": "money",
    "percent": "percent",
    "due_on": "date",
    "monthly_quantity": "number",
    "holding_quantity": "number",
    "company_name": "company",
    "phone": "phone",
}
"""Kind of a column's values; a column that is not named here holds text."""
OTHER = ""
"""The column of a head that means nothing to us."""
_UNITS = ("万美元", "美元", "亿元", "万元", "元")
_TALLEST_GAP = 4.0
"""A table ends where the next line is further away, in line heights."""


@dataclass
class _Head:
    column: str
    spans: list[Span]
    unit: str = ""

    @property
    def left(self) -> float:
        return min(s.box[0] for s in self.spans)

    @property
    def right(self) -> float:
        return max(s.box[2] for s in self.spans)


@dataclass
class _RawRow:
    cells: dict[str, list[Span]] = field(default_factory=dict)

    def text(self, column: str) -> str:
        return "".join(s.text for s in self.cells.get(column, []))


def take_table(taker: Taker, element: str) -> Iterator[Element]:
    """Yield the table as one element with a source a row, where its head and a row are found."""
    words = taker.words.tables[element]
    heads = _heads(taker.sheet, words)
    if _named(heads) < min(2, len(words.columns)):
        return
    raw = [r for r in _rows(taker, words, heads) if r.text(heads[0].column)]
    units = {h.column: h.unit for h in heads}
    rows = [(row, source) for row, source in ((_parsed(r, units), r) for r in raw) if row]
    if rows:
        yield _element(taker, element, [r for r, _ in rows], [s for _, s in rows], heads)


def _element(taker: Taker, name: str, rows: list[Row], raw: list[_RawRow], heads: list[_Head]) -> Element:
    spans = [[s for cell in r.cells.values() for s in cell] for r in raw]
    for span in (*(s for row in spans for s in row), *(s for h in heads for s in h.spans)):
        span.use()
    confidence = min(_confidence(row, source) for row, source in zip(rows, raw, strict=True))
    return Element(
        name=name,
        value=tuple(rows),
        confidence=round(confidence, 4),
        sources=tuple(taker.sheet.provenance(row) for row in spans),
        sure=confidence >= SURE,
    )


def _heads(sheet: Sheet, words: TableWords) -> list[_Head]:
    """Return the column heads of the line that has most of them, left to right; the first starts a row."""
    best: list[_Head] = []
    for piece in sheet.pieces:
        heads = _heads_on_line(sheet, words, piece)
        if _named(heads) > _named(best):
            best = heads
    first = next(iter(words.columns))
    has_first = any(h.column == first for h in best)
    return sorted(best, key=lambda h: (h.column != first, h.left)) if has_first else []


def _named(heads: Sequence[_Head]) -> int:
    return sum(1 for h in heads if h.column != OTHER)


def _heads_on_line(sheet: Sheet, words: TableWords, start: Piece) -> list[_Head]:
    line = [p for p in sheet.on_page(start.page) if abs(p.middle - start.middle) < 1.2 * start.height]
    heads: dict[str, _Head] = {}
    for piece in line:
        for column, span in _column_words(piece, words):
            if column not in heads:
                heads[column] = _Head(column, [span], _unit(piece, line))
    return [*heads.values(), *_other_heads(start, line, list(heads.values()))] if heads else []


def _other_heads(start: Piece, line: Sequence[Piece], heads: Sequence[_Head]) -> Iterator[_Head]:
    """Yield the heads that mean nothing to us, so that what stands under them goes nowhere else."""
    known = {id(s.piece) for h in heads for s in h.spans}
    for piece in line:
        apart = all(piece.line.box[0] > h.right or piece.line.box[2] < h.left for h in heads)
        if id(piece) not in known and apart and on_one_line(start, piece) and len(piece.text) <= 12:
            yield _Head(OTHER, [whole(piece)])


def _column_words(piece: Piece, words: TableWords) -> Iterator[tuple[str, Span]]:
    """Yield the columns whose wording this piece holds, longest wordings first, none twice."""
    wordings = sorted(((w, c) for c, ws in words.columns.items() for w in ws), key=lambda p: -len(p[0]))
    taken: set[int] = set()
    for wording, column in wordings:
        at = piece.text.find(wording)
        place = set(range(at, at + len(wording)))
        if at >= 0 and not place & taken:
            taken |= place
            yield column, Span(piece, at, at + len(wording))


def _unit(piece: Piece, line: Sequence[Piece]) -> str:
    """Return the unit that a column's head names, in the head itself or right under it."""
    over = (p for p in line if p.line.box[0] < piece.line.box[2] and p.line.box[2] > piece.line.box[0])
    text = "".join(p.text for p in over)
    return next((unit for unit in _UNITS if unit in text), "")


def _rows(taker: Taker, words: TableWords, heads: list[_Head]) -> Iterator[_RawRow]:
    anchor = heads[0].column
    row: _RawRow | None = None
    for line in _lines_under(taker, words, heads):
        cells = _cells(line, heads)
        if row is not None and _continues(row, cells, anchor):
            for column, spans in cells.items():
                row.cells.setdefault(column, []).extend(spans)
            continue
        if row is not None:
            yield row
        row = _RawRow(cells)
    if row is not None:
        yield row


def _continues(row: _RawRow, cells: dict[str, list[Span]], anchor: str) -> bool:
    """A line without the first column goes on with the row above; so does a name that was cut."""
    if anchor not in cells:
        return True
    name = row.text(anchor)
    company = KINDS["company"]
    return set(cells) == {anchor} and len(name) > 5 and not company.complete(name)


def _lines_under(taker: Taker, words: TableWords, heads: list[_Head]) -> Iterator[list[Piece]]:
    head_pieces = [s.piece for h in heads for s in h.spans]
    foot = max(p.line.box[3] for p in head_pieces)
    page = head_pieces[0].page
    height = min(p.height for p in head_pieces)
    line: list[Piece] = []
    for piece in (p for p in taker.sheet.on_page(page) if p.middle > foot):
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
    own = {w for wordings in words.columns.values() for w in wordings}
    return any(la.spans[0].piece is piece and la.heads and la.text not in own for la in taker.labels)


def _cells(line: list[Piece], heads: list[_Head]) -> dict[str, list[Span]]:
    cells: dict[str, list[Span]] = {}
    for piece in line:
        for head, span in _split(piece, heads):
            cells.setdefault(head.column, []).append(span)
    return cells


def _split(piece: Piece, heads: list[_Head]) -> Iterator[tuple[_Head, Span]]:
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


def _head_of(piece: Piece, heads: list[_Head]) -> _Head:
    left, _, right, _ = piece.line.box

    def nearness(head: _Head) -> tuple[float, float]:
        overlap = min(right, head.right) - max(left, head.left)
        return overlap, -abs((left + right) / 2 - (head.left + head.right) / 2)

    return max(heads, key=nearness)


def _parsed(raw: _RawRow, units: dict[str, str]) -> Row:
    row: Row = {}
    for column in (c for c in raw.cells if c != OTHER):
        value = _cell(column, raw.text(column), units[column])
        if value is not None:
            row[column] = value
    return row


def _cell(column: str, text: str, unit: str) -> Cell | None:
    kind = ROW_KINDS.get(column, "text")
    value = money.money(text, unit=unit or None) if kind == "money" else KINDS[kind].parse(text)
    return value if not isinstance(value, tuple) else None


def _confidence(row: Row, raw: _RawRow) -> float:
    """Return the lowest confidence of a row's cells; a text that is not of its column's kind is a doubt."""
    lowest = 1.0
    for column, spans in ((c, s) for c, s in raw.cells.items() if c != OTHER):
        kind = KINDS[ROW_KINDS.get(column, "text")]
        value = row.get(column)
        score = min(s.piece.line.confidence for s in spans)
        if value is None or kind.doubts(value):
            score = min(score, DOUBTED)
        elif kind.proves(value):
            score = max(score, PROVEN)
        lowest = min(lowest, score)
    return lowest


def take_list(taker: Taker, element: str, column: str) -> Iterator[Element]:
    """Yield a table of one column whose rows stand beside labels: 申请名称, 备选名称1, 备选名称2 ...

    The paper's YAML names the labels of the first row as primary_name and of the others as
    spare_names; a ruled table of them, headed as "names", is read where there are no labels.
    """
    kind = KINDS[taker.words.kinds["primary_name"]]
    found = []
    for label in taker.labels:
        if {"primary_name", "spare_names"} & set(label.elements):
            found.extend(list(taker.from_label(label.elements[0], kind, label))[:1])
    values = list(dict.fromkeys(c.value for c in found if isinstance(c.value, str)))
    if not values:
        yield from _listed(taker, element, column)
        return
    kept = [next(c for c in found if c.value == value) for value in values]
    for candidate in kept:
        taker.keep(element, candidate)
    confidence = min(c.confidence for c in kept)
    yield Element(
        name=element,
        value=tuple({column: value} for value in values),
        confidence=round(confidence, 4),
        sources=tuple(taker.sheet.provenance(c.spans) for c in kept),
        sure=confidence >= SURE,
    )


def _listed(taker: Taker, element: str, column: str) -> Iterator[Element]:
    if "names" not in taker.words.tables:
        return
    for table in take_table(taker, "names"):
        rows = [
            ({column: r[column]}, s)
            for r, s in zip(_rows_of(table), table.sources, strict=True)
            if column in r
        ]
        if rows:
            value, sources = tuple(r for r, _ in rows), tuple(s for _, s in rows)
            yield table.model_copy(update={"name": element, "value": value, "sources": sources})


def _rows_of(table: Element) -> tuple[Row, ...]:
    return table.value if isinstance(table.value, tuple) else ()


def take_people(taker: Taker, table: str, roles: dict[str, str]) -> Iterator[Element]:
    """Yield name, id_number and phone of persons who stand one a row: 财务负责人 | 姓名 | 证件号码 | 电话.

    Args:
        taker: Of the paper.
        table: The table's words in the paper's YAML; its column "role" says who a row is about.
        roles: Wording in that column to the element's prefix, for example 财务负责人: finance_officer.
    """
    for found in take_table(taker, table):
        for row, source in zip(_rows_of(found), found.sources, strict=True):
            prefixes = {prefix for word, prefix in roles.items() if word in str(row.get("role", ""))}
            for prefix in sorted(prefixes):
                for column in ("name", "id_number", "phone"):
                    if column in row:
                        yield found.model_copy(
                            update={"name": f"{prefix}_{column}", "value": row[column], "sources": (source,)}
                        )
