"""What a run of a batch has to do: every case that is not done, or whose files have changed since."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot import review
from bot.batch.folder import stamp, wanted
from bot.batch.model import FINAL, BatchOrder, Entry, Stage
from bot.store import Store


def is_end(order: BatchOrder) -> Callable[[str], bool]:
    """Return what tells whether a stage is the end of a case in this run."""
    ends = FINAL | {Stage.REHEARSED} if order.dry_run else FINAL
    return lambda stage: stage in ends


def agenda(order: BatchOrder, entries: Sequence[Entry], store: Store) -> list[Entry]:
    """Return the cases to be taken up, in order, each set back to its beginning.

    What was only judged is judged again: rules may have changed since, and what was read is kept.
    """
    ended = is_end(order)
    chosen = []
    for entry in wanted(entries, order.only):
        retried = entry.stage in order.retry
        if Path(entry.path).exists() and (retried or not _is_done(order, entry, ended)):
            chosen.append(
                entry.model_copy(update={"stage": Stage.RECEIVED.value, "tries": 0, "exit_code": 0})
            )
        if retried and store.reviews(entry.case):
            store.released(entry.case, review.person())
    return chosen


def _is_done(order: BatchOrder, entry: Entry, ended: Callable[[str], bool]) -> bool:
    return order.resume and ended(entry.stage) and stamp(Path(entry.path)) == entry.stamp
