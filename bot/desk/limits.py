"""How much one caller may ask for: a bucket of calls for each key."""

import threading
import time

LONGEST_UPLOAD_S = 600.0
LONGEST_PAUSE_S = 30.0
"""A sender that is silent this long has gone."""
MOST_UPLOADS = 128
"""Uploads under way at once in one process."""
MOST_FILES = 200
MOST_BYTES = 200 * 1024 * 1024
"""Of one request, all files together."""
MOST_METADATA = 64 * 1024


class Buckets:
    """Calls that each key has left; a full bucket lasts two seconds."""

    def __init__(self, rate: int) -> None:
        self._rate = float(rate)
        self._full = self._rate * 2
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, key: str) -> float:
        """Take one call, or return the seconds after which there is one."""
        now = time.monotonic()
        with self._lock:
            left, then = self._left.get(key, (self._full, now))
            left = min(self._full, left + (now - then) * self._rate)
            if left < 1:
                self._left[key] = (left, now)
                return (1 - left) / self._rate
            self._left[key] = (left - 1, now)
            return 0.0
