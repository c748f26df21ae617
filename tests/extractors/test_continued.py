"""Pages of one paper in several files are joined where they surely go on, and nowhere else."""

import pytest

from extractors.continued import join_pages
from extractors.extract import paper_of
from extractors.model import Document, Page, TextLine
from extractors.recognise import Part, split

FIRST = (
    "上海云栖网络科技有限公司章程",
    "第一条 公司名称：上海云栖网络科技有限公司",
    "第二条 公司住所：上海市浦东新区张杨路500号1203室",
    "第三条 公司经营范围：软件开发；技术服务。",
)
SECOND = (
    "第四条 公司注册资本：人民币100万元",
    "第五条 公司的法定代表人由赵云帆担任",
    "第六条 公司的营业期限为长期",
)
THIRD = ("第七条 本章程自签署之日起生效。", "全体股东签字：", "签署日期：2026年3月1日")


def document(name, lines, foot=None):
    """Return a file of one page; a foot stands at its lower edge."""
    texts = [TextLine(text=t, box=(100, 100 + 60 * n, 900, 130 + 60 * n), confidence=1, reader="paddleocr")
             for n, t in enumerate(lines)]  # fmt: skip
    if foot:
        texts.append(TextLine(text=foot, box=(500, 1700, 600, 1720), confidence=1, reader="paddleocr"))
    page = Page(number=1, width=1240, height=1754, lines=tuple(texts))
    return Document(id=name, filename=f"{name}.jpg", media_type="image/jpeg", pages=(page,))


def joined(*documents):
    by_id = {d.id: d for d in documents}
    papers = [paper_of(d, part) for d in documents for part in split(d)]
    return list(join_pages(papers, by_id.__getitem__, lambda kind, d: paper_of(d, Part(kind, 1.0, d.pages))))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_pages_whose_clauses_go_on_are_one_paper(order):
    """Articles photographed page by page are read as a whole, each value where it stands."""
    pages = [document("a", FIRST), document("b", SECOND), document("c", THIRD)]

    (paper,) = joined(*(pages[n] for n in order))

    assert paper.kind == "articles_of_association"
    assert paper.element("legal_representative").value == "赵云帆"
    assert paper.element("legal_representative").sources[0].document == "b"
    assert paper.element("signed_on").sources[0].document == "c"
    assert [leaf.file for leaf in paper.leaves] == ["a.jpg", "b.jpg", "c.jpg"]


def test_page_numbers_decide_before_clauses():
    """Page 2 of 3 is no page of a paper of two."""
    first = document("a", FIRST, "第 1 页 共 2 页")
    stranger = document("b", SECOND, "第 2 页 共 3 页")
    own = document("c", ("甲方承诺以上内容属实。", "2026年3月1日"), "第 2 页 共 2 页")

    papers = joined(first, stranger, own)

    assert [leaf.file for leaf in papers[0].leaves] == ["a.jpg", "c.jpg"]
    assert [p.kind for p in papers[1:]] == ["unknown"]


def test_page_that_two_papers_could_own_stays_apart():
    """A wrong page in a paper is worse than none: a person is told of it instead."""
    other = ("杭州听澜信息技术有限公司章程", *FIRST[1:])

    papers = joined(document("a", FIRST), document("x", other), document("b", SECOND))

    assert [p.kind for p in papers] == ["articles_of_association"] * 2 + ["unknown"]
    assert not any(p.also for p in papers)


def test_two_pages_that_could_follow_stay_apart():
    """Which of two copies of a page is meant, only a person can tell."""
    papers = joined(document("a", FIRST), document("b", SECOND), document("c", SECOND))

    assert [len(p.leaves) for p in papers] == [1, 1, 1]
