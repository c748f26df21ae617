"""Which paper is this? Every paper module is asked; titles and labels speak, file names do not."""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import cache
from types import ModuleType
from typing import NamedTuple

from extractors import documents
from extractors.empty import is_empty
from extractors.labels import find
from extractors.lexicon import Lexicon
from extractors.model import Document, Page
from extractors.regions import Cut, cuts, given, is_crowded, regions
from extractors.sheet import Piece, Sheet
from extractors.sides import is_personal, sides

UNKNOWN = "unknown"
LEAST = 0.5
"""A page whose best paper scores lower is of no known kind."""
_TITLE, _TITLE_PART, _LABELS, _MARK = 0.65, 0.45, 0.35, 0.12
_ENOUGH_LABELS = 5
_MANY, _MANY_LABELS = 7, 0.2
"""So many labels speak for a paper whose title is not known."""
_WITHOUT_TITLE = 0.9
"""Score from which a card's side needs no title: its sign and nearly all its labels are there."""
_LONGEST_TITLE = 40
_LARGER = 1.25
_HEAD, _LOW = 0.45, 0.25
"""Part of a page in which titles stand; where print begins so low, part of what is below."""
_LONGEST_NOTE = 150
"""Characters beside a card from which they are no note on its copy any more."""
_FIRST = 8
"""Pieces among which the title of a paper stands that begins in the middle of a page."""


class Part(NamedTuple):
    """Pages of one file that are one paper."""

    kind: str
    confidence: float
    pages: tuple[Page, ...]


@cache
def modules() -> dict[str, ModuleType]:
    """Return every paper module of extractors/documents by the name of its paper."""
    names = (m.name for m in pkgutil.iter_modules(documents.__path__))
    return {name: importlib.import_module(f"{documents.__name__}.{name}") for name in sorted(names)}


def by_words(sheet: Sheet, words: Lexicon) -> float:
    """Score 0-1 by title, labels and marks; what most papers' recognise() rests on."""
    head = _head(sheet)
    score = max((_title(p, words) for p in head), default=0.0)
    if any(t in p.text for p in head for t in words.not_titles):
        score -= _TITLE
    text = "".join(p.text for p in sheet.pieces)
    if any(sign in text for sign in words.signs):
        score = max(score, _TITLE_PART)
    known = {e for label in find(sheet, words) for e in label.elements}
    score += _MANY_LABELS if len(known) >= _MANY else 0.0
    score += _LABELS * min(len(known) / min(_ENOUGH_LABELS, max(len(words.labels), 1)), 1)
    score += _MARK * sum(1 for mark in words.marks if mark in text)
    return max(0.0, min(score, 1.0))


def split(document: Document) -> Iterator[Part]:
    """Yield the papers of one file: a page with a title of its own begins a new one.

    A page that says nothing goes along with the paper before it, or at the head of a file with the first.
    Every side of a card stands apart, and each of several papers on one page; who sides belong to is
    not told by their order alone (extractors/gather.py).
    """
    current: Part | None = None
    before: tuple[Page, ...] = ()
    for page in (region for whole in document.pages for region in _regions(document, whole)):
        if is_empty(page):
            current = current and current._replace(pages=(*current.pages, page))
            before = before if current else (*before, page)
            continue
        kind, score = _kind(document, page)
        if current is not None and _goes_on(document, current, kind, score, page):
            confidence = max(current.confidence, score if kind == current.kind else 0.0)
            current = Part(current.kind, confidence, (*current.pages, page))
            continue
        if current is not None:
            yield current
        current = Part(kind if score >= LEAST else UNKNOWN, score, (*before, page))
        before = ()
    if current is not None:
        yield current
    elif before:
        yield Part(UNKNOWN, 0.0, before)


def _regions(document: Document, page: Page) -> tuple[Page, ...]:
    """Return a page of several papers paper by paper, any other page as it is."""
    cards, rest = sides(page)
    if cards and _is_another(document, rest, beside=cards):
        return (*_halves(document, rest), *cards)
    if len(cards) > 1:
        return given(page, cards, rest)
    if not is_crowded(page):
        return (page,) if cards else tuple(_halves(document, page))
    kind, score = best(Sheet(document, (page,)))
    is_sheet = bool(modules()[kind].WORDS.once) and _stands_alone(Sheet(document, (page,)), kind, score)
    return regions(page) if is_sheet else (page,)


def _is_another(document: Document, rest: Page, beside: Sequence[Page]) -> bool:
    """Tell whether what lies beside cards is a paper, or a part of one, rather than a note on them."""
    if not rest.lines:
        return False
    sheet = Sheet(document, (rest,))
    kind, score = best(sheet)
    if score >= LEAST and not modules()[kind].WORDS.once and _stands_alone(sheet, kind, score):
        return True
    if is_personal(rest) and any(is_personal(card) for card in beside):
        return True
    return len("".join({line.text for line in rest.lines})) > _LONGEST_NOTE


