"""What the faults do to a request: the one place where they bite, between the socket and the portal's pages.

A fault before the write acts instead of the portal, or ahead of it. A fault after the write lets the portal do its
work first and takes its answer away.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.practice.desk import COOKIE, Desk, desk_of
from bot.practice.faults import Deed, Fault, Place, Visit

_EXEMPT = ("/static", "/healthz", "/gate")
"""A portal in trouble is up all the same, and looks as ever."""
_PLACES: tuple[tuple[str, str, Place], ...] = (
    ("GET|POST", r"/login", "login"),
    ("GET", r"/halls/[^/]+", "start"),
    ("POST", r"/halls/[^/]+", "begin"),
    ("POST", r"/drafts/(?P<draft>[^/]+)/submit", "submit"),
    ("GET", r"/drafts/(?P<draft>[^/]+)/check", "check"),
    ("GET", r"/drafts/(?P<draft>[^/]+)/[^/]+", "form"),
    ("POST", r"/drafts/(?P<draft>[^/]+)/[^/]+", "keep"),
    ("GET", r"/receipts/(?P<number>[^/]+)", "receipt"),
    ("GET", r"/filings/(?P<number>[^/]+)", "record"),
    ("GET", r"/filings", "list"),
)
_MINUTE_S = 60.0

Act = Callable[["Affair", Fault], Awaitable[None]]


class Affair:
    """One request on its way to the portal: what it is, and what is left of answering it."""

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self._app = app
        self.scope, self.receive, self.send = scope, receive, send
        self.request = Request(scope)
        self.desk = desk_of(self.request)
        self.answer: list[Message] = []
        """What the portal has answered, where it was let work already."""

    async def work(self) -> None:
        """Let the portal do its work and keep its answer back."""

        async def keep(message: Message) -> None:
            self.answer.append(message)

        if not self.answer:
            await self._app(self.scope, self.receive, keep)

    async def go_on(self) -> None:
        """Give the portal's own answer, letting it work first where it has not."""
        if not self.answer:
            await self._app(self.scope, self.receive, self.send)
        for message in self.answer:
            await self.send(message)

    async def say(self, response: Response) -> None:
        """Answer with something else."""
        await response(self.scope, self.receive, self.send)

    async def hear(self) -> None:
        """Take in all that was sent, so that the portal can work on it when its sender has gone."""
        heard = [await self.receive()]
        while heard[-1].get("more_body"):
            heard.append(await self.receive())
        later = self.receive

        async def again() -> Message:
            return heard.pop(0) if heard else await later()

        self.receive = again

    async def hang_up(self) -> None:
        """Close the connection.

        Raises:
            ConnectionResetError: There is none; the caller runs in this process.
        """
        transport = self.scope.get("transport")
        if transport is None:
            raise ConnectionResetError("cut by a fault")
        transport.close()
        while (await self.receive())["type"] != "http.disconnect":
            pass


class Trouble:
    """The layer that lets faults bite."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the first fault that ends the request end it; waits before it add up."""
        if scope["type"] != "http" or scope["path"].startswith(_EXEMPT):
            await self._app(scope, receive, send)
            return
        affair = Affair(self._app, scope, receive, send)
        for fault in affair.desk.faults.biting(_visit(affair.desk, scope)):
            if fault.kind.after:
                await affair.work()
            if fault.kind.does and await _ACTS[fault.kind.does](affair, fault):
                return
        await affair.go_on()


def with_transport(app: ASGIApp) -> ASGIApp:
    """Return the application for uvicorn, with each request's connection at hand."""

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        scope["transport"] = getattr(getattr(send, "__self__", None), "transport", None)
        await app(scope, receive, send)

    return served


def _visit(desk: Desk, scope: Scope) -> Visit:
    for methods, path, place in _PLACES:
        found = re.fullmatch(path, scope["path"])
        if found and scope["method"] in methods.split("|"):
            return Visit(place, _key(desk, found.groupdict(), scope))
    return Visit("any", "")


def _key(desk: Desk, named: dict[str, str], scope: Scope) -> str:
    if "draft" in named:
        draft = desk.store.draft(named["draft"])
        return draft.key if draft else ""
    if "number" in named:
        filing = desk.store.filing(named["number"])
        return filing.key if filing else ""
    query: bytes = scope["query_string"]
    return parse_qs(query.decode()).get("key", [""])[0]


async def _wait(affair: Affair, fault: Fault) -> bool:
    await affair.hear()
    await asyncio.sleep(fault.kind.seconds)
    return False


async def _cut(affair: Affair, fault: Fault) -> bool:  # noqa: ARG001 - one shape for all
    await affair.hang_up()
    return True


async def _half(affair: Affair, fault: Fault) -> bool:  # noqa: ARG001 - one shape for all
    await affair.work()
    body = b"".join(message.get("body", b"") for message in affair.answer)
    if body:
        await affair.send(affair.answer[0])
        await affair.send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await affair.hang_up()
    return True


async def _sign_out(affair: Affair, fault: Fault) -> bool:
    affair.desk.sign_out(affair.request.cookies.get(COOKIE))
    if fault.kind.after:
        await affair.say(RedirectResponse("/login", 303))
    return fault.kind.after


async def _page(affair: Affair, fault: Fault) -> bool:
    kind = fault.kind
    response = affair.desk.page(affair.request, "message", kind.status, heading=kind.heading, text=kind.text)
    if kind.seconds:
        response.headers["Retry-After"] = f"{kind.seconds:g}"
    await affair.say(response)
    return True


async def _gate(affair: Affair, fault: Fault) -> bool:
    session = affair.request.cookies.get(COOKIE, "")
    if affair.desk.is_past(session, fault.kind.heading):
        return False
    path = affair.scope["path"]
    onward = path.removesuffix("submit") + "check" if path.endswith("/submit") else path
    code = affair.desk.gate_code(session, fault.kind.heading)
    values = {"heading": fault.kind.heading, "onward": onward, "code": code}
    await affair.say(affair.desk.page(affair.request, "gate", **values))
    return True


async def _limit(affair: Affair, fault: Fault) -> bool:
    turns = affair.desk.turns
    now = time.monotonic()
    while turns and turns[0] <= now - _MINUTE_S:
        turns.popleft()
    if len(turns) < fault.kind.pages:
        turns.append(now)
        return False
    left = turns[0] + _MINUTE_S - now
    told = fault.kind.model_copy(update={"seconds": float(int(left) + 1)})
    return await _page(affair, fault._replace(kind=told))


_ACTS: dict[Deed, Callable[[Affair, Fault], Awaitable[bool]]] = {
    "wait": _wait,
    "cut": _cut,
    "half": _half,
    "sign_out": _sign_out,
    "page": _page,
    "gate": _gate,
    "limit": _limit,
}
"""Each returns whether the request has its answer."""
