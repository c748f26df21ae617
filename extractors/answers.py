"""What the sandbox answers, taken apart and checked: it may come from a parser that a paper has taken over.

Whoever asks gets the models of this file, never what lay in the pipe: a field that is not stated here does
not get through, and one of another type is not made to fit.
"""

import struct
from typing import Annotated, Any, ClassVar, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from extractors.errors import BombError, UnreadableError

MAX_HEAD = 64 * 1024 * 1024
MAX_PAGES = 2_000
"""Of any file; each reader has a lower limit of its own, this one is for answers that no reader gave."""
MAX_LINES = 4_000
"""Of one page. A dense A4 page of a contract has 60; a register printed small has 600."""
MAX_CHARACTERS = 100_000
"""Of one page."""
MAX_SENTENCE = 300
"""Characters of a refusal; our own take a third of it."""

_T = TypeVar("_T")
_Length = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]
_Place = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]
_Side = Annotated[int, Field(gt=0, le=100_000)]


class Answer(NamedTuple):
    """What the sandbox found, and the pixels it speaks of in their order."""

    data: Any
    """What _FORMS promises for the task."""
    blobs: tuple[memoryview, ...]


class BrokenAnswerError(Exception):
    """The answer is not one that our own code would give."""


class _Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class TextPage(_Stated):
    """A page whose text the file itself states."""

    width: _Length
    height: _Length
    lines: list[tuple[str, _Place, _Place, _Place, _Place]]
    """Text, left, top, right, bottom."""
    spans: list[list[tuple[_Place, _Place]]] = []
    """Of a PDF: where each character of each line stands."""
    grey: tuple[_Side, _Side] | None = None
    """Of a PDF: height and width of the page as drawn in grey."""
    hidden: bool = False
    """The file holds text here that the page does not show."""
    unread: bool = False
    """The page shows print that is in no line."""

    @property
    def drawn(self) -> int:
        """Return how many bytes its picture has."""
        return self.grey[0] * self.grey[1] if self.grey else 0


class Shape(_Stated):
    """The size of a picture in colour."""

    height: _Side
    width: _Side
    depth: ClassVar[int] = 3
    """Bytes for one pixel."""

    @property
    def drawn(self) -> int:
        """Return how many bytes the picture has."""
        return self.height * self.width * self.depth


class GreyShape(Shape):
    """The size of a picture in levels of grey."""

    depth: ClassVar[int] = 1


class _Refused(_Stated):
    error: str
    message: str
    advice: str
    sizes: list[int]


class _Found(_Stated, Generic[_T]):
    data: _T
    sizes: list[int]


_PAGES = TypeAdapter(_Refused | _Found[Annotated[list[TextPage], Field(max_length=MAX_PAGES)]])
_FORMS: dict[str, TypeAdapter[Any]] = {
    "pdf": _PAGES,
    "xlsx": _PAGES,
    "docx": _PAGES,
    "pdf_page": TypeAdapter(_Refused | _Found[Shape]),
    "pdf_grey": TypeAdapter(_Refused | _Found[GreyShape]),
    "picture": TypeAdapter(_Refused | _Found[list[Shape]]),
    "walls": TypeAdapter(_Refused | _Found[tuple[bool, bool]]),
}


def parse(task: str, raw: bytes) -> Answer:
    """Take an answer apart.

    Raises:
        UnreadableError: The task refused its file, or found more text than a paper has.
        BrokenAnswerError: The answer is cut short, or is none.
    """
    try:
        (length,) = struct.unpack("<q", raw[:8])
        if not 0 <= length <= MAX_HEAD:
            raise BrokenAnswerError
        head = _FORMS[task].validate_json(raw[8 : 8 + length])
    except (struct.error, ValidationError) as error:
        raise BrokenAnswerError from error
    if isinstance(head, _Refused):
        raise _refusal(head)
    blobs = _blobs(raw, 8 + length, head.sizes)
    _check(head.data, blobs)
    return Answer(head.data, blobs)


def _refusal(refused: _Refused) -> UnreadableError:
    """Return the error that a code stands for; its sentences hold nothing that a screen would obey."""
    kinds = {kind.code: kind for kind in UnreadableError.__subclasses__()}
    message, advice = (
        "".join(c for c in sentence[:MAX_SENTENCE] if c.isprintable())
        for sentence in (refused.message, refused.advice)
    )
    return kinds.get(refused.error, UnreadableError)(message, advice)


def _blobs(raw: bytes, start: int, sizes: list[int]) -> tuple[memoryview, ...]:
    if any(size < 0 for size in sizes) or start + sum(sizes) != len(raw):
        raise BrokenAnswerError
    whole = memoryview(raw)
    blobs = []
    for size in sizes:
        blobs.append(whole[start : start + size])
        start += size
    return tuple(blobs)


def _check(found: Any, blobs: tuple[memoryview, ...]) -> None:
    """See that sizes and pixels belong together, and that a page holds what a page can hold."""
    listed = found if isinstance(found, list) else [found]
    pages = [one for one in listed if isinstance(one, TextPage | Shape)]
    if [page.drawn for page in pages if page.drawn] != [len(blob) for blob in blobs]:
        raise BrokenAnswerError
    if any(isinstance(page, TextPage) and _overflows(page) for page in pages):
        raise BombError("页面上的文字多得不像一份材料，没有读取。")


def _overflows(page: TextPage) -> bool:
    return len(page.lines) > MAX_LINES or sum(len(line[0]) for line in page.lines) > MAX_CHARACTERS
