"""Words of industries with what it costs to read them in a name, and the cheapest reading of a text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import inf

from rules.names import industries

_LONGEST = 8
_WORD = 1.0
_SINGLE = 4.5
"""A single character (行, 厂) hardly ever stands for an industry."""
_LEAST = 30
"""So often must a wording be seen in a register to be mined as a word."""


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

    def mined(self, industries_seen: Iterable[str]) -> "Lexicon":
        """Return this lexicon with the wordings that a register's own names show often.

        Args:
            industries_seen: What stands between trade name and form in names whose parts are known, and the
                ends of names that this lexicon could not read.
        """
        seen = Counter(text for text in industries_seen if 2 <= len(text) <= _LONGEST)
        new = {text: _WORD for text, count in seen.items() if count >= _LEAST and text not in self.costs}
        return Lexicon.of(self.costs | new)


@cache
def default() -> Lexicon:
    """Return the lexicon of the table of industry words."""
    known = (word for word in industries.words() if len(word) <= _LONGEST)
    return Lexicon.of({word: _WORD if len(word) > 1 else _SINGLE for word in known})
