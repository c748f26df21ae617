"""What `zeromeet tune` does."""

from pathlib import Path

from bot import settings as settings_module
from bot.batch import plot
from bot.batch.bounds import at_most
from bot.batch.dial import ERRORS, Dial, settings
from bot.batch.evidence import collect
from bot.batch.files import write_whole
from bot.store import Store


def tune(folder: Path, error: float, seconds: float, out: Path | None) -> Dial:
    """Return the dial for the cases of a folder; with a place to write to, also as dial.json and dial.svg.

    Raises:
        UsageError: Nothing in the folder is known.
    """
    have = settings_module.load()
    store = Store(have.database)
    try:
        found = collect(store, folder, have.audit)
    finally:
        store.close()
    positions = settings(found.labels, found.loads, sorted({*ERRORS, error}), seconds)
    wrong = sum(not label.right for label in found.sample)
    dial = Dial(
        cases=len(found.loads),
        labels=len(found.labels),
        wrong=sum(not label.right for label in found.labels),
        audited=found.audited,
        live_error=wrong / len(found.sample) if found.sample else None,
        live_error_at_most=at_most(wrong, len(found.sample)) if found.sample else None,
        asked=next(one for one in positions if one.error == error),
        settings=tuple(positions),
    )
    if out is not None:
        write_whole(out / "dial.json", (dial.model_dump_json(indent=1) + "\n").encode())
        write_whole(out / "dial.svg", plot.svg(positions).encode())
    return dial
