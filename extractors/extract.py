"""One file to its papers with all their elements: what `zeromeet extract` prints."""

from collections.abc import Iterator, Mapping, Sequence

from extractors.against_pixels import compare
from extractors.continued import join_pages
from extractors.cut_off import doubt_cut_off
from extractors.empty import is_empty
from extractors.gather import paired
from extractors.intake import Received
from extractors.lost import lost_parts
from extractors.model import Document, Element, Paper
from extractors.readers.recorded import Reads
from extractors.recognise import UNKNOWN, Part, modules, split
from extractors.shared import doubt_shared
from extractors.sheet import Sheet
from extractors.take import Taker
from extractors.variants import settle_variants

_TRACES = "第 {} 页几乎空白，但有认不出的字迹，请核对。"


def papers_of(received: Received, reader: Reads) -> tuple[Paper, ...]:
    """Return the papers of one file in the order of their pages.

    Raises:
        UnreadableError: The file cannot be read.
    """
    document = reader.read(received)
    papers = (_with_traces(paper_of(document, part), part, received, reader) for part in split(document))
    return paired([compare(paper, document, received, reader) for paper in papers])


def _with_traces(paper: Paper, part: Part, received: Received, reader: Reads) -> Paper:
    """Return a paper with a warning for each of its empty pages that bears marks which nobody could read."""
    empty = [page for page in part.pages if is_empty(page)]
    if len(empty) == len(part.pages):
        return paper
    traces = (_TRACES.format(page.number) for page in empty if reader.shows_traces(received, page))
    return paper.model_copy(update={"warnings": (*paper.warnings, *traces)})


def joined(papers: Sequence[Paper], received: Mapping[str, Received], reader: Reads) -> tuple[Paper, ...]:
    """Return the papers of a case, pages joined that came in files of their own.

    Args:
        papers: Of all files, as papers_of() gave them, in the order of their files.
        received: The files by document id.
        reader: Has read them, and reads them again from what it kept.
    """

    def read(document: str) -> Document:
        return reader.read(received[document])

    def take(kind: str, document: Document) -> Paper:
        return paper_of(document, Part(kind, 1.0, document.pages))

    known = {id(paper) for paper in papers}
    whole = join_pages(papers, read, take)
    return tuple(p if id(p) in known else _compared(p, received, reader) for p in whole)


def _compared(paper: Paper, received: Mapping[str, Received], reader: Reads) -> Paper:
    """Hold what the added pages say against their pictures, file by file."""
    for leaf in paper.also:
        own = {e.name: e for e in paper.elements if {s.document for s in e.sources} == {leaf.document}}
        part = paper.model_copy(
            update={"document": leaf.document, "pages": leaf.pages, "elements": tuple(own.values())}
        )
        seen = compare(part, reader.read(received[leaf.document]), received[leaf.document], reader)
        elements = tuple(seen.element(e.name) if e.name in own else e for e in paper.elements)
        fresh = tuple(s for s in seen.suspicions if s not in paper.suspicions)
        paper = paper.model_copy(update={"elements": elements, "suspicions": (*paper.suspicions, *fresh)})
    return paper


def paper_of(document: Document, part: Part) -> Paper:
    """Return one paper of a document with all that its text states, not yet held against its pictures."""
    sheet = Sheet(document, tuple(page for page in part.pages if not is_empty(page)) or part.pages)
    elements: tuple[Element, ...] = ()
    warnings: tuple[str, ...] = ()
    if part.kind == UNKNOWN:
        warnings = ("认不出这是哪一种材料，没有从中取值。",)
    else:
        module = modules()[part.kind]
        taker = Taker(sheet, part.kind, module.WORDS)
        stated = tuple(_once(module.extract(taker)))
        _explain_furniture(taker)
        elements = tuple(settle_variants(taker, doubt_shared(taker, doubt_cut_off(taker, stated))))
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
