"""Replaying recordings: each by itself, in as many processes as the machine has cores, reported in one order."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.portals.portal_map import PortalMap, load
from bot.replay import archive
from bot.replay.causes import explained
from bot.replay.changes import changes
from bot.replay.coverage import coverage, met
from bot.replay.model import Recording, Stage
from bot.replay.report import CaseDiff, Expected, Report, reported
from bot.replay.stages import replayed
from bot.replay.units import program, units
from extractors.errors import UsageError, ZeromeetError

_FEW = 8
"""Recordings for which starting other processes does not pay."""
_LEFT_OUT = {
    Stage.PAPERS: frozenset({"units", "traffic"}),
    Stage.ELEMENTS: archive.LATER,
    Stage.RULES: archive.LATER | {"reviews", "names"},
    Stage.PLAN: archive.LATER | {"reviews", "names"},
}


class _Job(NamedTuple):
    name: str
    path: Path
    start: Stage
    portal: str | None


class _Answer(NamedTuple):
    diff: CaseDiff
    met: dict[str, frozenset[str]]


def replay(
    found: Sequence[tuple[str, Path]],
    start: Stage,
    expected: Sequence[Expected] = (),
    portal: str | None = None,
    jobs: int | None = None,
) -> Report:
    """Return what today's program makes of recordings otherwise than they say.

    Args:
        found: Recordings with the names they are reported by.
        start: From which stage each is computed anew.
        expected: Classes of differences that a person has accepted.
        portal: Another map than the one each was recorded for.
        jobs: Processes; as many as there are cores where None.

    Raises:
        UsageError: There is no such map, or the stage cannot be replayed.
    """
    if start is Stage.PORTAL:
        raise UsageError(
            "这些录制没有门户的请求和答复，不能从门户回放。", "请用 --from plan 比较要填写的每一项。"
        )
    work = [_Job(name, path, start, portal) for name, path in found]
    answers = list(_answers(work, jobs or os.cpu_count() or 1))
    shown = load(portal or _portal(found) or "practice")
    exercised = coverage((answer.met for answer in answers), shown)
    return reported([answer.diff for answer in answers], start, program(), expected, exercised)


def compared(path: Path, name: str, start: Stage, portal: str | None = None) -> tuple[CaseDiff, Recording]:
    """Replay one recording.

    Raises:
        ZeromeetError: It cannot be read, or its map is gone.
    """
    before = archive.read(path, _LEFT_OUT[start])
    chosen = portal or before.manifest.portal
    now = replayed(before, start, _map(chosen))
    found = changes(before, now.recording, start)
    if found:
        then = archive.part(path, "units")
        today = units(chosen)
        changed = frozenset(n for n in then.keys() | today.keys() if then.get(n) != today.get(n))
        found = list(explained(found, before, now.recording, changed, missed=bool(now.missed)))
    diff = CaseDiff(name=name, case=before.manifest.case, changes=tuple(found), missed=now.missed)
    return diff, now.recording


def _answers(work: Sequence[_Job], jobs: int) -> Iterator[_Answer]:
    """Do the first in this process, so that what all of them load is loaded once."""
    if len(work) <= _FEW or jobs == 1:
        yield from map(_answer, work)
        return
    yield _answer(work[0])
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_answer, work[1:], chunksize=max(len(work) // (jobs * 8), 1))


def _answer(job: _Job) -> _Answer:
    try:
        diff, now = compared(job.path, job.name, job.start, job.portal)
    except ZeromeetError as error:
        return _Answer(CaseDiff(name=job.name, error=error.message), {})
    return _Answer(diff, met(now))


@cache
def _map(name: str) -> PortalMap:
    """Return a map, read once: reading it takes longer than replaying a case."""
    return load(name)


def _portal(found: Sequence[tuple[str, Path]]) -> str | None:
    """Return the map of the first recording that can be read."""
    for _, path in found:
        try:
            manifest = archive.part(path, "manifest")
        except ZeromeetError:
            continue
        return str(manifest.portal)
    return None
