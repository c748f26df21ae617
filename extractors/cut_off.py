"""Values that may go on: a line that nothing explains, right where the value's next line would stand."""

from collections.abc import Iterable, Iterator

from extractors.interpret import DOUBTED
from extractors.model import SURE, Element
from extractors.sheet import Piece, Span
from extractors.take import Taker

_NEXT_TO = 1.5
"""Line heights to the right within which text belongs to the same line of print."""
_UNDER = 0.9
"""Line heights below within which text may be the next line of a value."""
_ASIDE = 2.5
"""Line heights by which that line may begin left or right of the value."""


def doubt_cut_off(taker: Taker, elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the elements, those in doubt whose text may go on in a line that is left over.

    To be called when everything that explains a line has been taken.
    """
    left_over = {id(p) for p in taker.sheet.leftover() if not p.is_noise}
    for element in elements:
        spans = taker.kept.get(element.name)
        is_list = isinstance(element.value, tuple)
        parts = [(s,) for s in spans or ()] if is_list else [spans or ()]
        if (
            spans
            and _is_free(taker, element)
            and any(_goes_on(taker, p, left_over, rows=is_list) for p in parts)
        ):
            confidence = min(element.confidence, DOUBTED)
            yield element.model_copy(update={"confidence": confidence, "sure": confidence >= SURE})
        else:
            yield element


def _is_free(taker: Taker, element: Element) -> bool:
    """Tell whether an element's text has no end of its own: words and lists, not dates and numbers."""
    if isinstance(element.value, tuple):
        return True
    kind = taker.kind(element.name)
    return kind.free and not kind.closes(str(element.value))


def _goes_on(taker: Taker, spans: tuple[Span, ...], left_over: set[int], *, rows: bool) -> bool:
    """Tell whether a value may go on; a list may go on in a row that has a number or a note beside it."""
    if spans[-1].end < len(spans[-1].piece.glyphs):
        return False
    last = spans[-1].piece
    beside = taker.sheet.right_of(last)
    if beside is not None and id(beside) in left_over and _gap(last, beside) < _NEXT_TO:
        return True
    left, right = min(s.box[0] for s in spans), max(s.box[2] for s in spans)
    under = taker.sheet.below(last, left, right, reach=_UNDER)
    if under is None or id(under) not in left_over:
        return False
    beside = taker.sheet.left_of(under)
    if beside is not None and not rows and (id(beside) in left_over or taker.places.is_label(beside)):
        return False  # a row of its own
    return _is_next_line(under, last, left)


def _gap(left: Piece, right: Piece) -> float:
    return (right.line.box[0] - left.line.box[2]) / left.height


def _is_next_line(under: Piece, last: Piece, left: float) -> bool:
    alike = 0.7 < under.height / last.height < 1.4
    return alike and abs(under.line.box[0] - left) < _ASIDE * last.height
