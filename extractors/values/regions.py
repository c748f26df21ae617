"""The table of divisions: provinces, cities and counties with their years (extractors/data/regions.tsv)."""

import csv
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from extractors.model import Record

_FILE = Path(__file__).parents[1] / "data" / "regions.tsv"
_CITY_ENDS = ("市", "州", "盟", "地区")
_PROVINCE_ENDS = ("壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "省", "市")


class Region(Record):
    """One division; a code can have been given to another one in earlier years."""

    code: str
    name: str
    level: Literal["province", "city", "county"]
    parent: str
    valid_from: str = ""
    valid_to: str = ""
    """Last year in force; empty while it stands."""

    @property
    def stands(self) -> bool:
        """Whether it is a division today, as far as the table knows."""
        return not self.valid_to

    @property
    def is_city(self) -> bool:
        """Whether it is a city or prefecture that people name, and no group of the table's own."""
        return self.level == "city" and self.name.endswith(_CITY_ENDS)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The full name, and for provinces and cities the name without its kind (上海, 深圳).

        Groups of counties that only the table has (县, 省直辖县级行政区划) are never printed.
        """
        if self.level == "city" and self.name.endswith(("县", "直辖县级行政区划")):
            return ()
        if self.level == "province":
            ends = [end for end in _PROVINCE_ENDS if self.name.endswith(end)]
            return (self.name, self.name.removesuffix(ends[0])) if ends else (self.name,)
        is_short = self.level == "city" and self.name.endswith("市") and len(self.name) > 2
        return (self.name, self.name[:-1]) if is_short else (self.name,)


@cache
def table() -> tuple[Region, ...]:
    """Return every division, those that stand before those that are gone."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return tuple(sorted((Region.model_validate(row) for row in rows), key=lambda region: not region.stands))


@cache
def starting_with(level: str, character: str) -> tuple[Region, ...]:
    """Return the divisions of a level whose name begins with a character."""
    return tuple(r for r in table() if r.level == level and r.name.startswith(character))


@lru_cache(maxsize=10_000)
def find(code: str) -> Region | None:
    """Return the division of a six-digit code; where it was used twice, the one that stands."""
    return next((region for region in table() if region.code == code), None)
