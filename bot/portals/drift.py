"""Stops at a page that is not as it was, and proposes to a person how the map would have to change."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path

from bot.errors import NOT_FILED, PortalChangedError
from bot.portals.controls import Survey
from bot.portals.fingerprint import Change, Drift, PageForm, differences, seen
from bot.portals.portal_map import FormPage


class DriftError(PortalChangedError):
    """A page differs from its fingerprint; nothing was typed into it."""

    def __init__(self, page: str, drifts: Sequence[Drift]) -> None:
        super().__init__(page, drifts[0].label, "")
        self.message = f"页面“{page}”与存样不同：{'；'.join(str(drift) for drift in drifts)}。{NOT_FILED}"
        self.drifts = tuple(drifts)


def assert_unchanged(recorded: Sequence[PageForm], hall: str, page: FormPage, view: Survey) -> None:
    """Compare a page in view with its fingerprint, before anything is typed.

    Raises:
        DriftError: Anything differs. A page of which no fingerprint was taken is let pass: the map alone judges it.
    """
    before = next((p for p in recorded if (p.hall, p.heading) == (hall, page.heading)), None)
    if before and (drifts := differences(before, seen(hall, page, view), page)):
        raise DriftError(page.heading, drifts)


def patch(map_file: Path, drifts: Sequence[Drift]) -> str:
    """Return a unified diff of the map as it would be if every guess were right; a person decides.

    Renamed labels are exchanged in the lines of their page; everything else stands as a remark above the page.
    """
    before = map_file.read_text(encoding="utf-8").splitlines(keepends=True)
    after = list(before)
    for drift in drifts:
        start, end = _page(after, drift.page)
        if drift.change is Change.RENAMED:
            label = re.compile(rf"(label:\s*)([\"']?){re.escape(drift.before)}\2(?=\s*[,}}\n])")
            after[start:end] = [label.sub(rf"\g<1>{drift.now}", line) for line in after[start:end]]
        else:
            indent = re.match(r"\s*", after[start])[0] if start < len(after) else ""  # type: ignore[index]
            after.insert(start, f"{indent}# ? {drift}\n")
    return "".join(difflib.unified_diff(before, after, map_file.name, map_file.name))


def _page(lines: Sequence[str], heading: str) -> tuple[int, int]:
    """Return the lines of the page with this heading: from its own line to the next page's."""
    heads = [n for n, line in enumerate(lines) if re.search(r"\bheading:", line)]
    own = next(
        (n for n in heads if re.search(rf"heading:\s*[\"']?{re.escape(heading)}[\"']?\s*[,}}\n]", lines[n])),
        0,
    )
    return own, next((n for n in heads if n > own), len(lines))
