"""What a run of a batch has to do: every case that is not done, or whose files have changed since."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bot import review
from bot.batch.folder import stamp, wanted
from bot.batch.model import FINAL, BatchOrder, Entry, Stage
from bot.store import Store


def is_end(order: BatchOrder) -> Callable[[str], bool]:
    """Return what tells whether a stage is the end of a case in this run."""
    ends = FINAL | {Stage.REHEARSED} if order.dry_run else FINAL
    return lambda stage: stage in ends


def agenda(order: BatchOrder, entries: Sequence[Entry], store: Store) -> Iterator[Entry | None]:
    """Yield the cases to be taken up, each set back to its beginning, and None for each that is done.

    What is known to be open comes first, so that work begins at once; then the files of the others are looked at.
    What was only judged is judged again: rules may have changed since, and what was read is kept.
    """
    ended = is_end(order)
    chosen = wanted(entries, order.only)
    is_open = {e.case for e in chosen if not (order.resume and ended(e.stage)) or e.stage in order.retry}
    for entry in chosen:
        if entry.case in is_open and Path(entry.path).exists():
            yield _taken_up(order, entry, store)
    for entry in chosen:
        if entry.case not in is_open:
            is_changed = Path(entry.path).exists() and stamp(Path(entry.path)) != entry.stamp
            yield _taken_up(order, entry, store) if is_changed else None


def _taken_up(order: BatchOrder, entry: Entry, store: Store) -> Entry:
    if entry.stage in order.retry and store.reviews(entry.case):
        store.released(entry.case, review.person())
    return entry.model_copy(update={"stage": Stage.RECEIVED.value, "tries": 0, "exit_code": 0})
