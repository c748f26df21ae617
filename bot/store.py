"""The store: cases, reviews, filings and what happened to each; the only place that knows SQL.

Rows never leave this file: SQLModel tables do not validate, the frozen models of bot/model.py do.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, UniqueConstraint, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from bot import database
from bot.model import Approval, CaseResult, Review
from bot.portals.plan import Receipt
from extractors.model import Record


class CaseRow(SQLModel, table=True):
    """One case folder."""

    __tablename__ = "case"
    id: str = Field(primary_key=True)
    folder: str = Field(unique=True)
    status: str = "received"
    result: str = ""
    stopped_at: datetime | None = None
    """When the case first stopped for a person since its last release."""
    human_s: float = 0


class ReviewRow(SQLModel, table=True):
    """One decision of a person; the newest for a fact is in force."""

    __tablename__ = "review"
    id: int | None = Field(default=None, primary_key=True)
    case: str = Field(index=True)
    body: str


class ApprovalRow(SQLModel, table=True):
    """A person's word for a case; a new one takes the place of the last."""

    __tablename__ = "approval"
    case: str = Field(primary_key=True)
    body: str


class FilingRow(SQLModel, table=True):
    """One submission to one hall of one portal; the key is the enterprise's own."""

    __tablename__ = "filing"
    __table_args__ = (UniqueConstraint("portal", "hall", "business_key"),)
    id: int | None = Field(default=None, primary_key=True)
    case: str = Field(index=True)
    portal: str
    hall: str
    business_key: str
    plan_hash: str
    state: str
    receipt: str = ""
    attempts: int = 0
    at: datetime


class EventRow(SQLModel, table=True):
    """What happened to a case, in order; never changed."""

    __tablename__ = "event"
    id: int | None = Field(default=None, primary_key=True)
    case: str = Field(index=True)
    at: datetime
    what: str


class StoredCase(Record):
    """A case as it is listed."""

    id: str
    folder: str
    status: str
    result: CaseResult | None = None


class KeptFiling(Record):
    """What the store knows of a submission: state is "sent", "withdrawn" or "filed"."""

    state: str
    plan_hash: str
    receipt: Receipt | None = None
    attempts: int
    """Clicks so far."""
    at: datetime
    """Of the last one."""


