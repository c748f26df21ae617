"""White space inside numbers."""

import re

_GROUP = re.compile(r"(?<=[0-9])[^\S\r\n]+(?=[0-9]{3}(?![0-9]))")
_DOUBT = re.compile(r"[0-9]\s+[0-9]")


def close_up(text: str) -> str:
    """Remove all white space, except between digits that may be two numbers.

    Groups of three digits are one number; other digits with a gap keep it, and no reader of values takes them.
    """
    joined = _GROUP.sub("", text)
    marked = _DOUBT.sub(lambda m: f"{m[0][0]}\0{m[0][-1]}", joined)
    return "".join(marked.split()).replace("\0", " ")
