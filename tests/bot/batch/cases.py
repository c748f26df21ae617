"""Folders of invented cases for batches, without any picture, so that no OCR is needed."""

from dataclasses import replace
from pathlib import Path

from tests.program import papers
from tests.specimens import numbers
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
