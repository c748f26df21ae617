"""The smallest set of things that meets every want: exact as far as it can be, then nearly so.

A want is met where all things of one of its ways are in the set. The search branches over the ways of the
want with the fewest, and drops a branch that cannot end smaller than what was found. Wants that share neither
a thing nor a person are searched apart. After STEPS branches in one such part the best so far is taken, which
is never worse than the greedy choice that the search starts from.
"""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)
Rank = tuple[object, ...]
STEPS = 20_000


def smallest(
    wants: Iterable[frozenset[frozenset[Thing]]],
    rank: Callable[[Collection[Thing]], Rank],
    ties: Callable[[Thing], Iterable[Hashable]] = lambda thing: (thing,),
    steps: int = STEPS,
) -> frozenset[Thing]:
    """Return the set of fewest things that meets every want; of equally small ones that of the least rank.

    Args:
        wants: The alternatives of each want; one without alternatives is passed over.
        rank: Orders sets of one size; no two sets may be equal in it.
        ties: What joins things: sets whose ties differ are searched apart, so rank must add up over them.
        steps: Branches to look at in each part before the best so far is taken.
    """
    chosen: set[Thing] = set()
    for part in _parts([w for w in set(wants) if w], ties):
        chosen |= _Search(part, rank, steps).run()
    return frozenset(chosen)


def _parts(
    wants: Iterable[frozenset[frozenset[Thing]]], ties: Callable[[Thing], Iterable[Hashable]]
) -> list[list[frozenset[frozenset[Thing]]]]:
    parts: list[tuple[set[Hashable], list[frozenset[frozenset[Thing]]]]] = []
    for want in wants:
        marks: set[Hashable] = {mark for way in want for thing in way for mark in ties(thing)}
        joined = [part for part in parts if part[0] & marks]
        parts = [part for part in parts if not part[0] & marks]
        held = [want, *(w for part in joined for w in part[1])]
        parts.append((marks.union(*(part[0] for part in joined)), held))
    return [held for _, held in parts]


@dataclass
class _Search(Generic[Thing]):
    wants: list[frozenset[frozenset[Thing]]]
    rank: Callable[[Collection[Thing]], Rank]
    steps: int

    def run(self) -> frozenset[Thing]:
        """Return the best set; the wants are put in an order of their own first, so that theirs does not matter."""
        self.wants = sorted(self.wants, key=lambda want: (len(want), sorted(map(self._order, want))))
        self.best = self._greedy()
        self._branch(frozenset())
        return self.best

    def _order(self, things: Collection[Thing]) -> Rank:
        return (len(things), *self.rank(things))

    def _open(self, chosen: frozenset[Thing]) -> list[frozenset[frozenset[Thing]]]:
        return [want for want in self.wants if not any(way <= chosen for way in want)]

    def _greedy(self) -> frozenset[Thing]:
        """Add again and again the way that settles most for each new thing."""
        chosen: frozenset[Thing] = frozenset()
        while left := self._open(chosen):
            ways = {way for want in left for way in want}
            worth = {way: self._worth(way, chosen, len(left)) for way in ways}
            best = min(ways, key=worth.__getitem__)
            chosen |= best
        return chosen

    def _worth(self, way: frozenset[Thing], chosen: frozenset[Thing], left: int) -> Rank:
        settled = left - len(self._open(chosen | way))
        return (-settled / len(way - chosen), *self._order(way))

    def _branch(self, chosen: frozenset[Thing]) -> None:
        self.steps -= 1
        left = self._open(chosen)
        if not left:
            self.best = min(self.best, chosen, key=self._order)
            return
        if self.steps < 0 or len(chosen) + self._least(left, chosen) > len(self.best):
            return
        narrow = min(left, key=len)
        for way in sorted(narrow, key=self._order):
            self._branch(chosen | way)

    def _least(self, left: Iterable[frozenset[frozenset[Thing]]], chosen: frozenset[Thing]) -> int:
        """Return a number of things that is needed at least: wants that share nothing add up."""
        used: set[Thing] = set()
        needed = 0
        for want in left:
            things = {thing for way in want for thing in way} - chosen
            if not things & used:
                used |= things
                needed += min(len(way - chosen) for way in want)
        return needed
