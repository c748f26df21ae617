"""Finds known values in what is about to leave their place: files for others, logs, pictures' texts."""

import re
import unicodedata
from collections.abc import Iterable

SHORTEST, SHORTEST_NUMBER, SHORTEST_NAME = 4, 6, 2
"""Characters of what is looked for; anything shorter stands in any text by chance. Names are of Han characters."""
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
_GAPS = re.compile(r"[\s\-‐-―·.,，、。:：/\\_()（）\"'“”]+")


def found(text: str, values: Iterable[str]) -> list[str]:
    """Return the values that a text holds, also where they are spaced, hyphenated, full-width or escaped.

    Values too short to tell anything are not looked for.
    """
    views = [_bare(text), _bare(_unescaped(text))] if "\\u" in text else [_bare(text)]
    return [value for value in values if _tells(_bare(value)) and any(_bare(value) in view for view in views)]


def _tells(bare: str) -> bool:
    if bare.isdecimal():
        return len(bare) >= SHORTEST_NUMBER
    return len(bare) >= (SHORTEST_NAME if _NAME.fullmatch(bare) else SHORTEST)


def _bare(text: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
