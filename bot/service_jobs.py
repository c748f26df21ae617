"""What the commands of the service do, one function each."""

import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from bot import database, settings, workshop
from bot.desk import logs, server
from bot.desk.keys import Key, Keys, Made, Scope
from bot.engine.calls import Addresses, Caller
from bot.engine.cases import create_tables
from bot.engine.queue import QUEUES
from bot.engine.steps import CaseSteps
from bot.engine.worker import Worker
from extractors.errors import UsageError

_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


def serve(host: str, port: int, workers: int, tell: Callable[[str], None]) -> None:
    """Serve the API until told to stop."""
    logs.set_up()
    server.run(settings.load(), host, port, workers, tell)


def work(queues: list[str], url: str | None, *, with_parent: bool) -> None:
    """Take cases until told to stop; the case under way is ended first.

    Raises:
        UsageError: There is no such queue.
    """
    if unknown := set(queues) - set(QUEUES):
        raise UsageError(
            f"没有队列 {'、'.join(sorted(unknown))}，没有启动。", f"队列有：{'、'.join(QUEUES)}。"
        )
    logs.set_up()
    have = settings.load()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    if with_parent:
        threading.Thread(target=_until_alone, args=(stop,), daemon=True).start()
    engine = database.connect(have.database)
    create_tables(engine)
    with workshop.opened() as shop, _calling(Caller(engine, Addresses(have.webhook_allow)), stop):
        steps = CaseSteps(shop, url)
        Worker(engine, have.home, steps, queues=tuple(queues) or QUEUES).run(stop)


@contextmanager
def _calling(caller: Caller, stop: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=caller.run, args=(stop,), name="calls", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=10)


def _until_alone(stop: threading.Event) -> None:
    """Wait for the end of standard input: whoever started this process has ended."""
    sys.stdin.buffer.read()
    stop.set()


def create_key(tenant: str, scopes: str, expires: str) -> Made:
    """Make a key.

    Raises:
        UsageError: A scope or the time is not as it should be.
    """
    with _keys() as keys:
        return keys.create(tenant, _scopes(scopes), _span(expires))


def all_keys() -> tuple[Key, ...]:
    """Return all keys."""
    with _keys() as opened:
        return opened.listed()


def revoke_key(name: str) -> Key:
    """End a key."""
    with _keys() as opened:
        return opened.revoke(name)


def rotate_webhook_secret(tenant: str) -> str:
    """Give a tenant a new secret for messages."""
    with _keys() as opened:
        return opened.rotate_webhook_secret(tenant)


@contextmanager
def _keys() -> Iterator[Keys]:
    engine = database.connect(settings.load().database)
    create_tables(engine)
    try:
        yield Keys(engine)
    finally:
        engine.dispose()


def _scopes(text: str) -> frozenset[Scope]:
    try:
        return frozenset(Scope(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise UsageError("没有这种权限，没有建立密钥。", f"权限有：{'、'.join(Scope)}。") from None


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"([1-9]\d{0,3})([dhm])", text)
    if found is None:
        raise UsageError("有效期写得不对，没有建立密钥。", "例如 90d（天）、12h（小时）、30m（分钟）。")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
