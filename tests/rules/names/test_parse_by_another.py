"""Names judged by another person than the parser's author."""

import csv
from pathlib import Path

from rules.names.parse import parse

WHERE = Path(__file__).with_name("judged_by_another.tsv")
FIRST = 0.85
"""Share of trade names that were right in the half that is only judged on, when it was first tried."""


def test_trade_names_are_read_as_another_person_reads_them():
    """What was right when the names were first tried stays right."""
    lines = [line for line in WHERE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t"))[1::2]

    right = sum(parse(row["name"])[0].trade_name == row["trade_name"] for row in rows)

    assert len(rows) >= 110
    assert right / len(rows) >= FIRST
