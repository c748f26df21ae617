"""Write industry_words.tsv and industry_classes.tsv from industry_groups.yaml and the names in GB/T 4754-2017.

Run it with the standard's list (code, tab, name), a copy of which Zeromeet does not carry:

    PYTHONPATH=. python rules/tables/names/make_industry_words.py gbt4754.tsv
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from rules.names import industries

HERE = Path(__file__).parent
FIRST_OWN = 1_000
"""Number from which on classes are groups of our own."""
_CODE = re.compile(r"[A-T]\d{3,4}$")
_TAIL = re.compile("(制造业?|批发|零售|生产|加工|服务业?|专门零售|及其?相关|建筑|业)$")
_SEVERAL = re.compile("[、，和及其（）()与或]|其他|未列|活动|专用设备")
Row = tuple[str, int, str]


def by_hand(data: dict[str, Any]) -> Iterator[Row]:
    """Yield word, class and use of what was compiled by hand; the use of a word that is only itself is empty.

    A compound is a word with one behind it that adds nothing: readers of names look for it, classes do without it.
    """
    followers = {word: kind for kind, words in data["followers"].items() for word in words.split()}
    seen: dict[str, int] = {}
    for group in data["groups"]:
        for word in group["words"].split():
            if word in seen:
                raise SystemExit(f"{word} stands in groups {seen[word]} and {group['number']}")
            seen[word] = group["number"]
    generic, fillers = data["generic"].split(), data["filler"].split()
    goods = {group["number"] for group in data["groups"] if group.get("goods")}
    ends = {word for word, kind in followers.items() if kind in ("technology", "works")}
    goods_ends = {word for word, kind in followers.items() if kind in ("trade", "making")}
    for word, number in list(seen.items()):
        add_nothing = {*generic, *ends, *(goods_ends if number in goods else ())}
        is_compound = any(
            seen.get(word[:cut]) == number for cut in range(1, len(word)) if word[cut:] in add_nothing
        )
        use = followers.pop(word, "filler" if word in fillers else "")
        yield word, number, "compound" if is_compound else use
    several = {a + b for a in generic for b in generic}
    rest = dict.fromkeys(fillers, "filler")
    rest |= {word: "compound" if word in several else "generic" for word in generic}
    for word, use in [*followers.items(), *rest.items()]:
        if word not in seen:
            seen[word] = 0
            yield word, 0, use


def _class_of(code: str, data: dict[str, Any]) -> int:
    """Return the group that alone claims the longest beginning of a code, or the number of the code's own group."""
    for length in range(len(code), 1, -1):
        claims = [group["number"] for group in data["groups"] if code[:length] in map(str, group["codes"])]
        if claims:
            return claims[0] if len(claims) == 1 else int(code[1:4])
    return int(code[1:4])


def of_the_standard(path: Path, data: dict[str, Any], known: set[str]) -> Iterator[tuple[str, int, str]]:
    """Yield the standard's own names that are one word, and their class; not those that end in a known word."""
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name = line.split("\t")
        if not _CODE.match(code) or code[0] in "ST" or _SEVERAL.search(name):
            continue
        word = _TAIL.sub("", name.strip())
        is_told = any(word[start:] in known for start in range(len(word) - 1))
        if 2 <= len(word) <= 10 and not is_told:
            known.add(word)
            yield word, _class_of(code, data), code


def settled(rows: list[Row]) -> list[Row]:
    """Take the mark of a compound from words that would lose their class by it, until none does."""
    while True:
        write("industry_words.tsv", "word\tclass\tuse", rows)
        industries.words.cache_clear()
        industries.classify.cache_clear()
        lost = {
            word for word, number, use in rows if use == "compound" and industries.classify(word) != number
        }
        if not lost:
            return rows
        rows = [(word, number, "" if word in lost else use) for word, number, use in rows]


def classes(data: dict[str, Any], standard: list[Row]) -> Iterator[tuple[int, str, str, str]]:
    """Yield number, name, codes and whether it is goods, of our own groups and of the standard's."""
    for number, code in {number: code[:4] for _, number, code in standard if number < FIRST_OWN}.items():
        yield number, code, code, ""
    for group in data["groups"]:
        goods = "yes" if group.get("goods") else ""
        yield group["number"], group["name"], " ".join(map(str, group["codes"])), goods


def write(name: str, head: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Write a table, sorted, so that a change shows as the lines it changes."""
    lines = [head, *("\t".join(map(str, row)) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Write both tables."""
    data = yaml.safe_load((HERE / "industry_groups.yaml").read_text(encoding="utf-8"))
    words = list(by_hand(data))
    standard = list(of_the_standard(Path(sys.argv[1]), data, {word for word, _, _ in words}))
    write("industry_classes.tsv", "class\tname\tcodes\tgoods", sorted(classes(data, standard)))
    settled(sorted([*words, *((word, number, "") for word, number, _ in standard)]))


if __name__ == "__main__":
    main()
