"""A register of names in a folder: searched, and kept up to date while others search it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.register import entry as entries
from bot.register import search, stamp
from bot.register.entry import Entry
from bot.register.errors import NameNotFoundError, NameTakenError, RegisterMissingError
from bot.register.search import Found, Question
from bot.register.store import Row, Shard
from rules.model import Severity
from rules.names.lexicon import Lexicon, default
from rules.names.model import Hit, Parts, Status

LEXICON = "lexicon.txt"
"""Words of industries that the register's own names showed when it was built."""


class _Held(NamedTuple):
    """A name that the register holds."""

    row: Row
    keys: set[int]


class Register:
    """An open register.

    Belongs to the thread and process that opened it: each worker opens its own, which takes a millisecond, and all
    share the pages of the files in memory.
    """

    def __init__(self, folder: Path) -> None:
        """Open a register.

        Raises:
            RegisterMissingError: The folder holds none.
            RegisterOutdatedError: Its keys were made by other tables than this program's.
        """
        self.stamp = stamp.read(folder)
        self.words = _lexicon(folder)
        """What its names were read by, and names that are compared with it must be."""
        self._folder = folder
        self._shards: dict[int, Shard] = {}

    def close(self) -> None:
        """Close its files."""
        for shard in self._shards.values():
            shard.close()
        self._shards.clear()

    def search(self, question: Question) -> Found:
        """Return the names that speak against a name, the gravest first."""
        return search.found(question, self._files)

    def free(self, trade_names: Iterable[str], question: Question) -> tuple[str, ...]:
        """Return those trade names under which nothing like it is kept; a first sieve, a search decides."""
        return search.free(trade_names, question, self._files)

    def add(self, name: str, region: str = "", parts: Parts | None = None) -> None:
        """Add a registered name, or note that a reserved one is registered now; the next search sees it."""
        new = entries.entry(name, region, self.words, parts)
        shard = self._shard(new.authority)
        with shard.writing():
            held = _held(shard, new)
            if held is None:
                _insert(shard, new)
            else:
                shard.hold(held.row.id, held.keys, Status.REGISTERED, entries.FOR_EVER)

    def reserve(
        self,
        name: str,
        region: str,
        on: date,
        *,
        has_prior_approval: bool = False,
        related: tuple[str, ...] = (),
    ) -> date:
        """Reserve a name for two months, or for a year where a permit precedes registration.

        Whether it is free is asked again inside the transaction, so of two who reserve at once only one can.

        Returns:
            The last day.

        Raises:
            NameTakenError: The register holds a name that is the same.
        """
        until = entries.reserved_until(on, has_prior_approval=has_prior_approval)
        new = entries.entry(name, region, self.words)._replace(status=Status.RESERVED, until=until)
        question = Question(new.name, new.readings, (new.authority,), on, related)
        shard = self._shard(new.authority)
        with shard.writing():
            taken = _blocking(search.found(question, self._files).hits)
            if taken is not None:
                raise NameTakenError(f"{taken.message}没有保留名称。")
            _insert(shard, new)
        return date.fromordinal(until)

    def release(self, name: str, region: str = "") -> None:
        """Take a reservation, or a name that was entered by mistake, out of the register.

        Raises:
            NameNotFoundError: The register does not hold it.
        """
        with self._held(name, region) as (shard, held):
            shard.remove(held.row.id, held.keys)

    def deregister(self, name: str, region: str, on: date) -> date:
        """Note that a name is gone; it is compared with for a year more.

        Returns:
            The last day on which it counts.

        Raises:
            NameNotFoundError: The register does not hold it.
        """
        until = entries.gone_until(on)
        with self._held(name, region) as (shard, held):
            shard.hold(held.row.id, held.keys, Status.DEREGISTERED, until)
        return date.fromordinal(until)

    @contextmanager
    def _held(self, name: str, region: str) -> Iterator[tuple[Shard, _Held]]:
        """Open a transaction on a name that the register holds."""
        known = entries.entry(name, region, self.words)
        shard = self._shard(known.authority)
        with shard.writing():
            held = _held(shard, known)
            if held is None:
                raise NameNotFoundError("名称库中没有这个名称，没有改动。")
            yield shard, held

    def _files(self, authority: int) -> Shard | None:
        """Return the file of an authority's province, or None where no name of it is kept."""
        province = authority // 10_000
        if province not in self._shards:
            path = self._folder / file_name(province)
            if not path.exists():
                return None
            self._shards[province] = Shard(path)
        return self._shards[province]

    def _shard(self, authority: int) -> Shard:
        shard = self._files(authority)
        if shard is None:
            raise RegisterMissingError("名称库中没有这个省份的文件，没有改动。")
        return shard


def _lexicon(folder: Path) -> Lexicon:
    mined = folder / LEXICON
    return default().extended(mined.read_text(encoding="utf-8").split()) if mined.exists() else default()


def file_name(province: int) -> str:
    """Return the name of a province's file."""
    return f"{province:02}.sqlite"


def _held(shard: Shard, known: Entry) -> _Held | None:
    """Return a name of the register, with every key that it may be kept under."""
    wanted = {key for key, _ in known.indexed()}
    like = {one.id: one.trade_name for one in shard.candidates(sorted(wanted), 0)}
    row = next((row for row in shard.rows(like) if row.name == known.name), None)
    if row is None:
        return None
    # A register that was built from columns may have cut the name in another place.
    as_kept = known._replace(readings=(row.parts(like[row.id]),))
    return _Held(row, wanted | {key for key, _ in as_kept.indexed()})


def _insert(shard: Shard, new: Entry) -> None:
    shard.insert(new.name, new.readings[0], new.indexed(), (new.authority, new.status, new.until))


def _blocking(hits: Iterable[Hit]) -> Hit | None:
    return next((hit for hit in hits if hit.severity is Severity.BLOCK), None)
