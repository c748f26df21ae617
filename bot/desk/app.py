"""The service as an ASGI application: routes, one form of problem, headers, a log line and a count for each request."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy import text
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.desk import api, limits, metrics, problems
from bot.desk.problems import Problem
from bot.desk.service import Service, opened
from bot.settings import Settings

VERSION = "1"
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}

_log = logging.getLogger(__name__)


class _Doors:
    """Lets so many uploads in at once; who comes later is asked to come again."""

    def __init__(self, most: int) -> None:
        self._left = most

    async def __aenter__(self) -> None:
        if self._left <= 0:
            raise Problem("busy", retry_after=2)
        self._left -= 1

    async def __aexit__(self, *_: object) -> None:
        self._left += 1


def make(settings: Settings) -> FastAPI:
    """Return the application on these settings; its database is opened when it starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with opened(settings) as service:
            app.state.service = service
            app.state.metrics = metrics.Metrics(service)
            app.state.doors = _Doors(limits.MOST_UPLOADS)
            yield

    app = FastAPI(
        title="Zeromeet",
        version=VERSION,
        description="Takes the papers of new companies, and says what became of them.",
        docs_url=None,  # its pages would come from outside
        redoc_url=None,
        lifespan=lifespan,
    )
    app.include_router(api.router)
    app.get("/healthz", tags=["operations"])(alive)
    app.get("/readyz", tags=["operations"])(ready)
    app.get("/metrics", tags=["operations"], response_class=Response)(measures)
    for kind, handler in (
        (Problem, problems.on_problem),
        (HTTPException, problems.on_http),
        (RequestValidationError, problems.on_invalid),
        (SQLAlchemyError, on_database),
        (Exception, problems.on_problem),
    ):
        app.add_exception_handler(kind, handler)
    app.add_middleware(_Around)
    return app


def alive() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "ok"}


def ready(request: Request) -> JSONResponse:
    """Tell apart what must be there: the store and room for papers, and who does the work."""
    service: Service = request.app.state.service
    checks = {"store": _store(service), "disk": _disk(service)}
    is_ready = all(checks.values())
    workers = sorted(service.queue.holders()) if checks["store"] else []
    content = {"status": "ready" if is_ready else "unavailable", "checks": checks, "busy_workers": workers}
    return JSONResponse(content, 200 if is_ready else 503)


def measures(request: Request) -> Response:
    """Return the metrics."""
    return Response(request.app.state.metrics.text(), media_type=metrics.MEDIA_TYPE)


async def on_database(_: Request, error: Exception) -> JSONResponse:
    """Answer when the database is away, or when we asked it something wrong."""
    is_away = isinstance(error, OperationalError | InterfaceError | PoolTimeoutError)
    _log.error("database away" if is_away else "broke", extra={"error": type(error).__name__})
    return problems.answer(Problem("unavailable", retry_after=5) if is_away else Problem("internal"))


def _store(service: Service) -> bool:
    try:
        with service.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _disk(service: Service) -> bool:
    try:
        service.assert_room()
    except Problem:
        return False
    return True


class _Around:
    """Puts the headers on every answer, and notes every request without anything that was sent in it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.perf_counter(), 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                known = {name for name, _ in message["headers"]}
                more = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in known]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except asyncio.CancelledError:
            status = 499  # the caller has gone
            raise
        finally:
            _note(scope, status, time.perf_counter() - start)


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = scope.get("route")
    path = getattr(route, "path", "") or "other"
    scope["app"].state.metrics.note(scope["method"], path, status, seconds)
    state = scope.get("state", {})
    key = state.get("key")
    _log.info(
        "request",
        extra={
            "method": scope["method"],
            "route": path,
            "status": status,
            "ms": round(seconds * 1000, 1),
            "key": key.id if key else None,
            "case": state.get("case"),
        },
    )
