"""The measurements as Markdown: goals first, then what lies behind each."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import NamedTuple

from tests.bench import calibration
from tests.bench.goals import goals
from tests.bench.judging import Judging
from tests.bench.measure import GRADES, Judged, Outcome, grade, grouped, sure_codes, tally
from tests.bench.speed import Pair, Speed

_COUNTS = ("stated", "exact", "exact %", "wrong", "missing", "extra", "sure and right %", "sure and wrong")


class Run(NamedTuple):
    """Which papers were read, by which code, on what."""

    cases: int
    seed: int
    split: str
    commit: str
    host: dict[str, str]


def written(run: Run, judged: Sequence[Judged], speed: Speed, judging: Judging) -> str:
    """Return the whole page."""
    outcomes = [outcome for one in judged for outcome in one.outcomes]
    parts = [
        *_head(run, len(judged)),
        "## Goals\n",
        table(
            ("goal", "wanted", "measured", ""), [_goal_row(goal) for goal in goals(judged, speed, judging)]
        ),
        *_accuracy(judged, outcomes),
        *_calibration(outcomes),
        *_speed(speed),
        *_bare(speed.pairs),
        *_judging(judging),
        "## Machine\n",
        table(("what", "which"), list(run.host.items())),
    ]
    return "\n".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; bars inside cells are escaped."""
    cells = [list(head), ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |\n" for row in cells)


def percent(share: float) -> str:
    """Return a share as percent; only what is whole is called 100."""
    text = f"{share * 100:.1f}"
    return "99.9+" if text == "100.0" and share < 1 else text


def _head(run: Run, files: int) -> list[str]:
    return [
        "# Benchmarks\n",
        "Written by `make bench`, never by hand. All persons, companies and numbers are invented.\n",
        (
            f"{datetime.now(UTC):%Y-%m-%d}, commit {run.commit}, {run.cases} cases ({files} files), "
            f"split `{run.split}`, seed {run.seed}. Values are compared exactly, in normal form.\n"
        ),
    ]


def _goal_row(goal: tuple[str, str, str, bool]) -> tuple[str, str, str, str]:
    name, wanted, measured, met = goal
    return name, wanted, measured, "met" if met else "**missed**"


def _accuracy(judged: Sequence[Judged], outcomes: list[Outcome]) -> list[str]:
    carriers = grouped(
        outcomes, lambda o: f"{list(GRADES).index(grade(o.carrier))} {grade(o.carrier)}: {o.carrier}"
    )
    return [
        "## Accuracy by paper\n",
        _counted("paper", judged, grouped(outcomes, lambda o: o.paper), lambda one: one.paper),
        "## Accuracy by carrier\n",
        _counted("carrier", judged, {k[2:]: v for k, v in carriers.items()}, _carrier_name),
        "## Accuracy by element\n",
        "Worst first; exact % by how hard the carrier is. What is always exact stands at the end.\n",
        table(("element", *_COUNTS, *GRADES), _element_rows(outcomes)),
    ]


def _carrier_name(one: Judged) -> str:
    return f"{grade(one.carrier)}: {one.carrier}"


def _counted(head: str, judged: Sequence[Judged], groups: dict[str, list[Outcome]], key) -> str:
    rows = []
    for name, group in groups.items():
        files = [one for one in judged if key(one) == name]
        known = sum(one.recognised for one in files)
        rows.append((name, len(files), f"{known} of {len(files)}", *_counts(group)))
    return table((head, "files", "recognised", *_COUNTS), rows)


def _counts(group: Iterable[Outcome]) -> tuple[object, ...]:
    t = tally(group)
    return (
        *(t.stated, t.exact, percent(t.share), t.wrong, t.missing, t.extra),
        *(percent(t.sure_share), t.sure_wrong),
    )


def _element_rows(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    groups = grouped(outcomes, lambda o: f"{o.paper}.{o.element}")
    worst = sorted(groups.items(), key=lambda item: tally(item[1]).share)
    return [(name, *_counts(group), *_by_grade(group)) for name, group in worst]


def _by_grade(group: list[Outcome]) -> list[str]:
    found = grouped(group, lambda o: grade(o.carrier))
    return [percent(tally(found[name]).share) if name in found else "" for name in GRADES]


def _calibration(outcomes: list[Outcome]) -> list[str]:
    parts = [
        "## Calibration\n",
        "![Share right by confidence, for each kind of element](../pictures/calibration.svg)\n",
        (
            "A dot is a bin of elements, its bar the 95 % interval; on the dashed line confidence is true, above it "
            "too modest. Both axes count nines. Right of the red line nobody is asked.\n"
        ),
        table(("kind", "sure", "wrong of them", "wrong %", "at most % (95 %)"), _sure_rows(outcomes)),
        table(
            ("kind", "confidence", "count", "mean confidence", "right", "share right"), _bin_rows(outcomes)
        ),
    ]
    error = calibration.expected_error(calibration.bins(outcomes))
    return [*parts, f"Mean distance between confidence and share right: {error:.4f}.\n"]


def _sure_rows(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    kinds = {"all": outcomes, **grouped(outcomes, lambda o: o.kind)}
    rows = [_sure_row(kind, tally(group).sure_wrong, tally(group).sure) for kind, group in kinds.items()]
    count, bad = sure_codes(outcomes)
    return [*rows, _sure_row("credit codes and ID numbers, in tables too", bad, count)]


def _sure_row(name: str, wrong: int, count: int) -> tuple[object, ...]:
    if not count:
        return name, 0, 0, "", ""
    return name, count, wrong, f"{100 * wrong / count:.3f}", f"{100 * calibration.at_most(wrong, count):.3f}"


def _bin_rows(outcomes: list[Outcome]) -> list[tuple[object, ...]]:
    return [
        (kind, f"{b.low:g} to {b.high:g}", b.count, f"{b.mean:.4f}", b.right, f"{b.share:.4f}")
        for kind, found in calibration.by_kind(outcomes).items()
        for b in found
    ]


def _judging(run: Judging) -> list[str]:
    return [
        "## Judging\n",
        (
            f"{run.cases:,} stored cases judged anew from their elements by {run.processes} processes in "
            f"{run.seconds:.1f} s: parsed, gathered, filled, judged and settled. One case takes {run.cpu_ms:.1f} ms "
            f"of processor time, its rules alone {run.rules_ms:.1f} ms (`python -m tests.bench.judging`).\n"
        ),
    ]


def _speed(speed: Speed) -> list[str]:
    memory = {name: f"{size / 1e9:.2f} GB" for name, size in speed.memory._asdict().items()}
    per_picture = sum(pair.ours for pair in speed.pairs) / len(speed.pairs)
    return [
        "## Speed and memory\n",
        table(
            ("what", "measured"),
            [
                ("PDFs with text, warm", f"{speed.text_pages / speed.text_seconds:.1f} pages/s"),
                ("pictures of all carriers, warm", f"{1 / per_picture:.2f} pages/s"),
                ("first start in an empty home, one scan", f"{speed.first_start:.1f} s"),
                ("cold start, one scan", f"{speed.cold_scan:.1f} s"),
                ("the same scan, warm", f"{speed.warm_scan:.1f} s"),
                ("cold start, one PDF with text", f"{speed.cold_text:.1f} s"),
                (
                    "12 mixed papers, program started cold, forms judged and filled in the browser, none sent",
                    f"{speed.case:.1f} s",
                ),
                ("memory of that run, all processes, shared pages counted once", memory["total"]),
                ("resident memory of the program", memory["program"]),
                ("resident memory of the OCR process", memory["ocr"]),
                ("memory of the browser", memory["browser"]),
            ],
        ),
    ]


def _bare(pairs: Sequence[Pair]) -> list[str]:
    groups = {
        carrier: [p for p in pairs if p.carrier == carrier] for carrier in sorted({p.carrier for p in pairs})
    }
    return [
        "## Beside the bare OCR engine\n",
        (
            "The same models, threads and thresholds without anything around them; each picture was read by both in "
            "turn. Ours is timed from file to elements, the engine's from file to lines. A value is found where it "
            "stands word for word in the lines.\n"
        ),
        table(
            (
                "carrier",
                "pictures",
                "ours s",
                "bare s",
                "ratio (median)",
                "values",
                "in our lines %",
                "in bare lines %",
            ),
            [_pair_row(name, group) for name, group in [*groups.items(), ("all", list(pairs))]],
        ),
    ]


def _pair_row(name: str, pairs: list[Pair]) -> tuple[object, ...]:
    ours, bare, values, found, theirs = (sum(column) for column in list(zip(*pairs, strict=True))[1:])
    count = len(pairs)
    return (
        *(name, count, f"{ours / count:.2f}", f"{bare / count:.2f}", f"{median(p.ratio for p in pairs):.2f}"),
        *(values, percent(found / values), percent(theirs / values)),
    )
