"""Write readings.tsv: how each Chinese character is read in names.

The dictionary is pypinyin's (MIT), its first reading with a tone. That would be wrong for characters that names read
otherwise or in two ways; those stand in polyphones.tsv. All other readings of the dictionary are left out: they
occur in words, not in names, and each would make strangers of names sound the same.

    python rules/tables/names/make_readings.py
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import Style, pinyin
from pypinyin.pinyin_dict import pinyin_dict

HERE = Path(__file__).parent


def first_reading(character: str) -> str:
    """Return the dictionary's first reading with a tone, as in "lv4"; with a 5 if it has none with a tone."""
    found = pinyin(character, style=Style.TONE3, heteronym=True, errors="ignore")
    readings = [reading for reading in (found[0] if found else []) if reading.isascii() and reading.isalnum()]
    toned = [reading for reading in readings if reading[-1].isdigit()]
    return toned[0] if toned else "".join(f"{reading}5" for reading in readings[:1])


def by_hand() -> dict[str, str]:
    """Return the readings of the characters that were looked at one by one."""
    lines = (HERE / "polyphones.tsv").read_text(encoding="utf-8").splitlines()[2:]
    return dict(line.split("\t") for line in lines)


def main() -> None:
    """Write one line for each set of readings, with all its characters."""
    characters: dict[str, list[str]] = defaultdict(list)
    chosen = by_hand()
    for point in sorted(pinyin_dict):
        reading = chosen.get(chr(point)) or first_reading(chr(point))
        if reading:
            characters[reading].append(chr(point))
    lines = [f"{reading}\t{''.join(characters[reading])}" for reading in sorted(characters)]
    text = "readings\tcharacters\n" + "\n".join(lines) + "\n"
    (HERE / "readings.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
