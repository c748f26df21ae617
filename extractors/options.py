"""Answers given by ticking boxes, and answers from a closed list."""

from collections.abc import Mapping, Sequence

from extractors.lexicon import squash

TICKED = "☑☒√✓✔■●◉▣"
EMPTY = "□☐○◯〇口"


def choose(raw: str, options: Mapping[str, Sequence[str]]) -> str | None:
    """Return the one answer that a text gives, or None where it gives none or several.

    Args:
        raw: What stands beside the label: "☑一般纳税人 □小规模纳税人", or just "一般纳税人".
        options: Answer to its accepted wordings.
    """
    text = squash(raw)
    if any(mark in text for mark in TICKED):
        chosen = {_after(text[at + 1 :], options) for at, char in enumerate(text) if char in TICKED}
    else:
        chosen = {a for a, words in options.items() if any(text.strip("。;,.") == squash(w) for w in words)}
    return chosen.pop() if len(chosen) == 1 else None


def _after(text: str, options: Mapping[str, Sequence[str]]) -> str | None:
    """Return the answer whose longest wording follows a tick; 一次摊销 begins 一次摊销法."""
    begun = text.lstrip("([ ")
    fitting = [
        (len(squash(w)), a) for a, words in options.items() for w in words if begun.startswith(squash(w))
    ]
    return max(fitting)[1] if fitting else None


def ticked(raw: str) -> str | None:
    """Return what stands behind the only tick, up to the next box; None where there is not one tick."""
    ticks = [at for at, char in enumerate(raw) if char in TICKED]
    if len(ticks) != 1:
        return None
    rest = raw[ticks[0] + 1 :]
    end = min((at for at, char in enumerate(rest) if char in EMPTY[:3]), default=len(rest))
    return rest[:end].strip() or None


def unboxed(raw: str, options: Mapping[str, Sequence[str]]) -> str | None:
    """Return the only answer without an empty box before it: its tick was lost in reading."""
    text = squash(raw)
    if not any(mark in text for mark in EMPTY[:3]) or any(mark in text for mark in TICKED):
        return None
    rest = text
    for wording in sorted((squash(w) for words in options.values() for w in words), key=len, reverse=True):
        for box in EMPTY[:3]:
            rest = rest.replace(box + wording, "\n")
    return choose(rest.replace("\n", ""), options)


def is_open(raw: str, options: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a text offers answers without saying which one is given."""
    text = squash(raw)
    boxes = sum(text.count(mark) for mark in TICKED + EMPTY[:3])
    return boxes > 0 or _offers(text, options) > 1


def _offers(text: str, options: Mapping[str, Sequence[str]]) -> int:
    """Count the answers in a text, longest first: 企业会计准则 stands inside 小企业会计准则."""
    count = 0
    for wording in sorted((squash(w) for words in options.values() for w in words), key=len, reverse=True):
        count += text.count(wording)
        text = text.replace(wording, "\n")
    return count
