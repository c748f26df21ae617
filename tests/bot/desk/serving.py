"""Runs the service on a port of loopback in a thread of the tests, with callers of every kind."""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import uvicorn

from bot.desk.app import make
from bot.desk.keys import Scope
from bot.engine.model import Outcome, Step, Ticket
from bot.model import CaseResult, CaseStatus

SCOPES = {
    "submitter": {Scope.SUBMIT},
    "reader": {Scope.READ},
    "reviewer": {Scope.REVIEW},
    "all": set(Scope),
    "nothing": set(),
}
TENANTS = ("hall", "other")


@dataclass
class Serving:
    """One running service."""

    base: str
    works: object
    keys: dict
    clients: dict = field(default_factory=dict)

    def client(self, role="all", tenant="hall"):
        """Return the client that calls as somebody, or as nobody for an unknown role."""
        if (tenant, role) not in self.clients:
            key = self.keys.get((tenant, role))
            headers = {"Authorization": f"Bearer {key}"} if key else {}
            self.clients[tenant, role] = httpx.Client(
                base_url=self.base, headers=headers, timeout=30, trust_env=False
            )
        return self.clients[tenant, role]

    def submit(self, client=None, files=(("a.pdf", b"%PDF-1.7 a"),), key="", **metadata):
        """Hand a case in and return the answer."""
        form = [("files", file) for file in files]
        headers = {"Idempotency-Key": key} if key else {}
        data = {"metadata": json.dumps(metadata)} if metadata else {}
        return (client or self.client()).post("/v1/cases", files=form, data=data, headers=headers)

    def made(self, tenant="hall", **metadata):
        """Hand a case in and return its id."""
        return self.submit(self.client(tenant=tenant), **metadata).json()["case"]

    def become(self, case, state, result=None):
        """Do a worker's work: bring a case to a state."""
        found = self.works.cases.find(case)
        ticket = Ticket(case=case, number=found.ticket, step=found.step or Step.READ)
        self.works.cases.start(ticket)
        result = result or CaseResult(
            case=case, folder=found.folder, status=CaseStatus.REVIEW, on=found.on, company_name="云栖"
        )
        self.works.cases.finish(ticket, Outcome(state=state, result=result))
        return self.works.cases.find(case)


@contextmanager
def serving(settings):
    """Run the service and yield it."""
    app = make(settings)
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False, server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    works = app.state.service
    keys = {
        (tenant, role): works.keys.create(tenant, frozenset(scopes), timedelta(days=1)).secret
        for tenant in TENANTS
        for role, scopes in SCOPES.items()
    }
    running = Serving(f"http://127.0.0.1:{port}", works, keys)
    yield running
    for client in running.clients.values():
        client.close()
    server.should_exit = True
    thread.join()
