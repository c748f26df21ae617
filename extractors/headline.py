"""What the headline of a paper says: the company's name stands over the title, or before it."""

from collections.abc import Iterator, Sequence

from extractors.kinds import KINDS
from extractors.model import Element
from extractors.sheet import Piece, Span
from extractors.take import Candidate, Taker, confidence_of

_SHORTEST = 6
"""有限公司 alone, at the head of a second line, is no name."""
_LINES = 3
"""A name over the title fills at most so many lines."""


def take_headline_company(taker: Taker, element: str) -> Iterator[Element]:
    """Yield the company that the headline names: 某某有限公司章程, also over two lines."""
    pieces = taker.sheet.on_page(taker.sheet.pages[0].number)
    for number, piece in enumerate(pieces):
        titles = _titles_at_end(taker, piece)
        for title in titles:
            for spans in _above(pieces[: number + 1], len(title)):
                value = KINDS["company"].parse("".join(s.text for s in spans))
                if value is not None and not KINDS["company"].doubts(value) and len(str(value)) > _SHORTEST:
                    confidence = confidence_of(value, spans, KINDS["company"], proven=False)
                    yield taker.keep(element, Candidate(value, spans, None, confidence, rank=0))
                    return
        if titles:
            return


def _titles_at_end(taker: Taker, piece: Piece) -> list[str]:
    """Return the titles that a line ends with, shortest first: 章程 before 公司章程; sentences have none."""
    if any(mark in piece.text for mark in ":;,。"):
        return []
    return sorted((t for t in taker.words.titles if piece.text.endswith(t)), key=len)


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
