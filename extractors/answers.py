"""What the sandbox answers, taken apart and checked: it may come from a parser that a paper has taken over."""

import json
import math
import struct
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from extractors.errors import BombError, UnreadableError

MAX_HEAD = 64 * 1024 * 1024
MAX_LINES = 4_000
"""Of one page. A dense A4 page of a contract has 60; a register printed small has 600."""
MAX_CHARACTERS = 100_000
"""Of one page."""


class Answer(NamedTuple):
    """What the sandbox found: plain data, and the blobs it speaks of in their order."""

    data: Any
    blobs: tuple[memoryview, ...]


class BrokenAnswerError(Exception):
    """The answer is not one that our own code would give."""


_Length = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
_Place = Annotated[float, Field(ge=-10_000_000, le=10_000_000, allow_inf_nan=False)]


_Side = Annotated[int, Field(gt=0, le=100_000)]


class _TextPage(BaseModel):
    model_config = ConfigDict(extra="allow")  # what else a reader notes about a page

    width: _Length
    height: _Length
    lines: list[tuple[str, _Place, _Place, _Place, _Place]]
    spans: list[list[tuple[_Place, _Place]]] | None = None
    """Of a PDF: where each character of each line stands."""
    grey: tuple[_Side, _Side] | None = None
    """Of a PDF: height and width of the page as drawn in grey."""


class _Shape(BaseModel):
    height: int = Field(gt=0)
    width: int = Field(gt=0)
    depth: ClassVar[int] = 3
    """Bytes for one pixel."""


class _GreyShape(_Shape):
    depth: ClassVar[int] = 1


_PAGES = TypeAdapter(list[_TextPage])
_FORMS: dict[str, TypeAdapter[Any]] = {
    "pdf": _PAGES,
    "xlsx": _PAGES,
    "docx": _PAGES,
    "pdf_page": TypeAdapter(_Shape),
    "pdf_grey": TypeAdapter(_GreyShape),
    "picture": TypeAdapter(list[_Shape]),
    "walls": TypeAdapter(tuple[bool, bool]),
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
        head = json.loads(raw[8 : 8 + length])
        sizes = [int(s) for s in head["sizes"]]
        if "error" in head:
            raise _refusal(str(head["error"]), str(head["message"]), str(head["advice"]))
        found = _FORMS[task].validate_python(head["data"])
    except (struct.error, ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise BrokenAnswerError from error
    blobs = _blobs(raw, 8 + length, sizes)
    _check(found, blobs)
    return Answer(head["data"], blobs)


def _refusal(code: str, message: str, advice: str) -> UnreadableError:
    """Return the error that a code stands for."""
    kinds = {kind.code: kind for kind in UnreadableError.__subclasses__()}
    return kinds.get(code, UnreadableError)(message, advice)


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
    """See that shapes and blobs belong together, and that a page holds what a page can hold."""
    listed = found if isinstance(found, list) else [found]
    if [size for one in listed if (size := _drawn(one))] != [len(blob) for blob in blobs]:
        raise BrokenAnswerError
    for page in listed:
        if isinstance(page, _TextPage) and _overflows(page):
            raise BombError("页面上的文字多得不像一份材料，没有读取。")


def _drawn(one: Any) -> int:
    """Return how many bytes the picture of a page has."""
    if isinstance(one, _Shape):
        return one.height * one.width * one.depth
    return math.prod(one.grey) if isinstance(one, _TextPage) and one.grey else 0


def _overflows(page: _TextPage) -> bool:
    return len(page.lines) > MAX_LINES or sum(len(line[0]) for line in page.lines) > MAX_CHARACTERS
