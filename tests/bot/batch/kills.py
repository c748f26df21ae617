"""Kills a batch at random moments and counts what was lost, doubled or read twice.

python -m tests.bot.batch.kills --cases 1000 --kills 20
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bot.practice import server
from tests.bot.batch import cases
from tests.program import ON, PASSWORD, ROOT, Program, rows

LATEST_S = 25.0
"""A kill comes between the start and this; a case takes about ten seconds."""


class Verdict(NamedTuple):
    """What is left when the last run is over."""

    exit_code: int
    stages: dict[str, int]
    lost: int
    """Cases without their two filings at the portal, or without a line of results."""
    doubled: int
    """Halls that hold more than one filing of a case."""
    read_twice: int
    """Readings that were written again by a later run."""
    to_work: list[float]
    """Seconds from the start of each run to its first case."""
    seconds: float


class Trial:
    """A home, a portal that goes on, and a folder of cases."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._program = Program(root / "home")
        self._program.home.mkdir(exist_ok=True)
        (self._program.home / "practice-password").write_text(PASSWORD, encoding="utf-8")
        self._folder = folder
        self.out = root / "out"
        self._database = root / "portal.sqlite"
        self.to_work: list[float] = []
        self._readings: dict[str, int] = {}
        self.read_twice = 0

    def portal(self):
        """Return the portal, to be entered."""
        return server.running(self._database, "desk", PASSWORD)

    def start(self, url: str) -> subprocess.Popen[bytes]:
        """Start the batch as a clerk does."""
        words = ("batch", self._folder, "--on", ON, "--url", url, "--out", self.out)
        return subprocess.Popen(
            self._program.command(*words),
            cwd=ROOT,
            env=self._program.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def killed(self, url: str, after: float) -> None:
        """Run the batch and kill it some seconds after it has begun to work; its children are left to themselves."""
        started = time.time()
        process = self.start(url)
        self._wait_for_work(process, started)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        self._count_readings()

    def finished(self, url: str) -> int:
        """Run the batch to its end and return its exit code."""
        started = time.time()
        process = self.start(url)
        self._wait_for_work(process, started)
        code = process.wait()
        self._count_readings()
        return code

    def verdict(self, exit_code: int, seconds: float) -> Verdict:
        """Count what is left."""
        lines = [json.loads(line) for line in (self.out / "results.jsonl").read_text("utf-8").splitlines()]
        filed = Counter(rows(self._database, "SELECT hall, key FROM filing"))
        halls = Counter(key for _, key in filed)
        known = {key for line in lines for key in (line.get("company_name"), _code(line))}
        names = {path.name for path in self._folder.iterdir()}
        unlisted = names - {line["folder"] for line in lines}
        return Verdict(
            exit_code=exit_code,
            stages=dict(Counter(line["stage"] for line in lines)),
            lost=len(unlisted) + sum(key not in halls for key in known),
            doubled=sum(count > 1 for count in filed.values()) + len(lines) - len(names),
            read_twice=self.read_twice,
            to_work=self.to_work,
            seconds=seconds,
        )

    def _wait_for_work(self, process: subprocess.Popen[bytes], started: float) -> None:
        """Return when this run's progress file says that a case was begun, or when the run is over."""
        while process.poll() is None:
            said = self._progress()
            if said.get("pid") == process.pid and said.get("begun_at"):
                self.to_work.append(round(said["begun_at"] - started, 2))
                return
            time.sleep(0.02)

    def _progress(self) -> dict:
        file = self.out / "progress.json"
        return json.loads(file.read_text("utf-8")) if file.is_file() else {}

    def _count_readings(self) -> None:
        found = {
            str(path): path.stat().st_mtime_ns
            for path in (self._program.home / "readings").rglob("*.json")
            if "-" not in path.name
        }
        self.read_twice += sum(found.get(path, at) != at for path, at in self._readings.items())
        self._readings = found


def _code(line: dict) -> str | None:
    fact = line.get("facts", {}).get("enterprise.uscc")
    return fact["value"] if fact else None


def trial(root: Path, folder: Path, kills: int, seed: int, latest: float = LATEST_S) -> Verdict:
    """Kill the batch at moments that a seed gives, let it finish, and count."""
    moments = random.Random(seed)
    one = Trial(root, folder)
    begun = time.monotonic()
    with one.portal() as url:
        for number in range(kills):
            one.killed(url, moments.uniform(0, latest))
            tell(f"killed {number + 1} of {kills}")
        code = one.finished(url)
    return one.verdict(code, time.monotonic() - begun)


def tell(text: str) -> None:
    """Say on stderr how far it is."""
    sys.stderr.write(f"kills: {text}\n")
    sys.stderr.flush()


def main() -> None:
    """Read the command line, make the cases, kill and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bot.batch.kills", description=__doc__)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--latest", type=float, default=LATEST_S, help="seconds after which a kill comes at most"
    )
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="zeromeet-kills-") as scratch:
        root = Path(scratch)
        folder = cases.folder(root / "cases", asked.cases)
        found = trial(root, folder, asked.kills, asked.seed, asked.latest)
    sys.stdout.write(json.dumps(found._asdict()) + "\n")
    sys.exit(bool(found.lost or found.doubled or found.read_twice))


if __name__ == "__main__":
    main()
