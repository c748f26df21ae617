"""What one portal may ask of all our processes together: its hours, how often, and one visit an account.

Kept in files of the home folder under locks that the system takes from a process that dies.
"""

import fcntl
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.errors import NOT_FILED, FilingTakenError, PortalClosedError
from bot.portals.portal_map import PortalMap

ZONE = ZoneInfo("Asia/Shanghai")
_LOOK_EVERY_S = 0.2


def assert_open(portal: PortalMap, now: datetime) -> None:
    """Make sure that a portal is within its hours.

    Raises:
        PortalClosedError: It is not; no page was opened.
    """
    here = now.astimezone(ZONE)
    if portal.hours and not any(hours.hold(here) for hours in portal.hours):
        stated = "；".join(str(hours) for hours in portal.hours)
        raise PortalClosedError(f"门户“{portal.title}”现在不在开放时间（{stated}），没有打开。{NOT_FILED}")


@contextmanager
def account(
    folder: Path,
    portal: PortalMap,
    user: str,
    patience_s: float = 600.0,
    tell: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Hold an account of a portal alone: two visits at once would work on one draft.

    Args:
        folder: Where the locks lie, shared by all processes.
        portal: Which portal.
        user: The account's name; the file's name does not show it.
        patience_s: How long to wait for another visit to end.
        tell: Takes a line for people where there is something to wait for.

    Raises:
        FilingTakenError: The other visit did not end in time.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = hashlib.sha256(f"{portal.id} {user}".encode()).hexdigest()[:16]
    with (folder / f"{name}.account").open("a") as file:
        until = time.monotonic() + patience_s
        while not _locked(file.fileno()):
            if tell:
                tell(f"“{portal.title}”的这个账号正由另一个进程使用，等它结束")
                tell = None
            if time.monotonic() >= until:
                raise FilingTakenError(f"“{portal.title}”的这个账号一直由另一个进程使用。{NOT_FILED}")
            time.sleep(_LOOK_EVERY_S)
        yield


class Pace:
    """Keeps all processes together within the pages a minute that a portal allows.

    Args:
        folder: Shared by all processes.
        portal: Which portal.
    """

    def __init__(self, folder: Path, portal: PortalMap) -> None:
        self._path = folder / f"{portal.id}.pace"
        self._gap_s = 60 / portal.pages_per_minute if portal.pages_per_minute else 0.0

    def wait(self) -> None:
        """Wait for the next page's turn."""
        if self._gap_s:
            time.sleep(max(self._turn() - time.time(), 0.0))

    def _turn(self) -> float:
        """Take the next free moment, in seconds of the system's clock."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._path.open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            told, now = file.read(), time.time()
            # A moment far ahead was written before the clock was set back.
            free = float(told) if told and float(told) < now + 60 * 60 else 0.0
            turn = max(now, free)
            file.seek(0)
            file.truncate()
            file.write(repr(turn + self._gap_s))
            return turn


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
