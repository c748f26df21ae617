"""The closed language of conditions in definitions and packages: {fact or field: what it must be}.

A text must be met exactly after folding, a list by one of its texts; true asks that it is there, false that it
is not. All pairs of a condition must hold. There is nothing else in the language.
"""

from collections.abc import Callable, Mapping

from extractors.values.text import same_name_key
from forms.model import Fact

Wanted = bool | str | tuple[str, ...]
Condition = dict[str, Wanted]
Lookup = Callable[[str], str | None]


def holds(condition: Mapping[str, Wanted], look_up: Lookup) -> bool | None:
    """Tell whether a condition holds; None where a text that it asks about is not known."""
    answers = [_pair(wanted, look_up(key)) for key, wanted in condition.items()]
    if False in answers:
        return False
    return None if None in answers else True


def among(facts: Mapping[str, Fact]) -> Lookup:
    """Return how to look a fact up; one in conflict is not known."""

    def look_up(key: str) -> str | None:
        fact = facts.get(key)
        if fact is None or fact.conflict:
            return None
        return fact.value if isinstance(fact.value, str) else "…"

    return look_up


def _pair(wanted: Wanted, text: str | None) -> bool | None:
    if isinstance(wanted, bool):
        return (text is not None) is wanted
    if text is None:
        return None
    options = (wanted,) if isinstance(wanted, str) else wanted
    return same_name_key(text) in {same_name_key(option) for option in options}
