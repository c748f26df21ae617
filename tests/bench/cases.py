"""The held-out papers: made one case at a time, read once, judged again in every run."""

import hashlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extractors.errors import UnreadableError
from extractors.extract import papers_of
from extractors.intake import receive
from extractors.model import Paper
from extractors.reading import READER_VERSION, PaperReader
from tests.bench.measure import Judged, judged
from tests.specimens.make import invented

_READERS = Path(__file__).parents[2] / "extractors"


def readings_home(home: Path) -> Path:
    """Return where readings are kept for the readers as they are now; what another code read is not taken."""
    code = hashlib.sha256(READER_VERSION.encode())
    for path in sorted([*(_READERS / "readers").glob("*.py"), _READERS / "reading.py"]):
        code.update(path.read_bytes())
    return home / f"{READER_VERSION}-{code.hexdigest()[:10]}"


def judge(home: Path, seed: int, cases: int, split: str) -> Iterator[Judged]:
    """Yield what became of every file of so many cases; readings are kept, so an interrupted run goes on."""
    begun = time.monotonic()
    with PaperReader(readings_home(home)) as reader, TemporaryDirectory() as scratch:
        for number in range(1, cases + 1):
            for truth, path in written(Path(scratch), seed, number, split):
                yield judged(truth, _papers(path, reader))
                path.unlink()
            left = (time.monotonic() - begun) / number * (cases - number)
            tell(f"case {number} of {cases} read, about {left / 60:.0f} min left")


def written(folder: Path, seed: int, number: int, split: str) -> list[tuple[dict[str, Any], Path]]:
    """Write the files of one case into a folder, and return each with its truth."""
    found = []
    for file in invented(seed, number, split):
        path = folder / f"{number}-{file.name}"
        path.write_bytes(file.data)
        found.append((file.truth, path))
    return found


def tell(text: str) -> None:
    """Say on stderr how far the bench is."""
    sys.stderr.write(f"bench: {text}\n")
    sys.stderr.flush()


def _papers(path: Path, reader: PaperReader) -> tuple[Paper, ...]:
    try:
        return papers_of(receive(path), reader)
    except UnreadableError:
        return ()