class Store:
    """Opens the database and makes its tables where they are missing."""

    def __init__(self, address: str) -> None:
        self._engine = database.connect(address)
        database.make_tables(self._engine, SQLModel.metadata)

    @property
    def engine(self) -> Engine:
        """The database, for tables that lie apart."""
        return self._engine

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def open_case(self, folder: Path) -> str:
        """Return the id of a folder's case, making one where the folder is new."""
        path = str(folder.resolve())
        with Session(self._engine) as session:
            row = session.exec(select(CaseRow).where(CaseRow.folder == path)).first()
            if row is None:
                row = CaseRow(id=_new_id(session), folder=path)
                session.add(row)
                session.add(EventRow(case=row.id, at=_now(), what="received"))
                session.commit()
            return row.id

    def open_cases(self, folders: Sequence[str]) -> dict[str, str]:
        """Return the id of each folder's case by its absolute path, making all that are new at once."""
        with Session(self._engine) as session:
            known = dict(session.exec(select(CaseRow.folder, CaseRow.id)).all())
            day, turn = _next_turn(session)
            for number, path in enumerate((path for path in folders if path not in known), turn):
                known[path] = f"{day}-{number:03d}"
                session.add(CaseRow(id=known[path], folder=path))
                session.add(EventRow(case=known[path], at=_now(), what="received"))
            session.commit()
        return known

    def find(self, case: str) -> StoredCase | None:
        """Return a case by its id or by its folder."""
        with Session(self._engine) as session:
            row = session.get(CaseRow, case)
            if row is None:
                path = str(Path(case).resolve())
                row = session.exec(select(CaseRow).where(CaseRow.folder == path)).first()
            return _case(row) if row is not None else None

    def folders(self) -> dict[str, str]:
        """Return the folder of every case by its id, without loading what is known of them."""
        with Session(self._engine) as session:
            return dict(session.exec(select(CaseRow.id, CaseRow.folder)).all())

    def statuses(self) -> dict[str, str]:
        """Return the status of every case by its id, without loading what is known of them."""
        with Session(self._engine) as session:
            return dict(session.exec(select(CaseRow.id, CaseRow.status)).all())

    def cases(self, status: str | None = None) -> tuple[StoredCase, ...]:
        """Return all cases, or those of one status, in the order of their ids."""
        with Session(self._engine) as session:
            rows = session.exec(select(CaseRow).order_by(CaseRow.id)).all()
            return tuple(_case(r) for r in rows if status is None or r.status == status)

    def keep(self, result: CaseResult) -> None:
        """Write a run's result down; a stop for a person starts the clock of human time."""
        with Session(self._engine) as session:
            row = session.get_one(CaseRow, result.case)
            row.status, row.result = result.status.value, result.model_dump_json()
            if result.status.value == "review" and row.stopped_at is None:
                row.stopped_at = _now()
            session.add(row)
            session.add(EventRow(case=row.id, at=_now(), what=f"status:{result.status.value}"))
            session.commit()

    def released(self, case: str, who: str) -> float:
        """Note that a person released a case, and return the human seconds so far."""
        with Session(self._engine) as session:
            row = session.get_one(CaseRow, case)
            if row.stopped_at is not None:
                row.human_s += (_now() - row.stopped_at.replace(tzinfo=UTC)).total_seconds()
                row.stopped_at = None
            session.add(row)
            session.add(EventRow(case=case, at=_now(), what=f"released:{who}"))
            session.commit()
            return row.human_s

    def add_human_time(self, case: str, seconds: float) -> None:
        """Count time in which the machine waited for a person at a portal."""
        if seconds:
            with Session(self._engine) as session:
                session.get_one(CaseRow, case).human_s += seconds
                session.commit()

    def human_seconds(self, case: str) -> float:
        """Return the time that a case has spent with people, in seconds."""
        with Session(self._engine) as session:
            return session.get_one(CaseRow, case).human_s

    def add_review(self, case: str, review: Review) -> None:
        """Keep a person's decision; earlier ones on the same fact stay."""
        with Session(self._engine) as session:
            session.add(ReviewRow(case=case, body=review.model_dump_json()))
            session.add(EventRow(case=case, at=_now(), what=f"reviewed:{review.fact}"))
            session.commit()

    def reviews(self, case: str) -> tuple[Review, ...]:
        """Return all decisions on a case, oldest first."""
        with Session(self._engine) as session:
            rows = session.exec(select(ReviewRow).where(ReviewRow.case == case).order_by(ReviewRow.id)).all()  # type: ignore[arg-type]
            return tuple(Review.model_validate_json(r.body) for r in rows)

    def approve(self, case: str, approval: Approval) -> None:
        """Keep a person's word for the values of a case, in place of an earlier one."""
        with Session(self._engine) as session:
            session.merge(ApprovalRow(case=case, body=approval.model_dump_json()))
            session.add(
                EventRow(case=case, at=_now(), what=f"approved:{approval.plan_hash[:12]}:{approval.who}")
            )
            session.commit()

    def approval(self, case: str) -> Approval | None:
        """Return the person's word for a case, where there is one."""
        with Session(self._engine) as session:
            row = session.get(ApprovalRow, case)
            return Approval.model_validate_json(row.body) if row else None

    def doubts(self, case: str) -> tuple[str, ...]:
        """Return the halls in which a click of this case has an outcome that nobody has learned."""
        with Session(self._engine) as session:
            sent = select(FilingRow).where(FilingRow.case == case, FilingRow.state == "sent")
            return tuple(row.hall for row in session.exec(sent))

    def settle(self, case: str, hall: str, receipt: Receipt | None, who: str) -> bool:
        """Write down what a person found out about a click: its receipt, or that nothing was taken.

        Returns:
            False where this case has made no click in this hall that may have counted; nothing was written then.
        """
        with Session(self._engine) as session:
            made = select(FilingRow).where(FilingRow.case == case, FilingRow.hall == hall)
            row = session.exec(made).first()
            if row is None or row.state == "withdrawn":
                return False
            row.state = "filed" if receipt else "withdrawn"
            row.receipt = receipt.model_dump_json() if receipt else ""
            what = f"settled:{hall}:{row.state}:{who}"
            session.add(EventRow(case=case, at=_now(), what=what))
            session.commit()
            return True

    def filing(self, portal: str, hall: str, business_key: str) -> KeptFiling | None:
        """Return what is known of a submission, whichever case made it."""
        with Session(self._engine) as session:
            row = _filing_row(session, portal, hall, business_key)
            if row is None:
                return None
            receipt = Receipt.model_validate_json(row.receipt) if row.receipt else None
            at = row.at.replace(tzinfo=UTC)
            return KeptFiling(
                state=row.state, plan_hash=row.plan_hash, receipt=receipt, attempts=row.attempts, at=at
            )

    def note_sending(
        self, case: str, portal: str, hall: str, business_key: str, plan_hash: str, *, after: int = 0
    ) -> bool:
        """Write the intent down before the click; durable when this returns.

        Args:
            case: Who files.
            portal: Where.
            hall: At which counter of it.
            business_key: What is filed.
            plan_hash: Of exactly these values.
            after: Number of clicks that the caller knows of.

        Returns:
            False where another run has made one more, or the filing is done: nothing was written then.
        """
        fresh = {"case": case, "plan_hash": plan_hash, "state": "sent", "at": _now(), "attempts": after + 1}
        with Session(self._engine) as session:
            row = _filing_row(session, portal, hall, business_key)
            if row is None:
                row = _new_filing(case, portal, hall, business_key)
                row.sqlmodel_update(fresh)
                session.add(row)
            else:
                # One statement looks and writes, so that of two runs only one goes on.
                mine = update(FilingRow).where(
                    col(FilingRow.id) == row.id,
                    col(FilingRow.attempts) == after,
                    col(FilingRow.state) != "filed",
                )
                if session.exec(mine.values(**fresh)).rowcount == 0:
                    return False
            session.add(EventRow(case=case, at=_now(), what=f"sending:{hall}"))
            try:
                session.commit()
            except IntegrityError:
                return False
            return True

    def note_withdrawn(self, case: str, portal: str, hall: str, business_key: str) -> None:
        """Write down that a click led to nothing, on the portal's word."""
        with Session(self._engine) as session:
            row = _filing_row(session, portal, hall, business_key)
            if row is not None and row.state == "sent":
                row.state = "withdrawn"
                session.add(EventRow(case=case, at=_now(), what=f"withdrawn:{hall}"))
                session.commit()

    def note_receipt(self, case: str, portal: str, hall: str, business_key: str, receipt: Receipt) -> None:
        """Write the portal's receipt down."""
        with Session(self._engine) as session:
            row = _filing_row(session, portal, hall, business_key) or _new_filing(
                case, portal, hall, business_key
            )
            row.state, row.receipt = "filed", receipt.model_dump_json()
            session.add(row)
            session.add(EventRow(case=case, at=_now(), what=f"filed:{hall}"))
            session.commit()

    def events(self, case: str) -> Sequence[tuple[datetime, str]]:
        """Return a case's history, oldest first."""
        with Session(self._engine) as session:
            rows = session.exec(select(EventRow).where(EventRow.case == case).order_by(EventRow.id)).all()  # type: ignore[arg-type]
            return [(r.at, r.what) for r in rows]


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id(session: Session) -> str:
    """Return an id that says the day and the turn and nothing of the applicant: 20261123-004."""
    day, turn = _next_turn(session)
    return f"{day}-{turn:03d}"


def _next_turn(session: Session) -> tuple[str, int]:
    day = _now().strftime("%Y%m%d")
    today = session.exec(select(CaseRow.id).where(CaseRow.id.startswith(day))).all()
    return day, max((int(i.split("-")[1]) for i in today), default=0) + 1


def _case(row: CaseRow) -> StoredCase:
    result = CaseResult.model_validate_json(row.result) if row.result else None
    return StoredCase(id=row.id, folder=row.folder, status=row.status, result=result)


def _filing_row(session: Session, portal: str, hall: str, business_key: str) -> FilingRow | None:
    query = select(FilingRow).where(
        FilingRow.portal == portal, FilingRow.hall == hall, FilingRow.business_key == business_key
    )
    return session.exec(query).first()


def _new_filing(case: str, portal: str, hall: str, business_key: str) -> FilingRow:
    return FilingRow(
        case=case, portal=portal, hall=hall, business_key=business_key, plan_hash="", state="", at=_now()
    )
