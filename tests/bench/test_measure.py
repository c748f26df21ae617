"""Truth against what was read: exact, wrong, missing, extra."""

from extractors.model import Element, Money, Paper, Provenance
from tests.bench.measure import judged, sure_codes, tally

SOURCE = Provenance(document="d", page=1, box=(0, 0, 1, 1), raw="", reader="pdf")


def paper(kind, **values):
    elements = tuple(
        Element(name=name, value=value, confidence=0.99, sources=(SOURCE,), sure=True)
        for name, value in values.items()
    )
    return Paper(document="d", file="f", kind=kind, pages=(1,), confidence=1, elements=elements)


def truth(kind, **values):
    return {"file": "f", "carrier": "scan", "document_type": kind, "elements": values}


def verdicts(found):
    return {outcome.element: outcome.verdict for outcome in found.outcomes}


def test_each_element_gets_its_verdict():
    """What is stated is exact, wrong or missing; what is not stated is extra."""
    stated = truth("lease_contract", lessor="甲", lessee="乙", area_m2="80")

    found = judged(stated, (paper("lease_contract", lessor="甲", lessee="丙", usage="办公"),))

    assert verdicts(found) == {"lessor": "exact", "lessee": "wrong", "area_m2": "missing", "usage": "extra"}


def test_amounts_are_compared_in_normal_form():
    """Money and tables are compared as truth files write them."""
    stated = truth("lease_contract", rent={"amount": "1.00", "currency": "CNY"})

    found = judged(stated, (paper("lease_contract", rent=Money(amount="1.00")),))

    assert verdicts(found) == {"rent": "exact"}


def test_refused_file_misses_everything():
    """A file that cannot be read is not recognised, and all it states is missing."""
    found = judged(truth("lease_contract", lessor="甲"), ())

    assert not found.recognised
    assert verdicts(found) == {"lessor": "missing"}


def test_second_paper_in_a_file_is_wrong():
    """A file that was taken for two papers is not recognised; what the other one claims is extra."""
    papers = (paper("lease_contract", lessor="甲"), paper("id_card", name="乙"))

    found = judged(truth("lease_contract", lessor="甲"), papers)

    assert not found.recognised
    assert verdicts(found) == {"lessor": "exact", "name": "extra"}


def test_sure_and_extra_counts_as_sure_and_wrong():
    """A value that the paper does not state must not be filed, whatever it is."""
    found = judged(
        truth("lease_contract", lessor="甲"), (paper("lease_contract", lessor="甲", usage="办公"),)
    )

    counts = tally(found.outcomes)

    assert (counts.stated, counts.exact, counts.extra, counts.sure, counts.sure_wrong) == (1, 1, 1, 2, 1)


def test_codes_in_tables_are_counted():
    """A wrong ID number in one row of a table is one wrong code, even where the others are right."""
    rows = [{"name": "甲", "id_number": "1"}, {"name": "乙", "id_number": "2"}]
    read = ({"name": "甲", "id_number": "1"}, {"name": "乙", "id_number": "3"})

    found = judged(
        truth("articles_of_association", shareholders=rows),
        (paper("articles_of_association", shareholders=read),),
    )

    assert sure_codes(found.outcomes) == (2, 1)


def test_share_of_nothing_is_nought():
    """An empty group has no share, and breaks no report."""
    counts = tally([])

    assert (counts.share, counts.sure_share) == (0.0, 0.0)
