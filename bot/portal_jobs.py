"""What `zeromeet portal` does; the command only asks and prints."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from bot import settings
from bot.portals import drift, fingerprint
from bot.portals.browser import browser
from bot.portals.handover import Handover
from bot.portals.learn import learn_at
from bot.portals.portal_map import file_of
from bot.portals.walk import PageReport, walk
from bot.visit import visit
from bot.workshop import Told
from extractors.errors import UsageError


def check(
    portal: str, url: str | None, keys: Mapping[str, str], tell: Told, *, accept: bool = False
) -> tuple[PageReport, ...]:
    """Go through a portal and compare it with its map and its fingerprint.

    Args:
        portal: Name of a known portal, or path of a map.
        url: Address to start from.
        keys: Hall to the business key under which a draft may be begun to see the forms.
        tell: Takes a line of progress.
        accept: Write what was seen down as the new fingerprint, beside the map; pages not seen keep theirs.

    Raises:
        UsageError: A key names no hall of the portal.
        ZeromeetError: The portal cannot be entered.
    """
    file = file_of(portal)
    with visit(settings.load(), portal, url, tell) as session:
        if unknown := keys.keys() - session.portal.by_id.keys():
            raise UsageError(f"门户没有名为 {min(unknown)} 的大厅，没有打开任何页面。")
        recorded = fingerprint.load(file)
        reports = tuple(walk(session, recorded, keys))
    if accept:
        fingerprint.path_of(file).write_text(
            fingerprint.written(_renewed(recorded, reports)), encoding="utf-8"
        )
    return reports


def patch(portal: str, reports: Sequence[PageReport]) -> str:
    """Return how the map would have to change, as a proposal; empty where nothing is known to differ."""
    return drift.patch(file_of(portal), [found for report in reports for found in report.drifts])


def learn(url: str, until: str | None, wait_s: float, tell: Told) -> str:
    """Return a map that is proposed for the form at an address, as YAML; nothing is typed into the form.

    Args:
        url: Of the form, or of a page from which a person goes on to it.
        until: Heading of the form's page, where a person must first sign in or go on; None where url leads to it.
        wait_s: How long to wait for that person.
        tell: Takes the link at which they do it.

    Raises:
        UsageError: The address is none.
        HandoverError: Nobody has reached the form.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise UsageError("这不是网址，没有打开。", "请写完整的网址，例如 https://…。")
    with browser() as chromium:
        return learn_at(chromium, url, until, Handover(wait_s, lambda task, link: tell(f"请{task}：{link}")))


def _renewed(
    recorded: Sequence[fingerprint.PageForm], reports: Sequence[PageReport]
) -> list[fingerprint.PageForm]:
    now = {(r.hall, r.heading): r.form for r in reports if r.form}
    kept = [page for page in recorded if (page.hall, page.heading) not in now]
    return [*kept, *now.values()]
