"""Finds the labels of a paper among its pieces, also where a label is spread over several pieces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from extractors.errors import TooManyPagesError
from extractors.lexicon import Lexicon, Wording
from extractors.sheet import Piece, Sheet, Span, on_one_line

_WORDS = Path(__file__).parent / "data" / "label_words.yaml"
_SEPARATORS = ":;,.、。()[]{}<>/|-—_□☐☑☒√■●○◎*"
_SPECKS = "☑□√■●○◎*.·-_'`"
"""What a recogniser makes of a speck or a line before a character."""
_FORM_TITLE = re.compile("^.{0,8}[表书单函]$")
"""How the title of a form goes on after a word that is a label elsewhere: 企业名称申报登记表."""
_JOINS = frozenset("及与和")
"""Between the words of a heading; no value begins with one of them."""
_CUT_LABEL = 4
"""A printed label of so many characters may be the beginning of a longer one that we know: 存货计价."""
_REMARK = re.compile(r"^\([^()]*\)?")
"""What a label adds in brackets, also where its end stands on the next line."""
_WIDE = 0.8
"""A gap of so many glyph widths may stand before a label in the middle of a piece."""
MAX_LABELS = 1_000
"""Of one paper. The fullest form has 60; where each is held against each other, thousands would take hours."""
_LONGEST_LABEL = 24
_COLUMN = 2
"""So many other labels make a column."""
_SHORT = {"line", "division"}
"""Kinds of values after which a label may follow without a gap."""
_SPREAD = 8
"""Characters of one label are at most so many heights apart."""


@cache
def label_words() -> dict[str, frozenset[str]]:
    """Return the words that may stand around a label, by what they do there."""
    raw: dict[str, list[str]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return {use: frozenset(words) for use, words in raw.items()}


@dataclass(frozen=True)
class Label:
    """One place where a label of the lexicon stands."""

    elements: tuple[str, ...]
    """The elements it may label; empty for a label that only bounds others."""
    text: str
    spans: tuple[Span, ...]
    marked: bool
    """A colon follows."""
    alone: bool
    """Nothing else stands in its piece after it."""
    heads: bool
    """It begins its piece."""

    @property
    def last(self) -> Span:
        """The span in which the label ends."""
        return self.spans[-1]


def find(sheet: Sheet, words: Lexicon) -> tuple[Label, ...]:
    """Return all labels in reading order; where labels overlap, the longest is kept.

    Raises:
        TooManyPagesError: There are more than MAX_LABELS.
    """
    wordings = words.wordings
    answers = {w for options in words.options.values() for texts in options.values() for w in texts}
    pieces = [p for p in sheet.pieces if p.text not in words.titles and p.text not in answers]
    known = frozenset(text for text, _ in wordings)
    found: list[Label] = []
    taken: dict[int, set[int]] = {}
    for text, elements, holders, starts in _where(wordings, pieces):
        whole = (la for p in holders for la in _in_piece(p, text, elements, run_on=text in words.run_on))
        apart = (_label(text, elements, spans) for p in starts if (spans := _spread(sheet, p, text, known)))
        found.extend(la for la in (*whole, *apart) if _free(la, taken))
        if len(found) > MAX_LABELS:
            raise TooManyPagesError(f"一份材料里的栏目超过 {MAX_LABELS} 个，没有读取。")
    found.extend(_beginnings(pieces, found, wordings))
    found.extend(_halves(pieces, found, wordings))
    found.extend(_embedded(found, words))
    order = {id(p): n for n, p in enumerate(sheet.pieces)}
    return tuple(
        sorted(
            found, key=lambda found_label: (order[id(found_label.spans[0].piece)], found_label.spans[0].start)
        )
    )


def _where(
    wordings: Sequence[Wording], pieces: Sequence[Piece]
) -> Iterator[tuple[str, tuple[str, ...], list[Piece], list[Piece]]]:
    """Yield each wording with the pieces that hold it, and those that hold its first characters and no more."""
    page = "\n".join(p.text for p in pieces)
    short: dict[str, list[Piece]] = {}
    for piece in pieces:
        if len(piece.text) < _LONGEST_LABEL:
            short.setdefault(piece.text, []).append(piece)
    for text, elements in wordings:
        holders = [p for p in pieces if text in p.text] if text in page else []
        starts = [p for n in range(1, len(text)) for p in short.get(text[:n], ())]
        if holders or starts:
            yield text, elements, holders, starts


def _free(label: Label, taken: dict[int, set[int]]) -> bool:
    """Claim a label's glyphs; False where a longer label has them."""
    for span in label.spans:
        if taken.get(id(span.piece), set()) & set(range(span.start, span.end)):
            return False
    for span in label.spans:
        taken.setdefault(id(span.piece), set()).update(range(span.start, span.end))
    return True


