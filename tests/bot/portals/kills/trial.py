"""Files many cases under faults and kills until each is settled, and counts what the authority holds."""

import json
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bot.store import Store
from tests.bot.portals.kills import portal
from tests.bot.portals.kills.bot import Line
from tests.bot.portals.kills.scenarios import Job, Scenario, asked, jobs, scenarios

RUNS = 4
"""A case that is not filed by then is with a person."""
NOT_SENT = "没有提交"
"""What a message says that claims the portal has nothing."""


class Order(NamedTuple):
    """What a trial is to do."""

    filings: int
    seed: int = 1
    workers: int = 2
    naive: bool = False
    among: tuple[Scenario, ...] = tuple(scenarios())


class Case(NamedTuple):
    """How one filing ended."""

    key: str
    scenario: str
    held: int
    """Filings of it in the authority's database."""
    lines: tuple[Line, ...]
    kills: int

    @property
    def end(self) -> str:
        """Where the bot says it stands: filed, review, failed or unknown; "" where it never said."""
        return self.lines[-1].status if self.lines else ""

    @property
    def is_doubled(self) -> bool:
        """Tell whether the portal holds it more than once."""
        return self.held > 1

    @property
    def is_lost(self) -> bool:
        """Tell whether it is said to be filed and is not, or nobody was told anything."""
        return not self.end or (self.end in {"filed", "review"} and not self.held)

    @property
    def is_misjudged(self) -> bool:
        """Tell whether any run claimed of the portal what was not so."""
        return any(
            (line.status in {"filed", "review"} and not line.held)
            or (line.status == "failed" and line.held and NOT_SENT in line.why)
            for line in self.lines
        )


class Trial:
    """A home, a portal and its bots."""

    def __init__(self, root: Path, order: Order) -> None:
        self._home = root
        self._order = order
        self._lines: dict[str, list[Line]] = {}
        self._kills: Counter[str] = Counter()

    def run(self) -> list[Case]:
        """File every case until it is settled."""
        order = self._order
        among = list(order.among)
        every = left = jobs(order.filings, order.seed, among)
        Store(
            f"sqlite:///{self._home / 'zeromeet.sqlite'}"
        ).close()  # two that make the tables at once are one too many
        with portal.running(self._home / "portal.sqlite", asked(among)) as address:
            for number in range(1 if order.naive else RUNS):
                if not left:
                    break
                tell(f"run {number + 1}: {len(left)} filings")
                self._round(address, left)
                # It dies once only: the next run is left in peace.
                left = [job._replace(kill="") for job in left if not self._is_settled(job)]
        held = self._held()
        return [self._case(job, held) for job in every]

    def _round(self, address: str, left: list[Job]) -> None:
        workers = self._order.workers
        with ThreadPoolExecutor(workers) as pool:
            parts = [(number, address, left[number::workers]) for number in range(workers)]
            list(pool.map(lambda part: self._part(*part), parts))

    def _part(self, number: int, address: str, left: list[Job]) -> None:
        """File with one bot after another: one that was killed is followed by the next."""
        while left:
            begun = self._bot(number, address, left)
            if begun == 0:
                raise RuntimeError("the bot does not start")
            left = left[begun:]

    def _bot(self, number: int, address: str, left: list[Job]) -> int:
        """Run one bot to its end, whatever that is; return how many filings it has begun."""
        orders, results = (self._home / f"{name}-{number}.json" for name in ("orders", "results"))
        orders.write_text(json.dumps(left), encoding="utf-8")
        results.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.bot.portals.kills.bot", address, self._home, orders, results]
        how = ["naive"] if self._order.naive else []
        subprocess.run([*command, *how], cwd=portal.ROOT, check=False, stderr=subprocess.DEVNULL)
        told = (
            [json.loads(line) for line in results.read_text("utf-8").splitlines()] if results.exists() else []
        )
        begun = [line["begun"] for line in told if "begun" in line]
        for line in told:
            if "begun" not in line:
                self._lines.setdefault(line["key"], []).append(Line(**line))
        if len(told) % 2:
            self._kills[begun[-1]] += 1
        return len(begun)

    def _is_settled(self, job: Job) -> bool:
        lines = self._lines.get(job.key)
        return bool(lines) and lines[-1].status in {"filed", "review"}

    def _case(self, job: Job, held: Counter[str]) -> Case:
        lines = tuple(self._lines.get(job.key, ()))
        return Case(job.key, job.scenario, held[job.key], lines, self._kills[job.key])

    def _held(self) -> Counter[str]:
        with closing(sqlite3.connect(self._home / "portal.sqlite")) as database:
            return Counter(key for (key,) in database.execute("SELECT key FROM filing"))


class Table(NamedTuple):
    """What came of each scenario."""

    rows: dict[str, Counter[str]]
    seconds: float

    @property
    def total(self) -> Counter[str]:
        """Return the sums."""
        return sum(self.rows.values(), Counter())

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing was doubled, lost or misjudged."""
        return not any(self.total[bad] for bad in ("doubled", "lost", "misjudged"))


def table(cases: list[Case], seconds: float) -> Table:
    """Count the cases of each scenario."""
    rows: dict[str, Counter[str]] = {}
    for case in cases:
        row = rows.setdefault(case.scenario, Counter())
        row["filings"] += 1
        row[case.end or "untold"] += 1
        row["runs"] += len(case.lines) + case.kills
        row["killed"] += case.kills
        row.update({"doubled": case.is_doubled, "lost": case.is_lost, "misjudged": case.is_misjudged})
    return Table(dict(sorted(rows.items())), seconds)


def trial(root: Path, order: Order) -> tuple[Table, list[Case]]:
    """Run a trial in a folder of its own."""
    begun = time.monotonic()
    cases = Trial(root, order).run()
    return table(cases, time.monotonic() - begun), cases


def tell(text: str) -> None:
    """Say on stderr how far it is."""
    sys.stderr.write(f"kills: {text}\n")
    sys.stderr.flush()
