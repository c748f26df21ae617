"""The files that a batch leaves: results for people and programs, messages, what could not be read.

Names of files carry case ids and nothing of the applicants. Every run writes them all anew from what is kept,
so that they always say how the whole batch stands.
"""

import csv
import io
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot import lazy, output
from bot.batch import rows
from bot.batch.files import whole, write_whole
from bot.batch.model import BatchOrder, Entry
from bot.batch.reading import crops_of
from bot.batch.rows import Kept
from bot.batch.safe import csv_text
from bot.batch.summary import Summary, Tally, said
from bot.model import Unreadable
from bot.store import Store

if TYPE_CHECKING:
    from bot.batch import workbook
else:
    workbook = lazy.module("bot.batch.workbook")

MESSAGES, QUARANTINE, CROPS = "messages", "quarantine", "crops"
_BOM = b"\xef\xbb\xbf"
"""Without it a Chinese spreadsheet takes UTF-8 for GBK."""


def write(
    order: BatchOrder, entries: Sequence[Entry], store: Store, home: Path, end: tuple[int, str]
) -> Summary:
    """Write every file of a batch and return its summary.

    Args:
        order: What was asked.
        entries: Every case of the batch.
        store: Where results are kept; they are taken one at a time.
        home: Where crops lie.
        end: The batch's exit code, and why the portal was left alone.
    """
    out, tally, book = order.out, Tally(), workbook.Book()
    _clear(out)
    with whole(out / "results.jsonl") as lines, whole(out / "results.csv") as table:
        table.write(_BOM + _csv(rows.CASES))
        for kept in _kept(entries, store):
            tally.add(kept)
            lines.write(_line(kept))
            table.write(_csv(rows.case(kept)))
            book.add(kept, _crops(kept, home, out))
            _letters(kept, out)
    write_whole(out / "results.xlsx", book.data())
    code, shut = end
    summary = tally.summary(order.folder, out, shut=shut, exit_code=code)
    write_whole(out / "summary.json", (summary.model_dump_json(indent=1) + "\n").encode())
    write_whole(out / "summary.txt", said(summary).encode())
    return summary


def kept(out: Path, exit_code: int) -> Summary | None:
    """Return the summary that stands beside the results, if a run with the same end wrote it."""
    with suppress(OSError, ValueError):
        summary = Summary.model_validate_json((out / "summary.json").read_bytes())
        return summary if summary.exit_code == exit_code and summary.out == str(out) else None
    return None


def _kept(entries: Sequence[Entry], store: Store) -> Iterator[Kept]:
    for entry in entries:
        stored = store.find(entry.case)
        yield Kept(entry, stored.result if stored else None)


def _clear(out: Path) -> None:
    """Take away what the last run wrote for single cases: it may not hold any more."""
    for name in (MESSAGES, QUARANTINE, CROPS):
        with suppress(FileNotFoundError):
            shutil.rmtree(out / name)


def _line(kept: Kept) -> bytes:
    entry, result = kept
    about = {
        "case": entry.case,
        "folder": Path(entry.path).name,
        "stage": entry.stage,
        "exit_code": entry.exit_code,
        "priority": entry.priority,
    }
    told = output.case(result) if result else {}
    return (json.dumps(about | told, ensure_ascii=False) + "\n").encode()


def _csv(cells: Sequence[rows.Cell]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([csv_text(c) if isinstance(c, str) else c for c in cells])
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _crops(kept: Kept, home: Path, out: Path) -> set[str]:
    """Copy the pictures of a case's doubtful elements, and return their names."""
    if kept.result is None:
        return set()
    folder = crops_of(home, kept.entry.case)
    wanted = {row.crop for row in rows.elements(kept.result) if row.crop}
    there = {name for name in wanted if (folder / name).is_file()}
    if there:
        mine = out / CROPS / kept.entry.case
        mine.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in there:
            shutil.copyfile(folder / name, mine / name)
    return there


def _letters(kept: Kept, out: Path) -> None:
    """Write what can be sent to the applicant, and what could not be read, each as a file of its own."""
    if kept.result is None:
        return
    if message := kept.result.settlement.message:
        write_whole(out / MESSAGES / f"{kept.entry.case}.txt", (message + "\n").encode())
    if text := "\n".join(_unread(kept.result.unreadable, kept)):
        write_whole(out / QUARANTINE / f"{kept.entry.case}.txt", (text + "\n").encode())


def _unread(files: Sequence[Unreadable], kept: Kept) -> Iterator[str]:
    """Yield where each file lies, why it could not be read and what helps; the file itself stays where it is."""
    whole_case = kept.result is not None and kept.entry.stage == "quarantined"
    if not files and whole_case and kept.result is not None:
        yield f"{kept.entry.path}：{'；'.join(kept.result.why_not_automatic)}"
    for file in files:
        yield f"{Path(kept.entry.path) / file.file}\n  原因：{file.message}\n  办法：{file.remedy}"
