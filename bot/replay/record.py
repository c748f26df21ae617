"""Making a recording: a case is read and judged once more, and everything that was answered on the way is noted."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from bot.model import CaseResult
from bot.name_check import NameCheck, NameChecker
from bot.name_choice import RULE
from bot.pipeline import Reading, read_papers
from bot.portals.portal_map import load
from bot.replay.model import Filled, KeptFile, Manifest, NotedName, Outcome, Recording
from bot.replay.stages import asked, plan
from bot.replay.units import program, units
from bot.steps import started
from bot.workshop import Workshop
from extractors.errors import UnreadableError
from extractors.intake import Received
from extractors.readers.recorded import Answers, Noting
from rules.names.model import Proposal

Papers = Literal["full", "hashes"]
_QUALITY = 80


class NotingNames(NameChecker):
    """Checks names as another checker does, and notes what was said where a register was asked."""

    def __init__(self, names: NameChecker) -> None:
        super().__init__()
        self._names = names
        self.noted: dict[str, NameCheck] = {}

    def check(self, proposal: Proposal, alternates: Sequence[str] = (), *, suggest: bool = True) -> NameCheck:
        """Check a name and note the answer."""
        answer = self._names.check(proposal, alternates, suggest=suggest)
        if answer.is_compared:
            self.noted[asked(proposal, alternates)] = replace(answer, ms=0.0)
        return answer


class Made(NamedTuple):
    """A recording, and what goes into its file beside it."""

    recording: Recording
    more: dict[str, bytes]
    """Files and pictures of pages by their names in the archive."""


def record(shop: Workshop, folder: Path, on: date, portal: str, papers: Papers = "full") -> Made:
    """Read and judge a case, and return everything that was answered and found.

    Args:
        shop: Its store knows the decisions of people on the case.
        folder: The case.
        on: The day by whose law it is judged.
        portal: Name or file of the portal's map.
        papers: Whether the files themselves go into the recording, or only their hashes.

    Raises:
        UsageError: The folder is no case, or there is no such map.
    """
    run = started(shop, folder, on)
    noting, names = Noting(shop.reader), NotingNames(shop.names)
    run.shop = replace(shop, names=names)
    run.reading = read_papers(folder, noting, shop.tell)
    result = run.judge()
    noted = tuple(NotedName(asked=key, answer=answer) for key, answer in sorted(names.noted.items()))
    more = _files(shop, run.reading, noting.answers()) if papers == "full" else {}
    return Made(recorded(result, noting.answers(), noted, portal, is_full=bool(more)), more)


def recorded(
    result: CaseResult,
    answers: tuple[Answers, ...],
    names: tuple[NotedName, ...],
    portal: str,
    *,
    is_full: bool,
) -> Recording:
    """Return the recording of a judged case, its plan for the portal made on the way."""
    case = Recording(
        manifest=Manifest(
            case=result.case,
            on=result.on,
            program=program(),
            portal=portal,
            files=tuple(_kept(one, is_kept=is_full) for one in answers),
            unreadable=result.unreadable,
        ),
        units=units(portal),
        answers=answers,
        papers=result.papers,
        reviews=result.reviews,
        names=names,
        facts=result.facts,
        filled=Filled(forms=result.forms, not_needed=result.not_needed),
        outcome=Outcome(
            findings=result.findings,
            named=tuple(f for f in result.findings if f.rule == RULE),
            status=result.status,
            why=result.why_not_automatic,
            settlement=result.settlement,
        ),
    )
    return case.model_copy(update={"plan": plan(case, load(portal))})


def page_member(document: str, page: int) -> str:
    """Return the name under which a page's picture is kept."""
    return f"pages/{document}-{page}.jpg"


def file_member(document: str) -> str:
    """Return the name under which a file is kept."""
    return f"files/{document}"


def _kept(one: Answers, *, is_kept: bool) -> KeptFile:
    document = one.document
    return KeptFile(
        id=document.id,
        name=document.filename,
        media_type=document.media_type,
        pages=len(document.pages),
        is_kept=is_kept,
    )


def _files(shop: Workshop, reading: Reading, answers: Sequence[Answers]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for one in answers:
        received = reading.received[one.document.id]
        found[file_member(received.id)] = received.path.read_bytes()
        for page in one.document.pages:
            if picture := _picture(shop, received, page.number):
                found[page_member(received.id, page.number)] = picture
    return found


def _picture(shop: Workshop, received: Received, page: int) -> bytes | None:
    try:
        picture = shop.reader.picture(received, page)
    except UnreadableError:
        return None
    held = io.BytesIO()
    picture.convert("RGB").save(held, "JPEG", quality=_QUALITY)
    return held.getvalue()
