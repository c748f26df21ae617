"""What the product promises, and whether a run kept it."""

from collections.abc import Sequence
from statistics import median

from tests.bench.calibration import at_most
from tests.bench.judging import MANY, Judging
from tests.bench.measure import Judged, Outcome, Tally, grade, sure_codes, tally
from tests.bench.speed import Speed

Goal = tuple[str, str, str, bool]
"""Name, wanted, measured, met."""

_EXACT = {
    "text": ("PDF with text, XLSX, DOCX", 0.995),
    "clean": ("clean scans", 0.99),
    "poor": ("poor scans and upright photos", 0.97),
    "askew": ("turned or strongly skewed", 0.95),
}
_SURE = {("text", "clean"): ("clean carriers", 0.90), ("poor", "askew"): ("poor scans and photos", 0.75)}
_SURE_WRONG = 0.001


def goals(judged: Sequence[Judged], speed: Speed, judging: Judging) -> list[Goal]:
    """Return every goal; one without a paper to measure it on is missed."""
    outcomes = [outcome for one in judged for outcome in one.outcomes]
    known = sum(one.recognised for one in judged)
    exact = [
        _least(f"elements exact: {name}", least, (t.exact, t.stated))
        for key, (name, least) in _EXACT.items()
        for t in [_graded(outcomes, (key,))]
    ]
    sure = [
        _least(f"elements sure and right: {name}", least, (t.sure_right, t.stated))
        for keys, (name, least) in _SURE.items()
        for t in [_graded(outcomes, keys)]
    ]
    found = [_least("paper recognised", 0.995, (known, len(judged))), *exact, *sure]
    return [*found, *_promises(outcomes), *_times(speed), *_judging(judging)]


def _graded(outcomes: list[Outcome], grades: tuple[str, ...]) -> Tally:
    return tally(outcome for outcome in outcomes if grade(outcome.carrier) in grades)


def _least(name: str, least: float, counts: tuple[int, int]) -> Goal:
    hits, count = counts
    if not count:
        return name, f">= {least:.1%}", "nothing to measure", False
    return name, f">= {least:.1%}", f"{hits / count:.2%} ({hits} of {count})", hits >= least * count


def _promises(outcomes: list[Outcome]) -> list[Goal]:
    t, (codes, bad) = tally(outcomes), sure_codes(outcomes)
    bound = at_most(t.sure_wrong, t.sure) if t.sure else 1.0
    share = t.sure_wrong / t.sure if t.sure else 1.0
    return [
        (
            "sure elements wrong",
            f"<= {_SURE_WRONG:.1%}",
            f"{share:.3%} ({t.sure_wrong} of {t.sure}; at most {bound:.3%} with 95 %)",
            share <= _SURE_WRONG,
        ),
        ("sure credit codes and ID numbers wrong", "0", f"{bad} of {codes}", bad == 0 and codes > 0),
    ]


def _times(speed: Speed) -> list[Goal]:
    pages, memory = speed.text_pages / speed.text_seconds, speed.memory.total / 1e9
    ratios = [pair.ratio for pair in speed.pairs if pair.carrier == "scan"]
    ratio = median(ratios)
    return [
        ("PDF with text, warm", ">= 20 pages/s", f"{pages:.1f} pages/s", pages >= 20),
        (
            "A4 scan against the bare engine",
            "<= 1.15 times",
            f"{ratio:.2f} times (median of {len(ratios)})",
            ratio <= 1.15,
        ),
        ("12 mixed papers, cold", "<= 25 s", f"{speed.case:.1f} s", speed.case <= 25),
        ("memory of all processes", "<= 1.5 GB", f"{memory:.2f} GB", memory <= 1.5),
    ]


def _judging(run: Judging) -> list[Goal]:
    minutes = run.seconds / run.cases * MANY / 60
    return [
        (
            "all rules over one case",
            "<= 20 ms",
            f"{run.rules_ms:.1f} ms of processor time",
            run.rules_ms <= 20,
        ),
        (f"{MANY:,} stored cases judged anew", "<= 3 min", f"{minutes:.1f} min", minutes <= 3),
    ]
