"""How a process deals with memory that it has freed."""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Names in glibc's malloc.h."""
_NEVER = 512 * 1024 * 1024
"""Bytes; no picture and no layer of a model is as large."""


def keep_freed() -> None:
    """Let this process use freed memory again instead of giving it back to the system each time.

    Pictures and layers are large, so the C library returns each of them at once, and the kernel clears every
    page of the next one anew: a fifth of the time of reading a scan. Does nothing where the C library is another.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _NEVER)
        mallopt(_TRIM_THRESHOLD, _NEVER)
