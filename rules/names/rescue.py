"""Names that are free and close to the one that a founder wanted.

A wish is first mended where the law objects to a part of it: the division put right, a banned word taken out. Where
another enterprise has the trade name, or one too much like it, a character is exchanged for one of the same sense,
then for any that founders like; the founder's own alternates come before all. Nothing here says that a name is free:
whoever asks checks each proposal in full.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from rules.names import industries
from rules.names.model import Hit, Kind, Parts
from rules.names.topics import characters

_SENSES = Path(__file__).parents[1] / "tables" / "names" / "senses.tsv"
_SHORTEST = 2
_LONGEST = 4
"""Characters of a trade name that people remember; a longer wish is shortened."""
_ON_CHARACTERS = {"N-A05", "N-C09"}
USUAL_INDUSTRIES = ("科技", "贸易", "企业管理")
"""What is proposed where a name has no industry and nobody says which it is."""
MOST = 500
"""So many trade names are proposed at most."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A trade name near the wish, and what was changed."""

    trade_name: str
    changed: str
    """In Chinese, for the founder."""


@cache
def senses() -> tuple[str, ...]:
    """Return the groups of characters that suggest the same, likeliest first."""
    lines = _SENSES.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return tuple(row["characters"] for row in rows)


@cache
def _liked() -> str:
    """Return every character of the groups once, the likeliest of each group first."""
    longest = max(len(group) for group in senses())
    columns = (group[place] for place in range(longest) for group in senses() if place < len(group))
    return "".join(dict.fromkeys(columns))


def mended(parts: Parts, hits: Iterable[Hit]) -> tuple[Parts, str]:
    """Return the parts without the words that may not stand in a name, and what was taken out.

    A trade name that is left with fewer than two characters stays short: variants() makes it whole.
    """
    taken = [word for hit in hits if _is_about_words(hit) for word in hit.words if word]
    trade_name, industry, division = _plain(parts.trade_name), parts.industry, parts.division
    for word in sorted(set(taken), key=len, reverse=True):
        trade_name = trade_name.replace(word, "")
        industry = industry.replace(word, "")
        division = "" if division == word else division
    if not trade_name:
        trade_name = next((c for c in parts.trade_name if c in _liked()), "")
    there = parts.trade_name + parts.industry + parts.division
    gone = [word for word in dict.fromkeys(taken) if word in there and word not in trade_name + industry]
    changed = f"去掉“{'”“'.join(gone)}”" if gone else ""
    return replace(parts, trade_name=trade_name, industry=industry, division=division), changed


def _is_about_words(hit: Hit) -> bool:
    return hit.kind in {Kind.BANNED, Kind.RESTRICTED} or hit.rule in _ON_CHARACTERS


def _plain(trade_name: str) -> str:
    """Write traditional and variant characters in the standard form."""
    return "".join(characters.instead().get(c, c) for c in trade_name)


def industry_wording(code: str) -> str:
    """Return the shortest wording of the industry that a code of GB/T 4754 belongs to, or nothing.

    Args:
        code: Four digits, with or without the letter of the section.
    """
    digits = code.lstrip("ABCDEFGHIJKLMNOPQRST")
    fitting = [
        (len(known), number)
        for number, industry in industries.industries().items()
        for known in industry.codes
        if len(known) > 1 and digits.startswith(known[1:])
    ]
    if not digits or not fitting:
        return ""
    _, best = max(fitting)
    named = [word for word, one in industries.words().items() if one.number == best and len(word) > 1]
    return min(named, key=lambda word: (len(word), word), default="")


def variants(wish: str, alternates: Sequence[str] = ()) -> Iterator[Variant]:
    """Yield trade names close to a wish, the closest first, each once, at most MOST.

    Args:
        wish: The trade name wanted, or what is left of it; may be empty.
        alternates: The founder's own other trade names, in order.
    """
    seen = {wish}
    for variant in islice(_all(wish, alternates), 4 * MOST):
        name = variant.trade_name
        if name not in seen and _SHORTEST <= len(name) <= max(_LONGEST, len(wish)):
            seen.add(name)
            yield variant
        if len(seen) > MOST:
            return


def _all(wish: str, alternates: Sequence[str]) -> Iterator[Variant]:
    yield from (Variant(other, f"改用备选字号“{other}”") for other in alternates)
    if len(wish) < _SHORTEST:
        yield from _completed(wish)
        return
    yield from _exchanged(wish, same_sense=True)
    yield from _crossed(wish, alternates)
    yield from _exchanged(wish, same_sense=False)
    yield from _extended(wish)


def _completed(wish: str) -> Iterator[Variant]:
    for character in _liked():
        if wish:
            yield Variant(wish + character, f"“{wish}”后加“{character}”")
            yield Variant(character + wish, f"“{wish}”前加“{character}”")
        else:
            yield from (
                Variant(character + other, f"字号改为“{character}{other}”") for other in _liked()[:20]
            )


def _exchanged(wish: str, *, same_sense: bool) -> Iterator[Variant]:
    """Yield the wish with one character changed; the last first, since the first is what people say."""
    pools = [_alike(old) if same_sense else _liked() for old in wish]
    for rank in range(max(map(len, pools))):
        for place in range(len(wish) - 1, -1, -1):
            if rank < len(pools[place]):
                old, new = wish[place], pools[place][rank]
                how = "换成意义相近的" if same_sense else "换成"
                yield Variant(wish[:place] + new + wish[place + 1 :], f"“{old}”{how}“{new}”")


def _alike(character: str) -> str:
    """Return the characters of the same sense, without the character itself."""
    groups = [group for group in senses() if character in group]
    return "".join(dict.fromkeys(c for group in groups for c in group if c != character))


def _crossed(wish: str, alternates: Sequence[str]) -> Iterator[Variant]:
    """Yield the beginning of the wish with the end of an alternate, and the reverse."""
    for other in alternates:
        if other:
            yield Variant(wish[0] + other[-1], f"“{wish}”与“{other}”各取一字")
            yield Variant(other[0] + wish[-1], f"“{other}”与“{wish}”各取一字")


def _extended(wish: str) -> Iterator[Variant]:
    """Yield the first character with two others, which is far enough from the whole wish to be another name."""
    for first, second in zip(_liked(), reversed(_liked()), strict=True):
        yield Variant(wish[0] + first + second, f"保留“{wish[0]}”，后接“{first}{second}”")
