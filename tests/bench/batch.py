"""How many cases an hour a batch brings to their receipts at the practice portal: python -m tests.bench.batch."""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from extractors.readers import models
from tests.bench import machine
from tests.bot.batch import cases
from tests.program import ON, ROOT, Program


class Pace(NamedTuple):
    """What one batch took."""

    cases: int
    stages: dict[str, int]
    seconds: float
    per_hour: float
    to_work: float | None
    """Seconds from the start of the program to its first case."""
    cpu_s: float
    """Processor seconds of one case, of all processes together: what does not depend on who else uses the machine."""
    memory: float
    """GB of all its processes together, at most."""
    second_half: float
    """Memory at the end over memory after a third of the time: flat is 1."""


def paced(folder: Path, home: Path, jobs: int | None) -> Pace:
    """Run one batch from nothing and measure it."""
    program = Program(home)
    out = home.parent / f"{folder.name}-out"
    words = ["batch", folder, "--on", ON, "--out", out, "--json", *(["--jobs", jobs] if jobs else [])]
    started, begun, spent = time.time(), time.monotonic(), _spent()
    process = subprocess.Popen(
        program.command(*words), cwd=ROOT, env=program.environment, stdout=subprocess.PIPE, text=True
    )
    thirds = _watched(process)
    seconds = time.monotonic() - begun
    told = json.loads(process.stdout.read())
    progress = json.loads((out / "progress.json").read_text("utf-8"))
    to_work = round(progress["begun_at"] - started, 2) if progress["begun_at"] else None
    early, peak = thirds
    return Pace(
        told["total"],
        told["stages"],
        round(seconds, 1),
        round(told["total"] / seconds * 3600),
        to_work,
        round((_spent() - spent) / told["total"], 1),
        round(peak / 1e9, 2),
        round(peak / early, 2) if early else 1.0,
    )


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watched(process: subprocess.Popen[str]) -> tuple[int, int]:
    """Return the most memory in the first third of the time, and in all of it."""
    seen = []
    while process.poll() is None:
        watch = machine.MemoryWatch(process.pid)
        time.sleep(2)
        seen.append(watch.stop().total)
    third = max(len(seen) // 3, 1)
    return max(seen[:third], default=0), max(seen, default=0)


def warmed(home: Path) -> None:
    """Let what a first run makes once be there: the models, and pictures of characters."""
    models.prepare(home)
    with TemporaryDirectory(prefix="zeromeet-warm-") as scratch:
        paced(cases.folder(Path(scratch) / "cases", 1, first=900), home, 1)


def main() -> None:
    """Read the command line, measure and print one object a kind of case."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.batch", description=__doc__)
    parser.add_argument("--text", type=int, default=20, help="cases of PDF with text, XLSX and DOCX")
    parser.add_argument("--scans", type=int, default=4, help="cases of scans alone")
    parser.add_argument("--jobs", type=int)
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="zeromeet-pace-") as scratch:
        root = Path(scratch)
        home = root / "home"
        home.mkdir()
        warmed(home)
        kinds = (("text", asked.text, cases.folder), ("scans", asked.scans, cases.scans))
        for name, count, make in kinds:
            if count:
                pace = paced(make(root / name, count), home, asked.jobs)
                sys.stdout.write(
                    json.dumps(
                        {"kind": name, "load": machine.described()["load when begun"], **pace._asdict()}
                    )
                    + "\n"
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main()
