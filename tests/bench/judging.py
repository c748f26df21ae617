"""How fast stored cases are judged anew, as after a change of a rule: python -m tests.bench.judging."""

import argparse
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from pydantic import TypeAdapter

from extractors.model import Paper
from forms.answer import fill_all
from forms.facts import gather
from rules.engine import judge
from rules.settle import settle

PROCESSES = 2
MANY = 10_000
_COMPANIES = 200
"""Different ones; the stored cases repeat them, each file is parsed and judged by itself."""
_PAPERS = TypeAdapter(tuple[Paper, ...])


class Judging(NamedTuple):
    """A re-run of rules over stored elements."""

    cases: int
    processes: int
    seconds: float
    cpu_ms: float
    """Processor time of one case: parsed, gathered, filled, judged by every rule, settled."""
    rules_ms: float
    """Processor time of one case: judged by every rule alone."""


def measured(cases: int = MANY, processes: int = PROCESSES) -> Judging:
    """Store cases, judge them all anew and time it."""
    with TemporaryDirectory(prefix="zeromeet-judging-") as folder:
        files = list(_stored(Path(folder), cases))
        start = time.perf_counter()
        with ProcessPoolExecutor(processes) as pool:
            spent = list(pool.map(_judged, files, chunksize=50))
        seconds = time.perf_counter() - start
    whole, rules = (sum(column) * 1000 / cases for column in zip(*spent, strict=True))
    return Judging(cases, processes, seconds, whole, rules)


def _stored(folder: Path, cases: int) -> Iterator[Path]:
    from tests.rules.companies import case

    made = [case(7_000 + number) for number in range(min(cases, _COMPANIES))]
    texts = [(one.on, _PAPERS.dump_json(tuple(one.records()))) for one in made]
    for number in range(cases):
        on, text = texts[number % len(texts)]
        file = folder / f"{number:05}_{on}.json"
        file.write_bytes(text)
        yield file


def _judged(file: Path) -> tuple[float, float]:
    begin = time.process_time()
    papers = _PAPERS.validate_json(file.read_bytes())
    on = date.fromisoformat(file.stem.partition("_")[2])
    facts = gather(papers, {})
    forms, _ = fill_all(facts, on)
    ready = time.process_time()
    findings = judge(facts, forms, on, papers)
    judged = time.process_time()
    settle(findings, facts, None, ())
    return time.process_time() - begin, judged - ready


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.judging", description=__doc__)
    parser.add_argument("--cases", type=int, default=MANY)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    asked = parser.parse_args()
    run = measured(asked.cases, asked.processes)
    sys.stdout.write(
        f"{run.cases} stored cases judged anew by {run.processes} processes in {run.seconds:.1f} s; "
        f"one case {run.cpu_ms:.1f} ms of processor time, its rules alone {run.rules_ms:.1f} ms\n"
    )


if __name__ == "__main__":
    main()
