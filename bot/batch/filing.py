"""A thread that takes judged cases to the portal, one after another, in one signed-in visit.

It is a thread and no process, so that it ends in the same instant as the program: nothing goes on filing
while the next run already asks the portal what it has.
"""

import queue
import threading
from contextlib import ExitStack
from multiprocessing import Pipe
from pathlib import Path

from bot import exits
from bot.batch.folder import stamp
from bot.batch.model import BatchOrder, Entry, Filed, Late, Said, Shut, Word
from bot.model import CaseResult, CaseStatus
from bot.portals.session import PortalSession
from bot.settings import Settings
from bot.steps import file_case
from bot.store import Store
from bot.visit import visit
from bot.workshop import Told
from extractors.errors import ZeromeetError

CASES_A_VISIT = 40
"""After which the browser is started afresh: what it keeps of each case adds up."""


class Visits:
    """Signed-in visits to one portal; each lasts some cases.

    Args:
        order: Names the portal.
        have: Where accounts and locks lie.
        tell: Takes a line for people while something is waited for.
    """

    def __init__(self, order: BatchOrder, have: Settings, tell: Told) -> None:
        self._order = order
        self._have = have
        self._tell = tell
        self._visit = ExitStack()
        self._session: PortalSession | None = None
        self._cases = 0

    def session(self) -> PortalSession:
        """Return a session that is signed in.

        Raises:
            ZeromeetError: The portal or the browser is not there, or the account is refused.
        """
        if self._cases >= CASES_A_VISIT:
            self.close()
        if self._session is None:
            one = visit(self._have, self._order.portal, self._order.url, self._tell)
            self._session = self._visit.enter_context(one)
        self._session.login()
        self._cases += 1
        return self._session

    def close(self) -> None:
        """End the visit; the next begins with a new browser."""
        self._session, self._cases = None, 0
        self._visit.close()


class Filer:
    """The program's side of one filing thread; what it says comes through the pipe."""

    def __init__(self, order: BatchOrder, have: Settings, store: Store) -> None:
        self.pipe, self._ours = Pipe(duplex=False)
        self._desk: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._order = order
        self._store = store
        self._visits = Visits(order, have, self._tell)
        self._thread = threading.Thread(target=self._work, name="zeromeet-batch-filer", daemon=True)
        self._thread.start()

    def send(self, entry: Entry) -> None:
        """Hand a case over that is judged and kept."""
        self._desk.put(entry)

    def close(self) -> None:
        """Let the case in hand be finished, then end."""
        self._desk.put(None)
        self._thread.join()

    def _tell(self, text: str) -> None:
        self._ours.send(Said(text))

    def _work(self) -> None:
        try:
            while (entry := self._desk.get()) is not None:
                self._ours.send(self._word(entry))
        finally:
            self._visits.close()

    def _word(self, entry: Entry) -> Word:
        result = self._kept(entry)
        if stamp(Path(entry.path)) != entry.stamp:
            return Late()
        try:
            session = self._visits.session()
        except ZeromeetError as error:
            self._visits.close()
            return Shut(error.exit_code, str(error), error.exit_code == exits.UNAVAILABLE)
        try:
            return self._filed(session, result)
        except Exception as error:  # noqa: BLE001 - a flaw of ours must not take the other cases along
            self._visits.close()
            return self._broken(result, type(error).__name__)

    def _kept(self, entry: Entry) -> CaseResult:
        stored = self._store.find(entry.case)
        assert stored is not None  # noqa: S101 - a case is kept before it is sent here
        assert stored.result is not None  # noqa: S101
        return stored.result

    def _filed(self, session: PortalSession, result: CaseResult) -> Word:
        done = file_case(self._store, result, session, self._order.url, dry_run=self._order.dry_run)
        if done.exit_code == exits.UNAVAILABLE:  # before anything was sent: it can be tried again later
            self._visits.close()
            why = next((f.why for f in done.result.filings if f.why), "")
            return Shut(done.exit_code, why, is_passing=True)
        self._store.keep(done.result)
        return Filed(done.result.status, done.exit_code, done.result.company_name)

    def _broken(self, result: CaseResult, error: str) -> Filed:
        """Nobody knows how far it came: that is for a person, and the next run asks the portal."""
        why = f"办理中程序意外出错（{error}），结果不明；请人工查看门户，或者重跑本件，重跑会先查门户的清单。"
        update = {"status": CaseStatus.UNKNOWN, "why_not_automatic": (why,)}
        self._store.keep(result.model_copy(update=update))
        return Filed(CaseStatus.UNKNOWN, exits.UNKNOWN, result.company_name)
