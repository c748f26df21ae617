"""The two sample cases: one whose papers agree in everything, one whose articles state another capital.

Written by: python -m tests.specimens.samples
"""

from pathlib import Path

from tests.specimens import degrade
from tests.specimens.case import File, Sheet
from tests.specimens.make import write
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
from tests.specimens.people import Company, software, trading


def cases() -> dict[str, list[File]]:
    """Return the files of both, by the names of their folders."""
    return {"qiming-software": straight(software()), "hengyue-trading": disputed(trading())}


def straight(c: Company) -> list[File]:
    """Return the files of the case that goes straight through."""
    partner = c.shares[1].holder
    card = Sheet(id_card, c.clerk, "stacked", "hei")
    letter = Sheet(authorization_letter, c, "lined", "song")
    intake = Sheet(tax_intake_sheet, c, "ruled", "song")
    return [
        _scan("IMG_0412.jpg", Sheet(business_license, c, "landscape_2019", "kai"), 1, -0.6),
        _photo("IMG_0413.jpg", Sheet(id_card, c.head, "stacked", "hei"), 2),
        _scan("scan-03.jpg", Sheet(id_card, c.finance, "stacked", "hei"), 3, 1.1),
        card.file("scan-04.pdf", degrade.scanned_pdf(_scanned(card, 4, -0.9))),
        _scan("scan-05.jpg", Sheet(bank_account_notice, c, "print_2019", "song"), 5, 0.5),
        _scan("scan-06.jpg", Sheet(shareholder_resolution, c, "numbered", "kai"), 6, 0.4),
        _print("07.pdf", Sheet(articles_of_association, c, "with_table", "song")),
        _print("08.pdf", Sheet(name_application_sheet, c, "ruled", "hei")),
        intake.file("09.xlsx", tax_intake_sheet.workbook(c)),
        _print("10.pdf", Sheet(lease_contract, c, "labelled", "song")),
        letter.file("11.docx", authorization_letter.letter(c)),
        _scan("scan-12.jpg", Sheet(id_card, partner, "stacked", "song"), 7, -0.4),
    ]


def disputed(c: Company) -> list[File]:
    """Return the files of the case that stops for a person."""
    partner = c.shares[1].holder
    letter = Sheet(authorization_letter, c, "lined", "kai")
    return [
        _scan("1.jpg", Sheet(business_license, c, "portrait_2014", "song"), 11, 0.8),
        _photo("2.jpg", Sheet(id_card, c.head, "stacked", "song"), 12),
        _scan("3.jpg", Sheet(id_card, c.finance, "stacked", "hei"), 13, -0.5),
        _scan("4.jpg", Sheet(id_card, c.clerk, "stacked", "hei"), 14, 0.3),
        _photo("5.jpg", Sheet(bank_account_notice, c, "print_2019", "kai"), 15),
        _print("6.pdf", Sheet(articles_of_association, c, "in_sentences", "hei")),
        _print("7.pdf", Sheet(name_application_sheet, c, "lined", "song")),
        _print("8.pdf", Sheet(tax_intake_sheet, c, "ruled", "zenhei")),
        _print("9.pdf", Sheet(lease_contract, c, "running", "kai")),
        _scan("10.jpg", Sheet(shareholder_resolution, c, "minutes", "song"), 16, -0.8),
        letter.file("11.docx", authorization_letter.letter(c, table=True)),
        _scan("12.jpg", Sheet(id_card, partner, "stacked", "song"), 17, 0.9),
    ]


def _scanned(sheet: Sheet, seed: int, tilt: float) -> bytes:
    return degrade.scan(sheet.pictures()[0], seed, tilt=tilt)


def _scan(name: str, sheet: Sheet, seed: int, tilt: float) -> File:
    return sheet.file(name, _scanned(sheet, seed, tilt))


def _photo(name: str, sheet: Sheet, seed: int) -> File:
    return sheet.file(name, degrade.photo(sheet.pictures()[0], seed))


def _print(name: str, sheet: Sheet) -> File:
    return sheet.file(name, sheet.pdf())


if __name__ == "__main__":
    root = Path(__file__).parents[2]
    for name, made in cases().items():
        write(root / "samples" / name, root / "tests" / "samples_truth" / f"{name}.json", made)
