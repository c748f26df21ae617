"""Sentences that state a value in running text: 公司的法定代表人由{}担任."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.interpret import DOUBTED, interpret
from extractors.kinds import KINDS, ROW_KINDS, Kind
from extractors.lexicon import squash
from extractors.model import SURE, Element, Row
from extractors.sheet import Sheet, Span
from extractors.take import Candidate, Taker, confidence_of, line_confidence, printed

_END = r"(?=[。;，；]|(?<!\d),|,(?!\d{3})|$)"
_PROSE = r"(?:[^。]|。(?=[(【\[]|许可|一般项目|以上))"
"""A character of prose; its own full stops stand before a bracket or another list of it."""
_END_OF_PROSE = r"(?=。(?![(【\[]|许可|一般项目|以上)|$)"
_POINTS_ON = re.compile("以下|下列|如下")
"""办理以下事宜 says nothing itself."""
_LONGEST = 900
_SLOT = re.compile(r"\{([^}]*)\}")
_CHOICE = re.compile(r"\[([^\]]+)\]|<([^>]+)>")
_HEADING = re.compile(r"第[\d一二三四五六七八九十百]+[章条节]|[一二三四五六七八九十]+、")
_ITEM = re.compile(r"[(（]?\d{1,2}[)）]?[.、．](?!\d)|[(（][一二三四五六七八九十\d]+[)）]")


@dataclass(frozen=True)
class Flow:
    """All glyphs of a sheet in reading order, as one text."""

    text: str
    places: tuple[tuple[int, int], ...]
    """Piece and glyph of each character."""
    sheet: Sheet

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Return the spans of the characters start..end of the text."""
        runs: list[Span] = []
        for piece, glyph in self.places[start:end]:
            if runs and runs[-1].piece is self.sheet.pieces[piece] and runs[-1].end == glyph:
                runs[-1] = Span(runs[-1].piece, runs[-1].start, glyph + 1)
            else:
                runs.append(Span(self.sheet.pieces[piece], glyph, glyph + 1))
        return tuple(runs)

    def begins(self, at: int) -> bool:
        """Tell whether a sentence or a line begins at a character; a label's value does not count."""
        piece, glyph = self.places[at]
        if glyph > 0:
            return self.text[at - 1] in "。,;:“《"
        return self.sheet.left_of(self.sheet.pieces[piece]) is None


def flow(taker: Taker) -> Flow:
    """Return a sheet as running text, without its title."""
    titles = taker.words.titles
    body = [(n, p) for n, p in enumerate(taker.sheet.pieces) if p.text not in titles and not p.is_page_number]
    places = tuple((n, g) for n, p in body for g in range(len(p.glyphs)))
    return Flow("".join(p.text for _, p in body), places, taker.sheet)


def candidates(taker: Taker, element: str) -> Iterator[Candidate]:
    """Yield the readings of an element by the sentences of the paper's YAML, in their order there."""
    running = flow(taker)
    kind = taker.kind(element)
    for rank, phrase in enumerate(taker.words.phrases.get(element, ())):
        for match in _pattern(phrase, narrow=kind.lines < 4).finditer(running.text):
            spans = running.spans(match.start("value"), match.end("value"))
            if not _is_meant(taker, element, running, match, from_start=phrase.startswith("{}")):
                continue
            spans = _first_complete(_before_heading(spans, kind), kind)
            reading = interpret(printed(spans, kind), kind, {}) if spans else None
            if reading is not None and not _POINTS_ON.search(str(reading.value)):
                for span in running.spans(*match.span()):
                    span.use()
                confidence = confidence_of(reading.value, spans, kind, proven=False)
                confidence = min(confidence, reading.most)
                yield Candidate(reading.value, spans, None, confidence, 2.0 - rank / 100, reading.repaired)


def _is_meant(taker: Taker, element: str, running: Flow, match: re.Match[str], *, from_start: bool) -> bool:
    """Tell whether a sentence speaks of the element: it is whole, and about nothing and nobody else."""
    first = running.spans(match.start("value"), match.end("value"))[0]
    if from_start:
        is_label = taker.places.is_label(first.piece) and first.start == 0
        if is_label or not running.begins(match.start()):
            return False
    before, begins = running.text[: match.start("value")], running.spans(*match.span())[0].piece
    return not taker.is_another(element, before) and not taker.is_anothers(element, begins)


