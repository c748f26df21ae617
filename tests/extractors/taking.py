"""What a paper's own module takes from a sheet."""

from types import ModuleType

from extractors.model import Element
from extractors.sheet import Sheet
from extractors.take import Taker


def read(module: ModuleType, page: Sheet) -> dict[str, Element]:
    """Return the elements by name; of several of one name the first counts, as in a paper."""
    taker = Taker(page, module.PAPER, module.WORDS)
    return {e.name: e for e in reversed(list(module.extract(taker)))}
