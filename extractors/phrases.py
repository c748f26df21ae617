"""Sentences that state a value in running text: 公司的法定代表人由{}担任."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.kinds import KINDS, ROW_KINDS, Kind
from extractors.lexicon import squash
from extractors.model import SURE, Element, Row
from extractors.sheet import Sheet, Span
from extractors.take import DOUBTED, Candidate, Taker, confidence_of, line_confidence, printed

_END = r"(?=[。;，；]|,(?!\d{3})|$)"
_LONGEST = 400
_SLOT = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class _Flow:
    """All glyphs of a sheet in reading order, as one text."""

    text: str
    places: tuple[tuple[int, int], ...]
    """Piece and glyph of each character."""
    sheet: Sheet

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        runs: list[Span] = []
        for piece, glyph in self.places[start:end]:
            if runs and runs[-1].piece is self.sheet.pieces[piece] and runs[-1].end == glyph:
                runs[-1] = Span(runs[-1].piece, runs[-1].start, glyph + 1)
            else:
                runs.append(Span(self.sheet.pieces[piece], glyph, glyph + 1))
        return tuple(runs)


def flow(taker: Taker) -> _Flow:
    """Return a sheet as running text, without its title."""
    body = [(n, p) for n, p in enumerate(taker.sheet.pieces) if p.text not in taker.words.titles]
    places = tuple((n, g) for n, p in body for g in range(len(p.glyphs)))
    return _Flow("".join(p.text for _, p in body), places, taker.sheet)


def candidates(taker: Taker, element: str) -> Iterator[Candidate]:
    """Yield the readings of an element by the sentences of the paper's YAML, in their order there."""
    running = flow(taker)
    kind = taker.kind(element)
    for rank, phrase in enumerate(taker.words.phrases.get(element, ())):
        for match in _pattern(phrase, narrow=kind.lines < 4).finditer(running.text):
            spans = _first_complete(running.spans(match.start("value"), match.end("value")), kind)
            value = kind.parse(printed(spans, kind)) if spans else None
            if value is not None:
                for span in running.spans(*match.span()):
                    span.use()
                yield Candidate(
                    value, spans, None, confidence_of(value, spans, kind, proven=False), 2.0 - rank / 100
                )


def _first_complete(spans: tuple[Span, ...], kind: Kind) -> tuple[Span, ...]:
    """Cut a name at the line where it is complete; what follows without a stop is another sentence."""
    if kind.lines > 3 or not kind.free:
        return spans
    cuts = (spans[:n] for n in range(1, len(spans)))
    return next(
        (cut for cut in cuts if kind.complete(printed(cut, kind)) and kind.parse(printed(cut, kind))), spans
    )


def take_clauses(taker: Taker, *elements: str) -> Iterator[Element]:
    """Yield elements that stand in clauses, by their sentences first, by labels where no sentence fits."""
    for element in elements:
        found = next(candidates(taker, element), None) or max(
            taker.candidates(element), key=lambda c: c.rank, default=None
        )
        if found is not None:
            yield taker.keep(element, found)


def _rows_element(
    taker: Taker, element: str, rows: list[Row], sources: Sequence[tuple[Span, ...]]
) -> Element:
    for span in (s for row in sources for s in row):
        span.use()
    confidence = min(line_confidence(s, KINDS["name"]) for row in sources for s in row)
    if any(KINDS[ROW_KINDS.get(column, "text")].doubts(cell) for row in rows for column, cell in row.items()):
        confidence = min(confidence, DOUBTED)
    places = tuple(taker.sheet.provenance(row) for row in sources)
    return Element(
        name=element, value=tuple(rows), confidence=confidence, sources=places, sure=confidence >= SURE
    )


def _pattern(phrase: str, *, narrow: bool = False) -> re.Pattern[str]:
    """Turn a sentence with slots into a pattern; a slot is as short as what follows it allows.

    Args:
        phrase: Words with slots: {} for the value, {column} in rows.
        narrow: A slot holds no comma: names and the like.
    """
    inside = r"(?:[^。,;]|(?<=\d),(?=\d{3}))" if narrow else "[^。]"
    parts = _SLOT.split(phrase)
    pattern = re.escape(squash(parts[0]))
    for slot, literal in zip(parts[1::2], parts[2::2], strict=True):
        pattern += f"(?P<{slot or 'value'}>{inside}{{1,{_LONGEST}}}?)" + re.escape(squash(literal))
    return re.compile(pattern + (_END if phrase.endswith("}") else ""))


_NUMBER = re.compile(r"\d{17}[\dXx]|[0-9A-HJ-NPQRTUWXY]{18}")
_HOLDER = re.compile(
    r"(?:股东|由|[:,、;)]|^)\s*([\u4e00-\u9fff·()]{2,40}?)[,(]?(?:公民)?(?:身份证|证件|证照|统一社会信用代码)"
)
_BEFORE_HOLDER = re.compile(
    r"^(?:.*第[一二三四五六七八九十百]+条)?(?:[(（]?[\d一二三四五六七八九十]+[)）]?[.、])?(?:.*股东)?"
)
_AMOUNT = re.compile(
    r"出资(?:额)?(?:为)?(?:人民币)?([\d,.]+(?:万|亿)?元|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元)整?"
)
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
_FORMS = ("货币", "实物", "知识产权", "土地使用权", "股权", "债权")


def take_sentence_rows(taker: Taker, element: str) -> Iterator[Element]:
    """Yield shareholders that stand in running sentences, each with a number and a contribution.

    What is what is told by its kind: a number of identity, an amount after 出资, a percentage, a day.
    """
    running = flow(taker)
    rows, sources = [], []
    for match in re.finditer("[^。;]+", running.text):
        row = _sentence_row(match.group())
        if row is not None:
            rows.append(row)
            sources.append(running.spans(*match.span()))
    if rows:
        yield _rows_element(taker, element, rows, sources)


def _sentence_row(sentence: str) -> Row | None:
    number, amount, holder = _NUMBER.search(sentence), _AMOUNT.search(sentence), _HOLDER.search(sentence)
    if not (number and amount and holder):
        return None
    share, form = _SHARE.search(sentence), next((f for f in _FORMS if f in sentence), None)
    found = {
        "name": KINDS["name"].parse(_BEFORE_HOLDER.sub("", holder.group(1))),
        "id_number": KINDS["id_number"].parse(number.group()),
        "subscribed_capital": KINDS["money"].parse(amount.group(1)),
        "percent": KINDS["percent"].parse(share.group()) if share else None,
        "contribution_form": form,
        "due_on": KINDS["date"].parse(sentence[amount.end() :]),
    }
    row: Row = {c: v for c, v in found.items() if v is not None and not isinstance(v, tuple)}
    return row if {"name", "id_number", "subscribed_capital"} <= row.keys() else None
