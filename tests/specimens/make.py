"""Writes invented cases: python -m tests.specimens.make --seed 7 --cases 3 --out FOLDER."""

import argparse
import json
from pathlib import Path
from random import Random

from tests.specimens.case import File, files
from tests.specimens.invent import company

_APART = {"build": 0, "judge": 1_000_000_000}
"""Keeps the seeds of the splits apart: no company is in both."""


def write(folder: Path, truth: Path, made: list[File]) -> None:
    """Write a case's files into a folder of its own, and what they say into one file elsewhere."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in made:
        (folder / file.name).write_bytes(file.data)
    truth.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([file.truth for file in made], ensure_ascii=False, indent=1)
    truth.write_text(text + "\n", encoding="utf-8")


def invented(seed: int, number: int, split: str) -> list[File]:
    """Return the files of one invented case."""
    own = _APART[split] + seed * 10_000 + number
    return files(company(own), Random(own), split)


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the cases."""
    parser = argparse.ArgumentParser(prog="python -m tests.specimens.make", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--split", choices=sorted(_APART), default="build")
    asked = parser.parse_args(arguments)
    for number in range(1, asked.cases + 1):
        case = f"case{number:02d}"
        made = invented(asked.seed, number, asked.split)
        write(asked.out / case, asked.out / f"{case}.truth.json", made)


if __name__ == "__main__":
    main()
