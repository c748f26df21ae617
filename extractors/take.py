"""Takes values: from a label, the text beside, below or after it that is of the element's kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extractors import labels as finding
from extractors.elements import element_kind
from extractors.heads import Head, find_heads
from extractors.interpret import DOUBTED, interpret
from extractors.kinds import KINDS, Kind
from extractors.labels import Label
from extractors.lexicon import Lexicon, TableWords, squash
from extractors.model import SURE, Element, Value
from extractors.parts import in_parts
from extractors.places import Places
from extractors.sheet import Piece, Sheet, Span, whole
from extractors.values.text import is_balanced

PROVEN = 0.999
"""Confidence of a value that holds by its own check digits."""
_MERGED = 0.995
"""Factor for a value that follows its label without any separator."""
_LOOK_ALIKES, _LATIN = 0.02, 0.05
_LONG_TEXT, _PROSE = 0.015, 10
"""What prose, a kind of so many lines, loses: among its many characters one is more easily wrong."""
_PLAIN, _HARDLY, _LONG_ANSWER = 0.8, 0.6, 4
UNBALANCED = 0.85
HESITANT = 0.9
"""Highest confidence of what holds a character that the recogniser hesitated over."""
_STOP = re.compile("[。；;]")
_UNFILLED = re.compile("[_＿]{2}|[_＿]。")
"""What was left of a blank that somebody filled, or did not fill."""
CLAUSE = re.compile(r"第[\d一二三四五六七八九十百]+[章条]")
_BLOCK = 4
"""So many lines may speak of one shareholder: name, representative, number, address."""


@dataclass(frozen=True)
class Candidate:
    """One reading of an element, and how well its place speaks for it."""

    value: Value
    spans: tuple[Span, ...]
    label: Label | None
    confidence: float
    rank: float
    repaired: bool = False


class Taker:
    """Takes elements from one sheet by the words of one paper."""

    def __init__(self, sheet: Sheet, paper: str, words: Lexicon) -> None:
        self.sheet = sheet
        self.paper = paper
        self.words = words
        self.labels = in_parts(sheet, finding.find(sheet, words), words)
        self.places = Places(sheet, self.labels)
        self.kept: dict[str, tuple[Span, ...]] = {}
        """Where the value of each element taken so far stands."""
        heads = (h for table in words.tables.values() for h in self.heads(table))
        self._heads = {id(s.piece) for h in heads for s in h.spans}

    def heads(self, table: TableWords) -> list[Head]:
        """Return the heads of a table of this paper."""
        return find_heads(self.sheet, table, {w for ws in self.words.labels.values() for w in ws})

    def kind(self, element: str) -> Kind:
        """Return the kind of an element's value."""
        return KINDS[self.words.kinds.get(element) or element_kind(self.paper, element).type]

    def take(self, *elements: str) -> Iterator[Element]:
        """Yield each element that the sheet states, and mark what was taken as explained."""
        for element in elements:
            found = list(self.candidates(element))
            best = max(found, key=lambda c: c.rank, default=None)
            if best is not None:
                yield self.keep(element, _undisputed(best, found, self.kind(element)))

    def keep(self, element: str, best: Candidate) -> Element:
        """Turn a candidate into an element and mark its place as explained."""
        for span in (*best.spans, *(best.label.spans if best.label else ())):
            span.use()
        self.kept.setdefault(element, best.spans)
        confidence = min(best.confidence, DOUBTED) if self._holds_label(best.value) else best.confidence
        return Element(
            name=element,
            value=best.value,
            confidence=round(confidence, 4),
            sources=(self.sheet.provenance(best.spans),),
            sure=confidence >= SURE,
            repaired=best.repaired,
        )

    def _holds_label(self, value: Value) -> bool:
        """Tell whether a value runs on into the next item of its paper, label and colon included."""
        said = squash(value) if isinstance(value, str) else ""
        return ":" in said and any(f"{text}:" in said for text, _ in self.words.wordings if len(text) > 1)

    def candidates(self, element: str) -> Iterator[Candidate]:
        """Yield every reading of an element, by label first, by itself where the paper allows it."""
        kind = self.kind(element)
        for label in self.labels:
            if element in label.elements and id(label.last.piece) not in self._heads:
                yield from self.from_label(element, kind, label)
        if element in self.words.anywhere:
            yield from self._by_itself(kind)

    def from_label(self, element: str, kind: Kind, label: Label) -> Iterator[Candidate]:
        """Yield the reading that one label gives, from the likeliest place that holds a value of its kind."""
        options = self.words.options.get(element, {})
        if self.is_anothers(element, label.spans[0].piece):
            return
        for place, spans in self.places.of(label, kind):
            if place == "inline" and self.is_another(element, spans[0].piece.text[: spans[0].start]):
                return
            reading = interpret(printed(spans, kind), kind, options, unit=_unit(label, kind))
            if reading is not None:
                confidence = confidence_of(reading.value, spans, kind, proven=reading.proven)
                confidence = min(confidence, reading.most)
                confidence *= 1 if label.marked or place != "inline" else _MERGED
                rank = _rank(label, place, reading.value, kind)
                yield Candidate(reading.value, spans, label, confidence, rank, reading.repaired)
                return

    def is_another(self, element: str, before: str) -> bool:
        """Tell whether the words of its clause before a value make another thing of it."""
        clause = _STOP.split(before)[-1]
        return any(word in clause for word in self.words.not_after.get(element, ()))

    def is_anothers(self, element: str, piece: Piece) -> bool:
        """Tell whether one of the few lines above, up to the beginning of its clause, speaks of somebody else."""
        words = self.words.not_under.get(element)
        if not words:
            return False
        at = self.sheet.pieces.index(piece)
        above = reversed(self.sheet.pieces[max(at - _BLOCK, 0) : at])
        block = takewhile(lambda p: not CLAUSE.match(p.text), above)
        return not CLAUSE.match(piece.text) and any(p.text.startswith(words) for p in block)

    def _by_itself(self, kind: Kind) -> Iterator[Candidate]:
        for piece in self.sheet.pieces:
            value = kind.parse(piece.line.text)
            if value is not None and kind.proves(value):
                yield Candidate(value, (whole(piece),), None, PROVEN, rank=0.1)


