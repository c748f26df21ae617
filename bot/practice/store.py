"""What the stand-in authority keeps: drafts, uploads, tokens and filings, in SQLite."""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from extractors.model import Record

ZONE = ZoneInfo("Asia/Shanghai")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS draft (
    id TEXT PRIMARY KEY, hall TEXT NOT NULL, key TEXT NOT NULL, answers TEXT NOT NULL, skipped TEXT NOT NULL,
    done TEXT NOT NULL, UNIQUE (hall, key));
CREATE TABLE IF NOT EXISTS upload (
    draft TEXT NOT NULL, name TEXT NOT NULL, filename TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
    PRIMARY KEY (draft, name));
CREATE TABLE IF NOT EXISTS token (id TEXT PRIMARY KEY, draft TEXT NOT NULL, receipt TEXT);
CREATE TABLE IF NOT EXISTS filing (
    number TEXT PRIMARY KEY, hall TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL, answers TEXT NOT NULL,
    skipped TEXT NOT NULL, items TEXT NOT NULL{once});
"""
_ONCE = ", UNIQUE (hall, key)"

Answers = dict[str, dict[str, str]]
"""Item to control name to text."""


class Draft(Record):
    """A filing that is not submitted yet."""

    id: str
    hall: str
    key: str
    answers: Answers = {}
    skipped: dict[str, str] = {}
    """Item to the reason why it is not filed."""
    done: tuple[str, ...] = ()
    """Items whose page was kept without a flaw."""


class Filing(Record):
    """A filing as it was accepted; never changed."""

    number: str
    hall: str
    key: str
    at: str
    answers: Answers
    skipped: dict[str, str]
    items: dict[str, str]
    """Item to its own acceptance number."""


class AlreadyFiledError(Exception):
    """The hall holds a filing of this business key."""

    def __init__(self, number: str) -> None:
        super().__init__("already filed")
        self.number = number


class PracticeStore:
    """Opens the authority's database.

    Args:
        path: SQLite file; made where it is missing.
        twice: Take a submission that comes again as one more filing, as a portal does that has no key of its own.
    """

    def __init__(self, path: Path, *, twice: bool = False) -> None:
        self._path = path
        self._twice = twice
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        with self._connected() as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.executescript(_SCHEMA.replace("{once}", "" if twice else _ONCE))

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        database = sqlite3.connect(self._path, timeout=10)
        database.row_factory = sqlite3.Row
        try:
            with database:
                yield database
        finally:
            database.close()

    def draft(self, name: str) -> Draft | None:
        """Return a draft by its id."""
        with self._connected() as database:
            row = database.execute("SELECT * FROM draft WHERE id = ?", (name,)).fetchone()
        return _draft(row) if row else None

    def drafts(self) -> list[Draft]:
        """Return what was begun and not submitted, the latest first."""
        with self._connected() as database:
            rows = database.execute("SELECT * FROM draft ORDER BY rowid DESC").fetchall()
        return [_draft(row) for row in rows]

    def begin(self, hall: str, key: str) -> Draft:
        """Start a draft, or go on with the one that is there."""
        with self._connected() as database:
            fresh = (secrets.token_hex(8), hall, key, "{}", "{}", "[]")
            database.execute("INSERT OR IGNORE INTO draft VALUES (?, ?, ?, ?, ?, ?)", fresh)
            row = database.execute("SELECT * FROM draft WHERE hall = ? AND key = ?", (hall, key)).fetchone()
        return _draft(row)

    def keep(self, draft: Draft) -> None:
        """Write a draft's answers down."""
        values = (_json(draft.answers), _json(draft.skipped), _json(draft.done), draft.id)
        with self._connected() as database:
            database.execute("UPDATE draft SET answers = ?, skipped = ?, done = ? WHERE id = ?", values)

    def add_upload(self, draft: str, name: str, filename: str, data: bytes) -> str:
        """Keep an uploaded file and return its SHA-256 in hex."""
        digest = hashlib.sha256(data).hexdigest()
        with self._connected() as database:
            database.execute(
                "INSERT OR REPLACE INTO upload VALUES (?, ?, ?, ?, ?)", (draft, name, filename, digest, data)
            )
        return digest

    def token(self, draft: str) -> str:
        """Return a token that submits this draft once."""
        name = secrets.token_urlsafe(24)
        with self._connected() as database:
            database.execute("INSERT INTO token VALUES (?, ?, NULL)", (name, draft))
        return name

    def spent(self, token: str) -> str | None:
        """Return the receipt of the application that a token belongs to, or None while there is none.

        A page of the same application that was opened twice carries two tokens; once either has
        been used, both lead to the one receipt.
        """
        sibling = "SELECT receipt FROM token WHERE receipt NOTNULL AND draft = (SELECT draft FROM token WHERE id = ?)"
        with self._connected() as database:
            row = database.execute(sibling, (token,)).fetchone()
        return row["receipt"] if row else None

    def submit(self, token: str, draft: Draft, prefix: str, items: tuple[str, ...]) -> Filing:
        """Accept a draft: filing, token and draft change in one transaction.

        Raises:
            AlreadyFiledError: The business key is filed already; nothing changes.
            LookupError: The token is not of this draft, or is spent.
        """
        filing = _filing(draft, prefix, items)
        if self._twice:
            with self._connected() as database:
                database.execute("INSERT INTO filing VALUES (?, ?, ?, ?, ?, ?, ?)", _row(filing))
            return filing
        with self._connected() as database:
            # Of two clicks at the same moment the second waits here and then finds the first one's filing.
            database.execute("BEGIN IMMEDIATE")
            taken = database.execute(
                "SELECT number FROM filing WHERE hall = ? AND key = ?", (draft.hall, draft.key)
            ).fetchone()
            if taken:
                raise AlreadyFiledError(taken["number"])
            spent = database.execute(
                "UPDATE token SET receipt = ? WHERE id = ? AND draft = ? AND receipt IS NULL",
                (filing.number, token, draft.id),
            )
            if spent.rowcount != 1:
                raise LookupError(token)
            database.execute("INSERT INTO filing VALUES (?, ?, ?, ?, ?, ?, ?)", _row(filing))
            database.execute("DELETE FROM draft WHERE id = ?", (draft.id,))
        return filing

    def filings(self, key: str = "", older_s: float = 0) -> list[Filing]:
        """Return all filings, or those of one business key, newest first; no younger ones than so many seconds."""
        with self._connected() as database:
            rows = database.execute(
                "SELECT * FROM filing WHERE ? IN ('', key) ORDER BY at DESC, number DESC", (key,)
            ).fetchall()
        latest = datetime.now(ZONE) - timedelta(seconds=older_s)
        return [_from_row(row) for row in rows if not older_s or datetime.fromisoformat(row["at"]) <= latest]

    def filing(self, number: str) -> Filing | None:
        """Return one filing by its receipt number."""
        with self._connected() as database:
            row = database.execute("SELECT * FROM filing WHERE number = ?", (number,)).fetchone()
        return _from_row(row) if row else None


