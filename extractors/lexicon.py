"""What a paper's YAML says: its titles, the labels of its elements, its furniture."""

from functools import cache, cached_property
from pathlib import Path

import yaml

from extractors.model import Record
from extractors.sheet import fold

_FOLDER = Path(__file__).with_name("documents")


Wording = tuple[str, tuple[str, ...]]
"""A label's text and the elements that it may ask for."""


class TableWords(Record):
    """How one table is headed."""

    columns: dict[str, tuple[str, ...]]
    """Row key to the wordings of its column's head. The first column starts a row."""
    holds_labels: bool = False
    """Its cells hold words that are labels elsewhere on the paper: 财务负责人 in a column of posts."""
    ends: tuple[str, ...] = ("合计", "总计", "小计")
    """Words that begin the line after the last row."""


class FormPart(Record):
    """A part of a form about one person or thing: its headings, and what plain labels mean under them."""

    heads: tuple[str, ...]
    labels: dict[str, tuple[str, ...]] = {}
    """Element to the wordings of its label in this part; none where the part only ends another."""


class Lexicon(Record):
    """The words of one paper, folded and without white space."""

    titles: tuple[str, ...]
    """Words of which one stands at the head of such a paper."""
    not_titles: tuple[str, ...] = ()
    """Words at the head that mean another paper although a title stands there too."""
    signs: tuple[str, ...] = ()
    """Words without a title of their own that stand on no other paper: they count as part of a title."""
    marks: tuple[str, ...] = ()
    """Further words that such a paper holds and others rarely do."""
    labels: dict[str, tuple[str, ...]] = {}
    """Element to the wordings of its label."""
    bounds: tuple[str, ...] = ()
    """Labels of things that are not read; a value ends before them."""
    kinds: dict[str, str] = {}
    """Element to a narrower kind than its normal form: person, company, paragraph (extractors/kinds.py)."""
    anywhere: tuple[str, ...] = ()
    """Elements whose value is known by itself, by its check digits, where no label is found."""
    phrases: dict[str, tuple[str, ...]] = {}
    """Element to sentences that state it, the value written as {}."""
    tables: dict[str, TableWords] = {}
    parts: dict[str, FormPart] = {}
    options: dict[str, dict[str, tuple[str, ...]]] = {}
    """Element to its answers and their wordings; an answer found in full is known to be read right."""
    endings: dict[str, tuple[str, ...]] = {}
    """Element without a label to how the names of such bodies end."""
    not_after: dict[str, tuple[str, ...]] = {}
    """Element to words before a value in its clause that make another thing of it: 每平方米租金."""
    not_under: dict[str, tuple[str, ...]] = {}
    """Element to how lines above it begin that make it somebody else's: 股东一 above 法定代表人."""
    addressed: bool = False
    """Whether such a paper is a letter to those that its list names."""
    run_on: tuple[str, ...] = ()
    """Labels that may follow a value without anything between: 性别男民族汉."""
    expects: tuple[tuple[str, ...], ...] = ()
    """Elements that every such paper states, in groups that stand together: the two sides of a card."""
    shares_page: bool = False
    """Whether its copy may lie on one page with a paper of another kind."""
    one_page: bool = False
    """Whether such a paper is a single page, so that the next page with its title is another."""
    once: tuple[str, ...] = ()
    """Words that stand once on such a paper; met again, another paper begins."""
    furniture: tuple[str, ...] = ()
    """Texts that every such paper carries and nobody reads: explained, but not taken."""

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """Each wording of a label once with the elements it may mean, longest first; no element where it bounds."""
        meaning: dict[str, list[str]] = {text: [] for text in self.bounds}
        for element, texts in self.labels.items():
            for text in texts:
                meaning.setdefault(text, []).append(element)
        for columns in (*(t.columns for t in self.tables.values()), *(p.labels for p in self.parts.values())):
            for text in (text for texts in columns.values() for text in texts):
                meaning.setdefault(text, [])
        return tuple(sorted(((t, tuple(e)) for t, e in meaning.items()), key=lambda w: (-len(w[0]), w[0])))


def squash(text: str) -> str:
    """Return a wording as it is compared: half width, no white space."""
    return "".join(fold(c) for c in text if not c.isspace())


@cache
def lexicon(paper: str) -> Lexicon:
    """Return the words of one paper from documents/<paper>.yaml.

    Raises:
        ValueError: The file breaks the contract above.
    """
    raw = yaml.safe_load((_FOLDER / f"{paper}.yaml").read_text(encoding="utf-8"))
    words = Lexicon.model_validate(raw)
    return words.model_copy(
        update={
            "titles": tuple(squash(t) for t in words.titles),
            "not_titles": tuple(squash(t) for t in words.not_titles),
            "signs": tuple(squash(t) for t in words.signs),
            "marks": tuple(squash(t) for t in words.marks),
            "labels": {e: tuple(squash(t) for t in texts) for e, texts in words.labels.items()},
            "run_on": tuple(squash(t) for t in words.run_on),
            "once": tuple(squash(t) for t in words.once),
            "bounds": tuple(squash(t) for t in words.bounds),
            "furniture": tuple(squash(t) for t in words.furniture),
            "parts": {n: _squashed_part(p) for n, p in words.parts.items()},
            "tables": {e: _squashed(t) for e, t in words.tables.items()},
        }
    )


def _squashed(table: TableWords) -> TableWords:
    columns = {c: tuple(squash(t) for t in texts) for c, texts in table.columns.items()}
    ends = tuple(squash(t) for t in table.ends)
    return table.model_copy(update={"columns": columns, "ends": ends})


def _squashed_part(part: FormPart) -> FormPart:
    labels = {e: tuple(squash(t) for t in texts) for e, texts in part.labels.items()}
    return part.model_copy(update={"heads": tuple(squash(h) for h in part.heads), "labels": labels})
