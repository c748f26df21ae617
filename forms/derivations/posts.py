"""Posts: who holds which, as far as resolutions say."""

from extractors.model import Row
from forms.derive import Derived, derivation, text
from forms.model import Fact


@derivation
def posts(director: Fact | None, manager: Fact | None, supervisor: Fact | None) -> Derived | None:
    """One row for each post that a paper fills."""
    named = (("董事", director), ("经理", manager), ("监事", supervisor))
    found: tuple[Row, ...] = tuple({"post": post, "name": text(fact)} for post, fact in named if text(fact))
    return Derived(found, "由决议所载的任职汇总得出。") if found else None
