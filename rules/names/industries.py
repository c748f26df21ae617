"""What an industry's wording in a name means: which wordings are one industry.

The principle, where the rules say 行业表述不同但实质内容相同: the industry is the *subject* that the wording ends with.
Whether an enterprise makes a thing, deals in it, develops it or installs it is no other industry (食品, 食品加工, 食品贸易,
食品科技); what is done *to* somebody else's thing is one (汽车, but 汽车维修, 汽车租赁, 汽车检测). Words without a subject of
their own stand together where people use them for each other (科技, 技术, 网络科技, 信息技术; 贸易, 商贸, 进出口), and apart from
those that have one (生物科技, 新能源科技). Words that name no industry (实业, 发展, 集团) add nothing.

The words come from rules/tables/names/industry_words.tsv. A class is a number below 65,536:

* 0: no wording, or only words that name no industry;
* 1 to 999: a group (中类) of GB/T 4754-2017; 1,000 to 4,095: a group of our own (industry_classes.tsv);
* 8,192 and 16,384 more: leasing and repair of the things of a class;
* 32,768 and more: no word is known; equal wordings still have equal numbers.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

_TABLES = Path(__file__).parents[1] / "tables" / "names"
_LEASING, _REPAIR, _UNKNOWN = 8_192, 16_384, 32_768
_VARIANTS = {"leasing": _LEASING, "repair": _REPAIR}
_OF_GOODS = frozenset(("trade", "making"))
_LONGEST = 12


class Word(NamedTuple):
    """A word of the table."""

    number: int
    """Its class; 0 if it names no industry by itself."""
    use: str
    """"generic", "filler", "compound" (with a word at its end that adds nothing) or the kind of follower: "trade", "making", ….

    Empty for most words.
    """

    @property
    def is_generic(self) -> bool:
        """Whether it says nothing of the industry, like 发展."""
        return self.number == 0 and self.use in ("generic", "compound")


class Industry(NamedTuple):
    """A class of words that mean the same."""

    name: str
    codes: tuple[str, ...]
    """Beginnings of the codes of GB/T 4754-2017, with the letter of the section."""
    is_goods: bool


def _rows(name: str) -> Iterator[list[str]]:
    lines = (_TABLES / name).read_text(encoding="utf-8").splitlines()
    return (line.split("\t") for line in lines[1:])


@cache
def words() -> dict[str, Word]:
    """Return the whole table of words."""
    return {word: Word(int(number), use) for word, number, use in _rows("industry_words.tsv")}


@cache
def industries() -> dict[int, Industry]:
    """Return the classes that have words."""
    rows = _rows("industry_classes.tsv")
    return {int(n): Industry(name, tuple(codes.split()), goods == "yes") for n, name, codes, goods in rows}


@lru_cache(maxsize=1 << 16)
def classify(text: str) -> int:
    """Return the class of an industry's wording, from 0 to 65,535; equal classes are the same industry."""
    number = _class_of(text)
    if number is not None:
        return number
    return _UNKNOWN + crc32(_bare(text).encode()) % _UNKNOWN


def codes(text: str) -> tuple[str, ...]:
    """Return the beginnings of the codes of GB/T 4754-2017 that a wording may stand for; none if it is unknown."""
    number = classify(text)
    industry = industries().get(number % _LEASING) if number < _UNKNOWN else None
    if industry is None:
        return ()
    return {0: industry.codes, _LEASING: ("L71",), _REPAIR: ("O81", "C43")}[number - number % _LEASING]


def is_generic(text: str) -> bool:
    """Whether a wording has words, and none of them names an industry."""
    return bool(text) and classify(text) == 0


def _last(text: str) -> tuple[str, Word] | None:
    """Return the longest known word that a text ends with."""
    known = words()
    for start in range(max(0, len(text) - _LONGEST), len(text)):
        word = known.get(text[start:])
        if word is not None and word.use != "compound":
            return text[:start], word
    return None


def _class_of(text: str) -> int | None:
    """Return the class of the last word that has one, 0 if all words are generic, None if nothing is known."""
    found = _last(text)
    if found is None:
        return _inside(text) if text else 0
    before, word = found
    if word.use in ("generic", "filler"):
        rest = _class_of(before)
        return (word.number or None) if word.use == "filler" and not rest else rest
    return _followed(before, word) if word.use else word.number


def _followed(before: str, word: Word) -> int | None:
    """Return the class of a word that takes the industry of the word before it, if there is one."""
    subject = _class_of(before) if before else 0
    is_goods = subject in industries() and industries()[subject].is_goods
    if subject and (is_goods or (word.use not in _OF_GOODS and word.use not in _VARIANTS)):
        return subject + _VARIANTS.get(word.use, 0)
    return word.number or (subject or None)


def _inside(text: str) -> int | None:
    """Return the class of the last known word that is followed by an unknown one."""
    for end in range(len(text) - 1, 1, -1):
        found = _last(text[:end])
        if found is not None and found[1].number and end - len(found[0]) >= 2:
            return _class_of(text[:end])
    return None


def _bare(text: str) -> str:
    """Take the words that add nothing off the end of a wording."""
    while (found := _last(text)) is not None and found[0]:
        text = found[0]
    return text
