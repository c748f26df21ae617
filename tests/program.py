"""Runs the program as clerks and scripts do: a process of its own on a home of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cli
from bot.practice import server
from tests.specimens.case import Sheet
from tests.specimens.papers import (
    articles_of_association,
    authorization_letter,
    bank_account_notice,
    business_license,
    id_card,
    lease_contract,
    name_application_sheet,
    shareholder_resolution,
    tax_intake_sheet,
)
from tests.specimens.people import Company

ROOT = Path(cli.__file__).parent
ON = "2026-11-23"
PASSWORD = "invented-3"


@dataclass(frozen=True)
class Program:
    """The program on one home."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """What the process is told."""
        return os.environ | {"ZEROMEET_HOME": str(self.home), "PYTHONUTF8": "1"}

    def command(self, *arguments: object) -> list[str]:
        """Return the words of a command."""
        return [sys.executable, "-m", "cli", *map(str, arguments)]

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Run one command and return the finished process."""
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def json(self, *arguments: object) -> tuple[int, dict[str, Any]]:
        """Run one command with --json and return its exit code and its one object."""
        done = self(*arguments, "--json")
        lines = done.stdout.splitlines()
        assert len(lines) == 1, done.stderr
        return done.returncode, json.loads(lines[0])

    def portal(self, database: Path, *faults: str) -> AbstractContextManager[str]:
        """Return a practice portal with faults, to be entered, that knows this home's account."""
        (self.home / "practice-password").write_text(PASSWORD, encoding="utf-8")
        return server.running(database, "desk", PASSWORD, faults=faults)


def rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    """Return rows of a database as they are committed; none where the database or its table is not there."""
    if not database.exists():
        return []
    with closing(sqlite3.connect(database, timeout=10)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []


def filed_by_hall(database: Path) -> list[tuple[str, int]]:
    """Return how many filings each hall of a practice portal holds."""
    return rows(database, "SELECT hall, count(*) FROM filing GROUP BY hall ORDER BY hall")


def papers(folder: Path, c: Company) -> Path:
    """Write a company's papers without any picture, so that no OCR is needed, and return the folder."""
    folder.mkdir(parents=True)
    sheets = [
        Sheet(business_license, c, "landscape_2019", "kai"),
        Sheet(bank_account_notice, c, "print_2019", "song"),
        Sheet(articles_of_association, c, "with_table", "song"),
        Sheet(name_application_sheet, c, "ruled", "hei"),
        Sheet(lease_contract, c, "labelled", "song"),
        Sheet(shareholder_resolution, c, "numbered", "kai"),
        *(Sheet(id_card, p, "stacked", "song") for p in id_card.holders(c)),
    ]
    for number, sheet in enumerate(sheets, 1):
        (folder / f"{number:02d}.pdf").write_bytes(sheet.pdf())
    (folder / "20.xlsx").write_bytes(tax_intake_sheet.workbook(c))
    (folder / "21.docx").write_bytes(authorization_letter.letter(c))
    return folder
