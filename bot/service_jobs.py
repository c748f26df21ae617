"""What the commands of the service do, one function each."""

import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot import approval, database, review, settings, workshop
from bot.desk import logs, server
from bot.desk.keys import Key, Keys, Made, Scope
from bot.desk.service import opened
from bot.desk.tidy import tidy
from bot.engine import acts
from bot.engine.calls import Addresses, Caller
from bot.engine.cases import create_tables
from bot.engine.queue import QUEUES, Queue
from bot.engine.steps import CaseSteps
from bot.engine.worker import Worker
from bot.steps import judged_again
from extractors.errors import UsageError

_TIDY_S = 21_600.0
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
    caller = Caller(engine, Addresses(have.webhook_allow))
    with (
        workshop.opened() as shop,
        _beside(caller.run, stop),
        _beside(_Tidying(engine, have.files).run, stop),
    ):
        steps = CaseSteps(shop, url)
        Worker(engine, have.home, steps, queues=tuple(queues) or QUEUES).run(stop)


class _Tidying:
    """Tidies every few hours while a worker works."""

    def __init__(self, engine: Engine, files: Path) -> None:
        self._engine, self._files = engine, files

    def run(self, stop: threading.Event) -> None:
        """Tidy until told to stop."""
        queue = Queue(self._engine)
        while not stop.wait(_TIDY_S):
            with suppress(SQLAlchemyError, OSError):
                tidy(self._engine, queue, self._files)
        queue.close()


@contextmanager
def _beside(run: Callable[[threading.Event], None], stop: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=run, args=(stop,), daemon=True)
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


def release(name: str) -> dict[str, Any] | None:
    """Release a case that was handed in over the API, so that a worker goes on with it; None for any other.

    Raises:
        UsageError: It waits for nobody.
    """
    with opened(settings.load()) as works:
        case = works.cases.find(name)
        if case is None:
            return None
        who = review.person()
        word = approval.word(judged_again(works.shop, case.result), who) if case.result else None
        after = acts.release(works.cases, case.id, case.version, who, word)
    if after is None:
        raise UsageError(f"案件现在是 {case.state}，不等人放行，什么也没有做。", "请先查看案件的状态。")
    return {"case": after.id, "status": after.state.value, "version": after.version}


def create_key(tenant: str, scopes: str, expires: str) -> Made:
    """Make a key.

    Raises:
        UsageError: A scope or the time is not as it should be.
    """
    with _keys() as known:
        return known.create(tenant, _scopes(scopes), _span(expires))


def all_keys() -> tuple[Key, ...]:
    """Return all keys."""
    with _keys() as known:
        return known.listed()


def revoke_key(name: str) -> Key:
    """End a key."""
    with _keys() as known:
        return known.revoke(name)


def rotate_webhook_secret(tenant: str) -> str:
    """Give a tenant a new secret for messages."""
    with _keys() as known:
        return known.rotate_webhook_secret(tenant)


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
