"""What may go: answers to old idempotency keys, ended jobs of the queue, and papers whose case was never written."""

import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from bot.engine.queue import Queue
from bot.engine.tables import AnswerRow, ServedRow

KEYS_LAST = timedelta(days=30)
JOBS_LAST = timedelta(days=7)
PAPERS_LAST_S = 86_400.0
"""An upload takes minutes: what has lain a day without a case was broken off and never acknowledged."""


class Tidied(NamedTuple):
    """How much was taken away."""

    keys: int
    jobs: int
    folders: int


def tidy(engine: Engine, queue: Queue, files: Path) -> Tidied:
    """Take away what nobody will ask for; the history of cases stays."""
    now = datetime.now(UTC)
    with Session(engine) as session:
        old = delete(AnswerRow).where(col(AnswerRow.at) < now - KEYS_LAST)
        keys = session.connection().execute(old).rowcount
        session.commit()
    jobs = queue.forget(int((now - JOBS_LAST).timestamp() * 1000))
    return Tidied(keys=keys, jobs=jobs, folders=_folders(engine, files))


def _folders(engine: Engine, files: Path) -> int:
    """Remove papers that no case names, and late ones that came in halfway."""
    before = time.time() - PAPERS_LAST_S
    old = [p for p in files.iterdir() if p.stat().st_mtime < before] if files.is_dir() else []
    with Session(engine) as session:
        known = set(session.exec(select(ServedRow.case))) if old else set()
    halfway = [late for folder in old if folder.name in known for late in folder.glob("late-*")]
    gone = [p for p in old if p.name not in known] + [p for p in halfway if p.stat().st_mtime < before]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    return len(gone)
