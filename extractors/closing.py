"""What stands at the foot of a paper without a label: its date, and the body that issued it."""

import re
from collections.abc import Iterator

from extractors.model import Element
from extractors.sheet import Piece, Span, whole
from extractors.take import Candidate, Taker, confidence_of, printed

_SEAL = re.compile("[（(][^（）()]*(?:章|印)[)）]$")
"""Which seal is to stand there: （名称专用章）."""


def take_closing_date(taker: Taker, element: str, *, most: float = 1.0) -> Iterator[Element]:
    """Yield the lowest date that stands by itself and that nothing else took.

    Args:
        taker: Of the paper.
        element: What the date is.
        most: Highest confidence, below 1 where a date at the foot may mean something else.
    """
    kind = taker.kind(element)
    for spans in _closing_lines(taker):
        raw = "".join(s.text for s in spans)
        value = kind.parse(raw)
        if value is not None and _is_mostly_date(raw):
            confidence = min(confidence_of(value, spans, kind, proven=False), most)
            yield taker.keep(element, Candidate(value, spans, None, confidence, rank=0))
            return


def take_by_ending(taker: Taker, element: str, *, holding: str = "") -> Iterator[Element]:
    """Yield the lowest line that ends as the names of such bodies do (endings in the paper's YAML)."""
    endings = taker.words.endings.get(element, ())
    kind = taker.kind(element)
    for spans in _closing_lines(taker):
        text = _SEAL.sub("", printed(spans, kind).strip())
        value = (
            kind.parse(text) if holding in text and text.endswith(tuple(endings)) and len(text) < 40 else None
        )
        if value is not None:
            yield taker.keep(
                element, Candidate(value, spans, None, confidence_of(value, spans, kind, proven=False), 0)
            )
            return


def _closing_lines(taker: Taker) -> Iterator[tuple[Span, ...]]:
    """Yield the unused lines from the foot of the last page upwards, near pieces joined."""
    for page in reversed(taker.sheet.pages):
        for piece in reversed(taker.sheet.on_page(page.number)):
            if not piece.used and not piece.is_noise:
                yield _joined(taker, piece)


def _joined(taker: Taker, piece: Piece) -> tuple[Span, ...]:
    """Join a date that is printed wide, its year, month and day in pieces of their own."""
    spans = [whole(piece)]
    before = taker.sheet.left_of(piece)
    while (
        before is not None and not before.used and piece.line.box[0] - before.line.box[2] < 3 * piece.height
    ):
        if not before.is_noise:
            spans.insert(0, whole(before))
        piece, before = before, taker.sheet.left_of(before)
    return tuple(spans)


def _is_mostly_date(raw: str) -> bool:
    date_marks = "年月日号-./〇○零一二三四五六七八九十O "
    return sum(1 for c in raw if not (c.isdigit() or c in date_marks)) <= 6
