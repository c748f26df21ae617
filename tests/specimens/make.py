"""Writes the two sample cases: python -m tests.specimens.make FOLDER."""

import sys
from pathlib import Path

from tests.specimens import degrade, office, pdfs, pictures
from tests.specimens.people import Company, software, trading


def straight(company: Company) -> dict[str, bytes]:
    """Return the files of the case that goes straight through, by neutral names."""
    resolution = degrade.drawn(pdfs.resolution(company, "kai"))
    return {
        "IMG_0412.jpg": degrade.scan(pictures.licence_landscape(company, "kai"), 1, tilt=-0.6),
        "IMG_0413.jpg": degrade.photo(pictures.identity_card(company.head, "hei"), 2, longest=1700),
        "scan-03.jpg": degrade.scan(pictures.identity_card(company.finance, "hei"), 3, tilt=1.1, longest=1500),
        "scan-04.pdf": degrade.scanned_pdf(degrade.scan(pictures.identity_card(company.clerk, "hei"), 4, tilt=-0.9, longest=1600)),
        "scan-05.jpg": degrade.scan(pictures.bank_notice(company, "song"), 5, tilt=0.5),
        "scan-06.jpg": degrade.scan(resolution, 6, tilt=0.4, grey=True, longest=1900),
        "07.pdf": pdfs.articles(company, "song"),
        "08.pdf": pdfs.name_sheet(company, "hei", ruled=True),
        "09.xlsx": office.intake_workbook(company),
        "10.pdf": pdfs.lease(company, "song"),
        "11.docx": office.authorization(company),
    }


def disputed(company: Company) -> dict[str, bytes]:
    """Return the files of the case that stops: its articles state another capital than its licence."""
    return {
        "1.jpg": degrade.scan(pictures.licence_portrait(company, "song"), 11, tilt=0.8),
        "2.jpg": degrade.photo(pictures.identity_card(company.head, "song"), 12, longest=1700),
        "3.jpg": degrade.scan(pictures.identity_card(company.finance, "hei"), 13, tilt=-0.5, longest=1500),
        "4.jpg": degrade.scan(pictures.identity_card(company.clerk, "hei"), 14, tilt=0.3, longest=1500),
        "5.jpg": degrade.scan(pictures.bank_licence(company, "kai"), 15, tilt=-0.7),
        "6.pdf": pdfs.articles(company, "hei"),
        "7.pdf": pdfs.name_sheet(company, "song", ruled=False),
        "8.pdf": pdfs.intake_sheet(company, "zenhei"),
        "9.pdf": pdfs.lease(company, "kai"),
    }


CASES = {"qiming-software": (software, straight), "hengyue-trading": (trading, disputed)}


def write(folder: Path) -> None:
    """Write every sample case into a folder of its own."""
    for name, (company, files) in CASES.items():
        case = folder / name
        case.mkdir(parents=True, exist_ok=True)
        for filename, data in files(company()).items():
            (case / filename).write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
