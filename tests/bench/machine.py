"""What the figures were measured on, and how much memory a program and its children take."""

import os
import platform
import re
import subprocess
import threading
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

_PACKAGES = (
    "paddleocr",
    "paddlex",
    "onnxruntime",
    "opencv-contrib-python",
    "numpy",
    "pdfplumber",
    "pypdfium2",
)


def described() -> dict[str, str]:
    """Return cores, processor, memory, load, system, Python and the packages that read."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cores": str(os.cpu_count()),
        "processor": _processor(),
        "memory": f"{gigabytes:.1f} GB",
        "load when begun": f"{os.getloadavg()[0]:.1f}",
        "system": platform.platform(terse=True),
        "Python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }


def commit() -> str:
    """Return the short hash of the commit, marked where files differ from it, or "unknown"."""
    try:
        done = [
            subprocess.run(["git", *words], capture_output=True, text=True, check=True).stdout.strip()
            for words in (["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "-uno"])
        ]
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{done[0]} with changes" if done[1] else done[0]


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.processor()


class Peak(NamedTuple):
    """Most memory in bytes; each figure at its own highest."""

    total: int
    """Of all processes together; pages that several share are counted once."""
    program: int
    ocr: int
    browser: int


class MemoryWatch:
    """Looks at a process and its children several times a second until stopped."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = Peak(0, 0, 0, 0)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> Peak:
        """End the watch."""
        self._over.set()
        self._thread.join()
        return self._peak

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self._peak = Peak(*map(max, zip(self._peak, _seen(self._pid), strict=True)))


def _seen(pid: int) -> Peak:
    family = {one: _text(Path(f"/proc/{one}/cmdline")) for one in _family(pid)}
    ocr = [one for one, command in family.items() if "multiprocessing.spawn" in command]
    browser = [one for one, command in family.items() if "chrom" in command.lower()]
    return Peak(
        total=sum(_memory(one, "smaps_rollup", "Pss") for one in family),
        program=_memory(pid, "status", "VmRSS"),
        ocr=max((_memory(one, "status", "VmRSS") for one in ocr), default=0),
        browser=sum(_memory(one, "smaps_rollup", "Pss") for one in browser),
    )


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            found += [int(child) for child in _text(children).split()]
    return found


def _memory(pid: int, table: str, row: str) -> int:
    """Return a figure of the kernel's about a process in bytes, or 0 where it has ended."""
    found = re.search(rf"^{row}:\s*(\d+) kB", _text(Path(f"/proc/{pid}/{table}")), re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it ended meanwhile
        return ""
