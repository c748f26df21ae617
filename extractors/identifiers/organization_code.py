"""Organisation code (组织机构代码): 8 characters and a check character, printed as 12345678-9.

Given out until 2015; since then it lives on as characters 9 to 17 of the credit code.

Source: GB 11714-1997.
"""

from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import upper, without_filling

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def compact(text: str) -> str:
    """Return the code without hyphen and spaces, in capitals."""
    return upper(without_filling(text))


def check_character(code: str) -> str:
    """Return the 9th character that belongs to the first 8."""
    total = sum(_ALPHABET.index(c) * w for c, w in zip(code[:8], _WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with a code, or None."""
    code = compact(text)
    if len(code) != 9:
        return Flaw.LENGTH
    if not set(code[:8]) <= set(_ALPHABET) or code[8] not in "0123456789X":
        return Flaw.CHARACTER
    return None if code[8] == check_character(code) else Flaw.CHECKSUM


def is_valid(text: str) -> bool:
    """Tell whether a text is such a code."""
    return flaw(text) is None


def printed(text: str) -> str:
    """Return the code as it stands on certificates, with its hyphen."""
    code = compact(text)
    return f"{code[:8]}-{code[8:]}"
