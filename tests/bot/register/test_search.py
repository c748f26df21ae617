"""Searching: what the rules call same or similar is found, all of it, and nothing else."""

import random
from datetime import date

import pytest
from pyarrow import parquet

from bot.register import keys
from bot.register.register import Register
from bot.register.search import Question
from rules.names import shapes, sounds
from rules.names.compare import relation
from rules.names.model import Kind, Parts, Status
from tests.bot.register.conftest import ON

QUERIES = 300
SHANGHAI = "310000"


def question(parts, region=SHANGHAI, on=ON, **more):
    name = parts.division + parts.trade_name + parts.industry + parts.organization_form
    return Question(name, (parts,), (keys.authority(region),), on, **more)


def parts_of(row):
    return Parts(row["trade_name"], row["division"], "", row["industry"], row["organization_form"])


@pytest.fixture(scope="module")
def rows(rows_file):
    """The rows of the largest city, which still count."""
    table = parquet.read_table(rows_file).to_pylist()
    largest = max({r["region"] for r in table}, key=lambda code: sum(r["region"] == code for r in table))
    return [r for r in table if r["region"] == largest]


def disturbed(rows, rng):
    """Yield wishes as founders make them: taken names, and names near to taken ones."""
    homophones = {}
    for character, read in sounds.syllable_table().items():
        homophones.setdefault(read[0], []).append(character)
    for _ in range(QUERIES):
        parts = parts_of(rng.choice(rows))
        name, place = parts.trade_name, rng.randrange(len(parts.trade_name))
        other = rng.choice(rows)["trade_name"]
        near = shapes.near(name[place]) or name[place]
        alike = homophones[sounds.syllable_table()[name[place]][0]]
        name = rng.choice(
            [
                name,
                name[:place] + rng.choice(alike) + name[place + 1 :],
                name[:place] + rng.choice(near) + name[place + 1 :],
                name + other[0],
                other[-1] + name,
                name[::-1],
                name[1:] + name[0],
                name[: max(2, len(name) - 1)],
                other,
            ]
        )
        yield Parts(
            name,
            parts.division,
            "",
            rng.choice([parts.industry, rng.choice(rows)["industry"], ""]),
            "有限公司",
        )


def test_search_finds_what_brute_force_finds(folder, rows):
    """Of 300 wishes, each compared with every name of the city: nothing missed, nothing made up."""
    register = Register(folder)
    rng = random.Random(4)
    for mine in disturbed(rows, rng):
        expected = {
            row["name"]: found.key for row in rows if (found := relation(mine, parts_of(row), ON)) is not None
        }

        found = register.search(question(mine, rows[0]["region"]))

        shown = {hit.other_name for hit in found.hits}
        assert shown <= set(expected)
        assert len(shown) == min(len(expected), 20)


def test_graver_hits_come_first(register):
    """A name that may not be used stands before one that may be used at one's own risk."""
    for name in ("上海云息网络科技有限公司", "上海云栖网络科技有限公司"):
        register.add(name, SHANGHAI)

    hits = register.search(question(Parts("云栖", "上海", "", "网络科技", "有限公司"))).hits

    assert [hit.other_name for hit in hits[:2]] == ["上海云栖网络科技有限公司", "上海云息网络科技有限公司"]
    assert hits[0].kind is Kind.SAME
    assert hits[1].kind is Kind.SIMILAR


def test_new_name_is_seen_by_another_process_at_once(register, own):
    """What one worker adds, another one's next search finds."""
    other = Register(own)
    asked = question(Parts("云栖", "上海", "", "网络科技", "有限公司"))
    before = other.search(asked).hits
    register.add("上海云栖信息技术有限公司", SHANGHAI)

    after = other.search(asked).hits

    assert (len(before), len(after)) == (0, 1)


def test_other_city_is_another_authority(register):
    """Names are compared within one prefecture-level city."""
    register.add("苏州云栖网络科技有限公司", "320500")

    found = register.search(question(Parts("云栖", "上海", "", "网络科技", "有限公司")))

    assert found.hits == ()


def test_relation_that_was_shown_lifts_a_hit(register):
    """An investment relation lets what the rules forbid otherwise pass, and the hit says so."""
    register.add("上海云栖网络科技有限公司", SHANGHAI)
    asked = question(Parts("云栖", "上海", "", "信息科技", "有限公司"), related=("上海云栖网络科技有限公司",))

    (hit,) = register.search(asked).hits

    assert hit.severity.value == "info"
    assert "投资关系" in hit.message


@pytest.mark.parametrize(("day", "count"), [(date(2027, 1, 23), 1), (date(2027, 1, 24), 0)])
def test_reservation_counts_to_its_last_day(register, day, count):
    """Two months after the day of reservation the name is free again."""
    until = register.reserve("上海云栖网络科技有限公司", SHANGHAI, ON)
    asked = question(Parts("云栖", "上海", "", "网络科技", "有限公司"), on=day)

    hits = register.search(asked).hits

    assert until == date(2027, 1, 23)
    assert len(hits) == count


@pytest.mark.parametrize(("day", "count"), [(date(2027, 11, 23), 1), (date(2027, 11, 24), 0)])
def test_name_that_is_gone_counts_for_a_year(register, day, count):
    """A deregistered name is compared with for a year, and its state is told."""
    register.add("上海云栖网络科技有限公司", SHANGHAI)
    register.deregister("上海云栖网络科技有限公司", SHANGHAI, ON)

    hits = register.search(question(Parts("云栖", "上海", "", "网络科技", "有限公司"), on=day)).hits

    assert [hit.other_status for hit in hits] == [Status.DEREGISTERED] * count


def test_reserved_name_that_is_registered_stays(register):
    """Registration ends the reservation, not the name; it stands in the register once."""
    register.reserve("上海云栖网络科技有限公司", SHANGHAI, ON)
    register.add("上海云栖网络科技有限公司", SHANGHAI)
    asked = question(Parts("云栖", "上海", "", "网络科技", "有限公司"), on=date(2030, 1, 1))

    (hit,) = register.search(asked).hits

    assert hit.other_status is Status.REGISTERED


def test_released_name_is_free(register):
    """A reservation that is given back stands in nobody's way."""
    register.reserve("上海云栖网络科技有限公司", SHANGHAI, ON)
    register.release("上海云栖网络科技有限公司", SHANGHAI)

    assert register.search(question(Parts("云栖", "上海", "", "网络科技", "有限公司"))).hits == ()


def test_sieve_lets_nothing_free_out(register, rows):
    """What a full search finds nothing against, the sieve for suggestions may not call taken without a name."""
    asked = question(Parts("云栖", "上海", "", rows[0]["industry"], "有限公司"), rows[0]["region"])
    names = [row["trade_name"] for row in rows[:200]] + ["鑫罡", "睿翀"]

    free = register.free(names, asked)

    taken = {row["trade_name"] for row in rows[:200] if row["industry"] == rows[0]["industry"]}
    assert taken.isdisjoint(free)
    assert {"鑫罡", "睿翀"} <= set(free)


@pytest.mark.parametrize(
    "text",
    ["", "云", "云" * 200, "Cloud", "12345", "😀😀", "雲棲", "云\n栖", "'; DROP TABLE names;--", "\x00\x01"],
)
def test_odd_text_finds_nothing_and_breaks_nothing(register, text):
    """Whatever is typed, the search answers."""
    found = register.search(question(Parts(text, "上海", "", "网络科技", "有限公司")))

    assert found.hits == ()
