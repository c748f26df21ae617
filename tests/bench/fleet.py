"""How much faster more workers are, with invented times of reading and filing, and what the engine itself costs.

Run: python -m tests.bench.fleet [--on postgres] [--cases 96]
"""

import argparse
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bot import database
from bot.engine.cases import Cases, create_tables
from bot.engine.model import Intake, State
from bot.engine.queue import Queue
from tests.bot.engine import postgres, town

READ_S, FILE_S = 4.0, 2.0


def seconds(address, folder, workers, cases, times=(READ_S, FILE_S)):
    """Return how long so many workers take for so many cases, their start not counted."""
    engine = database.connect(address)
    create_tables(engine)
    queue = Queue(engine)
    known = Cases(engine, queue)
    started = [town.born(address, str(folder), *times) for _ in range(workers)]
    time.sleep(3)
    start = time.monotonic()
    for number in range(cases):
        known.receive(Intake(tenant="bench", folder=str(folder / f"{workers}-{number}")))
    while known.counts()[State.FILED] < cases:
        time.sleep(0.1)
    took = time.monotonic() - start
    for worker in started:
        worker.terminate()
        worker.join()
    queue.close()
    engine.dispose()
    return took


def run(on, cases, workers, times):
    """Return the seconds on a fresh database."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="zeromeet-fleet-")))
        server = stack.enter_context(postgres.running()) if on == "postgres" else None
        address = server.address if server else f"sqlite:///{folder / 'zeromeet.sqlite'}"
        return seconds(address, folder, workers, cases, times)


def main():
    """Run from the command line and print what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--on", choices=("sqlite", "postgres"), default="postgres")
    asked.add_argument("--cases", type=int, default=96)
    given = asked.parse_args()
    two, four = (run(given.on, given.cases, workers, (READ_S, FILE_S)) for workers in (2, 4))
    bare = run(given.on, given.cases, 1, (0.0, 0.0))
    print(f"{given.on}: 2 workers {two:.1f} s, 4 workers {four:.1f} s: {two / four:.2f} times as fast")  # noqa: T201
    print(f"{given.on}: one worker, steps that take no time: {bare / given.cases * 1000:.0f} ms a case")  # noqa: T201


if __name__ == "__main__":
    main()
