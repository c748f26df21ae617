"""Folders of invented cases for batches, without any picture, so that no OCR is needed."""

from dataclasses import replace
from pathlib import Path
from random import Random

from tests.program import papers
from tests.specimens import degrade, numbers
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
from tests.specimens.people import Company, software

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SYLLABLES = "启明书瑶谦恒越青禾宁思远若溪景行知微云舟怀瑾望舒清和嘉树长风见山亦辰"


def company(number: int) -> Company:
    """Return a company whose papers agree in everything; each number gives another name and code."""
    first, second = divmod(number, len(_SYLLABLES))
    trade_name = f"启{_SYLLABLES[first % len(_SYLLABLES)]}{_SYLLABLES[second]}"
    tail = "".join(ALPHABET[number // 31**place % 31] for place in range(4))
    name = f"上海{trade_name}软件科技有限公司"
    return replace(
        software(),
        name=name,
        trade_name=trade_name,
        code=numbers.credit_code("310115", f"MAB0{tail}"),
        account=f"J29001{number:08d}",
        spare_names=(),
    )


def folder(root: Path, count: int, first: int = 0) -> Path:
    """Write cases into sub-folders of a folder and return it."""
    for number in range(first, first + count):
        papers(root / f"c{number:04d}", company(number))
    return root


def scans(root: Path, count: int) -> Path:
    """Write cases of scanned sheets alone into sub-folders of a folder and return it."""
    for number in range(count):
        case = root / f"s{number:04d}"
        case.mkdir(parents=True)
        rng = Random(number)
        for name, sheet in enumerate(_sheets(company(5_000 + number)), 1):
            pages = [degrade.scan(page, rng.randrange(10**6)) for page in sheet.pictures()]
            (case / f"{name:02d}.pdf").write_bytes(degrade.scanned_pdf(*pages))
    return root


def _sheets(c: Company) -> list[Sheet]:
    kinds = (
        (business_license, "landscape_2019"),
        (bank_account_notice, "print_2019"),
        (articles_of_association, "with_table"),
        (name_application_sheet, "ruled"),
        (lease_contract, "labelled"),
        (shareholder_resolution, "numbered"),
        (tax_intake_sheet, "ruled"),
        (authorization_letter, "lined"),
    )
    cards = [Sheet(id_card, person, "stacked", "song") for person in id_card.holders(c)]
    return [*(Sheet(kind, c, layout, "song") for kind, layout in kinds), *cards]
