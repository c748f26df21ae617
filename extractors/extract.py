"""One file to its papers with all their elements: what `zeromeet extract` prints."""

from collections.abc import Iterator

from extractors.against_pixels import compare
from extractors.cut_off import doubt_cut_off
from extractors.gather import paired
from extractors.intake import Received
from extractors.lost import lost_parts
from extractors.model import Document, Element, Paper
from extractors.reading import PaperReader
from extractors.recognise import UNKNOWN, Part, modules, split
from extractors.sheet import Sheet
from extractors.take import Taker


def papers_of(received: Received, reader: PaperReader) -> tuple[Paper, ...]:
    """Return the papers of one file in the order of their pages.

    Raises:
        UnreadableError: The file cannot be read.
    """
    document = reader.read(received)
    papers = (_paper(document, part) for part in split(document))
    return paired([compare(paper, document, received, reader) for paper in papers])


def _paper(document: Document, part: Part) -> Paper:
    sheet = Sheet(document, part.pages)
    elements: tuple[Element, ...] = ()
    warnings: tuple[str, ...] = ()
    if part.kind == UNKNOWN:
        warnings = ("认不出这是哪一种材料，没有从中取值。",)
    else:
        module = modules()[part.kind]
        taker = Taker(sheet, part.kind, module.WORDS)
        stated = tuple(_once(module.extract(taker)))
        _explain_furniture(taker)
        elements = tuple(doubt_cut_off(taker, stated))
        warnings = tuple(lost_parts(part.kind, module.WORDS, elements, part.pages))
    left = tuple(p.line.text for p in sheet.leftover())
    if not any(page.lines for page in part.pages):
        warnings = ("这一页没有认出任何文字，请核对是否空白或拍摄不清。",)
    return Paper(
        document=document.id,
        file=document.filename,
        kind=part.kind,
        pages=tuple(p.number for p in part.pages),
        confidence=round(part.confidence, 3),
        elements=elements,
        left_over=left,
        warnings=warnings,
        sizes=tuple((p.width, p.height) for p in part.pages),
    )


def _once(elements: Iterator[Element]) -> Iterator[Element]:
    """Keep the first of each name; a paper states an element once."""
    seen: set[str] = set()
    for element in elements:
        if element.name not in seen:
            seen.add(element.name)
            yield element


def _explain_furniture(taker: Taker) -> None:
    """Mark labels and the texts that every such paper carries as explained."""
    for label in taker.labels:
        for span in label.spans:
            span.use()
    words = (*taker.words.furniture, *taker.words.titles, *taker.words.marks)
    for piece in taker.sheet.pieces:
        for word in words:
            at = piece.text.find(word)
            if at >= 0:
                piece.used.update(range(at, at + len(word)))
