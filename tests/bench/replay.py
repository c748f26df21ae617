"""How fast recorded cases are replayed, from rules and from elements: python -m tests.bench.replay."""

import argparse
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.replay import archive
from bot.replay.model import Stage
from bot.replay.replay import replay

MANY = 400
_COMPANIES = 40
"""Different ones; the recordings repeat them, each file is read and judged by itself."""


class Replaying(NamedTuple):
    """A replay of recordings that do not differ."""

    start: Stage
    cases: int
    seconds: float
    differing: int


def measured(cases: int = MANY) -> list[Replaying]:
    """Record invented cases, replay them all from each stage that needs no reader, and time it."""
    with TemporaryDirectory(prefix="zeromeet-replay-") as folder:
        _recorded(Path(folder), cases)
        return [_timed(Path(folder), stage) for stage in (Stage.RULES, Stage.ELEMENTS, Stage.PLAN)]


def _recorded(folder: Path, cases: int) -> None:
    from tests.bot.replay.conftest import of_company

    made = [of_company(number) for number in range(min(cases, _COMPANIES))]
    for number in range(cases):
        archive.write(made[number % len(made)], folder / f"{number:05}.zeromeet")


def _timed(folder: Path, stage: Stage) -> Replaying:
    begin = time.perf_counter()
    report = replay(archive.found([folder]), stage)
    seconds = time.perf_counter() - begin
    return Replaying(stage, len(report.cases), seconds, sum(bool(one.changes) for one in report.cases))


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.replay", description=__doc__)
    parser.add_argument("--cases", type=int, default=MANY)
    for run in measured(parser.parse_args().cases):
        sys.stdout.write(
            f"from {run.start}: {run.cases} cases in {run.seconds:.1f} s, {run.cases / run.seconds:.0f} a second; "
            f"{run.differing} differ\n"
        )


if __name__ == "__main__":
    main()
