"""One file of names: those of one province, in SQLite.

    names(id, name, division, industry, form, authority, status, until)   what a hit shows
    keys(key, id, trade_name, until)                                       what a search reads
    words(id, text)                                                        divisions, industries and forms, each once
    changes(id, act, name, region, until)                                  what was entered since the register was built

`until` is a day number, 0 without an end: the last day on which a name counts. Many processes may read a file while one
writes (WAL); what is written is seen by the next search. A connection belongs to the thread and the process that
opened it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rules.names.model import Order, Parts, Status

_SCHEMA = """
CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE names (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, division INTEGER NOT NULL, industry INTEGER NOT NULL,
    form INTEGER NOT NULL, authority INTEGER NOT NULL, status INTEGER NOT NULL, until INTEGER NOT NULL
);
CREATE TABLE keys (
    key INTEGER NOT NULL, id INTEGER NOT NULL, trade_name TEXT NOT NULL, until INTEGER NOT NULL,
    PRIMARY KEY (key, id)
) WITHOUT ROWID;
CREATE TABLE changes (
    id INTEGER PRIMARY KEY, act TEXT NOT NULL, name TEXT NOT NULL, region TEXT NOT NULL, until INTEGER NOT NULL
);
"""
_CANDIDATES = (
    "SELECT key, id, trade_name, until FROM keys WHERE key IN ({marks}) AND (until = 0 OR until >= ?)"
)
_TAKEN = "SELECT key FROM keys WHERE key IN ({marks}) AND (until = 0 OR until >= ?)"
_WITHIN = (
    "SELECT key, id, trade_name, until FROM keys WHERE key BETWEEN ? AND ? AND (until = 0 OR until >= ?)"
)
_ROWS = """
SELECT n.id, n.name, d.text, i.text, f.text, n.authority, n.status, n.until FROM names n
JOIN words d ON d.id = n.division JOIN words i ON i.id = n.industry JOIN words f ON f.id = n.form
WHERE n.id IN ({marks})
"""
_PAGE = 8192
_MAPPED = 1 << 40
"""Bytes of a file that may be mapped: all of it, as far as this build of SQLite allows."""
_CACHE_KIB = 256
_WAIT_S = 30.0
_MOST_ASKED = 900
"""Keys in one statement; SQLite takes at least 999 parameters."""


class Candidate(NamedTuple):
    """A name that shares a key with the one that is asked for."""

    key: int
    id: int
    trade_name: str
    until: int


class Change(NamedTuple):
    """Something that was entered after the register was built; a rebuilt register takes it over."""

    act: str
    """add, reserve, release or deregister."""
    name: str
    region: str
    until: int = 0


class Row(NamedTuple):
    """A name in the register."""

    id: int
    name: str
    division: str
    industry: str
    form: str
    authority: int
    status: Status
    until: int

    def parts(self, trade_name: str, order: Order = "F1") -> Parts:
        """Return its parts; the order is not kept, so whoever needs it says it."""
        return Parts(trade_name, self.division, "", self.industry, self.form, order)

    @property
    def last_day(self) -> date | None:
        """The last day on which it counts."""
        return date.fromordinal(self.until) if self.until else None


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))


def create(path: Path) -> sqlite3.Connection:
    """Return a new file, open for bulk writing: not safe against a crash, so it is moved to its place when done."""
    made = sqlite3.connect(path, isolation_level=None)
    made.execute(f"PRAGMA page_size = {_PAGE}")
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
        made.execute(f"PRAGMA {pragma}")
    made.executescript(_SCHEMA)
    return made


class Shard:
    """An open file of names."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        # A reservation that was confirmed survives a power cut, not only a crash.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute(f"PRAGMA mmap_size = {_MAPPED}")
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep every other writer out; all that happens inside is kept, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def candidates(self, keys: Sequence[int], on: int) -> list[Candidate]:
        """Return the names under some keys that count on a day."""
        found: list[Candidate] = []
        for begin in range(0, len(keys), _MOST_ASKED):
            some = keys[begin : begin + _MOST_ASKED]
            rows = self._db.execute(_CANDIDATES.format(marks=_marks(some)), (*some, on))
            found += map(Candidate._make, rows)
        return found

    def taken(self, keys: Sequence[int], on: int) -> set[int]:
        """Return those keys under which a name counts on a day."""
        found: set[int] = set()
        for begin in range(0, len(keys), _MOST_ASKED):
            some = keys[begin : begin + _MOST_ASKED]
            found.update(row[0] for row in self._db.execute(_TAKEN.format(marks=_marks(some)), (*some, on)))
        return found

    def within(self, low: int, high: int, on: int) -> list[Candidate]:
        """Return the names whose keys lie between two, both counted: one trade name in every industry."""
        return list(map(Candidate._make, self._db.execute(_WITHIN, (low, high, on))))

    def rows(self, ids: Iterable[int]) -> list[Row]:
        """Return names by their ids, in no order."""
        wanted = list(ids)
        found: list[Row] = []
        for begin in range(0, len(wanted), _MOST_ASKED):
            some = wanted[begin : begin + _MOST_ASKED]
            rows = self._db.execute(_ROWS.format(marks=_marks(some)), some)
            found += [Row(a, b, c, d, e, f, Status(g), h) for a, b, c, d, e, f, g, h in rows]
        return found

    def insert(
        self, name: str, parts: Parts, keys: Iterable[tuple[int, str]], held: tuple[int, Status, int]
    ) -> int:
        """Add a name; only inside writing().

        Args:
            name: As it is to be shown.
            parts: Its likeliest reading.
            keys: Keys with the trade name of the reading that each comes from.
            held: Authority, status, last day.

        Returns:
            Its id.
        """
        words = [self._word(text) for text in (parts.division, parts.industry, parts.organization_form)]
        of, status, until = held
        done = self._db.execute(
            "INSERT INTO names (name, division, industry, form, authority, status, until) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (name, *words, of, int(status), until),
        )
        made = int(done.lastrowid or 0)
        self._db.executemany(
            "INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)",
            [(key, made, trade_name, until) for key, trade_name in keys],
        )
        return made

    def hold(self, id_: int, keys: Iterable[int], status: Status, until: int) -> None:
        """Change how a name stands; only inside writing()."""
        self._db.execute("UPDATE names SET status = ?, until = ? WHERE id = ?", (int(status), until, id_))
        self._db.executemany(
            "UPDATE keys SET until = ? WHERE key = ? AND id = ?", [(until, key, id_) for key in keys]
        )

    def remove(self, id_: int, keys: Iterable[int]) -> None:
        """Take a name out; only inside writing()."""
        self._db.execute("DELETE FROM names WHERE id = ?", (id_,))
        self._db.executemany("DELETE FROM keys WHERE key = ? AND id = ?", [(key, id_) for key in keys])

    def note(self, change: Change) -> None:
        """Write down what is changed; only inside writing()."""
        self._db.execute("INSERT INTO changes (act, name, region, until) VALUES (?, ?, ?, ?)", change)

    def changes(self) -> list[Change]:
        """Return what was entered since the register was built, in order."""
        rows = self._db.execute("SELECT act, name, region, until FROM changes ORDER BY id")
        return list(map(Change._make, rows))

    def _word(self, text: str) -> int:
        self._db.execute("INSERT OR IGNORE INTO words (text) VALUES (?)", (text,))
        return int(self._db.execute("SELECT id FROM words WHERE text = ?", (text,)).fetchone()[0])
