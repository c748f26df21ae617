"""Which characters look almost the same in print (字形极其相近).

The table, rules/tables/names/shapes.tsv, is kept small: on average fewer than three neighbours a character. It is symmetrical.
"""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "tables" / "names" / "shapes.tsv"


@cache
def table() -> dict[str, str]:
    """Return for each character that has any the characters near it, the nearest first."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def near(character: str) -> str:
    """Return the characters that look almost like one, the nearest first."""
    return table().get(character, "")


def same_shape(a: str, b: str) -> bool:
    """Whether two texts of equal length are equal but for one character, and that one looks almost the same."""
    if len(a) != len(b) or a == b:
        return False
    apart = ""
    for one, other in zip(a, b, strict=True):
        if one != other:
            if apart or other not in near(one):
                return False
            apart = one
    return True
