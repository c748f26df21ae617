"""The authority's own checks: written apart from the product's, as a real portal's would be."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot.practice.pages import Field, Item, Rows, Start

Data = Mapping[str, str]
"""Control name to text; rows are "investors[0].share"."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PHONE = re.compile(r"(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00\d{7})")


def problems(item: Item, data: Data, key: str) -> dict[str, str]:
    """Return what is wrong with a page, by control name."""
    found: dict[str, str] = {}
    for field in item.fields:
        if asked(field, data):
            _note(found, field.name, _flaw(field, data.get(field.name, ""), data, key))
    for rows in item.rows:
        found.update(_row_problems(rows, data, key))
    return found


def start_problem(start: Start, text: str) -> str | None:
    """Return what is wrong with a business key, or None."""
    if start.check == "credit_code" and not _credit_code(text):
        return start.message
    if start.pattern and not re.fullmatch(start.pattern, text):
        return start.message
    return None


def asked(field: Field, data: Data) -> bool:
    """Return whether the answers so far call for a field."""
    return all(data.get(other, "") in codes for other, codes in field.depends.items())


def row_count(rows: Rows, data: Data) -> int:
    """Return how many rows a page holds, at least as many as it must."""
    marks = (re.match(rf"{rows.name}\[(\d+)\]", name) for name in data)
    return max([rows.least, *(int(m.group(1)) + 1 for m in marks if m)])


def _row_problems(rows: Rows, data: Data, key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for n in range(row_count(rows, data)):
        row = {f.name: data.get(f"{rows.name}[{n}].{f.name}", "") for f in rows.fields}
        for field in rows.fields:
            _note(
                found, f"{rows.name}[{n}].{field.name}", _flaw(field, row[field.name], {**data, **row}, key)
            )
    return found


def _note(found: dict[str, str], name: str, flaw: str | None) -> None:
    if flaw:
        found[name] = flaw


def _flaw(field: Field, text: str, data: Data, key: str) -> str | None:
    if not text:
        return f"请填写“{field.label}”。" if field.required and field.kind != "file" else None
    return next(_flaws(field, text, data, key), None)


def _flaws(field: Field, text: str, data: Data, key: str) -> Iterator[str]:
    if field.choices and text not in field.choices:
        yield f"“{field.label}”没有这个选项。"
    if field.max and len(text) > field.max:
        yield f"“{field.label}”不能超过 {field.max} 个字。"
    if field.pattern and not re.fullmatch(field.pattern, text):
        yield field.message or f"“{field.label}”的格式不对。"
    yield from _kind_flaws(field, text)
    yield from _relation_flaws(field, text, data, key)


def _kind_flaws(field: Field, text: str) -> Iterator[str]:
    if field.kind == "number" and not re.fullmatch(r"\d{1,15}(\.\d{1,6})?", text):
        yield f"“{field.label}”应为数字。"
    if field.kind == "date" and not _is_date(text):
        yield f"“{field.label}”不是有效的日期。"
    if field.past and _is_date(text) and date.fromisoformat(text) > date.today():  # noqa: DTZ011 - the hall's own day
        yield f"“{field.label}”不能晚于今天。"
    if field.check == "credit_code" and not _credit_code(text):
        yield f"“{field.label}”不正确，请核对 18 位代码。"
    if field.check == "id_number" and not _id_number(text):
        yield f"“{field.label}”不正确，请核对。"
    if field.check == "phone" and not _PHONE.fullmatch(text):
        yield f"“{field.label}”的格式不对。"


def _relation_flaws(field: Field, text: str, data: Data, key: str) -> Iterator[str]:
    other = key if field.same_as == "key" else data.get(field.same_as or "", text)
    if other != text:
        yield field.message or f"“{field.label}”与本次办理的不一致。"
    for name, table in field.belongs.items():
        if text not in table.get(data.get(name, ""), (text,)):
            yield f"“{field.label}”与所选大类不符。"
    for name in field.not_above:
        if data.get(name, "").isdecimal() and text.isdecimal() and int(text) > int(data[name]):
            yield f"“{field.label}”不能超过同一票种的其他数量。"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _credit_code(text: str) -> bool:
    if len(text) != 18 or any(c not in _ALPHABET for c in text):
        return False
    total = sum(_ALPHABET.index(c) * 3**n for n, c in enumerate(text[:17]))
    return _ALPHABET[-total % 31] == text[17]


def _id_number(text: str) -> bool:
    if len(text) != 18:
        return 6 <= len(text) <= 20 and text.isascii() and text.isalnum()
    if not text[:17].isdecimal():
        return _credit_code(text)
    return "10X98765432"[sum(int(c) * 2 ** (17 - n) for n, c in enumerate(text[:17])) % 11] == text[17]
