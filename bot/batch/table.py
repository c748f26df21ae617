"""The table of batches: which cases belong to one, and how far each is; beside the store, in its database."""

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import Field, Session, SQLModel, select

from bot.batch.folder import FoundCase
from bot.batch.model import FINAL, Entry
from bot.store import Store


class BatchRow(SQLModel, table=True):
    """One case as a batch last left it."""

    __tablename__ = "batch"
    case: str = Field(primary_key=True)
    batch: str = Field(index=True)
    path: str
    priority: int
    arrived: float
    stamp: str
    stage: str
    exit_code: int
    tries: int


class BatchTable:
    """The cases of one batch.

    Args:
        store: Where its cases are kept.
        folder: That holds them.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._batch = str(folder.resolve())
        SQLModel.metadata.create_all(store.engine)

    def enroll(self, found: Sequence[FoundCase]) -> None:
        """Take cases in, all or none; of known ones only the priority changes."""
        ids = self._store.open_cases([str(one.path) for one in found])
        with Session(self._store.engine) as session:
            rows = {row.case: row for row in session.exec(select(BatchRow))}
            for one in found:
                case = ids[str(one.path)]
                row = rows.get(case) or self._fresh(case, one)
                if case not in rows or (row.batch, row.priority) != (self._batch, one.priority):
                    row.batch, row.priority = self._batch, one.priority
                    session.add(row)
            session.commit()

    def _fresh(self, case: str, one: FoundCase) -> BatchRow:
        entry = Entry(case=case, batch=self._batch, path=str(one.path), arrived=one.arrived)
        return BatchRow(**entry.model_dump())

    def entries(self) -> tuple[Entry, ...]:
        """Return the cases, those first that are to be worked on first."""
        with Session(self._store.engine) as session:
            rows = session.exec(select(BatchRow).where(BatchRow.batch == self._batch))
            entries = (Entry.model_validate(row.model_dump()) for row in rows)
            return tuple(sorted(entries, key=lambda e: (-e.priority, e.arrived, e.case)))

    def follow(self) -> bool:
        """Take over how cases ended outside of the batch, as by a person's release; tell whether any did."""
        statuses = self._store.statuses()
        moved = [e for e in self.entries() if e.stage in FINAL and statuses[e.case] in FINAL - {e.stage}]
        for entry in moved:
            self.note(entry.model_copy(update={"stage": statuses[entry.case], "exit_code": 0}))
        return bool(moved)

    def note(self, entry: Entry) -> None:
        """Write down how far a case is; durable when this returns."""
        with Session(self._store.engine) as session:
            session.merge(BatchRow(**entry.model_dump()))
            session.commit()
