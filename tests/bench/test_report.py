"""The page that a run writes."""

from xml.etree import ElementTree as ET

from tests.bench.calibration import by_kind
from tests.bench.curve import place, svg
from tests.bench.goals import goals
from tests.bench.judging import Judging
from tests.bench.machine import Peak, described
from tests.bench.measure import Judged, Outcome
from tests.bench.report import Run, percent, table, written
from tests.bench.speed import Pair, Speed, folded

SPEED = Speed(
    text_pages=40,
    text_seconds=1.0,
    pairs=(Pair("scan", 2.2, 2.0, 10, 10, 9),),
    first_start=9.0,
    cold_scan=6.0,
    cold_text=1.5,
    warm_scan=2.2,
    case=26.0,
    memory=Peak(1_400_000_000, 200_000_000, 900_000_000, 0),
)
JUDGING = Judging(cases=2_000, processes=2, seconds=30.0, cpu_ms=25.0, rules_ms=12.0)


def file(carrier, *verdicts):
    outcomes = tuple(
        Outcome("lease_contract", carrier, "lessor", "name", verdict, 0.98, verdict != "missing")
        for verdict in verdicts
    )
    return Judged("lease_contract", carrier, recognised=True, outcomes=outcomes)


def test_table_is_markdown():
    """A table has a head, a rule and rows; a bar in a cell ends no cell."""
    text = table(("a", "b"), [(1, "x|y")])

    assert text == "| a | b |\n| --- | --- |\n| 1 | x\\|y |\n"


def test_only_what_is_whole_is_a_hundred():
    """A share that rounds to 100 is not shown as 100."""
    shown = [percent(share) for share in (1.0, 0.9999, 0.5)]

    assert shown == ["100.0", "99.9+", "50.0"]


def test_goals_say_honestly_what_was_missed():
    """Each goal is met or missed by its figure; one that nothing measured is missed."""
    judged = [file("scan", *["exact"] * 99, "wrong")]

    met = {name: met for name, _, _, met in goals(judged, SPEED, JUDGING)}

    assert met["elements exact: clean scans"]
    assert met["A4 scan against the bare engine"]
    assert not met["elements exact: PDF with text, XLSX, DOCX"]
    assert not met["sure elements wrong"]
    assert not met["12 mixed papers, cold"]


def test_page_names_what_it_was_measured_on():
    """Cases, commit and machine stand in the page beside the figures."""
    judged = [file("scan", "exact", "missing"), file("photo", "wrong")]

    text = written(Run(2, 1, "judge", "abc123", described()), judged, SPEED, JUDGING)

    assert all(
        words in text for words in ("2 cases (2 files)", "commit abc123", "| Python |", "lease_contract")
    )
    assert "poor: photo" in text


def test_curve_is_well_formed():
    """The picture is XML with one panel for each kind and one for all."""
    curves = by_kind(file("scan", "exact", "wrong", "exact").outcomes)

    root = ET.fromstring(svg(curves, 0.97))  # noqa: S314 - written a line above

    assert len(root.findall("{http://www.w3.org/2000/svg}g")) == 2


def test_axis_counts_nines():
    """Each nine takes as much room as the one before, and certainty ends the axis."""
    places = [place(share) for share in (0, 0.9, 0.99, 0.999, 1)]

    assert places == [0, 0.25, 0.5, 0.75, 1]


def test_lines_are_folded_before_values_are_sought():
    """Spaces, line breaks and the width of marks hide no value."""
    text = folded(["上海启明（ 软件", "有限公司)"])

    assert text == "上海启明(软件有限公司)"
