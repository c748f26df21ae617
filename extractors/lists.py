"""Tables that are printed as labels with values: names one under another, persons one a row."""

import re
from collections.abc import Iterator

from extractors.doubtful import COMPANY_END
from extractors.kinds import KINDS, Kind
from extractors.labels import Label
from extractors.model import SURE, Element, Row
from extractors.options import is_open
from extractors.phrases import candidates
from extractors.sheet import Piece, Span, on_one_line, whole
from extractors.tables import take_table
from extractors.take import Taker, confidence_of, printed
from extractors.values.text import half_width

_BETWEEN = re.compile(r"[、，,；;]|\s{2,}|\u3000+|(?<=[\u4e00-\u9fff])\s+(?=[\d￥¥])|(?<=[元%])\s+")
_SIGNED = re.compile("签|盖章")
_DAY = re.compile("[\\d年月日]|日期")
_LONGEST = 4
_TITLE = 2
"""Pieces that head a paper."""
_ROOM = 6.0
"""Height of the room for a signature, in heights of a line."""
_SHARE = re.compile(
    r"((拟)?(认缴)?(投资|出资)(金额|数额|额|比例)?|持股比例|比例|占(注册资本的?)?)?[:：为]?[（(]?[\d,.]+(万|亿)?(元|美元|%|％)?[（(]?(人民币)?[)）]?"
)


def take_list(taker: Taker, element: str, column: str) -> Iterator[Element]:
    """Yield a table of one column whose rows stand beside labels: 申请名称, 备选名称1, 备选名称2 ...

    The paper's YAML names the labels of the first row as primary_name and of the others as
    spare_names; where they give nothing, instead_names are read (到会股东 for signatures that cannot be),
    and a ruled table headed as "names".
    """
    kind = KINDS[taker.words.kinds["primary_name"]]
    found = (
        _named(taker, kind, {"primary_name", "spare_names"})
        or _named(taker, kind, {"instead_names"})
        or _said(taker, kind)
    )
    if not found:
        yield from _listed(taker, element, column)
        return
    confidence = min(confidence_of(name, spans, kind, proven=False) for name, spans in found.items())
    for span in (s for spans in found.values() for s in spans):
        span.use()
    taker.kept.setdefault(element, tuple(s for spans in found.values() for s in spans))
    yield Element(
        name=element,
        value=tuple({column: name} for name in found),
        confidence=round(confidence, 4),
        sources=tuple(taker.sheet.provenance(spans) for spans in found.values()),
        sure=confidence >= SURE,
    )


def _named(taker: Taker, kind: Kind, labels: set[str]) -> dict[str, tuple[Span, ...]]:
    found: dict[str, tuple[Span, ...]] = {}
    for label in taker.labels:
        if labels & set(label.elements):
            at = list(_names_at(taker, kind, label)) or _signed_below(taker, kind, label)
            for name, spans in at:
                found.setdefault(name, spans)
    return found


def _said(taker: Taker, kind: Kind) -> dict[str, tuple[Span, ...]]:
    """Return the name that a sentence gives instead, and those that a letter is addressed to."""
    for candidate in candidates(taker, "instead_names") if "instead_names" in taker.words.phrases else ():
        if not kind.doubts(candidate.value):
            return {str(candidate.value): candidate.spans}
    return _addressed(taker, kind) if taker.words.addressed else {}


def _addressed(taker: Taker, kind: Kind) -> dict[str, tuple[Span, ...]]:
    """Return whom the first line that ends in a colon addresses: 王某、李某：."""
    for piece in taker.sheet.on_page(taker.sheet.pages[0].number):
        if piece.text.endswith(":"):
            spans = (Span(piece, 0, len(piece.glyphs) - 1),)
            names = _names_in(spans, kind)
            if names and not any(kind.doubts(name) for name in names):
                return dict.fromkeys(names, spans)
    return {}