def _undisputed(best: Candidate, found: Sequence[Candidate], kind: Kind) -> Candidate:
    """Return a reading, doubted where another label for the same thing says otherwise."""
    if best.label is None or kind.proves(best.value):
        return best
    others = (c for c in found if c.label and c.label.heads and c.label.text != best.label.text)
    if all(c.value == best.value or kind.doubts(c.value) for c in others):
        return best
    return replace(best, confidence=min(best.confidence, DOUBTED))


def printed(spans: Sequence[Span], kind: Kind) -> str:
    """Return the text of spans; what was seen rather than written gets the marks that Chinese is printed with."""
    raw = "".join(s.text for s in spans)
    return kind.seen(raw) if spans[0].piece.line.reader == "paddleocr" else raw


def confidence_of(value: Value, spans: Sequence[Span], kind: Kind, *, proven: bool) -> float:
    """Return the lowest line score, raised by a proof and lowered by a flaw."""
    score = min(line_confidence(s, kind) for s in spans)
    if kind.proves(value) or (proven and _is_answer_sure(value, spans, score)):
        return max(score, PROVEN)
    if kind.doubts(value) or _UNFILLED.search(str(value)):
        return min(score, DOUBTED)
    return score if is_balanced(str(value)) else min(score, UNBALANCED)


def _is_answer_sure(value: Value, spans: Sequence[Span], score: float) -> bool:
    """Tell whether a known answer, read to the letter, may be believed: a long one is not hit by chance."""
    if score > _PLAIN:
        return True
    return len(str(value)) >= _LONG_ANSWER and min(s.piece.line.confidence for s in spans) > _HARDLY


def line_confidence(span: Span, kind: Kind) -> float:
    """Return how much a line's score is worth for this part of it.

    A recogniser is right in 98 of 100 lines at scores above 0.995, in 64 at 0.90-0.95: its score
    promises too much, so its distance from 1 counts three times. A free text with Latin letters
    has look-alikes (l, 1, I; O, 0) that no score shows, and prose has many characters. What holds a
    character that the recogniser hesitated over is a question, however well the rest of its line reads.
    """
    line = span.piece.line
    if line.reader != "paddleocr":
        return line.confidence
    mixed = kind.free and any(c.isascii() and c.isalpha() for c in span.text)
    latin = _LATIN if kind.latin else _LOOK_ALIKES if mixed else 0
    risk = latin + (_LONG_TEXT if kind.lines > _PROSE else 0)
    most = HESITANT if span.is_doubted else 1.0
    return min(max(1 - 3 * (1 - line.confidence) - risk, 0), most)


def _unit(label: Label, kind: Kind) -> str | None:
    """Return the unit that a label of an amount names in brackets: 注册资本（万元）."""
    rest = label.last.piece.text[label.last.end :]
    return "万元" if kind is KINDS["money"] and "万元" in rest else None


def _rank(label: Label, place: str, value: Value, kind: Kind) -> float:
    rank = {"inline": 1.0, "right": 0.95, "below": 0.7}[place]
    rank += 0.3 if label.marked else 0.0
    rank += 0.3 if label.heads else 0.0
    rank += 0.05 * min(len(label.text), 8)
    rank += 1.0 if kind.proves(value) else 0.0
    rank -= 1.0 if kind.doubts(value) else 0.0
    return rank
