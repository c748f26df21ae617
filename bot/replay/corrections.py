"""What people corrected, kept as recorded cases: the next program is held against their word."""

from datetime import date
from pathlib import Path

from bot.model import CaseResult
from bot.replay import archive
from bot.replay.model import SUFFIX
from bot.replay.record import record
from bot.workshop import Workshop
from extractors.errors import ZeromeetError

FOLDER = "recordings"


def keep(shop: Workshop, result: CaseResult, portal: str) -> Path | None:
    """Record a case on whose facts a person has decided, in the home folder, without its files.

    Returns:
        Where it was written; None where nobody decided anything, or the case cannot be recorded: that stops no case.
    """
    if not shop.store.reviews(result.case):
        return None
    folder = shop.settings.home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{result.case}{SUFFIX}"
    try:
        made = record(shop, Path(result.folder), date.fromisoformat(result.on), portal, "hashes")
        archive.write(made.recording, path)
    except (ZeromeetError, OSError) as error:
        shop.tell(f"这件没有录下来，不影响办理（{type(error).__name__}）。")
        return None
    return path
