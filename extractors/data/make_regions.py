"""Make regions.tsv from the published tables of divisions and the kept list of abolished ones.

Run: python -m extractors.data.make_regions provinces.csv cities.csv areas.csv
with the three files of dist/ in modood/Administrative-divisions-of-China at COMMIT.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

COMMIT = "57a0aa9"
ABOLISHED = Path(__file__).with_name("abolished_regions.tsv")
TARGET = Path(__file__).with_name("regions.tsv")
HEADER = (
    "# Divisions of China down to the county, GB/T 2260 codes. Made by extractors/data/make_regions.py; do not edit.\n"
    f"# Source: github.com/modood/Administrative-divisions-of-China@{COMMIT}, dist/*.csv, WTFPL;"
    " abolished ones from extractors/data/abolished_regions.tsv.\n"
    "# Years: first and last year in force; empty where not known (from) or still in force (to).\n"
)
COLUMNS = ("code", "name", "level", "parent", "valid_from", "valid_to")


class Line(NamedTuple):
    """One line of regions.tsv."""

    code: str
    name: str
    level: str
    parent: str
    valid_from: str = ""
    valid_to: str = ""


def _rows(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    yield from csv.DictReader(lines, delimiter=delimiter)


def _abolished(row: dict[str, str]) -> Line:
    code = row["code"]
    is_city = code.endswith("00")
    parent = code[:2] + "0000" if is_city else code[:4] + "00"
    level = "city" if is_city else "county"
    return Line(code, row["name"], level, parent, row["valid_from"], row["valid_to"])


def lines(provinces: Path, cities: Path, areas: Path) -> list[Line]:
    """Return all divisions in the order of their codes, today's first where a code was used twice."""
    found = [Line(r["code"] + "0000", r["name"], "province", "") for r in _rows(provinces)]
    found += [Line(r["code"] + "00", r["name"], "city", r["provinceCode"] + "0000") for r in _rows(cities)]
    found += [Line(r["code"], r["name"], "county", r["cityCode"] + "00") for r in _rows(areas)]
    found += [_abolished(r) for r in _rows(ABOLISHED, "\t")]
    return sorted(found, key=lambda line: (line.code, line.valid_to))


def main(provinces: Path, cities: Path, areas: Path) -> None:
    """Write regions.tsv beside this script."""
    rows = [COLUMNS, *lines(provinces, cities, areas)]
    TARGET.write_text(HEADER + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
