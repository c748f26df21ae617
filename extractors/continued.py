"""Pages of one paper that came in several files: a contract photographed page by page.

Only the first page bears a title; the others are of no kind by themselves. They are added where the page
numbers or the clauses go on and nothing else fits; a page of another company's contract is worse than none.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from extractors.empty import is_empty
from extractors.model import Document, Element, Leaf, Page, Paper
from extractors.recognise import UNKNOWN
from extractors.values.numerals import integer
from extractors.values.text import squash

_OF = re.compile(r"第(\d{1,3})页[,，/]?共(\d{1,3})页|^(\d{1,3})/(\d{1,3})$")
_CLAUSE = re.compile(r"^第([一二三四五六七八九十百零〇]{1,5}|\d{1,3})条")
_SECTION = re.compile(r"^([一二三四五六七八九十]{1,3})、")
_MARGIN = 0.12
"""Part of a page's height, at head and foot, in which its number stands."""

Read = Callable[[str], Document]
"""Returns the document of an id."""
Take = Callable[[str, Document], Paper]
"""Takes a paper of a kind from all pages of a document."""


class _Sheets(NamedTuple):
    """A paper, and its pages in order with the file of each."""

    paper: Paper
    pages: tuple[tuple[Leaf, Page], ...]


def join_pages(papers: Sequence[Paper], read: Read, take: Take) -> Iterator[Paper]:
    """Yield the papers of a case, those joined whose pages surely go on in another file.

    Args:
        papers: In the order of their files.
        read: How to get a document again.
        take: How to read a paper anew once it has all its pages.
    """
    places = Counter((paper.document, page) for paper in papers for page in paper.pages)
    alone = [all(places[paper.document, page] == 1 for page in paper.pages) for paper in papers]
    every = [_sheets(p, read) if one else _Sheets(p, ()) for p, one in zip(papers, alone, strict=True)]
    tails = [s for s in every if s.paper.kind == UNKNOWN and s.pages]
    for sheets in every:
        if sheets in tails and _owner(sheets, every, tails) is not None:
            continue
        yield _whole(sheets, every, tails, take)


def _sheets(paper: Paper, read: Read) -> _Sheets:
    by_number = {page.number: page for page in read(paper.document).pages}
    leaf = paper.leaves[0]
    pages = tuple((leaf, by_number[n]) for n in paper.pages if n in by_number and not is_empty(by_number[n]))
    return _Sheets(paper, pages if not paper.also else ())


def _owner(tail: _Sheets, every: Sequence[_Sheets], tails: Sequence[_Sheets]) -> _Sheets | None:
    """Return the paper whose next page a tail is, where exactly one is and it has no other next page."""
    heads = [s for s in every if s is not tail and s.pages and _goes_on(s, tail)]
    if len(heads) != 1 or len([t for t in tails if _goes_on(heads[0], t)]) != 1:
        return None
    head = heads[0]
    return head if head.paper.kind != UNKNOWN or _owner(head, every, tails) is not None else None


def _whole(head: _Sheets, every: Sequence[_Sheets], tails: Sequence[_Sheets], take: Take) -> Paper:
    pages, last = head.pages, head
    while (following := next((t for t in tails if _owner(t, every, tails) is last), None)) is not None:
        pages, last = (*pages, *following.pages), following
    if last is head:
        return head.paper
    return _taken_anew(head.paper, pages, take)


def _goes_on(head: _Sheets, tail: _Sheets) -> bool:
    """Tell whether a paper's last page is followed by another's first: by page numbers, else by clauses."""
    before, after = head.pages[-1][1], tail.pages[0][1]
    here, there = _number_of(before), _number_of(after)
    if here and there:
        return there == (here[0] + 1, here[1])
    return any(
        last is not None and first == last + 1
        for last, first in ((_last(before, mark), _first(after, mark)) for mark in (_CLAUSE, _SECTION))
    )


def _number_of(page: Page) -> tuple[int, int] | None:
    """Return which page of how many a page says that it is."""
    for line in page.lines:
        middle = (line.box[1] + line.box[3]) / 2
        found = _OF.search(squash(line.text))
        if found and not _MARGIN * page.height < middle < (1 - _MARGIN) * page.height:
            one, of = (found[1], found[2]) if found[1] else (found[3], found[4])
            return int(one), int(of)
    return None


def _marks(page: Page, mark: re.Pattern[str]) -> list[int]:
    ordered = sorted(page.lines, key=lambda line: line.box[1])
    found = (match[1] for line in ordered if (match := mark.match(squash(line.text))))
    values = (int(text) if text.isdecimal() else integer(text) for text in found)
    return [value for value in values if value is not None]


def _last(page: Page, mark: re.Pattern[str]) -> int | None:
    return next(iter(reversed(_marks(page, mark))), None)


def _first(page: Page, mark: re.Pattern[str]) -> int | None:
    return next(iter(_marks(page, mark)), None)


def _taken_anew(head: Paper, pages: Sequence[tuple[Leaf, Page]], take: Take) -> Paper:
    """Return a paper read from all its pages, each value where it stands in its own file.

    What the first pages said surely must still be said, or the pages are not of one paper.
    """
    numbered = tuple(page.model_copy(update={"number": n}) for n, (_, page) in enumerate(pages, 1))
    document = Document(id=head.document, filename=head.file, media_type="", pages=numbered)
    whole = take(head.kind, document)
    sure = {e.name: e for e in head.elements if e.sure or head.suspicions}
    if any((again := whole.element(name)) is None or again.value != e.value for name, e in sure.items()):
        return head
    return head.model_copy(
        update={
            "elements": tuple(sure.get(e.name) or _put_back(e, pages) for e in whole.elements),
            "left_over": whole.left_over,
            "warnings": whole.warnings,
            "also": tuple(dict.fromkeys(leaf for leaf, _ in pages if leaf.document != head.document)),
        }
    )


def _put_back(element: Element, pages: Sequence[tuple[Leaf, Page]]) -> Element:
    """Return an element of the pages taken together with the file and page that each of them came from."""
    places = (
        s.model_copy(update={"document": pages[s.page - 1][0].document, "page": pages[s.page - 1][1].number})
        for s in element.sources
    )
    return element.model_copy(update={"sources": tuple(places)})
