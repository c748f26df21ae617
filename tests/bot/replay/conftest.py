"""Recorded cases of invented companies, made without a reader."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.judging import company, conclude, understand
from bot.model import CaseResult
from bot.name_check import NameChecker
from bot.replay import archive
from bot.replay.model import Recording
from bot.replay.record import recorded
from bot.replay.stages import extracted
from extractors.model import Document, Page, Paper, TextLine
from extractors.readers.recorded import Answers
from tests.rules.companies import case


def of_papers(name: str, papers: Sequence[Paper], on: date, answers: tuple[Answers, ...] = ()) -> Recording:
    """Return the recording of a case with these papers."""
    known = understand(papers, (), on, NameChecker())
    found = conclude(papers, (), known, on)
    result = CaseResult(
        case=name,
        folder="",
        status=found.status,
        company_name=company(known.facts),
        on=on.isoformat(),
        papers=tuple(papers),
        facts=known.facts,
        forms=known.forms,
        not_needed=known.not_needed,
        findings=found.findings,
        why_not_automatic=found.why,
        settlement=found.settlement,
    )
    return recorded(result, answers, (), "practice", is_full=False)


def of_company(number: int) -> Recording:
    """Return the recording of an invented company's case."""
    made = case(number)
    return of_papers(f"case-{number}", made.records(), made.on)


def of_lines(name: str, *rows: str) -> Recording:
    """Return the recording of a case of one sheet; a row of text is a line, from the top down."""
    lines = tuple(
        TextLine(
            text=row, box=(100, 100 + 60 * n, 100 + 32 * len(row), 130 + 60 * n), confidence=1, reader="docx"
        )
        for n, row in enumerate(rows)
    )
    page = Page(number=1, width=1600, height=2200, lines=lines)
    document = Document(id=f"{name:0>64}", filename=f"{name}.docx", media_type="docx", pages=(page,))
    answers = (Answers(document=document),)
    papers, _ = extracted(answers)
    return of_papers(name, papers, date(2026, 3, 25), answers)


CARD = (
    "姓名 赵云帆",
    "性别 男 民族 汉",
    "出生 1988年3月7日",
    "住址 上海市浦东新区张杨路500号",
    "公民身份号码 310115198803070015",
)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes recordings into one folder."""

    def written(*recordings: Recording) -> Path:
        for one in recordings:
            archive.write(one, tmp_path / f"{one.manifest.case}.zeromeet")
        return tmp_path

    return written
