"""What a run works with: settings, the store and a reader, opened together and closed together."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from bot import name_jobs, settings
from bot.name_check import NameChecker
from bot.portals.session import Credentials
from bot.settings import Settings
from bot.store import Store
from extractors.reading import PaperReader

Told = Callable[[str], None]
"""Takes one line of progress for people."""


@dataclass(frozen=True)
class Workshop:
    """The tools of one run."""

    settings: Settings
    store: Store
    reader: PaperReader
    names: NameChecker
    tell: Told


@contextmanager
def opened(
    tell: Told = lambda _: None, have: Settings | None = None, threads: int | None = None
) -> Iterator[Workshop]:
    """Yield a workshop on these settings, or on those in force.

    Args:
        tell: Takes a line of progress for people.
        have: Settings to work on.
        threads: In which pictures are recognised; all cores by default.
    """
    have = have or settings.load()
    store = Store(have.database)
    try:
        with PaperReader(have.home, threads=threads) as reader:
            yield Workshop(have, store, reader, name_jobs.checker(None), tell)
    finally:
        store.close()


def practice_account(have: Settings) -> Credentials:
    """Return the account of this machine's practice portal, made once and kept in the home folder."""
    file = have.home / "practice-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(18), encoding="utf-8")
    return Credentials(user="desk", password=SecretStr(file.read_text(encoding="utf-8")))
