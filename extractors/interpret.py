"""What a text beside a label means: an answer of a closed list, a value of its kind, or a repair of one."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractors.kinds import Kind
from extractors.model import Value
from extractors.options import choose, is_open, ticked, unboxed
from extractors.values.money import money
from extractors.values.text import is_balanced

DOUBTED = 0.5
"""Highest confidence of a value that cannot be right."""
_LIKELY = 0.9
"""Highest confidence of a repair that another misreading could also explain."""


class Reading(NamedTuple):
    """A value, and how far its text speaks for it."""

    value: Value
    proven: bool = False
    """It is one of the known answers, to the letter."""
    most: float = 1.0
    """Highest confidence that it can have."""
    repaired: bool = False
    """A character was exchanged or put back; nothing else would be a value."""


def interpret(
    raw: str, kind: Kind, options: Mapping[str, Sequence[str]], *, unit: str | None = None
) -> Reading | None:
    """Return what a text means as a value of a kind, or None where it is none.

    Args:
        raw: The text as printed.
        kind: Of the element.
        options: Answer to its wordings, where the element has a closed list of them.
        unit: Of a bare number, where the label names it.
    """
    if options:
        answer = _answer(raw, kind, options)
        if answer is not None:
            return answer
    elif is_open(raw, {}):
        only = kind.parse(ticked(raw) or "")
        return Reading(only) if only is not None else _unsure(kind.parse(raw))
    value = kind.parse(raw)
    if value is None:
        amount = money(raw, unit=unit) if unit else None
        return Reading(amount) if amount is not None else None
    return _mended(value, kind) or Reading(value)


def _answer(raw: str, kind: Kind, options: Mapping[str, Sequence[str]]) -> Reading | None:
    offered = is_open(raw, options)
    chosen = choose(raw, options)
    if chosen is not None:
        if chosen in options[chosen]:
            return _given(chosen, repaired=False)
        # The answers of a list of printed wordings are these wordings, not the names of its groups.
        only = ticked(raw)
        value = kind.parse(only or raw)
        return _given(value, repaired=False) if only or not offered else _unsure(value)
    if not is_balanced(raw) and choose(f"{raw}）", options) is not None:
        return _given(kind.parse(f"{raw}）"), repaired=True)
    if not offered:
        return None
    only = ticked(raw)
    return Reading(only) if only else _unsure(unboxed(raw, options) or kind.parse(raw))


def _given(value: Value | None, *, repaired: bool) -> Reading | None:
    return Reading(value, proven=True, repaired=repaired) if value is not None else None


def _unsure(value: Value | None) -> Reading | None:
    return Reading(value, most=DOUBTED) if value is not None else None


def _mended(value: Value, kind: Kind) -> Reading | None:
    """Return a number with one reading exchanged, where its check digits then hold and no other would do."""
    if not isinstance(value, str) or not kind.doubts(value):
        return None
    candidates = kind.repairs(value)
    if len(candidates) != 1:
        return None
    (mended,) = candidates
    return Reading(mended, most=1.0 if kind.settles(value, mended) else _LIKELY, repaired=True)
