"""The table of batches: which cases belong to one, and how far each is; beside the store, in its database."""

from collections.abc import Sequence
from pathlib import Path

from sqlmodel import Field, Session, SQLModel, select

from bot.batch.folder import FoundCase
from bot.batch.model import Entry
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
        ids = self._store.open_cases([one.path for one in found])
        with Session(self._store.engine) as session:
            rows = {row.case: row for row in session.exec(select(BatchRow))}
            for one in found:
                path = str(one.path.resolve())
                row = rows.get(ids[path])
                if row is None:
                    fresh = Entry(case=ids[path], batch=self._batch, path=path, arrived=one.arrived)
                    row = BatchRow(**fresh.model_dump())
                row.batch, row.priority = self._batch, one.priority
                session.add(row)
            session.commit()

    def entries(self) -> tuple[Entry, ...]:
        """Return the cases, those first that are to be worked on first."""
        with Session(self._store.engine) as session:
            rows = session.exec(select(BatchRow).where(BatchRow.batch == self._batch))
            entries = (Entry.model_validate(row.model_dump()) for row in rows)
            return tuple(sorted(entries, key=lambda e: (-e.priority, e.arrived, e.case)))

    def note(self, entry: Entry) -> None:
        """Write down how far a case is; durable when this returns."""
        with Session(self._store.engine) as session:
            session.merge(BatchRow(**entry.model_dump()))
            session.commit()
