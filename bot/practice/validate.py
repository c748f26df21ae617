"""The authority's own checks: written apart from the product's, as a real portal's would be."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from bot.practice import relations
from bot.practice.pages import Field, Item, Rows, Start

Data = Mapping[str, str]
"""Control name to text; rows are "investors[0].share"."""

_CELL = re.compile(r"(\w+)\[(\d+)\]\.(\w+)", re.ASCII)
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_PHONE = re.compile(r"(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00\d{7})", re.ASCII)


def problems(item: Item, data: Data, key: str) -> dict[str, str]:
    """Return what is wrong with a page, by control name."""
    found: dict[str, str] = {}
    for field in item.fields:
        if asked(field, data):
            _note(found, field.name, _flaw(field, data.get(field.name, ""), data, key))
    for rows in item.rows:
        found = relations.problems(rows, data, row_count(rows, data)) | found | _row_problems(rows, data, key)
    return {name: found[name] for name in sorted(found, key=partial(_place, item))}


def _place(item: Item, name: str) -> tuple[int, int, int]:
    """Return where a control stands on its page, for the order of the messages."""
    found = _CELL.fullmatch(name)
    group, row, column = found.groups() if found else ("", "0", name)
    for n, part in enumerate(item.parts):
        names = [field.name for field in part.fields]
        if column in names and (part.name if isinstance(part, Rows) else "") == group:
            return n, int(row), names.index(column)
    raise KeyError(name)


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
        verb = {"select": "选择", "radio": "选择", "checkbox": "勾选", "file": "上传"}.get(field.kind, "填写")
        return f"请{verb}“{field.label}”。" if field.required else None
    return next(_flaws(field, text, data, key), None)


def _flaws(field: Field, text: str, data: Data, key: str) -> Iterator[str]:
    if field.choices and text not in field.choices:
        yield f"“{field.label}”没有这个选项。"
    if field.max and len(text) > field.max:
        yield f"“{field.label}”不能超过 {field.max} 个字。"
    if field.pattern and not re.fullmatch(field.pattern, text, re.ASCII):
        yield field.message or f"“{field.label}”的格式不对。"
    yield from _kind_flaws(field, text)
    yield from _relation_flaws(field, text, data, key)


def _kind_flaws(field: Field, text: str) -> Iterator[str]:
    if field.kind == "checkbox" and text != "Y":
        yield f"请勾选“{field.label}”。"
    if field.kind == "number" and not re.fullmatch(r"\d{1,15}(\.\d{1,6})?", text, re.ASCII):
        yield f"“{field.label}”应为数字。"
    if field.kind == "date" and not _is_date(text):
        yield f"“{field.label}”不是有效的日期。"
    if field.past and _is_date(text) and date.fromisoformat(text) > date.today():  # noqa: DTZ011 - the hall's own day
        yield f"“{field.label}”不能晚于今天。"
    if field.check == "credit_code" and not _credit_code(text):
        yield f"“{field.label}”不正确，请核对 18 位代码。"
    if field.check == "phone" and not _PHONE.fullmatch(text):
        yield f"“{field.label}”的格式不对。"


def _relation_flaws(field: Field, text: str, data: Data, key: str) -> Iterator[str]:
    if field.in_key and plain(field.choices.get(text, text)) not in plain(key):
        yield f"“{field.label}”与申报的企业名称不一致。"
    if field.check == "id_number" and not _id_number(text, data.get(_kind_of(field), "")):
        yield f"“{field.label}”不正确，请核对。"
    earlier = data.get(field.not_before or "", "")
    if _is_date(text) and _is_date(earlier) and text < earlier:
        yield f"“{field.label}”的先后顺序不对，请核对。"
    for name, table in field.caps.items():
        cap = table.get(data.get(name, ""))
        if cap is not None and text.isdecimal() and int(text) > cap:
            yield f"“{field.label}”超过首次申领的上限 {cap}。"
    yield from _sibling_flaws(field, text, data, key)


def _kind_of(field: Field) -> str:
    """Return the name of the control that says of which paper a number is."""
    return field.name.removesuffix("Number") + "Type"


def plain(name: str) -> str:
    """Return a name with one kind of brackets and no spaces."""
    return name.translate({0x28: "（", 0x29: "）", 0x20: None})


def _sibling_flaws(field: Field, text: str, data: Data, key: str) -> Iterator[str]:
    other = key if field.same_as == "key" else data.get(field.same_as or "", text)
    if other != text:
        yield field.message or f"“{field.label}”与本次办理的不一致。"
    for name, table in field.belongs.items():
        if text not in table.get(data.get(name, ""), (text,)):
            yield field.message or f"“{field.label}”与所选大类不符。"
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


def _resident(text: str) -> bool:
    if len(text) != 18 or not (text.isascii() and text[:17].isdecimal()):
        return False
    return "10X98765432"[sum(int(c) * 2 ** (17 - n) for n, c in enumerate(text[:17])) % 11] == text[17]


def _id_number(text: str, kind: str) -> bool:
    """Tell whether a number can be one of its kind of paper; kinds without a check sum are only looked over."""
    if kind in {"201", "237", "238"}:  # residence permits are numbered as ID cards are
        return _resident(text)
    if kind == "102":
        return _credit_code(text)
    return re.fullmatch(r"[A-Z0-9()]{5,20}", text) is not None
