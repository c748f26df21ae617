"""Parts of a form: whose 姓名 and 证件号码 a label asks for is said by the heading of its part."""

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.labels import Label
from extractors.lexicon import FormPart, Lexicon
from extractors.sheet import Piece, Sheet, on_one_line

_NUMBERING = re.compile(r"^[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]+")
_NOTHING = re.compile(r"(基本|身份)?(信息|情况|资料)?[:：]?(\([^)]*\))?[:：]?")
_ROWS = 2.5
"""A row of the same part is at most so many line heights above."""
_REACH = 6
"""A heading in a cell beside several lines is at most so many line heights above or below them."""


Heading = tuple[Piece, FormPart]


def in_parts(sheet: Sheet, labels: Sequence[Label], words: Lexicon) -> tuple[Label, ...]:
    """Give each label that needs its part's heading the element it asks for there."""
    if not words.parts:
        return tuple(labels)
    headings = [(p, part) for p in sheet.pieces for part in words.parts.values() if _heads(p, part)]
    order = {id(p): n for n, p in enumerate(sheet.pieces)}
    return tuple(_placed(la, headings, order, labels) for la in labels)


def _heads(piece: Piece, part: FormPart) -> bool:
    text = _NUMBERING.sub("", piece.text)
    return any(text.startswith(h) and _NOTHING.fullmatch(text[len(h) :]) for h in part.heads)


def _placed(label: Label, headings: list[Heading], order: dict[int, int], labels: Sequence[Label]) -> Label:
    here = label.spans[0].piece
    part = _beside(here, headings, labels) or _above(here, headings, order)
    meant = tuple(e for e, texts in part.labels.items() if label.text in texts) if part else ()
    return replace(label, elements=meant) if meant else label


def _beside(here: Piece, headings: list[Heading], labels: Sequence[Label]) -> FormPart | None:
    """Return the part whose heading stands in a cell left of a label: half-way up its lines, or at their top."""
    left = [(p, part) for p, part in headings if p.page == here.page and p.line.box[2] <= here.line.box[0]]
    level = [(p, part) for p, part in left if on_one_line(p, here)]
    near = level or [(p, part) for p, part in left if abs(p.middle - here.middle) < _REACH * here.height]
    # A heading that stands over the label's own column is no cell beside it.
    near = [(p, part) for p, part in near if p.line.box[2] < here.line.box[0] - 0.5 * here.height]
    if not level and near and _are_at_top(here, left, labels):
        near = [(p, part) for p, part in near if p.middle < here.middle]
        return max(near, key=lambda found: found[0].middle, default=(None, None))[1]
    closest = min(near, key=lambda found: abs(found[0].middle - here.middle), default=None)
    return closest[1] if closest else None


def _are_at_top(here: Piece, headings: list[Heading], labels: Sequence[Label]) -> bool:
    """Tell whether headings stand beside the first line of their parts: over the first one the column is empty."""
    pieces = (span.piece for la in labels for span in la.spans)
    column = [
        p for p in pieces if p.page == here.page and abs(p.line.box[0] - here.line.box[0]) < here.height
    ]
    upwards = sorted((p for p, _ in headings if p.middle < here.middle), key=lambda p: -p.middle)
    for heading in upwards:
        if not any(on_one_line(p, heading) for p in column):
            return False
        if not any(0.5 < (heading.middle - p.middle) / here.height < _ROWS for p in column):
            return True
    return False


def _above(here: Piece, headings: list[tuple[Piece, FormPart]], order: dict[int, int]) -> FormPart | None:
    """Return the part whose heading comes last before a label."""
    before = [(p, part) for p, part in headings if order[id(p)] < order[id(here)]]
    last = max(before, key=lambda found: order[id(found[0])], default=None)
    return last[1] if last else None
