"""The name check at size: builds a register, searches it, and writes docs/reference/name_check.md.

python -m tests.bench.names [--rows 1000000] [--keep FOLDER] [--out FILE]
"""

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pyarrow import compute as pc
from pyarrow import parquet

from bot.name_check import NameChecker
from bot.register import keys
from bot.register.build import build
from bot.register.register import Register
from bot.register.search import Question
from rules.names.compare import relation
from rules.names.model import Outcome, Parts, Proposal
from rules.names.parse import parse
from tests.bench import machine
from tests.bench.report import table
from tests.bot.register.generate import Generator, write
from tests.rules.names.test_parse import judged, trade_names_right

ROOT = Path(__file__).parents[2]
ON = date(2026, 11, 23)
_CHECKS, _WARM, _BRUTE, _SCREENS, _WRITES, _WISHES = 2_000, 500, 300, 40, 300, 200
_SCREENED = 500
_SECTION = "## "
_HEAD = """\
# The name check at size

Written by `python -m tests.bench.names --rows ROWS --out docs/reference/name_check.md`, never by hand; `make bench` runs it over a million
names. Registers are invented (`tests/bot/register/generate.py`): a third of the trade names are drawn from a list with a heavy head, the largest city has 8 %.
Processor time is the thread's own.
"""
_PRIVATE = """
import sys
from datetime import date
from pathlib import Path
from bot.name_check import NameChecker
from bot.register.register import Register
from rules.names.model import Proposal
checker = NameChecker(Register(Path(sys.argv[1])))
for line in sys.stdin:
    checker.check(Proposal(line.strip(), date(2026, 11, 23), region="310115"), suggest=False)
private = sum(int(line.split()[1]) for line in open("/proc/self/smaps_rollup") if line.startswith("Private_"))
print(private)
"""


class Figure(NamedTuple):
    """One measure beside its goal."""

    name: str
    goal: str
    measured: str
    met: bool | None = None


class Goals(NamedTuple):
    """Limits by the size of the register."""

    p50: float
    p99: float
    per_s: int
    build_s: int
    screen_ms: float


_SMALL, _LARGE = Goals(0.25, 1.0, 3_000, 15, 10), Goals(0.4, 1.5, 2_500, 600, 15)


def measured(rows: int, folder: Path) -> Iterator[Figure]:
    """Build a register of so many rows and measure all of it."""
    goals = _SMALL if rows <= 5_000_000 else _LARGE
    source, out = folder / f"{rows}.parquet", folder / f"{rows}"
    if not source.exists():
        write(rows, source)
    yield _built(source, out, goals)
    yield _size(out)
    sample = _sample(source)
    register = Register(out)
    yield from _checks(register, sample, goals)
    yield _found(register, source)
    yield _screened(register, sample, goals)
    yield from _written(register)
    yield _private(out, sample)
    yield _rescued(register, sample)
    yield from _parsing(sample)


def _built(source: Path, out: Path, goals: Goals) -> Figure:
    start = time.perf_counter()
    made = build([source], out, ON, lambda _: None)
    took = time.perf_counter() - start
    text = f"{took:.0f} s for {made.names:,} names, {made.keys / made.names:.2f} keys a name"
    return Figure("build from parsed columns", f"<= {goals.build_s} s", text, took <= goals.build_s)


def _size(out: Path) -> Figure:
    import sqlite3

    total = text = names = 0
    for file in out.glob("*.sqlite"):
        total += file.stat().st_size
        db = sqlite3.connect(file)
        count, size = db.execute(
            "SELECT count(*), coalesce(sum(length(CAST(name AS BLOB))), 0) FROM names"
        ).fetchone()
        names, text = names + count, text + size
        db.close()
    each = (total - text) / names
    return Figure(
        "size without the text of the names", "<= 120 B a name", f"{each:.0f} B a name", each <= 120
    )


def _sample(source: Path) -> list[dict[str, Any]]:
    rows = parquet.ParquetFile(source).read_row_group(0).slice(0, 50_000).to_pylist()
    random.Random(3).shuffle(rows)
    return rows


