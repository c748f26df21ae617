"""What a page sent, brought to the answers that the hall knows: nothing else is ever kept."""

import re
from collections.abc import Callable, Mapping

from starlette.datastructures import FormData, UploadFile

from bot.practice import validate
from bot.practice.pages import Item, Rows

Answers = dict[str, str]
"""Control name to text; rows are "investors[0].share"."""

Take = Callable[[str, str, bytes], str]
"""Keeps an upload, given the control's name, the file's name and its bytes; returns its text as an answer."""

MAX_UPLOAD = 2 * 1024 * 1024
_UPLOADS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_CELL = re.compile(r"(\w+)\[(\d{1,3})\]\.(\w+)", re.ASCII)


def typed(page: Item, form: FormData) -> Answers:
    """Return what was typed or chosen into the page's own controls."""
    texts = {name: text for name, text in form.multi_items() if isinstance(text, str)}
    given = {name: _plain(text) for name, text in texts.items() if _is_known(page, name)}
    return given | {field.name: field.locked for field in page.fields if field.locked is not None}


def uploads(page: Item, form: FormData, before: Mapping[str, str], take: Take) -> tuple[Answers, Answers]:
    """Return the files' answers and what is wrong with those not taken, both by control name.

    A control left empty keeps the file it had before.
    """
    kept, wrong = {}, {}
    for name in (f.name for f in page.fields if f.kind == "file"):
        kept[name] = before.get(name, "")
        upload = form.get(name)
        if not isinstance(upload, UploadFile) or not upload.filename:
            continue
        data = upload.file.read(MAX_UPLOAD + 1)
        if flaw := _file_flaw(data):
            wrong[name] = flaw
        else:
            kept[name] = take(name, upload.filename, data)
    return {name: text for name, text in kept.items() if text}, wrong


def called_for(page: Item, answers: Answers) -> Answers:
    """Leave out what the other answers do not call for, whatever the page's script let through."""
    unasked = {f.name for f in page.fields if f.name in answers and not validate.asked(f, answers)}
    if not unasked:
        return answers
    # What hangs on an answer that has just gone goes with it.
    return called_for(page, {name: text for name, text in answers.items() if name not in unasked})


def with_row(page: Item, answers: Answers, group: str) -> Answers:
    """Add an empty row to a repeating group that has room for it."""
    rows = page.group(group)
    if rows is None or (n := validate.row_count(rows, answers)) >= rows.most:
        return answers
    return {**answers, f"{group}[{n}].{rows.fields[0].name}": ""}


def without_row(page: Item, answers: Answers, row: str) -> Answers:
    """Take a row out and move the later ones up; row is "investors[1]"."""
    found = _CELL.fullmatch(f"{row}.x")
    rows = page.group(found.group(1)) if found else None
    if found is None or rows is None:
        return answers
    gone = int(found.group(2))
    moved = {_moved(name, rows, gone): text for name, text in answers.items()}
    return {name: text for name, text in moved.items() if name}


def _moved(name: str, rows: Rows, gone: int) -> str:
    found = _CELL.fullmatch(name)
    if found is None or found.group(1) != rows.name:
        return name
    n = int(found.group(2))
    return "" if n == gone else f"{rows.name}[{n - (n > gone)}].{found.group(3)}"


def _is_known(page: Item, name: str) -> bool:
    if found := _CELL.fullmatch(name):
        rows = page.group(found.group(1))
        return rows is not None and int(found.group(2)) < rows.most and rows.field(found.group(3)) is not None
    return any(f.name == name and f.kind != "file" for f in page.fields)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _file_flaw(data: bytes) -> str | None:
    if not data:
        return "文件是空的，没有上传。"
    if len(data) > MAX_UPLOAD:
        return "文件超过 2 MB，没有上传。"
    return None if data.startswith(_UPLOADS) else "只能上传 PDF、JPG 或 PNG 文件。"
