"""A register of names in a folder: searched, and kept up to date while others search it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.register import entry as entries
from bot.register import locks, search, stamp
from bot.register.entry import Entry
from bot.register.errors import NameNotFoundError, NameTakenError, RegisterMissingError
from bot.register.search import Found, Question
from bot.register.store import Change, Row, Shard
from rules.model import Severity
from rules.names.lexicon import Lexicon, default
from rules.names.model import Hit, Parts, Status

_NO_END = date.max.toordinal()
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
        self._opened = folder.stat().st_ino
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
        self._follow()
        return search.found(question, self._files)

    def free(self, trade_names: Iterable[str], question: Question) -> tuple[str, ...]:
        """Return those trade names under which nothing like it is kept; a first sieve, a search decides."""
        self._follow()
        return search.free(trade_names, question, self._files)

    def add(self, name: str, region: str = "", parts: Parts | None = None) -> None:
        """Add a registered name, or note that a reserved one is registered now; the next search sees it."""
        new = entries.entry(name, region, self.words, parts)
        with self._writing(new.authority) as shard:
            self._put(shard, new)
            shard.note(Change("add", new.name, region))

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
        with self._writing(new.authority) as shard:
            question = Question(new.name, new.readings, (new.authority,), on, related)
            taken = _blocking(search.found(question, self._files).hits)
            if taken is not None:
                raise NameTakenError(f"{taken.message}没有保留名称。")
            self._put(shard, new)
            shard.note(Change("reserve", new.name, region, until))
        return date.fromordinal(until)

    def release(self, name: str, region: str = "") -> None:
        """Take a reservation, or a name that was entered by mistake, out of the register.

        Raises:
            NameNotFoundError: The register does not hold it.
        """
        known = entries.entry(name, region, self.words)
        with self._writing(known.authority) as shard:
            held = _known(shard, known)
            shard.remove(held.row.id, held.keys)
            shard.note(Change("release", known.name, region))

    def deregister(self, name: str, region: str, on: date) -> date:
        """Note that a name is gone; it is compared with for a year more.

        Returns:
            The last day on which it counts.

        Raises:
            NameNotFoundError: The register does not hold it.
        """
        until = entries.gone_until(on)
        known = entries.entry(name, region, self.words)
        with self._writing(known.authority) as shard:
            held = _known(shard, known)
            shard.hold(held.row.id, held.keys, Status.DEREGISTERED, until)
            shard.note(Change("deregister", known.name, region, until))
        return date.fromordinal(until)

    def take_over(self, change: Change) -> None:
        """Enter what was entered into the register that this one is to replace; what it knows already stays."""
        known = entries.entry(change.name, change.region, self.words)
        shard = self._files(known.authority)
        with shard.writing():
            held = _held(shard, known)
            if change.act == "reserve" and held is None:
                _insert(shard, known._replace(status=Status.RESERVED, until=change.until))
            elif change.act == "add":
                self._put(shard, known)
            elif change.act == "release" and held and held.row.status is Status.RESERVED:
                shard.remove(held.row.id, held.keys)
            elif change.act == "deregister" and held:
                shard.hold(held.row.id, held.keys, Status.DEREGISTERED, change.until)
            shard.note(change)

    @staticmethod
    def _put(shard: Shard, new: Entry) -> None:
        """Add a name, or let it stand otherwise where it is known."""
        held = _held(shard, new)
        if held is None:
            _insert(shard, new)
        else:
            shard.hold(held.row.id, held.keys, new.status, new.until)

    @contextmanager
    def _writing(self, authority: int) -> Iterator[Shard]:
        """Open a transaction on the register that stands in the folder now."""
        with locks.shared(self._folder):
            self._follow()
            shard = self._files(authority)
            with shard.writing():
                yield shard

    def _follow(self) -> None:
        """Open the files anew where a rebuilt register has taken the place of the one that was opened."""
        try:
            standing = self._folder.stat().st_ino
        except FileNotFoundError:
            return  # a new one is just landing
        if standing != self._opened:
            self.close()
            self.stamp, self.words, self._opened = stamp.read(self._folder), _lexicon(self._folder), standing

    def _files(self, authority: int) -> Shard:
        """Return the file of an authority's province.

        Raises:
            RegisterMissingError: The file is gone; no names of the province would be found, and every one seem free.
        """
        province = authority // 10_000
        if province not in self._shards:
            path = self._folder / file_name(province)
            if not path.exists():
                raise RegisterMissingError(f"名称库缺少文件 {path.name}，没有查询，也没有改动。")
            self._shards[province] = Shard(path)
        return self._shards[province]


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
    rows = [row for row in shard.rows(like) if row.name == known.name]
    if not rows:
        return None
    # An earlier reservation of the name that has run out may still lie there.
    row = max(rows, key=lambda one: one.until or _NO_END)
    # A register that was built from columns may have cut the name in another place.
    as_kept = known._replace(readings=(row.parts(like[row.id]),))
    return _Held(row, wanted | {key for key, _ in as_kept.indexed()})


def _known(shard: Shard, known: Entry) -> _Held:
    held = _held(shard, known)
    if held is None:
        raise NameNotFoundError("名称库中没有这个名称，没有改动。")
    return held


def _insert(shard: Shard, new: Entry) -> None:
    shard.insert(new.name, new.readings[0], new.indexed(), (new.authority, new.status, new.until))


def _blocking(hits: Iterable[Hit]) -> Hit | None:
    return next((hit for hit in hits if hit.severity is Severity.BLOCK), None)
