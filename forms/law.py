"""The laws that forms and rules rest on: their texts by article, the days they are in force, who they bind.

Each file of forms/laws holds one wording of one law; an amended law is another file. An article is named
as lawyers name it, and a reference to it is "file:article", such as "company_law_2023:第四十七条".
"""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import yaml
from pydantic import Field

from extractors.model import Record

_FOLDER = Path(__file__).with_name("laws")
_UNREAD = "（未核对原文）"


class Period(Record):
    """The days on which something is in force, both ends counted."""

    begin: date = Field(alias="from")
    end: date | None = Field(default=None, alias="to")

    def holds(self, on: date) -> bool:
        """Tell whether a day lies in the period."""
        return self.begin <= on and (self.end is None or on <= self.end)


class Law(Record):
    """One wording of a law, regulation, circular or standard, as far as anything here rests on it."""

    id: str
    title: str
    """As citations name it: 公司法（2023修订）."""
    issued: str = Field(min_length=1)
    """Who issued it, when, under which number."""
    in_force: Period
    region: str = "CN"
    """CN, or the six digits of the province or city that it binds."""
    verified: bool
    """Whether the text itself was read, not an account of it."""
    is_practice: bool = False
    """No law: what good sense or an authority's own system asks."""
    articles: dict[str, str] = Field(min_length=1)
    """Article to its words. Where the text was not read they say what it is known to contain."""


class Citation(Record):
    """One article that a judgement rests on, with its words."""

    law: str
    title: str
    article: str
    quote: str
    begin: date
    end: date | None
    region: str
    verified: bool
    is_practice: bool

    @property
    def reference(self) -> str:
        """What citation() finds it by."""
        return f"{self.law}:{self.article}"

    def binds(self, on: date, region: str) -> bool:
        """Tell whether it is law on a day for a case of a region.

        Args:
            on: The day.
            region: Six digits; empty where that is not known, which leaves out what binds one region only.
        """
        in_time = self.begin <= on and (self.end is None or on <= self.end)
        return in_time and (self.region == "CN" or region.startswith(self.region.rstrip("0")))

    def __str__(self) -> str:
        """Return it as lawyers write it."""
        joint = "：" if self.is_practice else ""
        return f"{self.title}{joint}{self.article}"


@cache
def laws() -> dict[str, Law]:
    """Return every law of forms/laws by its id, which is its file's name.

    Raises:
        ValueError: A file lacks its days, its source or its articles.
    """
    found = {}
    for file in sorted(_FOLDER.glob("*.yaml")):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        found[file.stem] = Law.model_validate({"id": file.stem, **raw})
    return found


@cache
def citation(reference: str) -> Citation:
    """Return the article that a reference names.

    Args:
        reference: The law's id and the article, such as "company_law_2023:第四十七条".

    Raises:
        KeyError: There is no such law, or it holds no such article.
    """
    law_id, _, article = reference.partition(":")
    law = laws()[law_id]
    return Citation(
        law=law.id,
        title=law.title,
        article=article,
        quote=law.articles[article],
        begin=law.in_force.begin,
        end=law.in_force.end,
        region=law.region,
        verified=law.verified,
        is_practice=law.is_practice,
    )


def in_force(references: Iterable[str], on: date, region: str = "") -> tuple[Citation, ...]:
    """Return the articles that are law on a day, in the order given; region as for Citation.binds()."""
    return _in_force(tuple(references), on, region)


@lru_cache(maxsize=20_000)
def _in_force(references: tuple[str, ...], on: date, region: str) -> tuple[Citation, ...]:
    """Every case of one day asks the same of every rule."""
    cited = (citation(reference) for reference in references)
    return tuple(c for c in cited if c.binds(on, region))


def wording(cited: Iterable[Citation]) -> str:
    """Return citations in one line, articles of one law together, unread texts marked."""
    return "；".join(_of_one_law(list(group)) for _, group in groupby(cited, key=lambda c: c.law))


def _of_one_law(cited: list[Citation]) -> str:
    rest = "、".join(c.article for c in cited[1:])
    mark = "" if cited[0].verified else _UNREAD
    return f"{cited[0]}{'、' if rest else ''}{rest}{mark}"
