"""What a person types as the answer to a fact, in the normal form of its type."""

import json

from pydantic import TypeAdapter, ValidationError

from extractors.errors import UsageError
from extractors.kinds import KINDS
from extractors.model import Cell, Row, Value
from extractors.values import money
from forms.vocabulary import FactSpec, fact_specs

_RAW_ROWS = TypeAdapter(list[dict[str, str]])


def parse_answer(key: str, value: Value) -> Value:
    """Return an answer in the normal form of its fact.

    Args:
        key: The fact's key.
        value: What was typed: 壹佰万元 or 1000000 for money, JSON rows for a table; anything already in
            normal form is returned as it is.

    Raises:
        UsageError: There is no such fact, or the answer is not of its type.
    """
    spec = fact_specs().get(key)
    if spec is None:
        raise UsageError(f"没有名为 {key} 的要素。", "请用 review show 查看可以回答的要素名。")
    if not isinstance(value, str):
        return value
    if spec.type == "table":
        return _rows(spec, value)
    return _cell(spec.type, value.strip(), spec.label)


def _cell(kind: str, text: str, label: str) -> Cell:
    if kind == "term_end" and text == "indefinite":
        return text
    parsed = money.money(text) or money.money(f"{text}元") if kind == "money" else KINDS[kind].parse(text)
    if parsed is None or isinstance(parsed, tuple):
        raise UsageError(f"“{label}”的答案格式不对，没有保存。", "请按要素的格式重新填写。")
    return parsed


def _rows(spec: FactSpec, text: str) -> tuple[Row, ...]:
    try:
        raw = _RAW_ROWS.validate_python(json.loads(text))
    except (ValidationError, json.JSONDecodeError):
        # The parser's own message would repeat personal values.
        raise UsageError(f"“{spec.label}”的答案不是 JSON 行列表，没有保存。") from None
    if any(row.keys() - spec.columns.keys() for row in raw):
        raise UsageError(f"“{spec.label}”的列名只能是：{'、'.join(spec.columns)}。")
    return tuple({c: _cell(spec.columns[c], cell, spec.label) for c, cell in row.items()} for row in raw)
