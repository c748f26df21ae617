"""A file of several papers is cut between them, also where two lie on one page."""

from itertools import count

import pytest

from extractors.extract import paper_of
from extractors.gather import paired
from extractors.model import Document, Page, TextLine
from extractors.recognise import split

FRONT = (
    "姓名 {}",
    "性别 男  民族 汉",
    "出生 1990年1月1日",
    "住址 四川省成都市武侯区佳灵路8号",
    "公民身份号码 {}",
)
BACK = ("中华人民共和国", "居民身份证", "签发机关 成都市公安局武侯分局", "有效期限 2020.01.01-2040.01.01")
LICENCE = (
    "营业执照",
    "统一社会信用代码 91310104MA1K00015M",
    "名称 上海云栖网络科技有限公司",
    "法定代表人 王小明",
    "注册资本 壹佰万元整",
)
LEASE = (
    "房屋租赁合同",
    "出租方：上海安居物业有限公司",
    "承租方：上海云栖网络科技有限公司",
    "租赁期限：自2026年1月1日至2028年12月31日",
)


def portrait(name, number):
    return (FRONT[0].format(name), *FRONT[1:4], FRONT[4].format(number))


ONE, TWO = portrait("王小明", "510107199001010011"), portrait("李思远", "510107199001010038")


def lines(rows, left=100.0, top=100.0):
    for n, row in enumerate(rows):
        for m, text in enumerate(row.split("  ")):
            x = left + 220 * m
            box = (x, top + 45 * n, x + 22 * len(text), top + 45 * n + 30)
            yield TextLine(text=text, box=box, confidence=1, reader="pdf")


def file(*pages):
    numbers = count(1)
    made = (
        Page(
            number=next(numbers),
            width=1600,
            height=2200,
            lines=tuple(p if p and isinstance(p[0], TextLine) else lines(p)),
        )
        for p in pages
    )
    return Document(id="0" * 64, filename="a.pdf", media_type="application/pdf", pages=tuple(made))


def kinds(document):
    return [(part.kind, [p.number for p in part.pages]) for part in split(document)]


def test_three_papers_in_one_file_are_told_apart():
    """A licence, a card without a title and a lease are three papers."""
    found = kinds(file(LICENCE, ONE, LEASE))

    assert found == [("business_license", [1]), ("id_card", [2]), ("lease_contract", [3])]


def test_annex_that_names_another_paper_begins_none():
    """A list of annexes and clauses that name papers belong to the lease they stand in."""
    second = ("第三条 承租方应当提供营业执照复印件。", "第四条 双方协商一致，可以解除合同。")
    third = ("附件：", "1. 营业执照复印件", "2. 居民身份证复印件", "签订日期：2026年1月1日")

    found = kinds(file(LEASE, second, third))

    assert found == [("lease_contract", [1, 2, 3])]


def test_blank_page_loses_no_paper_behind_it():
    """A blank page between two papers swallows neither."""
    found = kinds(file(LICENCE, (), LEASE))

    assert found == [("business_license", [1, 2]), ("lease_contract", [3])]


def test_back_before_another_persons_front_is_not_taken_with_it():
    """Every side stands apart until something tells whose it is."""
    document = file(ONE, BACK, TWO)

    papers = paired([paper_of(document, part) for part in split(document)])

    assert [p.pages for p in papers] == [(1,), (2,), (3,)]


@pytest.mark.parametrize(("left", "top"), [(900, 100), (100, 380), (160, 420)])
def test_two_persons_on_one_page_are_two_papers(left, top):
    """Cards beside or below one another lend each other nothing."""
    document = file((*lines(ONE), *lines(TWO, left, top)))

    papers = [paper_of(document, part) for part in split(document)]

    assert [(p.kind, p.element("name").value, p.element("id_number").value) for p in papers] == [
        ("id_card", "王小明", "510107199001010011"),
        ("id_card", "李思远", "510107199001010038"),
    ]


@pytest.mark.parametrize("lower", [490, 500, 510])
def test_four_sides_of_two_persons_on_one_page_are_parted(lower):
    """Two cards with both sides, row by row and a little askew, are two whole cards."""
    page = (*lines(ONE), *lines(BACK, 900), *lines(TWO, 100, 500), *lines(BACK, 900, lower))
    document = file(page)

    papers = paired([paper_of(document, part) for part in split(document)])

    assert [p.element("name").value for p in papers] == ["王小明", "李思远"]
    assert all(p.element("valid_to") for p in papers)


def test_cards_that_cannot_be_parted_lend_nothing():
    """Two cards without white space between them are left to a person."""
    document = file((*lines(ONE), *lines(TWO, 100, 305)))

    papers = [paper_of(document, part) for part in split(document)]

    assert [p.kind for p in papers] == ["unknown"]


NOTICE = (
    "基本存款账户信息",
    "账户名称 上海云栖网络科技有限公司",
    "账户号码 1001234567890123450",
    "开户银行 中国工商银行上海市分行",
    "法定代表人 王小明",
    "基本存款账户编号 J2900012345601",
)


