"""Tables that are printed as labels with values: names one under another, persons one a row."""

import re
from collections.abc import Iterator

from extractors.kinds import KINDS
from extractors.model import SURE, Element, Row
from extractors.tables import take_table
from extractors.take import Taker


def take_list(taker: Taker, element: str, column: str) -> Iterator[Element]:
    """Yield a table of one column whose rows stand beside labels: 申请名称, 备选名称1, 备选名称2 ...

    The paper's YAML names the labels of the first row as primary_name and of the others as
    spare_names; a ruled table of them, headed as "names", is read where there are no labels.
    """
    kind = KINDS[taker.words.kinds["primary_name"]]
    found = []
    for label in taker.labels:
        if {"primary_name", "spare_names"} & set(label.elements):
            found.extend(list(taker.from_label(label.elements[0], kind, label))[:1])
    values = {
        part: c for c in reversed(found) if isinstance(c.value, str) for part in reversed(_parts(c.value))
    }
    if not values:
        yield from _listed(taker, element, column)
        return
    rows = list(reversed(values.items()))
    kept = [candidate for _, candidate in rows]
    for candidate in kept:
        taker.keep(element, candidate)
    confidence = min(c.confidence for c in kept)
    yield Element(
        name=element,
        value=tuple({column: part} for part, _ in rows),
        confidence=round(confidence, 4),
        sources=tuple(taker.sheet.provenance(c.spans) for c in kept),
        sure=confidence >= SURE,
    )


def _parts(text: str) -> list[str]:
    """Return the names that stand in one place: 张三、李四."""
    return [part for part in re.split("[、，,；;]", text) if part]


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
