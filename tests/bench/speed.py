"""How fast papers are read: warm and cold, beside the bare OCR engine on the same pictures, and in how much memory."""

import os
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from extractors.elements import papers
from extractors.extract import papers_of
from extractors.intake import receive
from extractors.reading import PaperReader
from tests.bench.bare import BareEngine
from tests.bench.cases import tell, written
from tests.bench.machine import MemoryWatch, Peak
from tests.specimens.carriers import PAGES

Files = list[tuple[dict[str, Any], Path]]

PROGRAM = Path(sys.executable).with_name("zeromeet")
SAMPLE = Path(__file__).parents[2] / "samples" / "qiming-software"
"""Twelve papers: pictures, PDFs with and without text, cells and paragraphs."""

VERBATIM = ("name", "uscc", "id_number", "account", "phone", "text")
"""Kinds whose normal form is what stands on the paper."""
_RUNS = 3
_OTHERS = 12
"""Cases read to warm a reader, as many as a morning brings."""
_WARMING = SAMPLE / "scan-03.jpg"


class Pair(NamedTuple):
    """One picture, read by both."""

    carrier: str
    ours: float
    """Seconds from the file to its elements."""
    bare: float
    """Seconds from the file to its lines."""
    values: int
    found_by_us: int
    """Values that stand word for word in our lines."""
    found_bare: int

    @property
    def ratio(self) -> float:
        """Our time for one of theirs."""
        return self.ours / self.bare


class Speed(NamedTuple):
    """Everything that was timed, in seconds."""

    text_pages: int
    text_seconds: float
    pairs: tuple[Pair, ...]
    first_start: float
    """The program reads a scan in an empty home: models are laid out first."""
    cold_scan: float
    """The program started for one scan."""
    cold_text: float
    """The program started for one PDF with text."""
    warm_scan: float
    """A reader that runs already; of the same scan."""
    case: float
    """The program started for the twelve papers of a sample, up to the forms in the browser; none is sent."""
    memory: Peak
    """Of that run."""


def timed(seed: int, cases: int, split: str) -> Speed:
    """Measure with papers of the first cases; nothing that was kept before is used."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        files = [pair for n in range(1, cases + 1) for pair in written(folder, seed, n, split)]
        texts = [path for truth, path in files if truth["carrier"] == "text_pdf"]
        scan = next(path for truth, path in files if truth["carrier"] == "scan")
        tell("timing cold starts")
        first, cold_scan, cold_text = _starts(folder / "home", scan, texts[0])
        tell("timing the case of twelve papers")
        case, memory = _case(folder / "home")
        tell("timing text PDFs")
        others = [pair for n in range(_OTHERS) for pair in written(folder, seed, cases + 1 + n, split)]
        warming = [path for truth, path in others if truth["carrier"] == "text_pdf"]
        pages, seconds = _texts(folder / "home", texts, warming)
        pictures = [(truth, path) for truth, path in files if truth["carrier"] in PAGES]
        pairs = _pairs(folder / "home", pictures)
        warm = next(pair.ours for (_, path), pair in zip(pictures, pairs, strict=True) if path == scan)
        return Speed(pages, seconds, tuple(pairs), first, cold_scan, cold_text, warm, case, memory)


def _starts(home: Path, scan: Path, text: Path) -> tuple[float, float, float]:
    first = _program(home, "extract", str(scan), "--json")[0]
    runs = {
        path: [_again(home, "extract", str(path), "--json")[0] for _ in range(_RUNS)] for path in (scan, text)
    }
    return first, median(runs[scan]), median(runs[text])


def _case(home: Path) -> tuple[float, Peak]:
    runs = [_again(home, "process", str(SAMPLE), "--dry-run", "--json") for _ in range(_RUNS)]
    peaks = zip(*(peak for _, peak in runs), strict=True)
    return median(seconds for seconds, _ in runs), Peak(*(max(sizes) for sizes in peaks))


def _again(home: Path, *words: str) -> tuple[float, Peak]:
    """Run the program with its models in place and all else forgotten."""
    for path in home.iterdir():
        if path.name not in {"models", "paddlex"}:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return _program(home, *words)


def _program(home: Path, *words: str) -> tuple[float, Peak]:
    begun = time.perf_counter()
    environment = {**os.environ, "ZEROMEET_HOME": str(home)}
    with subprocess.Popen([PROGRAM, *words], env=environment, stdout=subprocess.DEVNULL) as running:
        watch = MemoryWatch(running.pid)
        code = running.wait()
    peak = watch.stop()
    if code not in {0, 3}:  # done, or waiting for a person
        raise RuntimeError(f"{words[0]} ended with {code}")
    return time.perf_counter() - begun, peak


def _texts(home: Path, paths: list[Path], warming: list[Path]) -> tuple[int, float]:
    """Return pages and seconds of the middle one of several rounds.

    Each round has a reader of its own, warmed by other cases: no paper was read by it before, for a reader
    remembers the glyphs it has confirmed.
    """
    rounds = []
    for _ in range(_RUNS):
        with PaperReader(home, keep=False) as reader:
            for path in warming:
                papers_of(receive(path), reader)
            begun = time.perf_counter()
            read = [paper for path in paths for paper in papers_of(receive(path), reader)]
            rounds.append(time.perf_counter() - begun)
    return sum(len(paper.pages) for paper in read), median(rounds)


def _pairs(home: Path, files: Files) -> list[Pair]:
    """Read every picture with both, in turns, so that whatever else the machine does meets both alike."""
    pairs = []
    with PaperReader(home) as reader, BareEngine(home) as bare:
        papers_of(receive(_WARMING), reader)
        bare.read(_WARMING)
        for number, (truth, path) in enumerate(files, 1):
            pairs.append(_pair(truth, path, reader, bare))
            tell(f"picture {number} of {len(files)} read beside the bare engine")
    return pairs


def _pair(truth: dict[str, Any], path: Path, reader: PaperReader, bare: BareEngine) -> Pair:
    begun = time.perf_counter()
    received = receive(path)
    papers_of(received, reader)
    ours = time.perf_counter() - begun
    theirs, their_lines = bare.read(path)
    our_lines = [line.text for page in reader.read(received).pages for line in page.lines]
    values = printed_values(truth)
    found = [sum(value in text for value in values) for text in (folded(our_lines), folded(their_lines))]
    return Pair(truth["carrier"], ours, theirs, len(values), *found)


def printed_values(truth: dict[str, Any]) -> list[str]:
    """Return the values of a paper that stand on it as they stand in its truth."""
    known = papers()[truth["document_type"]]
    return [folded([value]) for name, value in truth["elements"].items() if known[name].type in VERBATIM]


def folded(lines: Iterable[str]) -> str:
    """Return lines as one text without spaces and without the width of marks, which no reader tells apart."""
    return unicodedata.normalize("NFKC", "".join("".join(lines).split()))