def _names_at(taker: Taker, kind: Kind, label: Label) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield the names that stand at one label: in its cell one a line, in its line one after another."""
    stacked = [(line, _names_in(line, kind)) for line in taker.places.cell(label)]
    if len(stacked) > 1 and all(names and not any(map(kind.doubts, names)) for _, names in stacked):
        for line, names in stacked:
            yield from ((name, line) for name in names)
        return
    candidate = next(taker.from_label(label.elements[0], kind, label), None)
    if candidate is None or is_open(printed(candidate.spans, kind), {}):
        return
    for span in label.spans:
        span.use()
    names = _names_in(candidate.spans, kind) or [str(candidate.value)]
    loose = "spare_names" in label.elements or not (label.marked or label.alone)
    if loose and any(kind.doubts(name) for name in names):
        return  # 备选字号 may ask for the trade name alone; 申请人应当 begins a sentence
    yield from ((name, candidate.spans) for name in names)
    for line in taker.places.following(
        candidate.spans[-1], label, in_column=_is_column(taker, candidate.spans, label)
    ):
        names = _names_in(line, kind)
        if not names or any(kind.doubts(name) for name in names):
            return
        yield from ((name, line) for name in names)


def _signed_below(taker: Taker, kind: Kind, label: Label) -> list[tuple[str, tuple[Span, ...]]]:
    """Return the names in the room for signatures below a label; none where something but a day stands there too."""
    head = label.last.piece
    if not _SIGNED.search(label.last.text) or label.last.end < len(head.text.rstrip(":")):
        return []
    found: list[tuple[str, tuple[Span, ...]]] = []
    foot = head
    for piece in taker.sheet.on_page(head.page):
        if piece.middle <= head.middle or on_one_line(piece, head):
            continue
        apart = piece.line.box[1] - foot.line.box[3] > _ROOM * max(piece.height, head.height)
        if apart or _DAY.search(piece.text):
            break
        names = _names_in((whole(piece),), kind)
        if not names or any(kind.doubts(name) or _is_scrawl(name) for name in names):
            return []  # a signature that could not be read, or another thing
        found += [(name, (whole(piece),)) for name in names if not _is_in_title(taker, head, name)]
        foot = piece
    return found


def _is_in_title(taker: Taker, head: Piece, name: str) -> bool:
    """Tell whether the paper is headed by this name: the company itself puts its seal below the signatures."""
    title = taker.sheet.on_page(taker.sheet.pages[0].number)[:_TITLE]
    return any(half_width(name) in piece.text for piece in title if piece is not head)


def _is_scrawl(name: str) -> bool:
    """Tell whether a text is longer than persons' names are, and ends as no firm does."""
    return len(name) > _LONGEST and "·" not in name and not COMPANY_END.search(name)


def _is_column(taker: Taker, spans: tuple[Span, ...], label: Label) -> bool:
    """Tell whether names stand under their label in a table: beside a head there are other heads."""
    head = label.last.piece
    under = spans[0].box[1] > head.line.box[3] - 0.5 * head.height
    return under and (taker.sheet.right_of(head) or taker.sheet.left_of(head)) is not None


def _names_in(spans: tuple[Span, ...], kind: Kind) -> list[str]:
    """Return the names that a line holds and nothing else but their shares: 张三、李四; 张三　60万元　60%."""
    parts = [part for part in _BETWEEN.split(printed(spans, kind).rstrip("。. ")) if part.strip()]
    named = [part for part in parts if not _SHARE.fullmatch(part.strip())]
    names = [kind.parse(part) for part in named]
    return [str(name) for name in names] if names and all(names) else []


def _listed(taker: Taker, element: str, column: str) -> Iterator[Element]:
    if "names" not in taker.words.tables:
        return
    for table in take_table(taker, "names"):
        rows = [
            ({column: r[column]}, s)
            for r, s in zip(_rows_of(table), table.sources, strict=True)
            if column in r
        ]
        if rows:
            value, sources = tuple(r for r, _ in rows), tuple(s for _, s in rows)
            yield table.model_copy(update={"name": element, "value": value, "sources": sources})


def _rows_of(table: Element) -> tuple[Row, ...]:
    return table.value if isinstance(table.value, tuple) else ()


def take_people(taker: Taker, table: str, roles: dict[str, str]) -> Iterator[Element]:
    """Yield name, id_number and phone of persons who stand one a row: 财务负责人 | 姓名 | 证件号码 | 电话.

    Args:
        taker: Of the paper.
        table: The table's words in the paper's YAML; its column "role" says who a row is about.
        roles: Wording in that column to the element's prefix, for example 财务负责人: finance_officer.
    """
    for found in take_table(taker, table):
        for row, source in zip(_rows_of(found), found.sources, strict=True):
            prefixes = {prefix for word, prefix in roles.items() if word in str(row.get("role", ""))}
            for prefix in sorted(prefixes):
                for column in ("name", "id_number", "phone"):
                    if column in row:
                        yield found.model_copy(
                            update={"name": f"{prefix}_{column}", "value": row[column], "sources": (source,)}
                        )