def _halves(document: Document, page: Page) -> Iterator[Page]:
    """Yield a page whole, or the papers on it where one is of those that are copied with another on one page."""
    kinds = {kind for piece in Sheet(document, (page,)).pieces for kind in _titled(piece)}
    apart = max(_apart(document, page), key=lambda cut: cut.gap, default=None) if len(kinds) > 1 else None
    if apart is None:
        yield page
        return
    for lines in (apart.before, apart.after):
        yield from _halves(document, page.model_copy(update={"lines": lines}))


def _apart(document: Document, page: Page) -> Iterator[Cut]:
    """Yield the white spaces that have a paper of its own on either side, each begun by its title."""
    for cut in cuts(page.lines):
        sheets = [Sheet(document, (page.model_copy(update={"lines": lines}),)) for lines in cut[2:]]
        if not all(any(_titled(p) for p in sheet.pieces[:_FIRST]) for sheet in sheets):
            continue
        kinds = [kind for sheet in sheets for kind, score in (best(sheet),) if score >= _WITHOUT_TITLE]
        if len(set(kinds)) > 1 and any(modules()[kind].WORDS.shares_page for kind in kinds):
            yield cut


def _titled(piece: Piece) -> list[str]:
    """Return the kinds of paper that are called so."""
    return [kind for kind, module in modules().items() if _title(piece, module.WORDS) >= _TITLE]


def _kind(document: Document, page: Page) -> tuple[str, float]:
    """Return the kind of a page; several cards that could not be parted are of no kind, so none lends to another."""
    kind, score = best(Sheet(document, (page,)))
    mixed = score >= LEAST and modules()[kind].WORDS.once and is_crowded(page)
    return (UNKNOWN, 0.0) if mixed else (kind, score)


def best(sheet: Sheet) -> tuple[str, float]:
    """Return the paper whose module is surest of a sheet, and how sure it is."""
    scores = {name: float(module.recognise(sheet)) for name, module in modules().items()}
    kind = max(scores, key=lambda name: scores[name], default=UNKNOWN)
    return kind, scores.get(kind, 0.0)


def _goes_on(document: Document, current: Part, kind: str, score: float, page: Page) -> bool:
    """Tell whether a page belongs to the paper before it."""
    if current.kind == UNKNOWN:
        return score < LEAST
    words = modules()[current.kind].WORDS
    if words.once and kind == current.kind and score >= LEAST:
        return False
    if page.number == current.pages[-1].number:
        return False
    own = Sheet(document, (page,))
    if score >= LEAST and kind != current.kind and _stands_alone(own, kind, score):
        return False
    if words.one_page and kind == current.kind and score >= _WITHOUT_TITLE and _begins(own, words):
        return False
    text = "".join(p.text for p in own.pieces)
    before = "".join(p.text for p in Sheet(document, current.pages).pieces)
    return not any(word in text and word in before for word in words.once)


def _stands_alone(sheet: Sheet, kind: str, score: float) -> bool:
    """Tell whether a page is a paper by itself: by its title, or as a card's side that bears none."""
    words = modules()[kind].WORDS
    return _begins(sheet, words) or (bool(words.once) and score >= _WITHOUT_TITLE)


def _begins(sheet: Sheet, words: Lexicon) -> bool:
    """Tell whether a page has a title of its own: alone on its line, or set larger than the text."""
    heights = sorted(p.height for p in sheet.pieces)
    body = heights[len(heights) // 2]
    return any(
        _title(p, words) >= _TITLE or (_title(p, words) > 0 and p.height > _LARGER * body)
        for p in _head(sheet)
    )


def _head(sheet: Sheet) -> Sequence[Piece]:
    """Return the pieces of the upper part of the first page, where titles stand."""
    page = sheet.pages[0]
    pieces = sheet.on_page(page.number)
    top = min((p.line.box[1] for p in pieces), default=0.0)
    begun = top if top > _LOW * page.height else 0.0  # what lies below another paper has its head there
    return [p for p in pieces if p.middle < begun + _HEAD * (page.height - begun)] or sheet.pieces[:8]


def _title(piece: Piece, words: Lexicon) -> float:
    text = piece.text.strip("《》()-—_ ")
    if text in words.titles:
        return _TITLE
    if len(text) > _LONGEST_TITLE or any(mark in text for mark in "。,;:"):
        return 0.0
    return _TITLE_PART if any(text.endswith(t) or text.startswith(t) for t in words.titles) else 0.0
