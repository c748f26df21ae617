"""When two papers say the same: by the kind of value, wording aside, meaning never."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from extractors.model import Cell, Money, Row, Value
from extractors.values import address
from extractors.values.text import half_width, same_name_key, squash
from forms.code_lists import code_list
from forms.vocabulary import FactSpec

_PERCENT_TOLERANCE = Decimal("0.01")
"""Percent points: a third is printed as 33.33 % or 33.3333 %."""
_APPROVAL = re.compile(r"[【\[(][^】\])]*(?:依法须经批准|经相关部门批准|凭营业执照)[^】\])]*(?:[】\])]|$)")
_HEADING = re.compile(r"(?:一般|许可|前置许可|后置许可)(?:经营)?项目:")
_BETWEEN_ITEMS = re.compile(r"[、;。,.:]+")
"""A recogniser reads ； as ： more often than anything else as anything else."""


def same(spec: FactSpec, a: Value, b: Value) -> bool:
    """Tell whether two values of one fact mean the same."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        return isinstance(a, tuple) and isinstance(b, tuple) and _same_rows(spec.columns, a, b)
    if spec.codes and isinstance(a, str) and isinstance(b, str):
        one, other = code_list(spec.codes).match(a), code_list(spec.codes).match(b)
        if one and other:
            return one.code == other.code
    return same_cell(spec.compare or spec.type, a, b)


def same_cell(kind: str, a: Cell, b: Cell) -> bool:
    """Tell whether two single values of one kind mean the same."""
    if isinstance(a, Money) or isinstance(b, Money):
        return isinstance(a, Money) and isinstance(b, Money) and _same_money(a, b)
    if kind == "place":
        return address.same_place(a, b) != "different"
    if kind == "scope":
        return scope_items(a) == scope_items(b)
    if kind in {"number", "percent"}:
        return _same_number(a, b, _PERCENT_TOLERANCE if kind == "percent" else Decimal(0))
    return same_name_key(a) == same_name_key(b)


def scope_items(scope: str) -> frozenset[str]:
    """Return the items of a business scope, without headings and the sentence on approvals.

    >>> sorted(scope_items("一般项目：软件开发；技术服务（除依法须经批准的项目外，凭营业执照依法自主开展经营活动）。"))
    ['技术服务', '软件开发']
    """
    text = half_width(squash(scope)).translate({ord("【"): "[", ord("】"): "]"})
    text = _HEADING.sub(";", _APPROVAL.sub(";", text))
    return frozenset(item for item in _BETWEEN_ITEMS.split(text) if item)


def row_name(columns: Mapping[str, str], row: Row) -> str:
    """Return the key by which rows of two tables are paired: the folded first column."""
    return same_name_key(str(row.get(next(iter(columns)), "")))


def _same_rows(columns: Mapping[str, str], a: tuple[Row, ...], b: tuple[Row, ...]) -> bool:
    if sorted(row_name(columns, r) for r in a) != sorted(row_name(columns, r) for r in b):
        return False
    left = sorted(a, key=lambda r: row_name(columns, r))
    right = sorted(b, key=lambda r: row_name(columns, r))
    return all(_same_row(columns, x, y) for x, y in zip(left, right, strict=True))


def _same_row(columns: Mapping[str, str], a: Row, b: Row) -> bool:
    both = a.keys() & b.keys()
    return all(same_cell(columns.get(column, "text"), a[column], b[column]) for column in both)


def _same_money(a: Money, b: Money) -> bool:
    return a.currency == b.currency and _same_number(a.amount, b.amount, Decimal(0))


def _same_number(a: str, b: str, tolerance: Decimal) -> bool:
    try:
        return abs(Decimal(a) - Decimal(b)) <= tolerance
    except InvalidOperation:
        return same_name_key(a) == same_name_key(b)
