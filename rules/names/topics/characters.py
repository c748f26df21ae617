"""The characters of a name: 规范汉字 and nothing else."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rules.model import Severity
from rules.names.declare import OF_2021, Flaw, Name, rule

_TABLES = Path(__file__).parents[2] / "tables" / "names"
_LAYOUT = frozenset("（）() \u3000\u00a0")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def _rows(name: str) -> Iterator[list[str]]:
    lines = (_TABLES / name).read_text(encoding="utf-8").splitlines()
    rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t")
    next(rows)
    return rows


@cache
def standard() -> frozenset[str]:
    """Return the characters of 通用规范汉字表."""
    return frozenset("".join(characters for _, characters in _rows("standard_characters.tsv")))


@cache
def _allowed() -> frozenset[str]:
    return standard() | _LAYOUT


@cache
def instead() -> dict[str, str]:
    """Return the standard character for each traditional or variant one."""
    return {row[0]: row[1] for row in _rows("traditional_characters.tsv")}


@rule(
    "N-A05",
    title="名称使用规范汉字，不用字母、数字和符号",
    cites=(
        "name_regulation_1991:第八条",
        "name_regulation_1991:第九条",
        "name_measures_2004:第八条",
        "name_ban_rules_2017:第九条",
        "name_regulation:第五条",
    ),
    also=("N-C09",),
)
def characters(name: Name) -> Flaw | None:
    """Every character is a standard one; blanks and brackets are layout."""
    if _allowed().issuperset(name.proposal.name):
        return None
    odd = [c for c in dict.fromkeys(name.proposal.name) if c not in _allowed() and not _is_compatible(c)]
    return Flaw("".join(_sentences(odd)), tuple(c for c in odd if c.isprintable())) if odd else None


def _is_compatible(character: str) -> bool:
    """Tell whether it is a bracket or standard character under a second number, as fonts and scanners give it."""
    half = unicodedata.normalize("NFKC", character)
    return character in "〔〕[]【】﹝﹞［］" or (half != character and set(half) <= _allowed())


def _sentences(odd: list[str]) -> Iterator[str]:
    known = instead()
    for character in (c for c in odd if c in known):
        yield f"“{character}”不是规范汉字，应当写作“{known[character]}”。"
    rest = [c for c in odd if c not in known]
    visible = "".join(c for c in rest if c.isprintable())
    if visible:
        yield f"“{visible}”不是规范汉字，企业名称不得使用外文、字母、阿拉伯数字和符号。"
    if len(visible) < len(rest):
        yield "名称中有不可见的控制字符，应当删去。"


@rule(
    "N-A23",
    title="以统一社会信用代码代替的名称",
    cites=("name_regulation:第二十三条",),
    severity=Severity.INFO,
    begin=OF_2021,
)
def credit_code(name: Name) -> Flaw | None:
    """A code in the place of a name stands for one that was ordered to be changed."""
    is_code = len(name.text) == 18 and _CREDIT_CODE.fullmatch(name.text)
    return Flaw("名称处填写的是统一社会信用代码，应当另行申报新名称。", (name.text,)) if is_code else None
