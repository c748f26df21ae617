"""Who may write: many at once into a register, nobody while a new one takes its place, and one build at a time.

The locks are those of a process: its children do not inherit them, so that a killed build leaves none behind.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.register.errors import RegisterError


@contextmanager
def shared(folder: Path) -> Iterator[None]:
    """Keep a rebuilt register from landing while something is written into the old one."""
    with _locked(folder, ".lock", fcntl.LOCK_SH):
        yield


@contextmanager
def landing(folder: Path) -> Iterator[None]:
    """Keep every writer out while a rebuilt register takes the old one's place."""
    with _locked(folder, ".lock", fcntl.LOCK_EX):
        yield


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Let one build at a time work for a folder.

    Raises:
        RegisterError: Another one is at work.
    """
    try:
        with _locked(folder, ".building.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except (BlockingIOError, PermissionError):
        raise RegisterError("另一个进程正在建这个名称库，没有建库。", "请等它结束。") from None


@contextmanager
def _locked(folder: Path, ending: str, how: int) -> Iterator[None]:
    with folder.with_name(f"{folder.name}{ending}").open("a+") as file:
        fcntl.lockf(file, how)
        yield
