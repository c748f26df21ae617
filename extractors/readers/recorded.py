"""What a reader answered about one file, noted while it read, and a reader that gives the same answers again.

So papers are extracted anew without their files, without OCR and without a sandbox, on any machine alike.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from extractors.against_pixels import Seeing, Stretch
from extractors.errors import ModelMissingError, ReaderCrashedError, UnreadableError, ZeromeetError
from extractors.intake import Received
from extractors.model import Box, Document, Page, Record
from extractors.readers.ocr_child import Reading

Answer = TypeVar("Answer")

_FAILURES: dict[str, type[ZeromeetError]] = {
    one.code: one for one in (ModelMissingError, ReaderCrashedError, UnreadableError)
}
_DPI = 200


class Reads(Seeing, Protocol):
    """What extraction asks of whoever reads papers."""

    def expect(self, received: Iterable[Received]) -> None:
        """Get ready for these files."""
        ...

    def read(self, received: Received) -> Document:
        """Return the document with the lines of every page."""
        ...

    def shows_traces(self, received: Received, page: Page) -> bool:
        """Tell whether a page bears marks beside its lines that may be text."""
        ...


class Answers(Record):
    """Everything that a reader said about one file."""

    document: Document
    traces: dict[str, bool] = {}
    """By page: whether it bears marks beside its lines."""
    seen: dict[str, tuple[str, float]] = {}
    """By page, resolution and box: what a drawn line says, and how surely."""
    shown: dict[str, bool] = {}
    """By page, line and characters: whether the page surely shows them."""
    failed: dict[str, str] = {}
    """By what was asked: the code of the error that was the answer."""


class Noting:
    """A reader that notes what another one answers.

    Args:
        reader: The one that reads.
    """

    def __init__(self, reader: Reads) -> None:
        self._reader = reader
        self._documents: dict[str, Document] = {}
        self._traces: dict[str, dict[str, bool]] = {}
        self._seen: dict[str, dict[str, tuple[str, float]]] = {}
        self._shown: dict[str, dict[str, bool]] = {}
        self._failed: dict[str, dict[str, str]] = {}

    def answers(self) -> tuple[Answers, ...]:
        """Return what was noted, a file at a time, in the order in which they were first read."""
        return tuple(
            Answers(
                document=document,
                traces=self._traces.get(name, {}),
                seen=self._seen.get(name, {}),
                shown=self._shown.get(name, {}),
                failed=self._failed.get(name, {}),
            )
            for name, document in self._documents.items()
        )

    def expect(self, received: Iterable[Received]) -> None:
        """Get ready for these files."""
        self._reader.expect(received)

    def read(self, received: Received) -> Document:
        """Return the document with the lines of every page."""
        document = self._reader.read(received)
        self._documents.setdefault(received.id, document)
        return document

    def shows_traces(self, received: Received, page: Page) -> bool:
        """Tell whether a page bears marks beside its lines that may be text."""
        key = str(page.number)
        answer = self._noted(received.id, f"traces {key}", lambda: self._reader.shows_traces(received, page))
        self._traces.setdefault(received.id, {})[key] = answer
        return answer

    def lines_seen(
        self, received: Received, page: int, boxes: Sequence[Box], dpi: int = _DPI
    ) -> list[Reading]:
        """Read these boxes of a drawn page, one line each."""
        asked = f"seen {page} {dpi}"
        answer = self._noted(received.id, asked, lambda: self._reader.lines_seen(received, page, boxes, dpi))
        keys = (seen_key(page, dpi, box) for box in boxes)
        pairs = zip(keys, ((one.text, one.score) for one in answer), strict=True)
        self._seen.setdefault(received.id, {}).update(pairs)
        return answer

    def are_shown(self, document: Document, received: Received, stretches: Sequence[Stretch]) -> list[bool]:
        """Tell of each stretch whether its page surely shows it; False says nothing."""
        answer = self._noted(
            received.id, "shown", lambda: self._reader.are_shown(document, received, stretches)
        )
        pairs = zip(map(shown_key, stretches), answer, strict=True)
        self._shown.setdefault(received.id, {}).update(pairs)
        return answer

    def _noted(self, document: str, asked: str, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
        except tuple(_FAILURES.values()) as error:
            code = next(code for code, kind in _FAILURES.items() if isinstance(error, kind))
            self._failed.setdefault(document, {})[asked] = code
            raise


class Recorded:
    """A reader that answers what was noted, and notes what it was asked for in vain.

    Args:
        answers: Of every file.
    """

    def __init__(self, answers: Iterable[Answers]) -> None:
        self._answers = {one.document.id: one for one in answers}
        self.missed: list[tuple[str, str]] = []
        """Document and question: asked for now, and not when it was recorded. Nothing is concluded from such."""

    def expect(self, received: Iterable[Received]) -> None:
        """Nothing has to be made ready."""

    def read(self, received: Received) -> Document:
        """Return the document as it was read."""
        return self._answers[received.id].document

    def shows_traces(self, received: Received, page: Page) -> bool:
        """Tell whether the page bore marks beside its lines."""
        key = str(page.number)
        known = self._of(received, f"traces {key}").traces
        if key not in known:
            self.missed.append((received.id, f"traces {key}"))
        return known.get(key, False)

    def lines_seen(
        self, received: Received, page: int, boxes: Sequence[Box], dpi: int = _DPI
    ) -> list[Reading]:
        """Return what the boxes were read as; one that was not looked at then says nothing."""
        known = self._of(received, f"seen {page} {dpi}").seen
        keys = [seen_key(page, dpi, box) for box in boxes]
        self.missed.extend((received.id, f"seen {key}") for key in keys if key not in known)
        return [Reading(*known.get(key, ("", 0.0))) for key in keys]

    def are_shown(self, document: Document, received: Received, stretches: Sequence[Stretch]) -> list[bool]:
        """Tell of each stretch whether its page surely showed it."""
        del document
        known = self._of(received, "shown").shown
        keys = [shown_key(stretch) for stretch in stretches]
        self.missed.extend((received.id, f"shown {key}") for key in keys if key not in known)
        return [known.get(key, False) for key in keys]

    def _of(self, received: Received, asked: str) -> Answers:
        answers = self._answers[received.id]
        if asked in answers.failed:
            raise _FAILURES[answers.failed[asked]]("记录里这一步就没有成功。")
        return answers


def seen_key(page: int, dpi: int, box: Box) -> str:
    """Return how a look at a drawn line is found again."""
    return f"{page} {dpi} {' '.join(repr(float(v)) for v in box)}"


def shown_key(stretch: Stretch) -> str:
    """Return how a question about a stretch of a line is found again."""
    return " ".join(map(str, stretch))
