"""What a paper of its kind always states and this one does not: asked for again, by name."""

from collections.abc import Iterator, Sequence

from extractors.elements import element_kind
from extractors.lexicon import Lexicon
from extractors.model import Element, Page


def lost_parts(
    paper: str, words: Lexicon, elements: Sequence[Element], pages: Sequence[Page]
) -> Iterator[str]:
    """Yield a sentence for each group of elements that stand together and of which some were not read.

    Args:
        paper: The paper's key in elements.yaml.
        words: Its words; `expects` there names the groups, such as the two sides of a card.
        elements: What was read.
        pages: Where it was read: a picture is taken again, a written file is looked at.
    """
    found = {e.name for e in elements}
    seen = any(line.reader == "paddleocr" for page in pages for line in page.lines)
    for group in words.expects:
        missing = [element_kind(paper, name).zh for name in group if name not in found]
        if missing and (found & set(group) or len(words.expects) == 1):
            yield f"没有读出{'、'.join(missing)}。{_REMEDY[seen]}"


_REMEDY = {
    True: "请重新拍摄或扫描这一部分，保证完整、清晰、没有反光和遮挡。",
    False: "请核对这份材料是否写明。",
}
