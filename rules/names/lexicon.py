"""Words of industries with what it costs to read them in a name, and the cheapest reading of a text."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import inf

from rules.names import industries, organization_forms
from rules.names.text import fold

_LONGEST = 8
_WORD = 1.0
_SINGLE = 4.5
"""A single character (行, 厂) hardly ever stands for an industry."""
_LEAST = 30
"""After so many different beginnings must a wording stand in a register to be mined as a word."""
_LEAST_REST = 4
"""Characters that a division and a trade name take at least."""
_LONGEST_MINED = 5


@dataclass(frozen=True)
class Lexicon:
    """Words and their costs; the costs of all endings of a text are found in one pass."""

    costs: dict[str, float]
    lengths: dict[str, tuple[int, ...]]
    """Of the words that begin with a character."""

    @classmethod
    def of(cls, costs: dict[str, float]) -> "Lexicon":
        """Return a lexicon of words with their costs."""
        lengths: dict[str, set[int]] = {}
        for word in costs:
            lengths.setdefault(word[0], set()).add(len(word))
        return cls(costs, {first: tuple(sorted(found)) for first, found in lengths.items()})

    def endings(self, text: str) -> list[float]:
        """Return for each position the least cost of reading the rest as words; infinite where it is none."""
        costs, lengths = self.costs, self.lengths
        size = len(text)
        best = [inf] * size + [0.0]
        for start in range(size - 1, -1, -1):
            for length in lengths.get(text[start], ()):
                end = start + length
                if end <= size and best[end] < inf:
                    cost = costs.get(text[start:end])
                    if cost is not None and cost + best[end] < best[start]:
                        best[start] = cost + best[end]
        return best

    def extended(self, words: Iterable[str]) -> "Lexicon":
        """Return this lexicon with more words."""
        new = {word: _WORD for word in words if word not in self.costs}
        return Lexicon.of(self.costs | new) if new else self


def mined(names: Iterable[str]) -> tuple[str, ...]:
    """Return words of industries that a register's own names show and the table lacks.

    What stands before the form of organisation after many different trade names is an industry: its ends are
    counted by how many different characters stand before them.

    Args:
        names: Whole names, a sample of a register.
    """
    known = default()
    before: dict[str, set[str]] = defaultdict(set)
    for name in names:
        folded = fold(name)
        form = organization_forms.ending(folded)
        rest = folded[: len(folded) - len(form.text)] if form else ""
        if len(rest) > _LEAST_REST and min(known.endings(rest)[_LEAST_REST:-1], default=inf) == inf:
            for size in range(2, min(_LONGEST_MINED, len(rest) - _LEAST_REST) + 1):
                before[rest[-size:]].add(rest[:-size][-2:])
    return tuple(sorted(text for text, seen in before.items() if len(seen) >= _LEAST))


@cache
def default() -> Lexicon:
    """Return the lexicon of the table of industry words."""
    known = (word for word in industries.words() if len(word) <= _LONGEST)
    return Lexicon.of({word: _WORD if len(word) > 1 else _SINGLE for word in known})