def _in_piece(piece: Piece, text: str, elements: tuple[str, ...], *, run_on: bool) -> Iterator[Label]:
    own = piece.text
    start = own.find(text)
    while start >= 0:
        rest = own[start + len(text) :]
        begins = run_on or _may_start(piece, start, start + len(text))
        if begins and rest not in label_words()["sections"] and not _is_heading(rest):
            yield _label(text, elements, (Span(piece, start, start + len(text)),))
        start = own.find(text, start + 1)


def _is_heading(rest: str) -> bool:
    """Tell by what follows a label's words that they are part of a title: 会计制度 in 会计制度及核算软件备案."""
    return _FORM_TITLE.match(rest) is not None or (rest[:1] in _JOINS and ":" not in rest)


def _label(text: str, elements: tuple[str, ...], spans: tuple[Span, ...]) -> Label:
    last = spans[-1]
    rest = last.piece.text[last.end :]
    return Label(
        elements=elements,
        text=text,
        spans=spans,
        marked=rest.startswith(":"),
        alone=not _REMARK.sub("", rest).strip(_SEPARATORS)
        or rest.strip(_SEPARATORS) in label_words()["tails"],
        heads=spans[0].start == 0
        or not spans[0]
        .piece.text[: spans[0].start]
        .strip(_SEPARATORS + "0123456789一二三四五六七八九十第条"),
    )


def _may_start(piece: Piece, start: int, end: int) -> bool:
    """A label begins its piece, has a colon, or stands after a separator, a number or a wide gap."""
    if start == 0:
        return True
    before = piece.glyphs[start - 1]
    here = piece.glyphs[start]
    gap = here.x0 - before.x1
    spaced = here.offset > before.offset + 1
    followed = piece.text[end:].startswith(":")
    if (
        followed
        or spaced
        or (before.char in _SEPARATORS and before.char not in ")]}>")
        or gap > _WIDE * (here.x1 - here.x0)
    ):
        return True
    head = piece.text[:start]
    if head in label_words()["modifiers"]:
        return True
    return not head.strip(_SEPARATORS + "0123456789") or (head.startswith("第") and head.endswith("条"))


def _goes_on(sheet: Sheet, here: Piece, rest: str, known: frozenset[str]) -> Piece | None:
    """Return the piece with the next characters of a label: beside the last one, or under it in its cell."""
    after = sheet.right_of(here)
    if (
        after is not None
        and after.line.box[0] - here.line.box[2] < _SPREAD * here.height
        and after.text.lstrip(_SPECKS)[:1] == rest[0]
    ):
        return after
    left, _, right, _ = here.line.box
    under = sheet.below(here, left, right, reach=1.0)
    if under is None or not rest.startswith(under.text):
        return None
    if after is None or not on_one_line(here, after):
        return under
    # Beside a value, what stands below may be a label of its own, with a value beside it too.
    beside = sheet.right_of(under)
    own = under.text in known and beside is not None and on_one_line(under, beside)
    return None if own or abs(under.line.box[0] - left) > 0.5 * here.height else under


