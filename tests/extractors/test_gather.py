"""Sides of a card go together where nothing else is possible; otherwise they stay apart and say so."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.gather import gather, paired
from extractors.model import Element, Paper, Provenance

HOMES = (
    ("四川省成都市武侯区佳灵路8号", "成都市公安局武侯分局"),
    ("四川省成都市锦江区东大街9号", "成都市公安局锦江分局"),
    ("上海市浦东新区张江路88号", "上海市公安局浦东分局"),
    ("广东省深圳市南山区深南大道1号", "深圳市公安局南山分局"),
)


def card(file, page=1, **values):
    source = Provenance(document=file, page=page, box=(0, 0, 1, 1), raw="-", reader="pdf")
    elements = tuple(
        Element(name=n, value=v, confidence=1, sources=(source,), sure=True) for n, v in values.items()
    )
    return Paper(
        document=file,
        file=file,
        kind="id_card",
        pages=(page,),
        confidence=1,
        elements=elements,
        sizes=((100, 60),),
    )


def front(file, name, home=0, born="1990-01-01", page=1):
    return card(file, page, name=name, born_on=born, address=HOMES[home][0])


def back(file, home=0, start="2020-01-01", end="2040-01-01", page=1):
    return card(file, page, issuing_authority=HOMES[home][1], valid_from=start, valid_to=end)


def test_only_two_sides_of_a_case_are_one_card():
    """A portrait side and an emblem side in two files make one paper that names both files."""
    (found,) = gather([back("a.jpg"), front("b.jpg", "王小明")])

    assert found.file == "b.jpg"
    assert found.element("issuing_authority").sources[0].document == "a.jpg"
    assert [leaf.file for leaf in found.also] == ["a.jpg"]
    assert found.file_of("a.jpg") == "a.jpg"


def test_sides_on_two_pages_of_one_file_are_one_card():
    """The paper holds both pages and needs no other file."""
    (found,) = paired([back("a.pdf", page=1), front("a.pdf", "王小明", page=2)])

    assert found.pages == (1, 2)
    assert found.also == ()
    assert found.leaves[0].size_of(2) == (100, 60)


@given(order=st.permutations(range(8)), files=st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_a_back_never_joins_a_front_of_another_region(order, files):
    """Whatever the order and the files, an authority of another place is no neighbour's."""
    sides = [front(f"{files[n]}.pdf", f"甲{n}", n, page=n + 1) for n in range(4)]
    sides += [back(f"{files[n + 4]}.pdf", n, page=n + 5) for n in range(4)]

    found = gather([sides[n] for n in order])

    homes = dict(HOMES)
    assert len(found) == 4
    assert all(homes[p.element("address").value] == p.element("issuing_authority").value for p in found)


def test_backs_that_anyone_may_own_stay_apart():
    """Two neighbours' cards in files whose names say nothing are not paired, and each back says so."""
    found = gather([front("q.jpg", "甲"), front("x.jpg", "乙"), back("b.jpg"), back("k.jpg")])

    assert len(found) == 4
    assert all("分不清属于谁" in p.warnings[0] for p in found[2:])


def test_file_names_break_a_tie():
    """Names that differ in the word for the side alone pair what nothing else could."""
    found = gather(
        [front("甲-正面.jpg", "甲"), front("乙-正面.jpg", "乙"), back("乙-反面.jpg"), back("甲-反面.jpg")]
    )

    assert [(p.file, p.also[0].file) for p in found] == [
        ("甲-正面.jpg", "甲-反面.jpg"),
        ("乙-正面.jpg", "乙-反面.jpg"),
    ]


def test_sides_in_turn_in_one_file_are_paired():
    """Pages that show a side of each kind by turns are cards one after the other."""
    pages = [
        front("a.pdf", "甲", page=1),
        back("a.pdf", page=2),
        front("a.pdf", "乙", page=3),
        back("a.pdf", page=4),
    ]

    found = gather(pages)

    assert [p.pages for p in found] == [(1, 2), (3, 4)]


def test_back_between_two_fronts_is_nobodys():
    """Where a back may belong to the side before or after it, it stays apart."""
    found = gather([front("a.pdf", "甲", page=1), back("a.pdf", page=2), front("a.pdf", "乙", page=3)])

    assert len(found) == 3


def test_term_that_does_not_fit_the_age_keeps_sides_apart():
    """A card issued at thirty is valid for twenty years, not for ten."""
    found = gather([front("a.jpg", "甲"), back("b.jpg", end="2030-01-01")])

    assert len(found) == 2


def test_card_of_which_nothing_was_read_may_own_any_back():
    """What is left over proves nothing while another card could not be read."""
    found = gather([front("a.jpg", "甲"), back("b.jpg"), card("c.jpg")])

    assert len(found) == 3


def test_second_scan_of_a_card_is_a_copy():
    """The same paper again is kept and names its first copy; gathering twice changes nothing."""
    found = gather([front("a.jpg", "甲"), front("b.jpg", "甲"), front("c.jpg", "甲", home=2)])

    assert [p.copy_of.file if p.copy_of else None for p in found] == [None, "a.jpg", None]
    assert gather(found) == found
