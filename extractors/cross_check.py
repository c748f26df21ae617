"""What one paper states twice: the identity number holds birthday and sex once more."""

from collections.abc import Iterable, Iterator

from extractors.identifiers import resident_id
from extractors.interpret import DOUBTED
from extractors.model import SURE, Element
from extractors.take import PROVEN


def agreed(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the elements of an identity card; birthday and sex rise or fall with the number's own.

    A number that was mended proves nothing about them.
    """
    found = list(elements)
    number = next((e for e in found if e.name == "id_number"), None)
    if number is None or number.repaired or not resident_id.is_valid(str(number.value)):
        yield from found
        return
    states = {"born_on": resident_id.birth_date(str(number.value)), "sex": resident_id.sex(str(number.value))}
    for element in found:
        yield _weighed(element, str(states[element.name])) if element.name in states else element


def confirmed(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield the elements of a licence; a day of issue that is the day of establishment is read twice."""
    days: dict[str, Element] = {}
    for element in elements:
        days.setdefault(element.name, element)
        established = days.get("established_on")
        if element.name == "issued_on" and established and established.value == element.value:
            confidence = max(element.confidence, established.confidence)
            yield element.model_copy(update={"confidence": confidence, "sure": confidence >= SURE})
        else:
            yield element


def _weighed(element: Element, stated: str) -> Element:
    agrees = str(element.value) == stated
    confidence = max(element.confidence, PROVEN) if agrees else min(element.confidence, DOUBTED)
    return element.model_copy(update={"confidence": confidence, "sure": confidence >= SURE})
