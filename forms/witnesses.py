"""Who states a fact: the papers of a case asked source by source."""

from collections.abc import Iterable, Iterator, Sequence

from extractors.model import Element, Paper, Provenance, Row, Value
from extractors.values.text import same_name_key
from forms.model import Witness
from forms.vocabulary import Source


class Papers:
    """The papers of one case, in an order that does not depend on how they came."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._papers = sorted(papers, key=lambda p: (p.file, p.pages, p.document, p.kind))

    def of(self, kind: str) -> list[Paper]:
        """Return the papers of one kind."""
        return [paper for paper in self._papers if paper.kind == kind]

    def states(self, source: Source, person: str | None) -> Iterator[Witness]:
        """Yield every witness of a source.

        Args:
            source: Where to look.
            person: The name that must stand beside it; None where the source asks for none.
        """
        for paper in self.of(source.paper):
            element = paper.element(source.element)
            if element is None:
                continue
            if source.column:
                yield from _cells(paper, element, source, person)
            elif not source.person or is_same_name(person, self.name_beside(paper, source.named_by)):
                yield _witness(paper, element, source.source, element.value, element.sources[0])

    def name_beside(self, paper: Paper, named_by: str) -> str | None:
        """Return the name a paper's value belongs to; an emblem side whose owner is not sure has none."""
        element = paper.element(named_by)
        return str(element.value) if element else None


def is_same_name(a: str | None, b: str | None) -> bool:
    """Tell whether two names are there and one name."""
    return a is not None and b is not None and same_name_key(a) == same_name_key(b)


def of_element(paper: Paper, element: Element) -> Witness:
    """Return the witness that an element of a paper is."""
    return _witness(paper, element, f"{paper.kind}.{element.name}", element.value, element.sources[0])


def _cells(paper: Paper, element: Element, source: Source, person: str | None) -> Iterator[Witness]:
    """Yield a column's cells: those of the named person, or all of them."""
    column = source.column
    for row, place in _rows(element):
        is_meant = not source.person or is_same_name(person, str(row.get(source.named_by, "")))
        if column in row and is_meant:
            yield _witness(paper, element, source.source, row[column], place)


def _rows(element: Element) -> Iterator[tuple[Row, Provenance]]:
    rows: Sequence[Row] = element.value if isinstance(element.value, tuple) else ()
    for number, row in enumerate(rows):
        yield row, element.sources[min(number, len(element.sources) - 1)]


def _witness(paper: Paper, element: Element, source: str, value: Value, place: Provenance) -> Witness:
    return Witness(
        file=paper.file_of(place.document),
        document=place.document,
        original=paper.copy_of.document if paper.copy_of else place.document,
        page=place.page,
        box=place.box,
        element=source,
        value=value,
        raw=place.raw,
        confidence=element.confidence,
        sure=element.sure,
        is_seen=place.reader == "paddleocr",
    )
