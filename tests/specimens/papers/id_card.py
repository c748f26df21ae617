"""Identity card: both sides on a sheet, side by side, or each on its own."""

from random import Random

from tests.specimens.easel import Colour, Easel
from tests.specimens.flow import lines
from tests.specimens.papers.layout import Elements, layout
from tests.specimens.people import Company, Person

CARD = (243.0, 153.0)
"""85.6 x 54 mm in points."""
A4_ACROSS = (842.0, 595.0)
_BLUE: Colour = (40, 95, 150)
_RED: Colour = (200, 60, 60)


def portrait_truth(p: Person) -> Elements:
    """Return what the side with the picture says."""
    return {"name": p.name, "sex": p.sex, "ethnicity": p.ethnicity, "born_on": p.born.isoformat(), "address": p.home, "id_number": p.number}


def emblem_truth(p: Person) -> Elements:
    """Return what the side with the emblem says."""
    end = p.card_to.isoformat() if p.card_to else "indefinite"
    return {"issuing_authority": p.police, "valid_from": p.card_from.isoformat(), "valid_to": end}


def portrait_side(e: Easel, p: Person, at: tuple[float, float], k: float = 1.0) -> None:
    """Draw the side with the picture, k times its natural size."""
    x, y = at
    e.fill(x, y, CARD[0] * k, CARD[1] * k, (226, 236, 242))
    e.fill(x + 163 * k, y + 20 * k, 62 * k, 80 * k, (205, 211, 215))
    e.fill(x + 183 * k, y + 32 * k, 22 * k, 28 * k, (176, 182, 186))
    e.fill(x + 172 * k, y + 66 * k, 44 * k, 34 * k, (176, 182, 186))

    def label(dx: float, dy: float, text: str) -> None:
        e.text((x + dx * k, y + (dy + 1) * k), text, 6.6 * k, colour=_BLUE)

    def value(dx: float, dy: float, text: str, size: float = 8.6) -> None:
        e.text((x + dx * k, y + dy * k), text, size * k)

    label(15, 17, "姓 名")
    value(42, 16, p.name)
    label(15, 34, "性 别")
    value(42, 33, p.sex)
    label(74, 34, "民 族")
    value(98, 33, p.ethnicity)
    label(15, 51, "出 生")
    value(42, 50, str(p.born.year))
    label(66, 51, "年")
    value(78, 50, str(p.born.month))
    label(92, 51, "月")
    value(104, 50, str(p.born.day))
    label(118, 51, "日")
    label(15, 69, "住 址")
    for n, line in enumerate(lines(e, p.home, 112 * k, 8.6 * k)):
        value(42, 68 + 12 * n, line)
    label(15, 128, "公民身份号码")
    value(78, 126, p.number, 10.5)


def emblem_side(e: Easel, p: Person, at: tuple[float, float], k: float = 1.0) -> None:
    """Draw the side with the emblem."""
    x, y = at
    e.fill(x, y, CARD[0] * k, CARD[1] * k, (230, 238, 242))
    e.fill(x + 18 * k, y + 18 * k, 32 * k, 34 * k, (222, 140, 130))
    e.text((x + 70 * k, y + 20 * k), "中华人民共和国", 15 * k)
    e.text((x + 64 * k, y + 48 * k), "居 民 身 份 证", 18 * k)
    end = f"{p.card_to:%Y.%m.%d}" if p.card_to else "长期"
    for dy, label, text in ((108, "签发机关", p.police), (127, "有效期限", f"{p.card_from:%Y.%m.%d}-{end}")):
        e.text((x + 48 * k, y + (dy + 0.5) * k), label, 7 * k)
        e.text((x + 92 * k, y + dy * k), text, 8.2 * k)


def _who(c: Company, rng: Random) -> Person:
    return rng.choice((c.head, c.finance, c.clerk))


@layout("id_card", "build")
def one_above_the_other(e: Easel, c: Company, rng: Random) -> Elements:
    """Both sides copied on one sheet."""
    p = _who(c, rng)
    portrait_side(e, p, (150, 120), 1.25)
    emblem_side(e, p, (150, 420), 1.25)
    return portrait_truth(p) | emblem_truth(p)


@layout("id_card", "build", CARD)
def portrait_alone(e: Easel, c: Company, rng: Random) -> Elements:
    """Only the side with the picture, filling the frame."""
    p = _who(c, rng)
    portrait_side(e, p, (0, 0))
    return portrait_truth(p)


@layout("id_card", "build", CARD)
def emblem_alone(e: Easel, c: Company, rng: Random) -> Elements:
    """Only the side with the emblem."""
    p = _who(c, rng)
    emblem_side(e, p, (0, 0))
    return emblem_truth(p)


@layout("id_card", "judge", A4_ACROSS)
def side_by_side(e: Easel, c: Company, rng: Random) -> Elements:
    """The emblem side left of the picture side, with a note that the copy agrees with the original."""
    p = _who(c, rng)
    emblem_side(e, p, (70, 150), 1.3)
    portrait_side(e, p, (440, 152), 1.3)
    e.text((320, 430), "与原件一致，仅供办理企业登记使用", 13)
    return portrait_truth(p) | emblem_truth(p)


@layout("id_card", "judge")
def copy_with_caption(e: Easel, c: Company, rng: Random) -> Elements:
    """The emblem side first, small, under a caption."""
    p = _who(c, rng)
    e.centred(e.width / 2, 70, "身份证复印件", 16)
    emblem_side(e, p, (176, 130))
    portrait_side(e, p, (176, 340))
    e.text((176, 540), "复印件与原件核对一致", 11)
    return portrait_truth(p) | emblem_truth(p)
