from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.cover import smallest

WAYS = st.frozensets(st.integers(0, 6), min_size=1, max_size=3)
FAMILIES = st.lists(st.frozensets(WAYS, min_size=1, max_size=3), max_size=6)
COST = (0, 1, 2, 0, 1, 2, 1)
PERSON = ("", "a", "b", "a", "", "b", "c")


def rank(things):
    return (sum(COST[t] for t in things), len({PERSON[t] for t in things} - {""}), sorted(things))


def ties(thing):
    return (thing, PERSON[thing]) if PERSON[thing] else (thing,)


def meets(chosen, wants):
    return all(any(way <= chosen for way in want) for want in wants)


def by_brute_force(wants):
    for size in range(8):
        fitting = [s for s in map(frozenset, combinations(range(7), size)) if meets(s, wants)]
        if fitting:
            return min(fitting, key=rank)
    raise AssertionError("all things together meet every want")


@settings(max_examples=400, deadline=None)
@given(FAMILIES)
def test_search_finds_what_trying_every_set_finds(wants):
    """The choice is the smallest, and of the smallest the one of least rank."""
    assert smallest(wants, rank, ties) == by_brute_force(wants)


@given(FAMILIES, st.randoms())
def test_order_of_wants_does_not_matter(wants, random):
    """The same wants in another order give the same choice."""
    shuffled = random.sample(wants, len(wants))

    assert smallest(shuffled, rank, ties) == smallest(wants, rank, ties)


@given(FAMILIES, st.integers(0, 3))
def test_search_cut_short_still_meets_every_want(wants, steps):
    """Beyond the bound the choice may be larger than need be, never too small."""
    assert meets(smallest(wants, rank, ties, steps), wants)


def test_want_without_a_way_is_passed_over():
    """What nothing can settle does not keep the rest from being settled."""
    wants = [frozenset(), frozenset({frozenset({1})})]

    assert smallest(wants, rank, ties) == {1}


def test_sixty_tangled_wants_are_answered_in_time():
    """A case as large as they come is answered, by the bound if it must be."""
    wants = [
        frozenset({frozenset({n % 17}), frozenset({(n * 7) % 19, (n * 5) % 23}), frozenset({(n * 3) % 29})})
        for n in range(60)
    ]

    assert meets(smallest(wants, lambda things: (sorted(things),), steps=2000), wants)
