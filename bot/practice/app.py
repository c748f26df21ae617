"""The practice portal's pages: server-rendered, usable without a script."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.practice import filing
from bot.practice.desk import COOKIE, Desk, SignedOutError, desk_of, signed_in
from bot.practice.pages import Hall, halls
from bot.practice.trouble import Trouble

_FOLDER = Path(__file__).parent
_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

public = APIRouter()


def create_app(
    database: Path,
    user: str,
    password: str,
    *,
    faults: Sequence[str] = (),
    offered: Mapping[str, Hall] | None = None,
) -> FastAPI:
    """Return the portal as an application.

    Args:
        database: SQLite file of the authority; made where it is missing.
        user: The one account's name.
        password: Its password.
        faults: What is on of bot/practice/faults.yaml, and when it bites (bot/practice/faults.py).
        offered: Halls in place of the authority's own.
    """
    app = FastAPI(title="练习门户", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = Desk(database, user, password, faults, halls() if offered is None else offered)
    app.mount("/static", StaticFiles(directory=_FOLDER / "static"), name="static")
    app.include_router(public)
    app.include_router(filing.router, dependencies=[Depends(signed_in)])
    app.add_exception_handler(SignedOutError, _to_login)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_middleware(Trouble)
    app.add_middleware(_Headers)
    return app


class _Headers:
    """Adds the headers of every page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers)


def _to_login(request: Request, _: Exception) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    # A post cannot be repeated after the login: its visitor goes back to the page it came from.
    wanted = request.url.path + query if request.method == "GET" else "/"
    return RedirectResponse(f"/login?next={quote(wanted)}", 303)


def _not_here(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    heading, text = ("没有这个页面", "请从首页重新进入。")
    if status >= 500:
        heading, text = ("系统出错", "页面没有正常返回。请先到“我的办件”核对是否已经受理，不要直接再次提交。")
    return desk_of(request).page(request, "message", status, heading=heading, text=text)


@public.get("/healthz")
def healthz() -> dict[str, str]:
    """Tell that the portal is up."""
    return {"status": "ok"}


@public.get("/login")
def login(request: Request) -> Response:
    """Ask who is there."""
    return desk_of(request).page(request, "login", wrong=False)


@public.post("/login")
def sign_in(
    request: Request,
    user: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: str = "/",  # noqa: A002 - the address says next
) -> Response:
    """Let the one account in and send it where it wanted to go."""
    session = desk_of(request).sign_in(user, password)
    if session is None:
        return desk_of(request).page(request, "login", 401, wrong=True)
    response = RedirectResponse(_inside(next), 303)
    response.set_cookie(COOKIE, session, httponly=True, samesite="lax")
    return response


def _inside(address: str) -> str:
    """Return an address of this portal, the home page for any other; browsers read a backslash as a slash."""
    path = address.replace("\\", "/")
    return path if path.startswith("/") and not path.startswith("//") else "/"


@public.post("/logout")
def sign_out(request: Request) -> Response:
    """End the session."""
    desk_of(request).sign_out(request.cookies.get(COOKIE))
    return RedirectResponse("/login", 303)


@public.post("/gate")
def pass_gate(
    request: Request,
    gate: Annotated[str, Form()] = "",
    code: Annotated[str, Form()] = "",
    onward: Annotated[str, Form()] = "/",
) -> Response:
    """Let a person past a gate and send them where they wanted to go."""
    desk, session = desk_of(request), request.cookies.get(COOKIE, "")
    if desk.pass_gate(session, gate, code.strip()):
        return RedirectResponse(_inside(onward), 303)
    values = {"heading": gate, "onward": onward, "code": desk.gate_code(session, gate)}
    return desk.page(request, "gate", 401, **values)
