"""The durable queue on DBOS: the only file that knows that library.

What it is trusted with: claiming, order, limits, delays, and running a job again whose worker died. What it is
not: the state of a case (bot/engine/cases.py), a person's wait (a row), who is alive (bot/engine/slots.py).
"""

import logging
import time
from collections.abc import Callable, Iterable, Sequence

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer
from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from bot import database
from bot.engine.model import Intake, Step, Ticket
from extractors.model import Record

APPLICATION = "zeromeet"
VERSION = "1"
"""Not a hash of the code, as the library would have it: a job begun by an older program must not wait for its return."""
READ, FILE = "read", "file"
QUEUES = (READ, FILE)
_QUEUE_OF = {Step.READ: READ, Step.JUDGE: READ, Step.FILE: FILE}
_ALIVE = ["ENQUEUED", "DELAYED", "PENDING"]
_MANY_RECOVERIES = 1_000
"""Poison is counted in the case's own row, where people see it; the library's count must never come first."""
_PATIENCE_S = (0.1, 0.2, 0.5, 1, 2, 5, 5, 5, 10, 10, 20, 30, 30)
"""How long a job waits for its database before the sweep must find it again."""
_LOST = (OperationalError, InterfaceError)

_log = logging.getLogger(__name__)


class Limits(Record):
    """How much is done at once."""

    readers: int = 1
    """Cases read at once by one worker: its reader is one process that uses every core."""
    filers: int = 2
    """Cases filed at once by one worker, each in a browser of its own."""
    portal_at_once: int = 1
    """Cases filed at once at one portal, all workers together; an account is signed in once at a time."""
    portal_per_minute: int = 30
    """Cases begun at one portal in a minute, all workers together."""
    poll_s: float = 0.3


class Queue:
    """Puts tickets in and looks after them; any process may."""

    def __init__(self, engine: Engine) -> None:
        migrate(engine)
        self._client = DBOSClient(
            system_database_engine=engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
        )

    def enqueue(self, session: Session, ticket: Ticket, case: Intake, delay_s: float = 0) -> None:
        """Queue a ticket in the caller's transaction."""
        queue = _QUEUE_OF[ticket.step]
        options = {
            "workflow_name": _job.__name__,
            "queue_name": queue,
            "workflow_id": _id(ticket),
            "app_version": VERSION,
            "priority": case.priority,
        }
        if queue == FILE:
            options["queue_partition_key"] = case.portal
        if delay_s:
            options["delay_seconds"] = delay_s
        self._client.enqueue_in_transaction(
            session,
            options,  # type: ignore[arg-type]
            ticket.case,
            ticket.number,
            str(ticket.step),
        )

    def dead(self, tickets: Sequence[Ticket]) -> set[str]:
        """Return the cases of tickets that wait nowhere and run nowhere."""
        alive: set[str] = set()
        for start in range(0, len(tickets), 500):
            ids = [_id(ticket) for ticket in tickets[start : start + 500]]
            found = self._client.list_workflows(
                workflow_ids=ids, status=_ALIVE, load_input=False, load_output=False
            )
            alive.update(one.workflow_id for one in found)
        return {ticket.case for ticket in tickets if _id(ticket) not in alive}

    def holders(self) -> set[str]:
        """Return the names of the workers that hold jobs, dead ones too."""
        pending = self._client.list_workflows(status="PENDING", load_input=False, load_output=False)
        return {one.executor_id for one in pending if one.executor_id}

    def forget(self, before_ms: int) -> int:
        """Delete jobs that ended before a moment, and return how many; the cases' own history stays."""
        old = self._client.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            completed_before=_iso(before_ms),
            load_input=False,
            load_output=False,
            limit=5_000,
        )
        self._client.delete_workflows([one.workflow_id for one in old])
        return len(old)

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()


class Runner:
    """Takes tickets from the queue in this process; there is one at a time."""

    def __init__(self, engine: Engine, name: str, limits: Limits, queues: Iterable[str] = QUEUES) -> None:
        migrate(engine)
        config: DBOSConfig = {
            "name": APPLICATION,
            "system_database_engine": engine,
            "executor_id": name,
            "application_version": VERSION,
            "serializer": DBOSPortableJSONSerializer(),
            "run_migrations": False,
            "use_listen_notify": False,
            "log_level": "ERROR",
        }
        DBOS(config=config)
        DBOS.listen_queues(list(queues))
        self._limits = limits

    def start(self, run: Callable[[Ticket], None]) -> None:
        """Begin to take tickets, those first that this worker's name held when it died."""
        _running.append(run)
        DBOS.launch()
        limits = self._limits
        DBOS.register_queue(
            READ,
            worker_concurrency=limits.readers,
            polling_interval_sec=limits.poll_s,
            on_conflict="always_update",
        )
        DBOS.register_queue(
            FILE,
            worker_concurrency=limits.filers,
            partition_concurrency=limits.portal_at_once,
            partition_limiter={"limit": limits.portal_per_minute, "period": 60.0},
            polling_interval_sec=limits.poll_s,
            on_conflict="always_update",
        )

    def take_over(self, names: Sequence[str]) -> int:
        """Queue again what dead workers held, and return how many jobs; asking twice changes nothing."""
        return len(DBOS._recover_pending_workflows(list(names)))  # noqa: SLF001 - the library has no public name

    def stop(self, wait_s: int) -> None:
        """Take no more tickets and give those under way time to end; others take over what is left."""
        DBOS.destroy(workflow_completion_timeout_sec=wait_s)
        _running.clear()


_running: list[Callable[[Ticket], None]] = []
"""What this process does with a ticket; the library knows its jobs by module and name, not by object."""


@DBOS.workflow(name="case_job", max_recovery_attempts=_MANY_RECOVERIES)
def _job(case: str, number: int, step: str) -> None:
    ticket = Ticket(case=case, number=number, step=Step(step))
    for wait in _PATIENCE_S:
        try:
            return _running[-1](ticket)
        except _LOST as error:
            _log.warning("database away", extra={"case": case, "error": type(error).__name__})
            time.sleep(wait)
    raise TimeoutError("The database did not come back.")


_job.__name__ = "case_job"


def migrate(engine: Engine) -> None:
    """Bring the queue's own tables up to what this program needs."""
    url = engine.url.render_as_string(hide_password=False)
    DBOS.migrate(url if database.is_sqlite(engine) else url.replace("postgresql+psycopg", "postgresql"))


def _id(ticket: Ticket) -> str:
    return f"{ticket.case}.{ticket.number}"


def _iso(ms: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(ms / 1000))
