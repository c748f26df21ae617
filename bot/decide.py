"""Machine or person: what the findings and the files that could not be read mean for a case."""

from collections.abc import Sequence

from bot.model import CaseStatus, Unreadable
from extractors.model import Paper
from rules.model import Finding
from rules.remedies import Remedy, Want


def status(
    papers: Sequence[Paper], unreadable: Sequence[Unreadable], findings: Sequence[Finding]
) -> CaseStatus:
    """Return whether a judged case may be filed.

    A file that cannot be opened may say something that nothing else says, so it stops the case as
    an open finding does; where no file could be read at all the case is quarantined.
    """
    if not papers:
        return CaseStatus.QUARANTINED
    if unreadable or any(f.stops for f in findings):
        return CaseStatus.REVIEW
    return CaseStatus.READY


def reasons(
    papers: Sequence[Paper], unreadable: Sequence[Unreadable], findings: Sequence[Finding]
) -> tuple[str, ...]:
    """Return one line for each thing that keeps a case from going straight through.

    Where nothing could be read, what the papers would have had to say is no news.
    """
    files = (f"{u.file}：{u.message}{u.remedy}" for u in unreadable)
    open_findings = (f.message for f in findings if f.stops)
    if not papers:
        return tuple(files)
    return (*files, *dict.fromkeys(open_findings))


def files_wanted(unreadable: Sequence[Unreadable]) -> tuple[Want, ...]:
    """Return what the applicant is asked for in place of files that could not be read."""
    return tuple(
        Want(u.code, "原文件读不出来", frozenset({frozenset({Remedy("document", f"能打开的“{u.file}”")})}))
        for u in unreadable
    )
