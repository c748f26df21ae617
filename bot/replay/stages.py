"""A case computed anew from any stage of its recording. Pure: no clock, no file, no network."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bot.filing import submissions
from bot.judging import Understood, company, conclude, understand
from bot.model import CaseResult
from bot.name_check import NameCheck, NameChecker
from bot.portals.convert import to_portal
from bot.portals.plan import Submission
from bot.portals.portal_map import FormPage, Hall, PortalMap
from bot.portals.slots import Slot, all_slots, assert_covered, start_values
from bot.replay.model import Filled, NotedName, Outcome, PlannedHall, Recording, Stage, Typed
from extractors.errors import UnreadableError, ZeromeetError
from extractors.extract import joined, papers_of
from extractors.gather import gather as put_together
from extractors.intake import Received
from extractors.model import Paper
from extractors.readers.recorded import Answers, Recorded
from rules.names.model import Proposal

ORDER = tuple(Stage)


class Replayed(NamedTuple):
    """A case as today's program makes it."""

    recording: Recording
    missed: tuple[str, ...] = ()
    """What was asked for that is not in the recording."""


class NotedNames(NameChecker):
    """Checks names as when the case was recorded: by the rules alone, or with what the register said then."""

    def __init__(self, noted: Sequence[NotedName]) -> None:
        super().__init__()
        self._noted = {one.asked: one.answer for one in noted}
        self.missed: list[str] = []

    def check(self, proposal: Proposal, alternates: Sequence[str] = (), *, suggest: bool = True) -> NameCheck:
        """Return what was said of a name, or say it anew where there was no register."""
        key = asked(proposal, alternates)
        if key in self._noted:
            return self._noted[key]
        if self._noted:
            self.missed.append("name check")
        return super().check(proposal, alternates, suggest=suggest)


def asked(proposal: Proposal, alternates: Sequence[str]) -> str:
    """Return how a question to the name check is found again."""
    return repr((proposal, tuple(alternates)))


def replayed(case: Recording, start: Stage, portal: PortalMap) -> Replayed:
    """Return a case computed anew behind a stage, with the law of the day on which it was recorded."""
    missed: list[str] = []
    on = date.fromisoformat(case.manifest.on)
    if start is Stage.PAPERS:
        papers, unanswered = extracted(case.answers)
        missed += unanswered
        case = case.model_copy(update={"papers": papers})
    if start in {Stage.PAPERS, Stage.ELEMENTS}:
        names = NotedNames(case.names)
        known = understand(case.papers, case.reviews, on, names)
        missed += names.missed
        filled = Filled(forms=known.forms, not_needed=known.not_needed)
        outcome = case.outcome.model_copy(update={"named": known.named})
        case = case.model_copy(update={"facts": known.facts, "filled": filled, "outcome": outcome})
    if start in {Stage.PAPERS, Stage.ELEMENTS, Stage.RULES}:
        case = case.model_copy(update={"outcome": judged(case, on)})
    return Replayed(case.model_copy(update={"plan": plan(case, portal)}), tuple(dict.fromkeys(missed)))


def extracted(answers: Sequence[Answers]) -> tuple[tuple[Paper, ...], list[str]]:
    """Return the papers of a case from what was read of its files, and what had not been read."""
    reader = Recorded(answers)
    received = {one.document.id: _received(one) for one in answers}
    papers: list[Paper] = []
    for file in received.values():
        try:
            papers.extend(papers_of(file, reader))
        except UnreadableError:  # it was so then; the manifest names it
            continue
    whole = put_together(joined(papers, received, reader))
    return whole, [f"{asked_for.split(' ')[0]} of a page" for _, asked_for in reader.missed]


def _received(one: Answers) -> Received:
    document = one.document
    return Received(
        id=document.id,
        path=Path(document.filename),
        filename=document.filename,
        media_type=document.media_type,
    )


def judged(case: Recording, on: date) -> Outcome:
    """Return what the rules make of the facts and forms of a case."""
    known = Understood(case.facts, case.filled.forms, case.filled.not_needed, case.outcome.named)
    found = conclude(case.papers, case.manifest.unreadable, known, on)
    return Outcome(
        findings=found.findings,
        named=known.named,
        status=found.status,
        why=found.why,
        settlement=found.settlement,
    )


def plan(case: Recording, portal: PortalMap) -> tuple[PlannedHall, ...]:
    """Return what would be typed at a portal, control by control."""
    return tuple(_hall(portal.hall(one.hall), one) for one in submissions(as_result(case), portal))


def as_result(case: Recording) -> CaseResult:
    """Return a recorded case as a run gives it."""
    return CaseResult(
        case=case.manifest.case,
        folder="",
        status=case.outcome.status,
        company_name=company(case.facts),
        on=case.manifest.on,
        papers=case.papers,
        unreadable=case.manifest.unreadable,
        facts=case.facts,
        forms=case.filled.forms,
        not_needed=case.filled.not_needed,
        findings=case.outcome.findings,
        reviews=case.reviews,
        why_not_automatic=case.outcome.why,
        settlement=case.outcome.settlement,
    )


def _hall(hall: Hall, submission: Submission) -> PlannedHall:
    typed: list[Typed] = []
    refused = ""
    try:
        begun = start_values(hall, submission.forms, submission.business_key)
        typed.extend(_typed(hall.start.heading, slot, "") for slot in begun)
        for page in hall.pages:
            typed.extend(_page(page, submission))
        assert_covered(hall, submission)
    except ZeromeetError as error:
        refused = error.message
    return PlannedHall(
        hall=hall.id,
        business_key=submission.business_key,
        skipped=submission.skipped,
        typed=tuple(typed),
        refused=refused,
    )


def _page(page: FormPage, submission: Submission) -> list[Typed]:
    form = next((one for one in submission.forms if one.form == page.form), None)
    return [_typed(page.heading, slot, f"{page.form}.") for slot in all_slots(page, form)] if form else []


def _typed(heading: str, slot: Slot, prefix: str) -> Typed:
    return Typed(
        page=heading,
        label=slot.label,
        field=f"{prefix}{slot.path}",
        kind=slot.field.kind,
        text=to_portal(slot.field, slot.planned),
    )