def _filing(draft: Draft, prefix: str, items: tuple[str, ...]) -> Filing:
    now = datetime.now(ZONE)
    number = f"{prefix}{now:%Y%m%d}{secrets.randbelow(10**8):08d}"
    filed = [item for item in items if item not in draft.skipped]
    return Filing(
        number=number,
        hall=draft.hall,
        key=draft.key,
        at=now.isoformat(timespec="seconds"),
        answers={item: draft.answers.get(item, {}) for item in filed},
        skipped=draft.skipped,
        items={item: f"{number}-{n:02d}" for n, item in enumerate(filed, 1)},
    )


def _row(f: Filing) -> tuple[str, ...]:
    return f.number, f.hall, f.key, f.at, _json(f.answers), _json(f.skipped), _json(f.items)


def _from_row(row: Mapping[str, Any]) -> Filing:
    loaded = {name: json.loads(row[name]) for name in ("answers", "skipped", "items")}
    return Filing(number=row["number"], hall=row["hall"], key=row["key"], at=row["at"], **loaded)


def _draft(row: Mapping[str, Any]) -> Draft:
    loaded = {name: json.loads(row[name]) for name in ("answers", "skipped", "done")}
    return Draft(id=row["id"], hall=row["hall"], key=row["key"], **loaded)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
