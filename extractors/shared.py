"""Values that share their print: what stands once on a paper is one value, so one of the two is wrong."""

from collections.abc import Iterable, Iterator

from extractors.interpret import DOUBTED
from extractors.model import Element
from extractors.take import Taker

_RUNS_ON = 4
"""Kinds that may fill so many lines take the lines of a neighbouring column now and then."""
_Place = tuple[int, int]


def doubt_shared(taker: Taker, elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the elements, long texts in doubt that hold what another element was read from."""
    places = {name: _places(taker, name) for name in taker.kept}
    for element in elements:
        own = places.get(element.name, set())
        others = [theirs for name, theirs in places.items() if name != element.name]
        if _runs_on(taker, element) and any(own & theirs and own - theirs for theirs in others):
            yield element.model_copy(update={"confidence": min(element.confidence, DOUBTED), "sure": False})
        else:
            yield element


def _runs_on(taker: Taker, element: Element) -> bool:
    if isinstance(element.value, tuple):
        return False
    kind = taker.kind(element.name)
    return kind.free and kind.lines >= _RUNS_ON


def _places(taker: Taker, element: str) -> set[_Place]:
    return {(id(s.piece), glyph) for s in taker.kept[element] for glyph in range(s.start, s.end)}
