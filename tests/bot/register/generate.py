"""Invents registers of any size: python -m tests.bot.register.generate ROWS OUT.parquet [--seed N].

The shape is that of the country's registers as far as it is published: two thirds of the trade names have two
characters; some are carried by thousands of enterprises, most by one (a third is drawn from a list with a heavy head,
the rest from characters by how much names like them, so that new ones keep coming); the largest city has 8 %.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from extractors.values import regions
from rules.names import rescue
from rules.names.divisions import short
from rules.names.industries import words
from rules.names.sounds import syllable_table
from rules.names.topics import characters

BATCH = 200_000
_LENGTHS, _SHARES = (2, 3, 4, 5, 6), (0.66, 0.15, 0.155, 0.025, 0.01)
_POPULAR, _FROM_POPULAR = 60_000, 0.35
_CHARACTERS = 1_400
_LARGEST_CITY = 0.08
_INDUSTRIES = 1_500
_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "厂", "经营部", "合伙企业（有限合伙）")
_FORM_SHARES = (0.80, 0.06, 0.03, 0.03, 0.05, 0.03)
_STATUS = ("存续", "保留", "注销")
_STATUS_SHARES = (0.97, 0.005, 0.025)
SCHEMA = pa.schema(
    [
        (name, pa.string())
        for name in (
            "name",
            "region",
            "division",
            "trade_name",
            "industry",
            "organization_form",
            "status",
            "status_on",
        )
    ]
)


class Generator:
    """Makes rows; the same seed makes the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        standard = (c for c in syllable_table() if c in characters.standard())
        liked = "".join(dict.fromkeys(("".join(rescue.senses()), *standard)))
        self._characters = np.array(list(liked[:_CHARACTERS]))
        self._weights = _zipf(len(self._characters), 0.75)
        self._popular = self._drawn(_POPULAR)
        self._popular_weights = _zipf(_POPULAR, 0.85)
        cities = [
            r for r in regions.table() if r.stands and (r.is_city or r.code[:2] in {"11", "12", "31", "50"})
        ]
        cities = [r for r in cities if (r.level == "city" and r.is_city) or r.level == "province"]
        self._regions = np.array([r.code for r in cities])
        self._divisions = np.array([short(r.name) for r in cities])
        self._city_weights = _headed(len(cities), _LARGEST_CITY)
        known = [
            word for word, one in words().items() if one.number and 2 <= len(word) <= 5 and "有限" not in word
        ]
        self._industries = np.array(
            sorted(known, key=lambda word: (len(word) > 4, word))[:: max(1, len(known) // _INDUSTRIES)]
        )
        self._random.shuffle(self._industries)
        self._industry_weights = _zipf(len(self._industries), 0.9)

    def batches(self, rows: int) -> Iterator[pa.RecordBatch]:
        """Yield as many rows as are asked for."""
        for begin in range(0, rows, BATCH):
            yield self._batch(min(BATCH, rows - begin))

    def trade_names(self, count: int) -> np.ndarray:
        """Return trade names as registers hold them."""
        fresh = self._drawn(count)
        popular = self._random.choice(self._popular, count, p=self._popular_weights)
        return np.where(self._random.random(count) < _FROM_POPULAR, popular, fresh)

    def _batch(self, count: int) -> pa.RecordBatch:
        pick = self._random.choice
        city = pick(len(self._regions), count, p=self._city_weights)
        trade = self.trade_names(count)
        industry = pick(self._industries, count, p=self._industry_weights)
        industry = np.where(self._random.random(count) < 0.05, "", industry)
        form = pick(_FORMS, count, p=_FORM_SHARES)
        status = pick(_STATUS, count, p=_STATUS_SHARES)
        name = np.char.add(np.char.add(self._divisions[city], trade), np.char.add(industry, form))
        day = np.where(status == "存续", "", "2026-10-15")
        columns = (name, self._regions[city], self._divisions[city], trade, industry, form, status, day)
        return pa.RecordBatch.from_arrays([pa.array(column) for column in columns], schema=SCHEMA)

    def _drawn(self, count: int) -> np.ndarray:
        letters = self._random.choice(self._characters, (count, max(_LENGTHS)), p=self._weights)
        length = self._random.choice(_LENGTHS, count, p=_SHARES)
        letters[np.arange(max(_LENGTHS)) >= length[:, None]] = ""
        return np.array(["".join(row) for row in letters.tolist()])


def _zipf(count: int, power: float) -> np.ndarray:
    weights = 1 / np.arange(1, count + 1) ** power
    return weights / weights.sum()


def _headed(count: int, head: float) -> np.ndarray:
    rest = _zipf(count - 1, 0.7) * (1 - head)
    return np.concatenate(([head], rest))


def write(rows: int, path: Path, seed: int = 1) -> None:
    """Write a register as Parquet."""
    with parquet.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for batch in Generator(seed).batches(rows):
            writer.write_batch(batch)


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bot.register.generate", description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write(asked.rows, asked.out, asked.seed)


if __name__ == "__main__":
    main()
