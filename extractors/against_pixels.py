"""What a PDF's text layer says against what its page shows, for the elements that decide.

Programs believe the layer, people the page. A font may map its pictures of 1 to the character 7; then
the layer is wrong and looks perfect. So the lines that names, codes, amounts and accounts come from
are drawn and read by OCR, and a value that the picture contradicts is never sure.
"""

import difflib
import re
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import groupby
from typing import NamedTuple, Protocol

from extractors.elements import element_kind
from extractors.errors import ModelMissingError, ReaderCrashedError, UnreadableError
from extractors.intake import PDF, Received
from extractors.model import Box, Document, Element, Paper, Provenance
from extractors.readers.ocr_child import Reading
from extractors.values import text

DECIDING = frozenset({"name", "uscc", "id_number", "money", "phone", "account", "table"})
"""Normal forms whose values are compared; the other ones are dates and free text."""
CERTAIN = 0.95
"""Score from which a reading of a drawn line is held against the layer; below it nothing is concluded."""
CONTRADICTED = 0.5
"""Most confidence that a value keeps which its own page contradicts."""

_NOT_COMPARED_WITH = "没有把文字层与页面画面核对：文字识别程序不可用或页面画不出来。"
_AIR = 4.0
"""Line heights kept left and right of a value: where it stands in its line is only estimated."""
_SHOWN = 0.6
"""Part of a line's characters that a picture of it must show; exchanged characters leave a tenth."""
_NOT_COMPARED = re.compile(r"[^\w.]|[_一]|(?<!\d)\.|\.(?!\d)")
"""Marks, and the character one, which is read as a dash; a point between digits counts."""
_ALIKE = str.maketrans("oil〇", "0110")


class Stretch(NamedTuple):
    """A part of one line of a document."""

    page: int
    line: int
    first: int
    """Place of its first character in the line's text."""
    end: int
    """Place after its last one."""


class Seeing(Protocol):
    """What a comparison asks of whoever reads papers."""

    def are_shown(self, document: Document, received: Received, stretches: Sequence[Stretch]) -> list[bool]:
        """Tell of each stretch whether its page surely shows it; False says nothing."""
        ...

    def lines_seen(
        self, received: Received, page: int, boxes: Sequence[Box], dpi: int = ...
    ) -> list[Reading]:
        """Read these boxes of a drawn page, one line each."""
        ...


class _Claim(NamedTuple):
    """A piece of a value that the layer says to stand in one line."""

    element: str
    page: int
    piece: str
    box: Box
    stretch: Stretch


def compare(paper: Paper, document: Document, received: Received, reader: Seeing) -> Paper:
    """Return the paper with doubt on what its pages contradict, and suspicions that say so.

    Args:
        paper: As extracted.
        document: The document it was extracted from.
        received: The file of that document.
        reader: Draws its pages and reads lines of them.
    """
    if document.media_type != PDF:
        return paper
    suspicions = _hidden(paper, document)
    claims = tuple(_claims(paper, document))
    try:
        shown = reader.are_shown(document, received, [claim.stretch for claim in claims])
        doubtful = [claim for claim, is_proven in zip(claims, shown, strict=True) if not is_proven]
        wrong = _contradicted(doubtful, received, reader)
    except ModelMissingError:
        return _not_compared(paper, suspicions, frozenset())
    except (ReaderCrashedError, UnreadableError):  # whoever made the file may have seen to that
        return _not_compared(paper, suspicions, {claim.element for claim in claims})
    elements = tuple(_doubted(e) if e.name in wrong else e for e in paper.elements)
    named = (element_kind(paper.kind, e.name).zh for e in paper.elements if e.name in wrong)
    suspicions += tuple(f"PDF 文字层里的“{zh}”与页面上看到的不一致，请对照原件。" for zh in named)
    return paper.model_copy(update={"elements": elements, "suspicions": suspicions})


def same(piece: str, reading: str) -> bool:
    """Tell whether a reading of a line holds a piece of it, spacing, punctuation and look-alikes aside."""
    return bare(piece) in bare(reading)


