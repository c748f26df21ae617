"""How a name is written before it is compared: one width, one kind of brackets, no blanks."""

import re
import unicodedata

_PLAIN = re.compile("[\u4e00-\u9fff（）]+")
_NOTHING = {"Cc", "Cf", "Zs", "Zl", "Zp"}
"""Control characters, invisible ones and blanks; a rare character that Python does not know yet (Cn) stays."""
_BRACKETS = str.maketrans("()〔〕[]【】﹝﹞", "（）（）（）（）（）")


def fold(text: str) -> str:
    """Return a name in half width without blanks and control characters, its brackets full width.

    >>> fold("云栖(上海) 科技有限公司")
    '云栖（上海）科技有限公司'
    """
    if _PLAIN.fullmatch(text):
        return text
    half = unicodedata.normalize("NFKC", text).translate(_BRACKETS)
    return "".join(c for c in half if unicodedata.category(c) not in _NOTHING)
