"""Texts of strangers in spreadsheets: never a formula, always the same text back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.batch import safe
from bot.batch.model import Entry
from bot.batch.rows import CASES, ELEMENTS, Kept
from bot.batch.workbook import Book
from bot.model import CaseResult, CaseStatus, Unreadable
from extractors.model import Element, Paper, Provenance

PREFIXES = ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠"]
TEXTS = st.builds(str.__add__, st.sampled_from([*PREFIXES, "", " ", "'", "0"]), st.text(max_size=40))


def through_csv(text):
    buffer = io.StringIO()
    csv.writer(buffer).writerow([safe.csv_text(text)])
    (row,) = csv.reader(io.StringIO(buffer.getvalue(), newline=""))
    return row[0]


def case(text):
    """Return a case that has the text wherever a paper or a person may put one."""
    source = Provenance(document="a" * 64, page=1, box=(0, 0, 1, 1), raw=text, reader="pdf")
    element = Element(name="company_name", value=text, confidence=0.5, sources=(source,), sure=False)
    paper = Paper(
        document="a" * 64,
        file=text,
        kind="business_license",
        pages=(1,),
        confidence=1,
        elements=(element,),
        warnings=(text,),
    )
    result = CaseResult(
        case="20261123-001",
        folder=text,
        status=CaseStatus.REVIEW,
        company_name=text,
        on="2026-11-23",
        papers=(paper,),
        unreadable=(Unreadable(file=text, code="malformed", message=text, remedy=text),),
        why_not_automatic=(text,),
    )
    return Kept(Entry(case="20261123-001", batch="/b", path="/b/c", stage="review"), result)


@given(TEXTS)
def test_cell_of_a_csv_begins_like_no_formula_and_gives_its_text_back(text):
    """Whatever stands first, the cell is a text, and its original can be told from it."""
    read = through_csv(text)

    assert not read.startswith(safe.STARTS)
    assert safe.csv_original(read) == text


@pytest.mark.parametrize("prefix", PREFIXES)
def test_text_behind_blanks_is_made_safe_too(prefix):
    """Blanks before a formula do not hide it."""
    assert safe.csv_text(f"  {prefix}1").startswith(safe.MARK)


def test_long_numbers_keep_their_digits():
    """An account number is no quantity: a spreadsheet must not round it or drop its zeros."""
    assert safe.csv_text("1001280919300456781").startswith(safe.MARK)
    assert safe.csv_text("0571").startswith(safe.MARK)
    assert safe.csv_text("12") == "12"


@pytest.mark.parametrize("prefix", PREFIXES)
def test_workbook_holds_no_formula_and_gives_every_text_back(prefix, tmp_path):
    """All sheets hold texts only, equal to what was put in, whatever they begin with."""
    text = f"{prefix}1+1\x0b\r_x0041_"
    book = Book()

    book.add(case(text), ())

    (tmp_path / "a.xlsx").write_bytes(book.data())
    sheets = load_workbook(tmp_path / "a.xlsx")
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    row = [safe.xlsx_original(str(cell.value)) for cell in sheets["案件"][2]]
    assert row[CASES.index("企业名称")] == text
    element = [safe.xlsx_original(str(cell.value)) for cell in sheets["要素"][2]]
    assert element[ELEMENTS.index("值")] == text
    assert element[ELEMENTS.index("材料")] == text


@given(st.text(max_size=80))
def test_text_of_a_workbook_can_be_told_from_its_cell(text):
    """Escapes lose nothing."""
    assert safe.xlsx_original(safe.xlsx_text(text)) == text
