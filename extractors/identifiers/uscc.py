"""Credit code (统一社会信用代码) of an enterprise or other body, 18 characters.

Place 1 is the registering department, 2 the kind of body, 3 to 8 the registrar's region, 9 to 17 the
organisation code with a check of its own (GB 11714), 18 the check character.

The region is not compared with today's list: a body keeps its first code when counties merge, and refusing a
good code costs an applicant a trip to the desk. Nor are places 1 and 2, whose list grows.

Source: GB 32100-2015.
"""

from extractors.identifiers import organization_code, repair
from extractors.identifiers.flaw import Flaw
from extractors.identifiers.printed import upper, without_filling

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIGITS = frozenset("0123456789")


def compact(text: str) -> str:
    """Return the code without spaces and hyphens, in capitals."""
    return upper(without_filling(text))


def check_character(code: str) -> str:
    """Return the 18th character that belongs to the first 17."""
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return ALPHABET[-total % 31]


def flaw(text: str) -> Flaw | None:
    """Return the first thing that is wrong with a code, or None.

    The check inside places 9 to 17 is asked for apart (has_organization_check): it adds proof to a reading,
    but bodies that had no organisation code got theirs from other number ranges.
    """
    code = compact(text)
    if len(code) != 18:
        return Flaw.LENGTH
    if not all(_may_stand(place, character) for place, character in enumerate(code)):
        return Flaw.CHARACTER
    return None if code[17] == check_character(code) else Flaw.CHECKSUM


def is_valid(text: str) -> bool:
    """Tell whether a text is such a code by its own check character."""
    return flaw(text) is None


def has_organization_check(text: str) -> bool:
    """Tell whether places 9 to 17 are a right organisation code."""
    return organization_code.is_valid(compact(text)[8:17])


def registrar_region(text: str) -> str:
    """Return the six digits of the registrar's region, as it was called when the code was given."""
    return compact(text)[2:8]


def repair_candidates(text: str) -> tuple[str, ...]:
    """Return codes that pass both checks after at most two likely misreadings are undone."""
    return repair.candidates(compact(text), ALPHABET, _passes_both)


def only_impossible_replaced(read: str, mended: str) -> bool:
    """Tell whether each character that a repair replaced is one that no code can hold in its place."""
    pairs = enumerate(zip(compact(read), mended, strict=True))
    return all(was == now or not _may_stand(place, was) for place, (was, now) in pairs)


def _may_stand(place: int, character: str) -> bool:
    """Tell whether a character is possible in a place, counted from 0."""
    return character in (_DIGITS if 2 <= place < 8 else ALPHABET)


def _passes_both(code: str) -> bool:
    return is_valid(code) and has_organization_check(code)
