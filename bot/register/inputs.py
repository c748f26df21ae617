"""Files that a register is built from: CSV, TSV, Parquet, or a bare list of names."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.csv as arrow_csv
from pyarrow import parquet

from bot.register.errors import RegisterInputError

NAME = "name"
COLUMNS = (
    NAME,
    "region",
    "status",
    "status_on",
    "until",
    "division",
    "trade_name",
    "industry",
    "organization_form",
)
"""What is read; all but the name may be missing. Others are left unread."""
BATCH = 100_000
_BLOCK = 16 << 20
_PROBED = 1 << 16
_SEPARATORS = {".csv": ",", ".tsv": "\t", ".txt": "\x1f"}
_STATES = Path(__file__).parents[2] / "rules" / "tables" / "names" / "register_states.tsv"


class Source(NamedTuple):
    """One file and how it is written."""

    path: Path
    kind: str
    """"parquet", or the separator of its columns."""
    encoding: str = "utf8"


def sources(paths: Sequence[Path]) -> tuple[Source, ...]:
    """Look at files before anything is built.

    Raises:
        RegisterInputError: One is missing, empty, of another kind, in no known encoding or without names.
    """
    return tuple(_source(path) for path in paths)


def _source(path: Path) -> Source:
    if not path.is_file():
        raise RegisterInputError(f"找不到文件 {path.name}，没有建库。")
    if path.stat().st_size == 0:
        raise RegisterInputError(f"{path.name} 是空文件，没有建库。")
    if path.suffix.lower() in {".parquet", ".pq"}:
        _check_columns(path, _parquet(path).schema_arrow.names)
        return Source(path, "parquet")
    separator = _SEPARATORS.get(path.suffix.lower())
    if separator is None:
        raise RegisterInputError(f"{path.name} 不是 CSV、TSV、Parquet 或者 TXT 文件，没有建库。")
    found = Source(path, separator, _encoding(path))
    if path.suffix.lower() != ".txt":
        _check_columns(path, _header(found))
    return found


def _parquet(path: Path) -> parquet.ParquetFile:
    try:
        return parquet.ParquetFile(path)
    except (pa.ArrowInvalid, OSError):
        raise RegisterInputError(f"{path.name} 不是完整的 Parquet 文件，没有建库。") from None


def _check_columns(path: Path, names: Sequence[str]) -> None:
    if NAME not in names:
        shown = "、".join(names[:10]) or "没有列"
        raise RegisterInputError(
            f"{path.name} 缺少名称列 name（第 1 行写的是：{shown}），没有建库。",
            "请把企业名称一列的标题改为 name；只有名称的清单请存成 .txt。",
        )


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_PROBED)
    for encoding in ("utf-8-sig", "gb18030"):
        # The end of what was read may cut a character in two.
        if any(_decodes(head[: len(head) - cut], encoding) for cut in range(4)):
            return "utf8" if encoding == "utf-8-sig" else encoding
    raise RegisterInputError(f"{path.name} 的编码既不是 UTF-8 也不是 GB18030，没有建库。")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _header(source: Source) -> list[str]:
    with source.path.open(
        encoding="utf-8-sig" if source.encoding == "utf8" else source.encoding, newline=""
    ) as file:
        return next(csv.reader(io.StringIO(file.readline()), delimiter=source.kind), [])


def batches(source: Source) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a file in batches, all columns as text.

    Raises:
        RegisterInputError: A row is broken; the line is named.
    """
    try:
        for batch in _parquet_batches(source) if source.kind == "parquet" else _text_batches(source):
            yield from _slices(batch)
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        raise RegisterInputError(f"{source.path.name} {_where(source, error)}，没有建库。") from None


def _parquet_batches(source: Source) -> Iterator[pa.RecordBatch]:
    file = _parquet(source.path)
    wanted = [name for name in COLUMNS if name in file.schema_arrow.names]
    for batch in file.iter_batches(BATCH, columns=wanted):
        texts = [column.cast(pa.string()) for column in batch.columns]
        yield pa.RecordBatch.from_arrays(texts, names=wanted)


def _text_batches(source: Source) -> Iterator[pa.RecordBatch]:
    bare = source.path.suffix.lower() == ".txt"
    wanted = [NAME] if bare else [name for name in COLUMNS if name in _header(source)]
    reader = arrow_csv.open_csv(
        source.path,
        read_options=arrow_csv.ReadOptions(
            block_size=_BLOCK,
            encoding=source.encoding,
            use_threads=False,
            column_names=[NAME] if bare else None,
        ),
        parse_options=arrow_csv.ParseOptions(delimiter=source.kind, quote_char=False if bare else '"'),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=False
        ),
    )
    yield from reader


def _slices(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    yield from (batch.slice(begin, BATCH) for begin in range(0, batch.num_rows, BATCH))


def _where(source: Source, error: Exception) -> str:
    """Say which line is broken: one with more or fewer columns than the first, or with bytes of no character."""
    if source.kind == "parquet":
        return "不完整，读到中途中断"
    encoding = "utf-8" if source.encoding == "utf8" else source.encoding
    columns = len(_header(source))
    with source.path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if not _decodes(line, encoding):
                return f"第 {number} 行有不是 {encoding.upper()} 编码的文字"
            fields = next(csv.reader([line.decode(encoding)], delimiter=source.kind), [])
            if source.path.suffix.lower() != ".txt" and fields and len(fields) != columns:
                return f"第 {number} 行有 {len(fields)} 列，首行有 {columns} 列"
    return f"读取中断（{type(error).__name__}）"


@cache
def states() -> dict[str, str]:
    """Return the wordings of states with what they mean: registered, reserved, gone."""
    lines = _STATES.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith(("#", "wording")))


@cache
def state(text: str) -> str | None:
    """Return what a state means; nothing said is registered, an unknown wording is None."""
    wording = text.strip()
    if not wording:
        return "registered"
    known = [word for word in states() if wording.startswith(word)]
    return states()[max(known, key=len)] if known else None


@cache
def day(text: str) -> date | None:
    """Return a day as registers write it: 2026-03-02, 2026/3/2, 20260302, 2026年3月2日; None if it is none."""
    digits = "".join(c if c.isdecimal() else " " for c in text).split()
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    try:
        return date(*map(int, digits[:3])) if len(digits) >= 3 else None
    except ValueError:
        return None