def _before_heading(spans: tuple[Span, ...], kind: Kind) -> tuple[Span, ...]:
    """Cut a value where a line begins a new clause; prose may hold numbered items, shorter values may not."""
    for n, span in enumerate(spans[1:], 1):
        text = span.piece.text
        if span.start == 0 and (_HEADING.match(text) or (kind.lines < 10 and _ITEM.match(text))):
            return spans[:n]
    return spans


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
        said = next(candidates(taker, element), None)
        if said is None or said.confidence <= DOUBTED:
            labelled = max(taker.candidates(element), key=lambda c: c.rank, default=None)
            said = max(filter(None, (said, labelled)), key=lambda c: c.confidence, default=None)
        if said is not None:
            yield taker.keep(element, said)


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
        phrase: Words with {} for the value; {办理*事宜} for one that begins and ends so. [a|b] may be left
            out, <a|b> may not.
        narrow: A slot holds no comma: names and the like.
    """
    inside = r"(?:[^。,;]|(?<=\d),(?=\d{3}))" if narrow else _PROSE
    parts = _SLOT.split(phrase)
    pattern = _literal(parts[0])
    for slot, literal in zip(parts[1::2], parts[2::2], strict=True):
        begin, _, end = slot.partition("*")
        pattern += f"(?P<value>{_literal(begin)}{inside}{{1,{_LONGEST}}}?{_literal(end)})" + _literal(literal)
    end = _END if narrow else _END_OF_PROSE
    return re.compile(pattern + (end if phrase.endswith("{}") else ""))


def _literal(words: str) -> str:
    """Return the pattern of the words between slots, with their choices."""
    pattern, at = "", 0
    for choice in _CHOICE.finditer(words):
        options = "|".join(re.escape(squash(w)) for w in (choice.group(1) or choice.group(2)).split("|"))
        pattern += re.escape(squash(words[at : choice.start()]))
        pattern += f"(?:{options})" + ("?" if choice.group(1) else "")
        at = choice.end()
    return pattern + re.escape(squash(words[at:]))


_NUMBER = re.compile(r"\d{17}[\dXx]|[0-9A-HJ-NPQRTUWXY]{18}")
_HOLDER = re.compile(
    r"(?:股东|由|[:,、;)]|^)\s*([\u4e00-\u9fff·()]{2,40}?)[,(]?(?:公民)?(?:身份证|证件|证照|统一社会信用代码)"
)
_NAMED = re.compile(
    r"(?:股东|投资人|发起人)(?:[一二三四五六七八九十\d]|姓名|名称|姓名或名称)?:([\u4e00-\u9fff·()]{2,40}?)"
    r"[,;(]?(?:认缴|出资|以|法定代表人|家庭住址|住所|住址|地址|身份证|证件|证照|公民身份|统一社会信用代码)"
)
_BEFORE_HOLDER = re.compile(
    r"^(?:.*第[一二三四五六七八九十百]+条)?(?:[(（]?[\d一二三四五六七八九十]+[)）]?[.、]?)?(?:.*股东)?"
)
_AMOUNT = re.compile(
    r"(?:出资|投资|认缴)(?:额|金额)?(?:为|:)?(?:人民币)?([\d,.]+(?:万|亿)?元|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+元)整?"
)
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
_FORMS = ("货币", "实物", "知识产权", "土地使用权", "股权", "债权")
_SENTENCE = re.compile(r"[^。;]+?(?=[。;]|\((?:\d{1,2}|[一二三四五六七八九十])\)|$)")


def take_sentence_rows(taker: Taker, element: str) -> Iterator[Element]:
    """Yield shareholders that stand in running sentences, each with a contribution.

    What is what is told by its kind: a number of identity, an amount after 出资, a percentage, a day.
    """
    running = flow(taker)
    rows, sources = [], []
    for match in _SENTENCE.finditer(running.text):
        row = _sentence_row(match.group())
        if row is not None:
            rows.append(row)
            sources.append(running.spans(*match.span()))
    if rows:
        yield _rows_element(taker, element, rows, sources)


def _sentence_row(sentence: str) -> Row | None:
    number, amount = _NUMBER.search(sentence), _AMOUNT.search(sentence)
    holder = _NAMED.search(sentence) or (_HOLDER.search(sentence) if number else None)
    if not (amount and holder):
        return None
    share, form = _SHARE.search(sentence), next((f for f in _FORMS if f in sentence), None)
    found = {
        "name": KINDS["name"].parse(_BEFORE_HOLDER.sub("", holder.group(1))),
        "id_number": KINDS["id_number"].parse(number.group()) if number else None,
        "subscribed_capital": KINDS["money"].parse(amount.group(1)),
        "percent": KINDS["percent"].parse(share.group()) if share else None,
        "contribution_form": form,
        "due_on": KINDS["date"].parse(sentence[amount.end() :]),
    }
    row: Row = {c: v for c, v in found.items() if v is not None and not isinstance(v, tuple)}
    return row if {"name", "subscribed_capital"} <= row.keys() else None
