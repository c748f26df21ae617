"""Where a label's value may stand: after it, right of it, below it, and over which following lines."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractors.kinds import KINDS, Kind
from extractors.labels import Label
from extractors.sheet import Piece, Sheet, Span, glyph_weight, on_one_line, whole

_CLAUSE = re.compile(r"第[\d一二三四五六七八九十百]+[章条节]")
_ORDINAL = re.compile(r"[(（]?[1-9一二三四五][)）]?[.、]?")
"""What counts the values of one label: 备选名称 | 1 | 某某有限公司."""
_LABEL_REST = 6
_TALLER = 2.0
"""What stands beside a line and is so many times as high is a watermark or a heading, and not part of it."""
_NEAR = 1.6
"""Lines of one value are at most so many heights apart, from top to top of the gap."""


class Places:
    """The places of one sheet, seen from its labels."""

    def __init__(self, sheet: Sheet, labels: Sequence[Label]) -> None:
        self.sheet = sheet
        self.labels = labels
        self._starts = {(id(la.spans[0].piece), la.spans[0].start): la for la in labels}
        self._covered = _covered(labels)
        self._middles = sorted((la.last.piece.page, la.last.piece.middle, n) for n, la in enumerate(labels))
        self._headed = {id(la.spans[0].piece) for la in labels if la.heads or la.spans[0].start == 0}

    def of(self, label: Label, kind: Kind) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """Yield the places where a label's value may stand, likeliest first."""
        inline = self._inline(label)
        if inline:
            yield from (("inline", s) for s in self._grown(inline, label, kind))
            return
        stack = self._stack(label)
        if stack and kind.lines > 1:
            yield "right", stack
        right = self._right(label)
        if right:
            yield from (("right", s) for s in self._grown(right, label, kind))
        below = self._below(label)
        if below:
            yield from (("below", s) for s in self._grown(below, label, kind))

    def _inline(self, label: Label) -> tuple[Span, ...]:
        if label.alone:
            return ()
        piece, start = label.last.piece, label.last.end
        start += _rest_of_label(piece.text[start:])
        while start < len(piece.glyphs) and piece.glyphs[start].char in ":;":
            start += 1
        rest = self._until_label(piece, start)
        return self._along((rest,)) if rest.end > rest.start and rest.text.strip("_—-. ") else ()

    def _right(self, label: Label) -> tuple[Span, ...]:
        if not label.alone:
            return ()
        piece = self._beside(label)
        if piece is None or self.is_label(piece):
            piece = self._slightly_off(label)
        if piece is not None and _ORDINAL.fullmatch(piece.text):
            after = self.sheet.right_of(piece)
            piece = after if after is not None and not self.is_label(after) else piece
        if piece is None:
            return ()
        return self._along((self._until_label(piece, 0),))

    def _beside(self, label: Label) -> Piece | None:
        """Return what stands right of a label, of one over several lines beside its highest line that has any."""
        own = [span.piece for span in label.spans]
        beside = (after for p in own if (after := self.sheet.right_of(p)) is not None and after not in own)
        return next(beside, None)

    def _slightly_off(self, label: Label) -> Piece | None:
        """Return what stands to the right half a line higher or lower, as beside a label of two lines."""
        owner = label.last.piece
        near = (
            p
            for p in self.sheet.on_page(owner.page)
            if p.line.box[0] > owner.line.box[2]
            and abs(p.middle - owner.middle) < owner.height
            and not self.is_label(p)
            and not self._belongs_elsewhere(p, owner)
        )
        found = min(near, key=lambda p: p.line.box[0], default=None)
        between = found is not None and any(
            la.last.piece is not owner
            and (on_one_line(la.last.piece, owner) or on_one_line(la.last.piece, found))
            and owner.line.box[2] < la.last.box[0] < found.line.box[0]
            for la in self.labels
            if la.last.piece.page == owner.page
        )
        return None if between else found

    def _stack(self, label: Label) -> tuple[Span, ...]:
        """Return the lines of a cell whose label stands half-way up beside them."""
        owner = label.last.piece
        if not label.alone:
            return ()
        lines = self._block(owner)
        if len(lines) < 2:
            return ()
        middle = (lines[0].line.box[1] + lines[-1].line.box[3]) / 2
        centred = (
            abs(middle - owner.middle) < 0.6 * owner.height
            and lines[0].middle < owner.middle - 0.3 * owner.height
        )
        return tuple(whole(p) for p in lines) if centred else ()

    def cell(self, label: Label) -> list[tuple[Span, ...]]:
        """Return the lines of the cell beside a label that stands alone, one by one."""
        lines = self._block(label.last.piece, apart=2.0) if label.alone else []
        return [(whole(piece),) for piece in lines]

    def following(self, last: Span, label: Label, *, in_column: bool) -> Iterator[tuple[Span, ...]]:
        """Yield what stands right of a value and the lines under it, until a label or a wide gap.

        Args:
            last: Where the value ends.
            label: The value's.
            in_column: What stands right of it belongs to another column.
        """
        here = last.piece
        while not in_column and (after := self.sheet.right_of(here)) is not None and not self.is_label(after):
            yield (self._until_label(after, 0),)
            here = after
        first = last.piece
        while (under := self._under(first, label)) is not None:
            yield (self._until_label(under, 0),)
            first = under

    def _under(self, piece: Piece, label: Label) -> Piece | None:
        left = min(piece.line.box[0], label.spans[0].box[0])
        under = self.sheet.below(piece, left, piece.line.box[2], reach=_NEAR)
        return None if under is None or self.is_label(under) else under

    def _block(self, owner: Piece, apart: float = 1.0) -> list[Piece]:
        """Return the lines of the next column that reach past a label's own line, top first.

        Args:
            owner: The label's piece.
            apart: Largest gap between two of them, in line heights.
        """
        beside = [
            p
            for p in self.sheet.on_page(owner.page)
            if p.line.box[0] > owner.line.box[2] and not self.is_label(p)
        ]
        near = [p for p in beside if abs(p.middle - owner.middle) < 1.5 * owner.height]
        if not near:
            return []
        left = min(p.line.box[0] for p in near)
        column = [
            p
            for p in beside
            if abs(p.line.box[0] - left) < owner.height and not self._belongs_elsewhere(p, owner)
        ]
        return _contiguous(sorted(column, key=lambda p: p.middle), owner, apart)

    def _belongs_elsewhere(self, piece: Piece, owner: Piece) -> bool:
        """Tell whether another label in the owner's column stands as near to a line as its own would."""
        left, _, right, _ = owner.line.box
        reach = 0.8 * piece.height
        start = bisect_left(self._middles, (piece.page, piece.middle - reach, -1))
        end = bisect_left(self._middles, (piece.page, piece.middle + reach, len(self.labels)))
        return any(
            abs(la.last.piece.middle - piece.middle) < reach
            and la.last.piece is not owner
            and la.last.box[0] < right
            and la.last.box[2] > left
            for la in (self.labels[n] for _, _, n in self._middles[start:end])
        )

    def _along(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """Add what follows on the same line as long as it is near and no label."""
        while len(spans) < 12:
            last = spans[-1]
            if last.end < len(last.piece.glyphs):
                return spans
            after = self.sheet.right_of(last.piece)
            if (
                after is None
                or self.is_label(after)
                or after.line.box[0] - last.box[2] > 2.0 * last.piece.height
                or after.height > _TALLER * last.piece.height
            ):
                return spans
            spans = (*spans, self._until_label(after, 0))
        return spans

    def _below(self, label: Label) -> tuple[Span, ...]:
        if not label.alone:
            return ()
        x0, _, x1, _ = label.spans[0].box
        x1 = max(x1, label.last.box[2])
        piece = self.sheet.below(label.spans[0].piece, x0, x1, reach=_NEAR)
        if piece is None or self.is_label(piece):
            return ()
        start = self._after_clause_number(piece, label)
        return () if start is None else (self._until_label(piece, start),)

    def _after_clause_number(self, piece: Piece, label: Label) -> int | None:
        """Return where a clause's own text begins; None where it names the label again and is a sentence."""
        number = _CLAUSE.match(piece.text)
        if number is None:
            return 0
        return None if label.text in piece.text else number.end()

    def _grown(self, first: tuple[Span, ...], label: Label, kind: Kind) -> Iterator[tuple[Span, ...]]:
        """Yield the value's spans, with the following lines where its kind may have them."""
        closed = next((first[:n] for n in range(1, len(first)) if kind.closes(_text(first[:n]))), None)
        if closed:
            yield closed
            return
        spans, lines = first, 1
        if kind.complete(_text(spans)) and kind.lines <= 2:
            yield from dict.fromkeys((spans, first[:1]))
            return
        while lines < kind.lines:
            after = self._next_line(spans, first, label) or (
                None if kind.complete(_text(spans)) else self._at_the_margin(spans)
            )
            if after is None:
                break
            grown = (*spans, *after)
            if kind.lines <= 3 and kind.complete(_text(spans)) and _has_end(kind):
                break
            spans, lines = grown, lines + 1
        yield from dict.fromkeys((spans, first, first[:1]))

    def _next_line(
        self, spans: tuple[Span, ...], first: tuple[Span, ...], label: Label
    ) -> tuple[Span, ...] | None:
        last = spans[-1]
        if last.end < len(last.piece.glyphs):
            return None
        left, edge = first[0].box[0], label.spans[0].piece.line.box[0]
        below = self.sheet.below(last.piece, min(left, edge), max(s.box[2] for s in spans), reach=1.25)
        if below is None or self._is_other(below, spans) or self._belongs_elsewhere(below, label.last.piece):
            return None
        slack = 1.2 * last.piece.height
        lefts = [left, _left_by_pitch(first, below), *(s.box[0] for s in spans if s.start == 0)]
        indented = any(abs(below.line.box[0] - x) < slack for x in lefts)
        wrapped = below.line.box[0] < left and self._is_full(last) and below.line.box[0] >= edge - 3 * slack
        if not (indented or wrapped) or not 0.6 < below.height / last.piece.height < 1.6:
            return None
        beside = self.sheet.left_of(below)
        if indented and beside is not None and self.is_label(beside) and on_one_line(beside, below):
            return None
        return self._along((self._until_label(below, 0),))

    def _is_other(self, below: Piece, spans: tuple[Span, ...]) -> bool:
        """Tell whether a line is a label, begins a clause, counts pages, or is one of the value's own lines already."""
        taken = any(span.piece is below for span in spans)
        apart = below.is_page_number or _CLAUSE.match(below.text) is not None
        return taken or apart or self.is_label(below) or self._covers(below)

    def _at_the_margin(self, spans: tuple[Span, ...]) -> tuple[Span, ...] | None:
        """Return the line at the page's left margin that a sentence goes on in when it fills its own line."""
        last = spans[-1]
        margin = min(p.line.box[0] for p in self.sheet.on_page(last.piece.page))
        below = self.sheet.below(last.piece, margin, last.box[2], reach=1.25) if self._is_full(last) else None
        if below is None or below.is_page_number or self.is_label(below):
            return None
        if below.line.box[0] > margin + 3 * below.height:
            return None
        return (self._until_label(below, 0),)

    def _is_full(self, span: Span) -> bool:
        """Tell whether a line runs to the right edge of the text, so that its sentence goes on below."""
        pieces = self.sheet.on_page(span.piece.page)
        edge = max(p.line.box[2] for p in pieces)
        return span.box[2] > edge - 3 * span.piece.height

    def _until_label(self, piece: Piece, start: int) -> Span:
        ends = [s for (owner, s) in self._starts if owner == id(piece) and s >= start]
        return Span(piece, start, min(ends, default=len(piece.glyphs)))

    def is_label(self, piece: Piece) -> bool:
        """Tell whether a piece begins with a label."""
        return id(piece) in self._headed

    def _covers(self, piece: Piece) -> bool:
        return bool(self._covered.get(id(piece), set()) >= set(range(len(piece.glyphs))))


def _text(spans: Sequence[Span]) -> str:
    return "".join(s.text for s in spans)


def _rest_of_label(text: str) -> int:
    """Return how many characters of a longer printed label follow: 及权限 in 委托事项及权限：."""
    colon = text.find(":")
    rest = text[: max(colon, 0)]
    if rest.endswith("项目"):  # 一般项目： begins a scope
        return 0
    return colon if 0 < colon <= _LABEL_REST and all("\u4e00" <= c <= "\u9fff" for c in rest) else 0


def _left_by_pitch(first: Sequence[Span], below: Piece) -> float:
    """Return where a value begins if it is set as wide as the line below it.

    A recogniser gives one box for a label and its value together and hides the gap between them, so
    the place of a glyph in the middle of that box is a guess; its right edge is not.
    """
    pitch = (below.line.box[2] - below.line.box[0]) / _weight(whole(below))
    return first[-1].box[2] - pitch * sum(_weight(span) for span in first)


def _weight(span: Span) -> float:
    """Return how wide a run of glyphs is set, in widths of a Chinese character."""
    text = span.piece.line.text
    return sum(glyph_weight(text[g.offset]) for g in span.piece.glyphs[span.start : span.end])


def _contiguous(lines: list[Piece], owner: Piece, apart: float) -> list[Piece]:
    """Return the run of close lines that the owner's middle falls into."""
    runs: list[list[Piece]] = []
    for line in lines:
        if runs and line.line.box[1] - runs[-1][-1].line.box[3] < apart * line.height:
            runs[-1].append(line)
        else:
            runs.append([line])
    return next((r for r in runs if r[0].line.box[1] <= owner.middle <= r[-1].line.box[3]), [])


def _has_end(kind: Kind) -> bool:
    return kind is KINDS["company"]


def _covered(labels: Sequence[Label]) -> dict[int, set[int]]:
    covered: dict[int, set[int]] = {}
    for label in labels:
        for span in label.spans:
            covered.setdefault(id(span.piece), set()).update(range(span.start, span.end))
    return covered
