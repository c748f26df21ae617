"""Building a register: the rows of many files, read in parts by all cores, sorted by province, written in order of key.

First each part of the input is digested into two tables, names and keys, kept in DIR.building; then each province's
file is written from its share of all parts. Whatever is finished is not done again by a run that follows a broken one.
The folder gets its own name only when all is there.
"""

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bot.register import entry as entries
from bot.register import inputs, keys, locks, stamp
from bot.register.entry import Entry
from bot.register.errors import RegisterError, RegisterInputError
from bot.register.inputs import Source
from bot.register.register import LEXICON, Register, file_name
from bot.register.store import Shard, create
from rules.names import lexicon
from rules.names.lexicon import Lexicon
from rules.names.model import Parts, Status

Tell = Callable[[str], None]
_INSERTED = 50_000
_PROVINCES = (0, *sorted(map(int, keys.provinces())))
_NAMES = pa.schema(
    [
        ("name", pa.string()),
        ("division", pa.string()),
        ("industry", pa.string()),
        ("form", pa.string()),
        ("authority", pa.int32()),
        ("status", pa.int8()),
        ("until", pa.int32()),
        ("hash", pa.int64()),
    ]
)
_KEYS = pa.schema(
    [("key", pa.int64()), ("row", pa.int32()), ("trade_name", pa.string()), ("until", pa.int32())]
)


class Part(NamedTuple):
    """A part of the input."""

    number: int
    file: str
    first_row: int
    batch: pa.RecordBatch


class Share(NamedTuple):
    """What one part of the input came to."""

    names: int
    skipped: int


