"""Makes places_as_trade_names.tsv: how often brands begin with the short name of a division (东方, 平安, 新华).

python rules/tables/names/make_places_as_trade_names.py BRANDS.txt, one brand a line: 公司简称 28W of
wainshine/Company-Names-Corpus@b71e78e, Apache-2.0. Counts below three say nothing and are left out.
"""

import sys
from collections import Counter
from pathlib import Path

from extractors.values import regions
from rules.names.divisions import short

_LEAST = 3
_HEAD = """\
# How often brands begin with the short name of a division. Made by make_places_as_trade_names.py; do not edit.
# Source: wainshine/Company-Names-Corpus@b71e78e, Company-Shorter-Form（28W）.txt, Apache-2.0.
place\tbrands
"""


def main() -> None:
    """Count and write."""
    places = {short(region.name) for region in regions.table()}
    brands = set(Path(sys.argv[1]).read_text(encoding="utf-8").split())
    seen = Counter(brand[:size] for brand in brands for size in (2, 3, 4) if brand[:size] in places)
    rows = sorted((place, count) for place, count in seen.items() if count >= _LEAST)
    text = _HEAD + "".join(f"{place}\t{count}\n" for place, count in rows)
    Path(__file__).with_name("places_as_trade_names.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