def _spread(sheet: Sheet, piece: Piece, text: str, known: frozenset[str]) -> tuple[Span, ...] | None:
    """Find a label whose characters are printed far apart: 名　　称 in two pieces."""
    spans: list[Span] = []
    rest = text
    here: Piece | None = piece
    while here is not None and rest:
        own = here.text
        if own and rest.startswith(own) and len(own) < len(text):
            spans.append(Span(here, 0, len(own)))
            rest = rest[len(own) :]
        elif spans and own.lstrip(_SPECKS).startswith(rest):
            spans.append(Span(here, 0, len(own) - len(own.lstrip(_SPECKS)) + len(rest)))
            rest = ""
        else:
            return None
        here = _goes_on(sheet, here, rest, known) if rest else None
    return tuple(spans) if not rest and len(spans) > 1 else None


def _beginnings(
    pieces: Sequence[Piece], found: Sequence[Label], wordings: Sequence[Wording]
) -> Iterator[Label]:
    """Yield what is the beginning of a longer label and stands alone: 存货计价 for 存货计价方法."""
    taken = {id(span.piece) for la in found for span in la.spans}
    for piece in pieces:
        own = piece.text.rstrip(_SEPARATORS)
        if id(piece) in taken or not _CUT_LABEL <= len(own) < _LONGEST_LABEL // 2:
            continue
        meant = {elements for text, elements in wordings if text.startswith(own)}
        if len(meant) == 1:
            yield _label(own, meant.pop(), (Span(piece, 0, len(own)),))


def _embedded(found: Sequence[Label], words: Lexicon) -> Iterator[Label]:
    """Yield labels of a row that a recogniser ran together: 行政区划西安字号霁蓝组织形式有限公司.

    Only after the label of a short text, and only labels that stand nowhere else on the sheet.
    """
    known = {element for la in found for element in la.elements}
    for label in found:
        if not any(words.kinds.get(element) in _SHORT for element in label.elements):
            continue
        piece, at = label.last.piece, label.last.end + 1
        for text, elements in words.wordings:
            start = piece.text.find(text, at)
            fresh = elements and not known & set(elements) and len(text) > 1
            if fresh and start > 0 and piece.text[start + len(text) :]:
                known |= set(elements)
                yield _label(text, elements, (Span(piece, start, start + len(text)),))


def _halves(
    pieces: Sequence[Piece],
    found: Sequence[Label],
    wordings: Sequence[Wording],
) -> Iterator[Label]:
    """Yield labels of two characters of which one was lost: 名　　称 printed wide is rarely read whole.

    One character of it stands alone in the column of the other labels, and the label is nowhere else.
    """
    heads = [la for la in found if la.heads and la.elements]
    known = {element for la in heads for element in la.elements}
    for text, elements in wordings:
        if len(text) == 2 and elements and not known & set(elements):
            for piece in pieces:
                at = _half(piece, text, heads)
                if at is not None:
                    yield _label(text, elements, (Span(piece, at, at + 1),))


def _half(piece: Piece, text: str, heads: Sequence[Label]) -> int | None:
    """Return where in a piece one character of a label stands in the labels' column, alone or before a value."""
    own = piece.text
    at = len(own) - len(own.lstrip(_SPECKS))
    if at >= len(own) or own[at] not in text or any(piece is la.spans[0].piece for la in heads):
        return None
    column = [
        la
        for la in heads
        if la.spans[0].piece.page == piece.page and abs(la.spans[0].box[0] - piece.line.box[0]) < piece.height
    ]
    ends = [la for la in heads if la.spans[0].box[0] <= piece.glyphs[at].x0 <= la.last.box[2]]
    first = own[at] == text[0] and len(own) == at + 1 and len(column) >= _COLUMN
    last = own[at] == text[1] and len(ends) >= _COLUMN
    return at if first or last else None