def build(paths: Sequence[Path], out: Path, on: date, tell: Tell, workers: int | None = None) -> stamp.Stamp:
    """Build a register.

    Args:
        paths: Files as inputs.py describes them.
        out: The folder to make; a register that is there is replaced when the new one is ready.
        on: The day by which names that are gone for more than a year are left out.
        tell: Told how far it is.
        workers: Processes; as many as there are cores by default.

    Raises:
        RegisterInputError: A file is not as it should be; nothing was built.
        RegisterError: The folder holds something else than a register.
    """
    found = inputs.sources(paths)
    _refuse_other(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with locks.building(out):
        return _built(found, out, on, tell, workers)


def _built(found: Sequence[Source], out: Path, on: date, tell: Tell, workers: int | None) -> stamp.Stamp:
    work = out.with_name(f"{out.name}.building")
    _begin(work, found, on)
    with ProcessPoolExecutor(workers or os.cpu_count()) as pool:
        shares = list(_digested(pool, found, work, on, tell))
        written = list(pool.map(partial(_written, work), _PROVINCES))
    names, keys = (sum(column) for column in zip(*written, strict=True))
    skipped = sum(share.skipped for share in shares) + sum(share.names for share in shares) - names
    made = stamp.Stamp(
        tables=stamp.tables(), names=names, keys=keys, built_on=on.isoformat(), skipped=skipped
    )
    _land(work, out, made)
    return made


def _refuse_other(out: Path) -> None:
    if out.exists() and not (out / stamp.FILE).exists() and any(out.iterdir()):
        raise RegisterError(f"文件夹 {out.name} 里有别的文件，没有建库。", "请换一个空文件夹。")


def _begin(work: Path, found: Sequence[Source], on: date) -> None:
    """Make the working folder, or go on in that of a broken run over the same files with the same tables."""
    files = [[str(s.path.resolve()), s.path.stat().st_size, s.path.stat().st_mtime_ns] for s in found]
    plan = json.dumps([stamp.FORMAT, stamp.tables(), on.isoformat(), files])
    known = work / "plan.json"
    if not known.exists() or known.read_text(encoding="utf-8") != plan:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        _write_whole(known, plan)


def _write_whole(path: Path, text: str) -> None:
    """Write a file that a kill leaves whole, or not there at all."""
    draft = path.with_name(f"{path.name}.draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _land(work: Path, out: Path, made: stamp.Stamp) -> None:
    """Put the new register in the old one's place, with all that was entered into the old one by hand."""
    ready, old = work / "ready", out.with_name(f"{out.name}.old")
    shutil.copyfile(work / LEXICON, ready / LEXICON)
    stamp.write(ready, made)
    with locks.landing(out):
        if stamp.is_of_this_format(out):
            _take_over(out, ready)
        shutil.rmtree(old, ignore_errors=True)
        if out.exists():
            out.rename(old)
        ready.rename(out)
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(work, ignore_errors=True)


def _take_over(out: Path, ready: Path) -> None:
    new = Register(ready)
    for path in sorted(out.glob("*.sqlite")):
        shard = Shard(path)
        for change in shard.changes():
            new.take_over(change)
        shard.close()
    new.close()


def _digested(
    pool: ProcessPoolExecutor, found: Sequence[Source], work: Path, on: date, tell: Tell
) -> Iterator[Share]:
    """Yield what each part of the input came to, a few parts ahead of the slowest."""
    running: set[Future[Share]] = set()
    rows = 0
    parts = _parts(found)
    words = _words(found, work)
    for part in parts:
        rows += part.batch.num_rows
        running.add(pool.submit(_digest, work, part, on, words))
        if len(running) > 2 * (os.cpu_count() or 1):
            done, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
            tell(f"已读 {rows:,} 行")
    yield from (future.result() for future in running)
    tell(f"共读 {rows:,} 行")


def _parts(found: Sequence[Source]) -> Iterator[Part]:
    number = 0
    for source in found:
        row = 1
        for batch in inputs.batches(source):
            yield Part(number, source.path.name, row, batch)
            number, row = number + 1, row + batch.num_rows


def _words(found: Sequence[Source], work: Path) -> Lexicon:
    """Return the lexicon to read names by, with what the register's own names show."""
    kept = work / LEXICON
    if not kept.exists():
        sample: list[str] = []
        for source in found:
            first = next(inputs.batches(source), None)
            if first is not None and "trade_name" not in first.schema.names:
                sample += _sampled(source)
        mined = lexicon.mined(sample) if sample else ()
        _write_whole(kept, "\n".join(mined))
    return lexicon.default().extended(kept.read_text(encoding="utf-8").split())


def _sampled(source: Source) -> list[str]:
    batches = islice(inputs.batches(source), 10)
    return [name for batch in batches for name in batch.column(inputs.NAME).to_pylist() if name]


def _digest(work: Path, part: Part, on: date, words: Lexicon) -> Share:
    """Turn a part of the input into tables of names and keys, by province, unless a run before did."""
    folder = work / f"part-{part.number:06}"
    done = folder / "done.json"
    if done.exists():
        return Share(**json.loads(done.read_text(encoding="utf-8")))
    names: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    indexed: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    kept = 0
    for one in _entries(part, on, words):
        province = one.authority // 10_000
        _append(names[province], indexed[province], one)
        kept += 1
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for province, rows in names.items():
        _save(folder / f"{province:02}.names", rows, _NAMES)
        _save(folder / f"{province:02}.keys", indexed[province], _KEYS)
    share = Share(kept, part.batch.num_rows - kept)
    _write_whole(done, json.dumps(share._asdict()))
    return share


def _append(names: list[tuple[Any, ...]], keys: list[tuple[Any, ...]], one: Entry) -> None:
    name, readings, authority, status, until = one
    row, first = len(names), readings[0]
    form = first.organization_form
    names.append((name, first.division, first.industry, form, authority, int(status), until, _hash(name)))
    keys.extend((key, row, trade_name, until) for key, trade_name in one.indexed())


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def _save(path: Path, rows: list[tuple[Any, ...]], schema: pa.Schema) -> None:
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    table = pa.Table.from_arrays(arrays, schema=schema)
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        writer.write_table(table)


def _entries(part: Part, on: date, words: Lexicon) -> Iterator[Entry]:
    """Yield the names of a part that are still compared with."""
    today = on.toordinal()
    columns = {name: part.batch.column(name).to_pylist() for name in part.batch.schema.names}
    empty = [""] * part.batch.num_rows
    rows = zip(*(columns.get(name, empty) for name in inputs.COLUMNS), strict=True)
    has_parts = "trade_name" in columns
    for number, row in enumerate(rows, part.first_row):
        name, region, status, status_on, until, division, trade_name, industry, form = (v or "" for v in row)
        if not name.strip():
            continue
        parts = (
            Parts(trade_name, division, "", industry, form)
            if has_parts and (trade_name or industry)
            else None
        )
        one = entries.entry(name, region, words, parts)
        if status or until:
            one = _standing(one, (status, status_on, until), on, f"{part.file} 第 {number} 个名称")
        if not one.until or one.until >= today:
            yield one


def _standing(one: Entry, said: tuple[str, str, str], on: date, where: str) -> Entry:
    """Return an entry with how it stands and how long it counts."""
    status, status_on, until = said
    meaning = inputs.state(status)
    if meaning is None:
        raise RegisterInputError(f"{where}的状态“{status}”不认识，没有建库。")
    since = inputs.day(status_on) if status_on else on
    end = inputs.day(until) if until else None
    if since is None or (until and end is None):
        raise RegisterInputError(f"{where}的日期“{status_on or until}”不是日期，没有建库。")
    if meaning == "registered":
        return one
    if meaning == "reserved":
        return one._replace(
            status=Status.RESERVED, until=end.toordinal() if end else entries.reserved_until(since)
        )
    return one._replace(
        status=Status.DEREGISTERED, until=end.toordinal() if end else entries.gone_until(since)
    )


def _written(work: Path, province: int) -> tuple[int, int]:
    """Write a province's file from all parts, unless a run before did; return how many names and keys it holds."""
    ready = work / "ready"
    ready.mkdir(exist_ok=True)
    path = ready / file_name(province)
    done = work / f"{path.name}.done"
    if done.exists() and path.exists():
        names, keys = map(int, done.read_text(encoding="utf-8").split())
        return names, keys
    path.unlink(missing_ok=True)
    counts = _fill(path, sorted(work.glob(f"part-*/{province:02}.names")))
    with path.open("rb") as file:
        os.fsync(file.fileno())
    _write_whole(done, f"{counts[0]} {counts[1]}")
    return counts


def _fill(path: Path, parts: Sequence[Path]) -> tuple[int, int]:
    db = create(path)
    try:
        if not parts:
            return 0, 0
        names = pa.concat_tables(_loaded(part) for part in parts)
        ids, kept = _numbered(names)
        keys = _keys(parts, ids)
        db.execute("BEGIN")
        _fill_names(db, names.filter(pa.array(kept)))
        for rows in _key_rows(keys):
            db.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", rows)
        db.execute("COMMIT")
        return int(kept.sum()), keys.num_rows
    finally:
        db.close()


def _loaded(path: Path) -> pa.Table:
    with pa.memory_map(str(path)) as file:
        return pa.ipc.open_file(file).read_all()


def _numbered(names: pa.Table) -> tuple[np.ndarray, np.ndarray]:
    """Return each row's id, 0 for the second of two equal names of one authority, and which rows stay."""
    order = np.lexsort(
        (
            np.arange(names.num_rows),
            names["status"].to_numpy(),
            names["authority"].to_numpy(),
            names["hash"].to_numpy(),
        )
    )
    hashes, authorities = names["hash"].to_numpy()[order], names["authority"].to_numpy()[order]
    first = np.ones(names.num_rows, dtype=bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (authorities[1:] != authorities[:-1])
    kept = np.zeros(names.num_rows, dtype=bool)
    kept[order[first]] = True
    return np.where(kept, np.cumsum(kept), 0), kept


def _keys(parts: Sequence[Path], ids: np.ndarray) -> pa.Table:
    """Return the keys of all parts with the ids of their names, in the order in which they are stored."""
    tables, begin = [], 0
    for part in parts:
        table = _loaded(part.with_suffix(".keys"))
        count = _count(part)
        table = table.set_column(1, "row", pa.array(ids[begin + table["row"].to_numpy()]))
        tables.append(table.filter(pc.greater(table["row"], 0)))
        begin += count
    whole = pa.concat_tables(tables)
    order = np.lexsort((whole["row"].to_numpy(), whole["key"].to_numpy()))
    return whole.take(pa.array(order))


def _count(part: Path) -> int:
    with pa.memory_map(str(part)) as file:
        reader = pa.ipc.open_file(file)
        return sum(reader.get_batch(n).num_rows for n in range(reader.num_record_batches))


def _fill_names(db: Any, names: pa.Table) -> None:
    texts = pc.unique(
        pa.chunked_array([c for f in ("division", "industry", "form") for c in names[f].chunks])
    )
    number = {text: n for n, text in enumerate(texts.to_pylist(), 1)}
    db.executemany("INSERT INTO words VALUES (?, ?)", ((n, text) for text, n in number.items()))
    first = 1
    for batch in names.to_batches(_INSERTED):
        columns = [batch.column(n).to_pylist() for n in range(7)]
        for place in (1, 2, 3):
            columns[place] = [number[text] for text in columns[place]]
        db.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            zip(range(first, first + batch.num_rows), *columns, strict=True),
        )
        first += batch.num_rows


def _key_rows(keys: pa.Table) -> Iterator[Iterable[tuple[Any, ...]]]:
    for batch in keys.to_batches(_INSERTED):
        yield zip(*(column.to_pylist() for column in batch.columns), strict=True)
