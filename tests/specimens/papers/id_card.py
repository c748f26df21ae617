"""Identity card (居民身份证): both sides on one sheet, as copied at a desk."""

from typing import Any

from tests.specimens.easel import Colour, Easel
from tests.specimens.flow import lines
from tests.specimens.people import Company, Person

_BLUE: Colour = (28, 82, 150)
_FRONT: Colour = (226, 236, 243)
_SHADE: Colour = (186, 192, 196)
_RED: Colour = (200, 44, 46)
WIDTH, HEIGHT = 340.0, 214.0
"""Larger than the card's 85.6 x 54 mm: copiers enlarge."""


def stacked(person: Person, easel: Easel) -> None:
    """The portrait side above the emblem side."""
    x = (easel.width - WIDTH) / 2
    portrait(person, easel, x, 90)
    emblem(person, easel, x, 90 + HEIGHT + 70)


def reversed_order(person: Person, easel: Easel) -> None:
    """The emblem side first, closer together and off the middle."""
    emblem(person, easel, 70, 120)
    portrait(person, easel, 76, 120 + HEIGHT + 36)


def portrait(person: Person, easel: Easel, x: float, y: float) -> None:
    """Draw the side with the person's data at this corner."""
    p = person
    easel.fill(x, y, WIDTH, HEIGHT, _FRONT)
    _labels(easel, x, y)
    easel.text((x + 62, y + 24), p.name, 14)
    easel.text((x + 62, y + 51), p.sex, 12.5)
    easel.text((x + 132, y + 51), p.ethnicity, 12.5)
    for at, text, unit in (
        (62, str(p.born.year), 98),
        (116, str(p.born.month), 134),
        (150, str(p.born.day), 169),
    ):
        easel.text((x + at, y + 78), text, 12)
        easel.text((x + unit, y + 79), {98: "年", 134: "月", 169: "日"}[unit], 9.5, colour=_BLUE)
    for n, line in enumerate(lines(easel, p.home, 148, 12)):
        easel.text((x + 62, y + 104 + n * 17), line, 12)
    easel.text((x + 112, y + 178), p.number, 15)
    _face(easel, x + 234, y + 32)


def _labels(easel: Easel, x: float, y: float) -> None:
    for dx, dy, label in (
        (22, 26, "姓名"),
        (22, 53, "性别"),
        (102, 53, "民族"),
        (22, 79, "出生"),
        (22, 105, "住址"),
    ):
        easel.text((x + dx, y + dy), label, 9.5, colour=_BLUE)
    easel.text((x + 22, y + 181), "公民身份号码", 9.5, colour=_BLUE)


def _face(easel: Easel, x: float, y: float) -> None:
    easel.fill(x, y, 84, 112, (210, 216, 220))
    easel.fill(x + 27, y + 18, 30, 40, _SHADE)
    easel.fill(x + 10, y + 66, 64, 46, _SHADE)


def emblem(person: Person, easel: Easel, x: float, y: float) -> None:
    """Draw the side with the authority and the period at this corner."""
    p = person
    easel.fill(x, y, WIDTH, HEIGHT, (231, 239, 244))
    easel.fill(x + 26, y + 24, 40, 44, _RED)
    easel.centred(x + 200, y + 28, "中华人民共和国", 20, style="song")
    easel.centred(x + 200, y + 62, "居 民 身 份 证", 25, style="song")
    end = f"{p.card_to:%Y.%m.%d}" if p.card_to else "长期"
    easel.text((x + 66, y + 152), "签发机关", 10.5)
    easel.text((x + 126, y + 151), p.police, 11.5)
    easel.text((x + 66, y + 178), "有效期限", 10.5)
    easel.text((x + 126, y + 177), f"{p.card_from:%Y.%m.%d}-{end}", 11.5)


LAYOUTS = {"stacked": stacked, "reversed_order": reversed_order}
SPLITS = {"build": ("stacked",), "judge": ("reversed_order",)}


def holders(company: Company) -> list[Person]:
    """Return everybody whose card the case holds, each once."""
    c = company
    everybody = [c.head, c.finance, c.clerk, *(share.holder for share in c.shares)]
    return list(dict.fromkeys(everybody))


def truth(person: Person, _layout: str) -> dict[str, Any]:
    """Return what the card says."""
    p = person
    return {
        "name": p.name,
        "sex": p.sex,
        "ethnicity": p.ethnicity,
        "born_on": p.born.isoformat(),
        "address": p.home,
        "id_number": p.number,
        "issuing_authority": p.police,
        "valid_from": p.card_from.isoformat(),
        "valid_to": p.card_to.isoformat() if p.card_to else "indefinite",
    }
