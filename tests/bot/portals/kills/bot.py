"""A bot that files what it is told and may die at it: ADDRESS HOME JOBS RESULTS [naive]."""

import json
import os
import signal
import sqlite3
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import IO, NamedTuple

from bot.filing import Filed, StoreJournal, file_all, submissions
from bot.model import CaseResult, CaseStatus
from bot.portals.browser import Chromium, browser
from bot.portals.portal_map import load
from bot.portals.session import Credentials, PortalSession
from bot.store import Store
from extractors.errors import ZeromeetError
from forms.model import FilledForm, FormValue
from tests.bot.portals.kills.portal import HALL, MAP, PASSWORD, USER
from tests.bot.portals.kills.scenarios import Job

LIMIT_S = 3.0
USUAL_S = 2.0
"""What a filing takes, before one was made."""
CLICKS = 3
"""How often the naive bot begins anew after an error."""
_PLAN = {
    "name_declaration": {
        "organization_form": "limited_liability",
        "business_scope": "一般项目：软件开发；技术服务；技术咨询。",
    },
    "contact": {"phone": "13800138000"},
}


class Line(NamedTuple):
    """What one run said of one filing, and what the portal held at that moment."""

    key: str
    scenario: str
    status: str
    exit_code: int
    why: str
    held: int


class Bot:
    """One process with one browser."""

    def __init__(self, address: str, home: Path, chromium: Chromium) -> None:
        self._home = home
        self._store = Store(f"sqlite:///{home / 'zeromeet.sqlite'}")
        self._session = PortalSession(
            load(MAP), address, Credentials(user=USER, password=PASSWORD), chromium, LIMIT_S
        )

    def run(self, job: Job, *, naive: bool) -> Line:
        """File, and ask the authority's own database what it holds now."""
        result = _case(job.key, self._home)
        if naive:
            status, code, why = self._naive(result)
        else:
            filed = file_all(result, self._session, self._journal(result), dry_run=False)
            status, code, why = filed.status.value, filed.exit_code, _why(filed)
        return Line(job.key, job.scenario, status, code, why, self._held(job.key))

    def _journal(self, result: CaseResult) -> StoreJournal:
        return StoreJournal(self._store, result.case, "tiny")

    def _naive(self, result: CaseResult) -> tuple[str, int, str]:
        """Do what a simple script does: after any error begin anew and click again."""
        (submission,) = submissions(result, self._session.portal)
        for _ in range(CLICKS):
            try:
                self._session.fill_forms(submission)
                self._session.submit(HALL)
            except ZeromeetError as error:
                code, why = error.exit_code, str(error)
                self._session.close()
            else:
                return "filed", 0, ""
        return "failed", code, why

    def _held(self, key: str) -> int:
        with closing(sqlite3.connect(self._home / "portal.sqlite", timeout=10)) as database:
            (count,) = database.execute("SELECT count(*) FROM filing WHERE key = ?", (key,)).fetchone()
        return count


def _why(filed: Filed) -> str:
    return next((filing.why for filing in filed.filings if filing.why), "")


def _case(key: str, home: Path) -> CaseResult:
    forms = tuple(_form(name, texts, key) for name, texts in _PLAN.items())
    return CaseResult(
        case=key, folder=str(home), status=CaseStatus.READY, company_name=key, on="2026-11-23", forms=forms
    )


def _form(name: str, texts: dict[str, str], key: str) -> FilledForm:
    every = texts | ({"company_name": key} if name == "name_declaration" else {})
    values = tuple(FormValue(form=name, field=f, label=f, text=t, shown=t) for f, t in every.items())
    return FilledForm(form=name, title=name, values=values)


def _kill(who: str) -> None:
    for process in [os.getpid()] if who == "bot" else _browsers(os.getpid()):
        os.kill(process, signal.SIGKILL)


def _browsers(parent: int) -> list[int]:
    """Return the processes of a browser among the descendants of a process."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    try:
        every = [int(child) for child in children.read_text().split()]
        own = [child for child in every if b"--remote-debugging-pipe" in _words(child)]
    except OSError:
        return []
    return own or [found for child in every for found in _browsers(child)]


def _words(process: int) -> bytes:
    return Path(f"/proc/{process}/cmdline").read_bytes()


class Clerk:
    """Hands a bot its jobs, writes down what it says, and lets it die where that is ordered."""

    def __init__(self, bot: Bot, results: IO[str], *, naive: bool) -> None:
        self._bot, self._results, self._naive = bot, results, naive
        self._took: list[float] = [USUAL_S]

    def file(self, job: Job) -> None:
        """Have one job done."""
        self._write({"begun": job.key})
        timer = threading.Timer(job.moment * median(self._took), _kill, [job.kill])
        if job.kill:
            timer.start()
        begun = time.monotonic()
        line = self._bot.run(job, naive=self._naive)
        timer.cancel()
        if line.status == "filed":
            self._took.append(time.monotonic() - begun)
        self._write(line._asdict())

    def _write(self, line: dict[str, object]) -> None:
        self._results.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._results.flush()


def main() -> None:
    """File every job in turn."""
    address, home, orders, results, *how = sys.argv[1:]
    jobs = [Job(*job) for job in json.loads(Path(orders).read_text(encoding="utf-8"))]
    with browser() as chromium, Path(results).open("a", encoding="utf-8") as out:
        clerk = Clerk(Bot(address, Path(home), chromium), out, naive=how == ["naive"])
        for job in jobs:
            clerk.file(job)


if __name__ == "__main__":
    main()
