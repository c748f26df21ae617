"""Served cases: every change of state, its event, its next job and its message are one transaction.

A change names what it expects (the ticket of a job, the version a person saw) and does nothing where that is
no longer so. The queue is machinery: a sweep rebuilds it from these rows.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Engine, update
from sqlmodel import Session, SQLModel, col, select

from bot import database
from bot.engine.model import MOVING, TOLD, Intake, Outcome, ServedCase, State, Step, Ticket
from bot.engine.tables import CallRow, ServedRow
from bot.model import CaseResult
from bot.store import CaseRow, EventRow

MOST_STARTS = 8
"""A case whose job was begun this often and never ended kills its workers; a person must look."""


class Jobs(Protocol):
    """Where tickets wait for a worker."""

    def enqueue(self, session: Session, ticket: Ticket, case: Intake, delay_s: float = 0) -> None:
        """Queue a ticket in the caller's transaction: it waits if that commits, and never was if not."""

    def dead(self, tickets: Sequence[Ticket]) -> set[str]:
        """Return the cases of tickets that wait nowhere and run nowhere."""


class Cases:
    """The served cases of one database."""

    def __init__(self, engine: Engine, jobs: Jobs) -> None:
        self._engine = engine
        self._jobs = jobs

    def receive(self, intake: Intake, also: Callable[[Session, str], None] = lambda _, __: None) -> str:
        """Take a case and queue its reading; durable when this returns.

        Args:
            intake: Its papers lie in the folder already.
            also: Writes what belongs to the case in the same transaction.
        """
        with Session(self._engine) as session:
            case = self.add(session, intake)
            also(session, case)
            session.commit()
        return case

    def add(self, session: Session, intake: Intake, case: str = "") -> str:
        """Write a new case and its first job in the caller's transaction."""
        case = case or new_id()
        now = _now()
        session.add(CaseRow(id=case, folder=intake.folder, status=State.RECEIVED))
        fields = intake.model_dump(exclude={"folder"})
        row = ServedRow(
            **fields, case=case, folder=intake.folder, state=State.RECEIVED, created_at=now, changed_at=now
        )
        session.add(row)
        session.add(EventRow(case=case, at=now, what="received"))
        session.flush()
        self._queue(session, row, Step.READ)
        return case

    def start(self, ticket: Ticket) -> ServedCase | None:
        """Begin a ticket's job, or return None where it is stale, done or poisonous."""
        with self._changing(ticket) as (session, row):
            if row is None or State(row.state) not in MOVING:
                return None
            row.starts += 1
            if row.starts > MOST_STARTS:
                end = State.UNKNOWN if ticket.step is Step.FILE else State.QUARANTINED
                self._become(session, row, end, "poison")
                return None
            begun = {Step.READ: State.READING, Step.JUDGE: State.JUDGING, Step.FILE: State.FILING}
            self._become(session, row, begun[ticket.step])
            return _case(row, session.get_one(CaseRow, row.case))

    def moved(self, ticket: Ticket, state: State) -> bool:
        """Note how far a job is; False where the ticket is stale and the job may stop."""
        with self._changing(ticket) as (session, row):
            if row is not None:
                self._become(session, row, state)
            return row is not None

    def finish(self, ticket: Ticket, outcome: Outcome, step: Step | None = None, delay_s: float = 0) -> bool:
        """End a job: its result, the new state, the message and the next job, or nothing if it is stale.

        Args:
            ticket: The job that ends.
            outcome: What it made of the case.
            step: What comes next without a person.
            delay_s: How long that waits, where the portal did not answer.
        """
        with self._changing(ticket) as (session, row):
            if row is None:
                return False
            if outcome.result is not None:
                _keep(session, row.case, outcome.result)
            row.tries = row.tries + 1 if delay_s else 0
            self._become(session, row, outcome.state)
            if step is not None:
                self._queue(session, row, step, delay_s)
            return True

    def act(
        self,
        case: str,
        version: int | None,
        allowed: Iterable[State],
        change: Callable[[Session, ServedRow], tuple[State, Step | None]],
    ) -> ServedCase | None:
        """Carry out a person's or the portal's act on the case as they saw it.

        Args:
            case: Its id.
            version: The one that was seen; None where any will do.
            allowed: States in which the act makes sense.
            change: Writes what else belongs to it and returns the new state and the next job.

        Returns:
            The case after it, or None where it has moved on meanwhile.
        """
        with Session(self._engine, expire_on_commit=False) as session:
            row = _locked(session, case, ServedRow.version == version if version is not None else None)
            if row is None or State(row.state) not in set(allowed):
                return None
            state, step = change(session, row)
            self._become(session, row, state)
            row.tries = 0
            row.ticket += 1  # whatever job is under way is stale from here on
            if step is not None:
                self._queue(session, row, step)
            session.commit()
            return _case(row, session.get_one(CaseRow, case))

    def find(self, case: str, tenant: str | None = None) -> ServedCase | None:
        """Return a case with its result; another tenant's is not there."""
        with Session(self._engine) as session:
            row = session.get(ServedRow, case)
            if row is None or (tenant is not None and row.tenant != tenant):
                return None
            return _case(row, session.get_one(CaseRow, case))

    def listed(
        self,
        tenant: str,
        *,
        state: State | None,
        since: datetime | None,
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> tuple[ServedCase, ...]:
        """Return a tenant's cases, oldest first, from a place in that order on; without their results."""
        query = select(ServedRow).where(ServedRow.tenant == tenant)
        if state is not None:
            query = query.where(ServedRow.state == state)
        if since is not None:
            query = query.where(ServedRow.created_at >= since)
        if after is not None:
            at, case = after
            later = (ServedRow.created_at > at) | ((ServedRow.created_at == at) & (ServedRow.case > case))
            query = query.where(later)
        query = query.order_by(col(ServedRow.created_at), col(ServedRow.case)).limit(limit)
        with Session(self._engine) as session:
            return tuple(_case(row) for row in session.exec(query))

    def sweep(self) -> list[str]:
        """Give every moving case whose job is gone a new one, and return those cases."""
        return [ticket.case for ticket in self.stuck() if self._again(ticket)]

    def stuck(self) -> list[Ticket]:
        """Return the tickets of moving cases whose job is gone."""
        with Session(self._engine) as session:
            moving = session.exec(select(ServedRow).where(col(ServedRow.state).in_(MOVING))).all()
            tickets = [Ticket(case=r.case, number=r.ticket, step=Step(r.step)) for r in moving]
        dead = self._jobs.dead(tickets)
        return [ticket for ticket in tickets if ticket.case in dead]

    def counts(self) -> dict[State, int]:
        """Return how many cases stand where."""
        with Session(self._engine) as session:
            states = session.exec(select(ServedRow.state)).all()
        return {state: states.count(state) for state in State}

    def _again(self, ticket: Ticket) -> bool:
        with self._changing(ticket) as (session, row):
            if row is None or State(row.state) not in MOVING:
                return False
            self._queue(session, row, ticket.step)
            session.add(EventRow(case=row.case, at=_now(), what="swept"))
            return True

    @contextmanager
    def _changing(self, ticket: Ticket) -> Iterator[tuple[Session, ServedRow | None]]:
        """Yield the ticket's case to be changed, or None where the ticket is no longer its newest."""
        with Session(self._engine, expire_on_commit=False) as session:
            row = _locked(session, ticket.case, ServedRow.ticket == ticket.number)
            yield session, row
            session.commit()

    def _become(self, session: Session, row: ServedRow, state: State, why: str = "") -> None:
        was, row.state, row.changed_at = row.state, state, _now()
        session.add(row)
        case = session.get_one(CaseRow, row.case)
        case.status = state
        if was == state:
            return
        if state is State.REVIEW and case.stopped_at is None:
            case.stopped_at = _now()
        session.add(case)
        session.add(EventRow(case=row.case, at=_now(), what=f"status:{state}{':' if why else ''}{why}"))
        if row.callback_url and state in TOLD:
            session.add(call(row, state))

    def _queue(self, session: Session, row: ServedRow, step: Step, delay_s: float = 0) -> None:
        row.ticket, row.step, row.starts = row.ticket + 1, step, 0
        session.add(row)
        session.flush()
        ticket = Ticket(case=row.case, number=row.ticket, step=step)
        self._jobs.enqueue(session, ticket, _intake(row), delay_s)


def new_id() -> str:
    """Return an id that tells nothing and cannot be guessed."""
    return f"c{secrets.token_hex(12)}"


def call(row: ServedRow, state: str) -> CallRow:
    """Return the message that tells a portal of a state; thin, so that it holds nothing of the applicant."""
    body = json.dumps({"case": row.case, "status": state, "reference": row.reference}, ensure_ascii=False)
    return CallRow(
        id=f"msg_{secrets.token_hex(12)}",
        case=row.case,
        tenant=row.tenant,
        url=row.callback_url,
        body=body,
        state="pending",
        due_at=_now(),
    )


def create_tables(engine: Engine) -> None:
    """Make the tables where they are missing."""
    database.make_tables(engine, SQLModel.metadata)


def _locked(session: Session, case: str, expected: Any) -> ServedRow | None:
    """Return a case's row, held against every other change until the end of the transaction."""
    change = update(ServedRow).where(col(ServedRow.case) == case).values(version=ServedRow.version + 1)
    if expected is not None:
        change = change.where(expected)
    if not session.connection().execute(change).rowcount:
        return None
    return session.get_one(ServedRow, case, populate_existing=True)


def _keep(session: Session, case: str, result: CaseResult) -> None:
    row = session.get_one(CaseRow, case)
    row.result = result.model_dump_json()
    session.add(row)


def _intake(row: ServedRow) -> Intake:
    return Intake.model_validate(row.model_dump(include=set(Intake.model_fields)))


def _case(row: ServedRow, kept: CaseRow | None = None) -> ServedCase:
    result = CaseResult.model_validate_json(kept.result) if kept is not None and kept.result else None
    fields = row.model_dump(include=set(ServedCase.model_fields) - {"id", "result"})
    return ServedCase.model_validate(fields | {"id": row.case, "result": result})


def _now() -> datetime:
    return datetime.now(UTC)