def is_shown(lines: Sequence[str], seen: Sequence[Reading]) -> bool:
    """Tell whether a page shows most of some lines, single misread characters aside."""
    alike = (
        difflib.SequenceMatcher(None, bare(line), bare(reading.text), autojunk=False).ratio()
        for line, reading in zip(lines, seen, strict=True)
    )
    return statistics.median(alike) >= _SHOWN


def _hidden(paper: Paper, document: Document) -> tuple[str, ...]:
    theirs = [str(page.number) for page in document.pages if page.hidden and page.number in paper.pages]
    if not theirs:
        return ()
    return (f"PDF 第 {'、'.join(theirs)} 页含有页面上看不见的文字，没有采用，请核对原件。",)


def _not_compared(paper: Paper, suspicions: tuple[str, ...], doubtful: AbstractSet[str]) -> Paper:
    elements = tuple(_doubted(e) if e.name in doubtful else e for e in paper.elements)
    warnings = (*paper.warnings, _NOT_COMPARED_WITH)
    return paper.model_copy(update={"elements": elements, "warnings": warnings, "suspicions": suspicions})


def _doubted(element: Element) -> Element:
    return element.model_copy(update={"confidence": min(element.confidence, CONTRADICTED), "sure": False})


def _claims(paper: Paper, document: Document) -> Iterator[_Claim]:
    for element in paper.elements:
        if element_kind(paper.kind, element.name).type in DECIDING:
            for source in element.sources:
                if source.reader == "pdf":
                    yield from _pieces(element.name, source, document)


def _pieces(element: str, source: Provenance, document: Document) -> Iterator[_Claim]:
    """Yield what each line under a source's box says of its value."""
    raw = text.squash(source.raw)
    for number, line in enumerate(document.pages[source.page - 1].lines):
        if line.reader != "pdf" or not _meet(line.box, source.box):
            continue
        held = text.squash(line.text)
        match = difflib.SequenceMatcher(None, held, raw, autojunk=False).find_longest_match()
        piece = held[match.a : match.a + match.size]
        if bare(piece):
            part = Stretch(source.page, number, *_part(line.text, match.a, match.a + match.size))
            yield _Claim(element, source.page, piece, _around(line.box, source.box), part)


def _part(printed: str, first: int, end: int) -> tuple[int, int]:
    """Return where a part of a squashed line stands in the line as printed; all of it where that is not told."""
    places = [n for n, char in enumerate(printed) for _ in text.squash(char)]
    if len(places) != len(text.squash(printed)):
        return 0, len(printed)
    return places[first], places[end - 1] + 1


def _meet(line: Box, box: Box) -> bool:
    level = min(line[3], box[3]) - max(line[1], box[1])
    return level > 0.5 * (line[3] - line[1]) and min(line[2], box[2]) > max(line[0], box[0])


def _around(line: Box, box: Box) -> Box:
    """Return the part of a line around a value."""
    air = _AIR * (line[3] - line[1])
    return max(line[0], box[0] - air), line[1], min(line[2], box[2] + air), line[3]


def _contradicted(claims: Sequence[_Claim], received: Received, reader: Seeing) -> set[str]:
    """Return the elements whose lines read differently twice, drawn in two sizes."""
    wrong: set[str] = set()
    for page, group in groupby(sorted(claims, key=lambda c: c.page), key=lambda c: c.page):
        theirs = list(group)
        for dpi in (200, 300):
            seen = reader.lines_seen(received, page, [c.box for c in theirs], dpi)
            theirs = [c for c, reading in zip(theirs, seen, strict=True) if _contradicts(reading, c)]
            if not theirs:
                break
        wrong.update(c.element for c in theirs)
    return wrong


def _contradicts(reading: Reading, claim: _Claim) -> bool:
    return reading.score >= CERTAIN and not same(claim.piece, reading.text)


@cache
def bare(raw: str) -> str:
    """Return what of a text is compared with its reading."""
    folded = unicodedata.normalize("NFKC", text.squash(raw))
    return _NOT_COMPARED.sub("", folded).casefold().translate(_ALIKE)
