"""What the headline of a paper says: the company's name stands over the title, or before it."""

from collections.abc import Iterator, Sequence

from extractors.kinds import KINDS
from extractors.model import Element
from extractors.sheet import Piece, Span
from extractors.take import Candidate, Taker, confidence_of

_LINES = 3
"""A name over the title fills at most so many lines."""


def take_headline_company(taker: Taker, element: str) -> Iterator[Element]:
    """Yield the company that the headline names: 某某有限公司章程, also over two lines."""
    pieces = taker.sheet.on_page(taker.sheet.pages[0].number)
    for number, piece in enumerate(pieces):
        title = _title_at_end(taker, piece)
        if title is None:
            continue
        for spans in _above(pieces[: number + 1], len(title)):
            value = KINDS["company"].parse("".join(s.text for s in spans))
            if value is not None and not KINDS["company"].doubts(value) and len(str(value)) > 6:
                confidence = confidence_of(value, spans, KINDS["company"], proven=False)
                yield taker.keep(element, Candidate(value, spans, None, confidence, rank=0))
                return
        return


def _title_at_end(taker: Taker, piece: Piece) -> str | None:
    """Return the longest title that a line ends with; sentences have no title."""
    if any(mark in piece.text for mark in ":;,。"):
        return None
    return max((t for t in taker.words.titles if piece.text.endswith(t)), key=len, default=None)


def _above(pieces: Sequence[Piece], title: int) -> Iterator[tuple[Span, ...]]:
    """Yield what stands before the title on its line, then that with one line above it, and so on."""
    last = pieces[-1]
    own = (Span(last, 0, len(last.glyphs) - title),) if len(last.glyphs) > title else ()
    if own:
        yield own
    for count in range(1, _LINES):
        above = pieces[-1 - count : -1]
        if len(above) == count:
            yield (*(Span(p, 0, len(p.glyphs)) for p in above), *own)
