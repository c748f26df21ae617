"""Memory is that of a program and of all it starts."""

import subprocess
import sys
import time

from tests.bench.machine import MemoryWatch

HOLD = "import time; held = b'x' * {}; time.sleep(1.5)"


def test_children_count_in_the_total():
    """What a child holds is in the total, and not in the program's own figure."""
    child = f"[sys.executable, '-c', {HOLD.format(80_000_000)!r}]"

    with subprocess.Popen(
        [sys.executable, "-c", f"import subprocess, sys; subprocess.run({child})"]
    ) as running:
        watch = MemoryWatch(running.pid)
        running.wait()
    peak = watch.stop()

    assert peak.total > 80_000_000 > peak.program > 0
    assert (peak.ocr, peak.browser) == (0, 0)


def test_watch_ends_with_what_it_watches():
    """A process that is gone does not stop the watch from being read."""
    with subprocess.Popen([sys.executable, "-c", ""]) as running:
        watch = MemoryWatch(running.pid)
        running.wait()
        time.sleep(0.3)

        assert watch.stop().total >= 0
