"""Backup and restore of a service on SQLite: one file that holds the database, the papers and a hash of each.

The database is copied first and the papers after it: papers are on disk before their case is written, so the
copy holds those of every case in it. On PostgreSQL the server's own tools do this (docs/howto/serve.md).
"""

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings
from extractors.errors import UsageError, ZeromeetError
from extractors.model import Record

_DATABASE, _PAPERS, _HASHES = "zeromeet.sqlite", "served", "hashes.json"
_PIECE = 1 << 20


class BackupError(ZeromeetError):
    """A backup is not whole, so nothing was put in its place."""

    code = "backup"
    remedy = "请换一份备份。"


class Kept(Record):
    """What a backup holds."""

    cases: int
    files: int


def backup(settings: Settings, out: Path) -> Kept:
    """Write a backup while the service goes on.

    Raises:
        UsageError: The database is a server's, or the file is there already.
    """
    database = _file_of(settings)
    if out.exists():
        raise UsageError(f"{out.name} 已经存在，没有备份。", "请换一个文件名。")
    with tempfile.TemporaryDirectory(prefix="zeromeet-", dir=out.parent) as folder:
        copy, unfinished = Path(folder) / _DATABASE, Path(folder) / "backup.tar"
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        hashes = {}
        with tarfile.open(unfinished, "w") as archive:
            for name, path in ((_DATABASE, copy), *_papers(settings.files)):
                archive.add(path, name, recursive=False)
                hashes[name] = _hash(path)
            _add(archive, _HASHES, json.dumps(hashes).encode())
        unfinished.chmod(0o600)
        kept = Kept(cases=_count(copy), files=len(hashes) - 1)
        unfinished.rename(out)
    return kept


def restore(settings: Settings, file: Path) -> Kept:
    """Put a backup where there is nothing yet, every file held against its hash.

    Raises:
        UsageError: There is a database already, or the settings name a server's.
        BackupError: A file is missing, changed, or not what its case was handed in with.
    """
    database = _file_of(settings)
    if database.exists() or (settings.files.is_dir() and any(settings.files.iterdir())):
        raise UsageError("数据文件夹里已经有案件，没有恢复。", "请用 ZEROMEET_HOME 指定一个空的文件夹。")
    with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.home) as folder:
        place = Path(folder)
        try:
            with tarfile.open(file) as archive:
                archive.extractall(place, filter="data")
            wanted: dict[str, str] = json.loads((place / _HASHES).read_bytes())
        except (OSError, tarfile.TarError, ValueError) as error:
            raise BackupError("备份读不出来，没有恢复。") from error
        _verify(place, wanted)
        (place / _PAPERS).mkdir(exist_ok=True, mode=0o700)
        settings.files.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if settings.files.is_dir():
            settings.files.rmdir()
        shutil.move(place / _PAPERS, settings.files)
        _moved(place / _DATABASE, settings.files)
        (place / _DATABASE).rename(database)
    return Kept(cases=_count(database), files=len(wanted) - 1)


def _file_of(settings: Settings) -> Path:
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise UsageError(
            "案件库在 PostgreSQL 上，没有备份。",
            "请用 pg_dump 备份数据库，再复制 ZEROMEET_FILES；见 docs/howto/serve.md。",
        )
    return Path(url.database)


def _papers(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"{_PAPERS}/{path.relative_to(folder).as_posix()}", path


def _verify(place: Path, wanted: dict[str, str]) -> None:
    wrong = [name for name, digest in wanted.items() if _hash(place / name) != digest]
    with closing(sqlite3.connect(place / _DATABASE)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        uploads = connection.execute('SELECT "case", file, sha256 FROM upload').fetchall()
    wrong += [
        f"{case}/{file}"
        for case, file, digest in uploads
        if wanted.get(f"{_PAPERS}/{case}/papers/{file}") != digest
    ]
    if wrong or not whole:
        raise BackupError(f"备份里有 {len(wrong)} 个文件缺失或者与记录不符，没有恢复。")


def _moved(database: Path, files: Path) -> None:
    """Tell the cases where their papers lie now."""
    with closing(sqlite3.connect(database)) as connection, connection:
        for table, key in (("served", '"case"'), ('"case"', "id")):
            connection.execute(
                f"UPDATE {table} SET folder = ? || '/' || {key} || '/papers' "  # noqa: S608 - names of ours
                "WHERE " + key + ' IN (SELECT "case" FROM served)',
                (str(files),),
            )


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    if path.is_file():
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    return digest.hexdigest()


def _count(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute('SELECT count(*) FROM "case"').fetchone()[0])


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    told = tarfile.TarInfo(name)
    told.size = len(data)
    archive.addfile(told, io.BytesIO(data))
