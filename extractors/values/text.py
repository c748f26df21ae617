"""Plain text and names in normal form.

Full-width letters and digits come from Chinese input methods, Kangxi radicals (⼯ for 工) from the fonts of
some PDF makers: both look the same on paper, so both become the common character.
"""

import re
import unicodedata
from functools import lru_cache

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥"}
_WIDE_ALNUM = {code: char for code, char in _WIDE.items() if char.isalnum() or char == " "}
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FE0)}
# The supplement's radicals have no decomposition in Unicode; Chromium's PDFs write 长 and 青 with them.
_SUPPLEMENT = (
    "⺁厂⺃乚⺄乙⺅亻⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尢⺒巳⺓幺⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺟母⺠民⺡氵⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺰纟⺱罒⺲罒⺶羊⺷羊⺸羊⺹老⺻聿⺼肉⺽臼"
    "⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟饣⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟"
)
_RADICALS[0x2F3E] = "户"  # Unicode folds this one to the traditional form
_RADICALS |= {ord(a): b for a, b in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "")
_SPACES = dict.fromkeys((0x00A0, 0x2002, 0x2003, 0x2009, 0x202F), " ")
_FOLDED = _WIDE_ALNUM | _LIGATURES | _RADICALS | _INVISIBLE | _SPACES

_DOTS = "·•・‧∙⋅･"
_CJK = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOT = re.compile(rf"\s*[{_DOTS}]\s*|(?<=[{_CJK}])\s*[.．]\s*(?=[{_CJK}])")
_SPACE_IN_CHINESE = re.compile(r"(?<![\x21-\x7e])\s+|\s+(?![\x21-\x7e])")
_KEY = {ord(a): b for a, b in zip("〔〕［］【】", "()()()", strict=True)}


def fold(text: str) -> str:
    """Return text in the normal form `text`; Chinese punctuation stays as printed."""
    return unicodedata.normalize("NFC", _one_line(text).translate(_FOLDED)).strip()


def _one_line(text: str) -> str:
    """Join lines: Chinese without a space, Latin words with one."""
    lines = [line.strip() for line in text.splitlines()]
    joined = ""
    for line in filter(None, lines):
        is_latin = joined[-1:].isascii() and line[0].isascii() and joined[-1:].isalpha() and line[0].isalpha()
        joined += (" " if is_latin else "") + line
    return joined


def half_width(text: str) -> str:
    """Fold, and make ASCII of full-width punctuation too: for numbers, where no Chinese mark is meant."""
    return fold(text).translate(_WIDE)


def squash(text: str) -> str:
    """Return text as labels are compared: folded, without any white space."""
    return unicodedata.normalize("NFC", "".join(fold(text).split()))


def name(text: str) -> str:
    """Return the name of a person or company in normal form.

    Spaces that only space Chinese characters out go; those inside a Latin name stay.
    """
    value = _DOT.sub("·", " ".join(fold(text).split()))
    if re.search(f"[{_CJK}]", value):
        value = value.replace("(", "（").replace(")", "）")
    # Marks that stood apart may now combine, so the form is normalised once more.
    return unicodedata.normalize("NFC", " ".join(_SPACE_IN_CHINESE.sub("", value).split()))


@lru_cache(maxsize=4096)
def same_name_key(text: str) -> str:
    """Return what two spellings of one name have in common; for comparing, never for showing."""
    value = unicodedata.normalize("NFKC", name(text)).translate(_KEY)
    return unicodedata.normalize("NFC", _DOT.sub("·", "".join(value.split())).casefold())


_MARKS = {":": "：", ";": "；", ",": "，", "!": "！", "?": "？"}
_NARROW_MARK = re.compile(rf"(?<=[{_CJK}）])[:;,!?](?=[{_CJK}（]|$)")


def chinese_marks(text: str) -> str:
    """Return text with full-width marks between Chinese characters: a recogniser cannot see their width.

    Brackets of which one half is wide become wide; a pair of narrow ones stays, as many are printed so.
    """
    text = _NARROW_MARK.sub(lambda m: _MARKS[m.group()], text)
    wide = "（" in text or "）" in text
    return text.replace("(", "（").replace(")", "）") if wide and ("(" in text or ")" in text) else text


def is_balanced(text: str) -> bool:
    """Tell whether every bracket has its other half; one that lacks it was lost in reading."""
    return all(
        sum(map(text.count, opening)) == sum(map(text.count, closing)) for opening, closing in _BRACKETS
    )


_BRACKETS = (("（(", "）)"), ("【", "】"), ("〔", "〕"), ("[", "]"), ("《", "》"), ("「", "」"))
"""Pairs; round ones in both widths."""
