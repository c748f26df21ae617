import io
import json
from datetime import date
from random import Random

import pytest
from PIL import Image

from extractors.elements import papers
from extractors.identifiers import basic_account_number, resident_id, uscc
from tests.bench.measure import GRADES
from tests.specimens import carriers, degrade, fonts, samples
from tests.specimens.invent import company
from tests.specimens.make import invented, write
from tests.specimens.people import software, trading
from tests.specimens.prints import capitals, written

SEEDS = range(40)
needs_fonts = pytest.mark.skipif(not fonts.complete(), reason="the fonts of the README are not installed")


@pytest.fixture(scope="module")
def case():
    return invented(7, 1, "build")


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_are_valid(seed):
    """Every invented number passes the checks that its standard sets."""
    made = company(seed)

    people = [made.head, made.finance, made.clerk, *(share.holder for share in made.shares)]

    assert uscc.is_valid(made.code)
    assert basic_account_number.is_valid(made.account)
    assert all(resident_id.is_valid(person.number) for person in people)
    assert all((int(person.number[16]) % 2 == 1) == (person.sex == "男") for person in people)


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_make_the_whole_capital(seed):
    """What the shareholders subscribe adds up, in yuan and in percent."""
    made = company(seed)

    amounts = sum(share.amount for share in made.shares)
    percents = sum(share.percent for share in made.shares)

    assert (amounts, percents) == (made.capital, 100)


@pytest.mark.parametrize("seed", SEEDS)
def test_cards_are_valid_in_the_autumn_of_2026(seed):
    """No invented person hands in an identity card that has run out."""
    made = company(seed)

    ends = [p.card_to for p in (made.head, made.finance, made.clerk) if p.card_to]

    assert all(end > date(2026, 12, 31) for end in ends)


def test_people_of_a_case_differ():
    """Papers tell people apart by name, so no two people of a case share one."""
    made = [company(seed) for seed in SEEDS]

    alike = [c for c in made if len({c.head.name, c.finance.name, c.clerk.name}) < 3]

    assert not alike


@needs_fonts
def test_same_seed_gives_the_same_bytes(case):
    """A case can be made again anywhere from its seed."""
    again = invented(7, 1, "build")

    assert [(f.name, f.data) for f in again] == [(f.name, f.data) for f in case]


@needs_fonts
def test_splits_share_no_company(case):
    """The judge's papers are about other companies than those the product is built with."""
    judged = invented(7, 1, "judge")

    codes = [
        {f.truth["elements"].get("unified_social_credit_code") for f in made} - {None}
        for made in (case, judged)
    ]

    assert codes[0].isdisjoint(codes[1])


@needs_fonts
def test_truth_names_known_elements(case):
    """Every name in a truth file stands in elements.yaml, down to the columns of tables."""
    known = papers()
    stated = [
        (f.truth["document_type"], name, value) for f in case for name, value in f.truth["elements"].items()
    ]

    unknown = [(paper, name) for paper, name, _ in stated if name not in known[paper]]
    strange = [
        (paper, name)
        for paper, name, value in stated
        if isinstance(value, list) and any(not set(row) <= set(known[paper][name].columns) for row in value)
    ]

    assert not unknown
    assert not strange


@needs_fonts
def test_every_kind_of_paper_is_in_a_case(case):
    """A case holds all kinds that elements.yaml describes."""
    kinds = {f.truth["document_type"] for f in case}

    assert kinds == set(papers())


@needs_fonts
def test_file_names_do_not_tell_what_is_inside(case):
    """Nothing can be recognised by its name, and no two files share one."""
    names = [f.name for f in case]

    assert len(set(names)) == len(names)
    assert all(f.truth["document_type"] not in f.name and f.name.isascii() for f in case)


@pytest.mark.parametrize("carrier", [*carriers.PAGES, *carriers.PAPERS])
def test_same_seed_gives_the_same_carrier(carrier):
    """Every carrier makes the same file again from a seed, and another from another."""
    page = Image.linear_gradient("L").convert("RGB").resize((300, 420))

    made = [carriers.carried(carrier, [page], 3, Random(seed)) for seed in (5, 5, 6)]

    assert made[0] == made[1]
    assert made[0][2] != made[2][2]


@pytest.mark.parametrize("pages", [1, 3])
def test_carrier_holds_all_pages(pages):
    """A paper of several pages never loses one to its carrier."""
    page = Image.new("RGB", (300, 420), "white")

    chosen = {carriers.pictured([page] * pages, 1, Random(seed))[0] for seed in range(60)}

    assert chosen == ({*carriers.PAPERS} if pages > 1 else {*carriers.PAPERS, *carriers.PAGES})


def test_tiff_keeps_every_page():
    """A TIFF holds as many pages as were scanned."""
    jpeg = degrade.scan(Image.new("RGB", (200, 300), "white"), 1)

    frames = Image.open(io.BytesIO(degrade.tiff(jpeg, jpeg, jpeg))).n_frames

    assert frames == 3


@needs_fonts
def test_every_carrier_has_a_grade():
    """The bench knows how hard each carrier is, and each belongs to one grade only."""
    graded = [carrier for group in GRADES.values() for carrier in group]
    made = {f.truth["carrier"] for number in range(1, 4) for f in invented(7, number, "build")}

    assert len(set(graded)) == len(graded)
    assert {*made, *carriers.PAGES, *carriers.PAPERS, "mixed_pdf"} <= set(graded)


@needs_fonts
def test_written_case_has_its_truth_beside_it(tmp_path, case):
    """The truth file lists the files of the folder, and none of it lies among the papers."""
    write(tmp_path / "a", tmp_path / "a.truth.json", case)

    listed = {entry["file"] for entry in json.loads((tmp_path / "a.truth.json").read_text(encoding="utf-8"))}

    assert listed == {path.name for path in (tmp_path / "a").iterdir()}


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1_000_000, "壹佰万元整"),
        (3_500_000, "叁佰伍拾万元整"),
        (500_000, "伍拾万元整"),
        (10_050, "壹万零伍拾元整"),
    ],
)
def test_capital_letters_are_those_of_banks(amount, text):
    """Amounts are written as 支付结算办法 asks."""
    assert capitals(amount) == text


def test_day_in_chinese_numerals():
    """Days in numerals have 〇 for zero and 十 for ten."""
    assert written(date(2026, 10, 31)) == "二〇二六年十月三十一日"


@pytest.mark.parametrize("made", [software(), trading()], ids=["agreeing", "disputed"])
def test_sample_numbers_are_valid(made):
    """The samples' numbers pass every check."""
    numbers = [p.number for p in (made.head, made.finance, made.clerk, made.supervisor)]

    assert uscc.is_valid(made.code)
    assert basic_account_number.is_valid(made.account)
    assert all(resident_id.is_valid(number) for number in numbers)


@needs_fonts
def test_samples_disagree_only_in_one_capital():
    """The second sample's articles state another capital than its licence; the first sample's do not."""
    stated = {
        name: {
            f.truth["document_type"]: f.truth["elements"]["registered_capital"]["amount"]
            for f in made
            if f.truth["document_type"] in {"business_license", "articles_of_association"}
        }
        for name, made in samples.cases().items()
    }

    assert len(set(stated["qiming-software"].values())) == 1
    assert stated["hengyue-trading"] == {
        "business_license": "2000000.00",
        "articles_of_association": "3000000.00",
    }