def _wishes(sample: list[dict[str, Any]], count: int) -> Iterator[Proposal]:
    """Yield names as founders wish for: a third are taken, the others near to one that is, or new."""
    rng = random.Random(7)
    fresh = iter(Generator(seed=99).trade_names(count))
    for row, new in zip(sample[:count], fresh, strict=False):
        name, kind = str(row["trade_name"]), rng.random()
        other = name if kind < 0.35 else "".join(rng.sample(name, len(name))) if kind < 0.6 else str(new)
        yield Proposal(str(row["name"]).replace(name, other, 1), ON, region=str(row["region"]))


def _checks(register: Register, sample: list[dict[str, Any]], goals: Goals) -> Iterator[Figure]:
    checker = NameChecker(register)
    wishes = list(_wishes(sample, _CHECKS + _WARM))
    for wish in wishes[:_WARM]:
        checker.check(wish, suggest=False)
    cpu, wall = [], []
    begin = time.process_time()
    for wish in wishes[_WARM:]:
        one, clock = time.thread_time(), time.perf_counter()
        checker.check(wish, suggest=False)
        cpu.append((time.thread_time() - one) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
    per_s = _CHECKS / (time.process_time() - begin)
    p50, p99 = median(cpu), sorted(cpu)[int(0.99 * len(cpu))]
    text = f"{p50:.2f} / {p99:.2f} ms"
    yield Figure(
        "full check with rules and ranking, p50 / p99 of processor time",
        f"<= {goals.p50} / {goals.p99} ms",
        text,
        p50 <= goals.p50 and p99 <= goals.p99,
    )
    yield Figure(
        "the same by the wall clock, p99", "<= 5 ms", f"{sorted(wall)[int(0.99 * len(wall))]:.2f} ms"
    )
    yield Figure("checks a second and core", f">= {goals.per_s:,}", f"{per_s:,.0f}", per_s >= goals.per_s)


def _found(register: Register, source: Path) -> Figure:
    """Compare what a search finds with what comparing each name of the city finds."""
    rng = random.Random(11)
    regions = parquet.read_table(source, columns=["region"])
    counted = pc.value_counts(regions["region"].combine_chunks()).to_pylist()
    region = min((one for one in counted if one["counts"] >= 300), key=lambda one: one["counts"])["values"]
    rows = parquet.read_table(source, filters=[("region", "=", region)]).slice(0, 20_000).to_pylist()
    missed = pairs = 0
    for _ in range(_BRUTE):
        parts, other = _parts(rng.choice(rows)), rng.choice(rows)
        trade_name = rng.choice(
            [parts.trade_name, parts.trade_name[::-1], other["trade_name"] + parts.trade_name[0]]
        )
        mine = Parts(
            trade_name, parts.division, "", rng.choice([parts.industry, other["industry"]]), "有限公司"
        )
        expected = {row["name"] for row in rows if relation(mine, _parts(row), ON)}
        asked = Question("", (mine,), (keys.authority(region),), ON)
        shown = {hit.other_name for hit in register.search(asked).hits}
        pairs += len(expected)
        missed += len(expected - shown) if len(expected) <= 20 else 0
    return Figure(
        "found, against brute force over a city", "100 %", f"{missed} of {pairs} pairs missed", missed == 0
    )


def _parts(row: dict[str, Any]) -> Parts:
    return Parts(row["trade_name"], row["division"], "", row["industry"], row["organization_form"])


def _screened(register: Register, sample: list[dict[str, Any]], goals: Goals) -> Figure:
    names = Generator(seed=21).trade_names(_SCREENS * _SCREENED)
    spent = []
    for turn in range(_SCREENS):
        mine = _parts(sample[turn])
        asked = Question("", (mine,), (keys.authority(sample[turn]["region"]),), ON)
        some = [str(name) for name in names[turn * _SCREENED : (turn + 1) * _SCREENED]]
        spent.append(_ms(lambda asked=asked, some=some: register.free(some, asked)))
    p50, p99 = median(spent), max(spent)
    return Figure(
        f"{_SCREENED} proposals screened, p50 / worst of {_SCREENS}",
        f"<= {goals.screen_ms:g} ms",
        f"{p50:.1f} / {p99:.1f} ms",
        p50 <= goals.screen_ms,
    )


def _written(register: Register) -> Iterator[Figure]:
    names = [f"上海{name}蔚蓝天网络科技有限公司" for name in Generator(seed=31).trade_names(_WRITES)]
    added = [_ms(lambda name=name: register.add(name, "310115")) for name in names]
    reserved = [
        _ms(lambda name=name: register.reserve(name.replace("网络科技", "茶叶"), "310115", ON))
        for name in dict.fromkeys(names)
    ]
    for what, spent in (("add a name", added), ("reserve a name", reserved)):
        p50 = median(spent)
        yield Figure(f"{what}, on disk, p50 by the wall clock", "<= 1 ms", f"{p50:.2f} ms", p50 <= 1)


def _ms(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _private(out: Path, sample: list[dict[str, Any]]) -> Figure:
    names = "\n".join(str(row["name"]) for row in sample[:2_000])
    done = subprocess.run(
        [sys.executable, "-c", _PRIVATE, str(out)],
        input=names,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    megabytes = int(done.stdout) / 1024
    return Figure(
        "private memory of a worker after 2,000 checks", "<= 60 MB", f"{megabytes:.0f} MB", megabytes <= 60
    )


def _rescued(register: Register, sample: list[dict[str, Any]]) -> Figure:
    checker = NameChecker(register)
    failed = saved = wrong = 0
    for wish in _wishes(sample, _WISHES):
        checked = checker.check(wish)
        if checked.outcome is not Outcome.PASS:
            failed += 1
            saved += len(checked.suggestions) >= 3
            again = (
                checker.check(Proposal(s.name, ON, region=wish.region), suggest=False)
                for s in checked.suggestions
            )
            wrong += sum(one.outcome is not Outcome.PASS for one in again)
    share = saved / failed if failed else 1.0
    return Figure(
        "failures with three suggestions; suggestions that fail",
        ">= 95 %; 0",
        f"{share:.1%} of {failed}; {wrong}",
        share >= 0.95 and wrong == 0,
    )


def _parsing(sample: list[dict[str, Any]]) -> Iterator[Figure]:
    names = [str(row["name"]) for row in sample[:5_000]]
    begin = time.process_time()
    for name in names:
        parse(name)
    each = (time.process_time() - begin) / len(names) * 1e6
    yield Figure("parsing", "<= 20 µs a name and core", f"{each:.0f} µs", each <= 20)
    gold = list(judged())[1::2]
    share = trade_names_right(gold)
    yield Figure(
        "division and trade name right on names judged by hand",
        ">= 92 %",
        f"{share:.1%} of {len(gold)}",
        share >= 0.92,
    )


def section(rows: int, figures: list[Figure]) -> str:
    """Return what one run has to say."""
    marks = {True: "met", False: "**missed**", None: ""}
    lines = [(f.name, f.goal, f.measured, marks[f.met]) for f in figures]
    return "\n".join(
        [
            f"{_SECTION}{rows:,} names\n",
            f"{date.today():%Y-%m-%d}, commit {machine.commit()}.\n",  # noqa: DTZ011  the machine's own day
            table(("measure", "goal", "measured", ""), lines),
            table(("machine", "which"), list(machine.described().items())[:6]),
        ]
    )


def write_page(path: Path, rows: int, figures: list[Figure]) -> None:
    """Write a run into its page, in place of an earlier run of the same size."""
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    others = [part for part in known.split(f"\n{_SECTION}")[1:] if not part.startswith(f"{rows:,} names")]
    sections = sorted((*(f"{_SECTION}{part}" for part in others), section(rows, figures)), key=_rows_of)
    path.write_text("\n".join([_HEAD, *(part.rstrip() + "\n" for part in sections)]), encoding="utf-8")


def _rows_of(part: str) -> int:
    return int(part.removeprefix(_SECTION).split()[0].replace(",", ""))


def main() -> None:
    """Read the command line, measure, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.names", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument(
        "--keep", type=Path, help="where rows and register are made and kept; a temporary folder by default"
    )
    parser.add_argument("--out", type=Path, help="a file to write the page to")
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="zeromeet-names-") as folder:
        kept = asked.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        figures = []
        for figure in measured(asked.rows, kept):
            sys.stdout.write(f"{figure.name}: {figure.measured} (goal {figure.goal})\n")
            sys.stdout.flush()
            figures.append(figure)
    if asked.out:
        write_page(asked.out, asked.rows, figures)


if __name__ == "__main__":
    main()