@pytest.mark.parametrize(("left", "top"), [(800, 100), (800, 170), (100, 380), (500, 420)])
@pytest.mark.parametrize("other", [LICENCE, NOTICE], ids=["licence", "notice"])
def test_card_on_a_page_of_another_paper_is_a_paper_of_its_own(other, left, top):
    """A card beside or below a licence or a notice lends it nothing and takes nothing from it."""
    document = file((*lines(other), *lines(TWO, left, top)))

    papers = {p.kind: p for p in (paper_of(document, part) for part in split(document))}
    alone = paper_of(whole := file(other), next(split(whole)))

    card = papers.pop("id_card")
    (paper,) = papers.values()
    assert (card.element("name").value, card.element("id_number").value) == ("李思远", "510107199001010038")
    assert {e.name: e.value for e in paper.elements} == {e.name: e.value for e in alone.elements}
    assert not card.left_over


@pytest.mark.parametrize("top", [380, 700])
def test_card_above_another_paper_is_a_paper_of_its_own(top):
    """The paper below begins where the card ends."""
    document = file((*lines(ONE), *lines(LICENCE, 100, top)))

    papers = {p.kind: p for p in (paper_of(document, part) for part in split(document))}

    assert papers["id_card"].element("address").value == "四川省成都市武侯区佳灵路8号"
    assert papers["business_license"].element("company_name").value == "上海云栖网络科技有限公司"


@pytest.mark.parametrize(("left", "top"), [(900, 100), (100, 500), (900, 600)])
def test_licence_and_notice_on_one_page_are_two_papers(left, top):
    """Two papers with a title each lie on one page, and each states its own."""
    document = file((*lines(LICENCE), *lines(NOTICE, left, top)))

    papers = {p.kind: p for p in (paper_of(document, part) for part in split(document))}

    assert set(papers) == {"business_license", "bank_account_notice"}
    assert papers["bank_account_notice"].element("account_number").value == "1001234567890123450"
    assert not any(paper.left_over for paper in papers.values())


def test_sides_of_two_persons_are_not_one_card():
    """A front and a back on one page that cannot be one person's are two papers."""
    back = (*BACK[:2], "签发机关 上海市公安局徐汇分局", BACK[3])
    document = file((*lines(ONE), *lines(back, 100, 500)))

    papers = paired([paper_of(document, part) for part in split(document)])

    assert [p.element("valid_to") is None for p in papers] == [True, False]


def test_note_beside_a_card_goes_with_it():
    """What was written on the copy of a card is reported with the card."""
    document = file((*lines(ONE), *lines(BACK, 100, 500), *lines(("与原件核对一致",), 900, 900)))

    papers = paired([paper_of(document, part) for part in split(document)])

    assert [(p.kind, p.left_over) for p in papers] == [("id_card", ("与原件核对一致",))]


def test_empty_pages_before_the_first_paper_go_with_it():
    """A parting sheet at the head of a file is no paper of an unknown kind."""
    document = file(("PATCH T",), (), LICENCE)

    (paper,) = (paper_of(document, part) for part in split(document))

    assert (paper.kind, paper.pages, paper.left_over) == ("business_license", (1, 2, 3), ())


def test_second_licence_in_a_file_is_another_paper():
    """What the first licence does not state is not taken from the licence of another company."""
    other = (
        "营业执照",
        "统一社会信用代码 91310115MAK3QX7TX1",
        "名称 上海启明序软件科技有限公司",
        "法定代表人 林启明",
        "成立日期 2026年11月5日",
    )
    document = file(LICENCE, other)

    papers = [paper_of(document, part) for part in split(document)]

    assert [p.element("company_name").value for p in papers] == [
        "上海云栖网络科技有限公司",
        "上海启明序软件科技有限公司",
    ]
    assert papers[0].element("established_on") is None


@pytest.mark.parametrize("top", [800, 900, 960, 1000, 1300])
def test_emblem_side_is_known_wherever_it_lies(top):
    """A note below it, or where on the page it begins, changes nothing."""
    page = (*lines(ONE), *lines(BACK, 100, top), *lines(("本复印件仅供办理登记使用。",), 100, top + 400))

    (paper,) = paired([paper_of(d, part) for d in (file(page),) for part in split(d)])

    assert paper.element("name").value == "王小明"
    assert paper.element("issuing_authority").value == "成都市公安局武侯分局"


def test_two_sides_on_one_page_are_one_card_despite_an_odd_term():
    """Sides copied together are parted by what names another region, not by a term that the law would not give."""
    odd = (*BACK[:3], "有效期限 2001.01.01-长期")
    document = file((*lines(ONE), *lines(odd, 100, 500)))

    (paper,) = paired([paper_of(document, part) for part in split(document)])

    assert paper.element("valid_to").value == "indefinite"
