"""Puts one company's papers into files: some with text, some scanned, some photographed."""

from dataclasses import dataclass
from random import Random
from types import ModuleType
from typing import Any

from PIL import Image

from tests.specimens import carriers
from tests.specimens.easel import A4, PdfEasel, PictureEasel
from tests.specimens.papers import (
    articles_of_association,
    authorization_letter,
    bank_account_notice,
    business_license,
    id_card,
    lease_contract,
    name_application_sheet,
    name_notice,
    premises_certificate,
    shareholder_resolution,
    tax_intake_sheet,
)
from tests.specimens.people import Company, Person

Truth = dict[str, Any]


@dataclass(frozen=True)
class File:
    """One file of a case and what it says."""

    name: str
    data: bytes
    truth: Truth
    """File name, carrier where it is known, document type and elements."""


@dataclass(frozen=True)
class Sheet:
    """One paper before it is printed: who or what it is about, in which layout and face."""

    module: ModuleType
    about: Company | Person
    layout: str
    style: str

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        size: tuple[float, float] = getattr(self.module, "SIZES", {}).get(self.layout, A4)
        return size

    def pdf(self) -> bytes:
        """Print it to a PDF with text."""
        easel = PdfEasel(self.style, self.size)
        self.module.LAYOUTS[self.layout](self.about, easel)
        return easel.data()

    def pictures(self, dpi: int = 200) -> list[Image.Image]:
        """Print it on paper."""
        easel = PictureEasel(self.style, self.size, dpi=dpi)
        self.module.LAYOUTS[self.layout](self.about, easel)
        return easel.pictures()

    def file(self, name: str, data: bytes, carrier: str = "") -> File:
        """Put it into a file of this name."""
        kind = self.module.__name__.rpartition(".")[2]
        elements = self.module.truth(self.about, self.layout)
        known = {"carrier": carrier} if carrier else {}
        return File(name, data, {"file": name, **known, "document_type": kind, "elements": elements})


_PRINTED = (name_application_sheet, articles_of_association, lease_contract, shareholder_resolution)
_SEALED = (business_license, bank_account_notice, name_notice, premises_certificate)
_FACES = {"build": ("song", "hei", "kai"), "judge": ("zenhei", "song", "kai")}
_PICTURE_FACES = {"build": ("song", "hei"), "judge": ("noto_song", "noto_hei", "zenhei")}


def files(company: Company, rng: Random, split: str) -> list[File]:
    """Return all papers of a company in files with neutral names; the same generator gives the same files."""
    made: list[File] = []
    for module in _PRINTED:
        sheet = Sheet(module, company, rng.choice(module.SPLITS[split]), rng.choice(_FACES[split]))
        made.append(_printed(sheet, len(made) + 1, rng))
    for module in _SEALED:
        sheet = Sheet(module, company, rng.choice(module.SPLITS[split]), rng.choice(_PICTURE_FACES[split]))
        made.append(_pictured(sheet, len(made) + 1, rng))
    for person in id_card.holders(company):
        sheet = Sheet(id_card, person, rng.choice(id_card.SPLITS[split]), rng.choice(_PICTURE_FACES[split]))
        made.append(_pictured(sheet, len(made) + 1, rng))
    made.append(_intake(company, len(made) + 1, rng, split))
    made.append(_letter(company, len(made) + 1, rng, split))
    return made


def _printed(sheet: Sheet, number: int, rng: Random) -> File:
    """Hand it in as it was written, or as it came back from the signing."""
    if rng.random() < 0.6:
        return _text_pdf(sheet, number)
    pages = sheet.pictures(150)
    if len(pages) > 1 and rng.random() < 0.4:
        return _file(sheet, carriers.mixed(sheet.pdf(), pages, number, rng))
    return _file(sheet, carriers.pictured(pages, number, rng))


def _pictured(sheet: Sheet, number: int, rng: Random) -> File:
    return _file(sheet, carriers.pictured(sheet.pictures()[:1], number, rng))


def _intake(company: Company, number: int, rng: Random, split: str) -> File:
    sheet = Sheet(
        tax_intake_sheet, company, rng.choice(tax_intake_sheet.SPLITS[split]), rng.choice(_FACES[split])
    )
    if rng.random() < 0.5:
        return sheet.file(f"{number:02d}.xlsx", tax_intake_sheet.workbook(company), "xlsx")
    return _text_pdf(sheet, number)


def _letter(company: Company, number: int, rng: Random, split: str) -> File:
    layout = rng.choice(authorization_letter.SPLITS[split])
    sheet = Sheet(authorization_letter, company, layout, rng.choice(_FACES[split]))
    if rng.random() < 0.7:
        letter = authorization_letter.letter(company, table=layout == "tabled")
        return sheet.file(f"{number:02d}.docx", letter, "docx")
    return _text_pdf(sheet, number)


def _text_pdf(sheet: Sheet, number: int) -> File:
    return sheet.file(f"{number:02d}.pdf", sheet.pdf(), "text_pdf")


def _file(sheet: Sheet, carried: tuple[str, str, bytes]) -> File:
    carrier, name, data = carried
    return sheet.file(name, data, carrier)
