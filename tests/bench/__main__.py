"""Reads held-out papers, times the reading, and writes docs/reference/benchmarks.md: make bench."""

import argparse
import sys
from pathlib import Path

from bot import settings
from extractors.model import SURE
from tests.bench import calibration, curve, machine, report
from tests.bench.cases import judge
from tests.bench.judging import measured
from tests.bench.speed import timed

ROOT = Path(__file__).parents[2]
_TIMED_CASES = 6
"""Speed needs fewer papers than accuracy does."""


def main() -> None:
    """Read the command line, measure and write."""
    asked = _asked()
    host = machine.described()
    judged = list(judge(asked.home or settings.load().home / "bench", asked.seed, asked.cases, asked.split))
    speed = timed(asked.seed, min(asked.cases, _TIMED_CASES), asked.split)
    run = report.Run(asked.cases, asked.seed, asked.split, machine.commit(), host)
    text = report.written(run, judged, speed, measured())
    picture = asked.out / "pictures" / "calibration.svg"
    curves = calibration.by_kind(outcome for one in judged for outcome in one.outcomes)
    for path, content in (
        (asked.out / "reference" / "benchmarks.md", text),
        (picture, curve.svg(curves, SURE)),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    sys.stdout.write(text)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=40, help="of about 13 papers each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--split", choices=("build", "judge"), default="judge")
    parser.add_argument("--home", type=Path, help="where readings are kept; ZEROMEET_HOME/bench by default")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "docs", help="the folder with reference and pictures"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
