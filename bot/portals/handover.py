"""Hands a gate that only a person may pass to a person: shows the page, passes on clicks and keys, and waits.

Nothing of such a gate is ever solved or guessed here. The person opens a link with a one-time token in a browser of
their own on this machine; what they do there happens in ours, and the filing goes on when the gate is gone.
"""

import queue
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from pydantic import Field, ValidationError

from bot.errors import HandoverError
from extractors.model import Record

_PAGE = (Path(__file__).with_name("handover.html")).read_text(encoding="utf-8")
_COOKIE = "zeromeet-handover"
_LOOK_EVERY_S = 0.25
_MOST_BODY = 4096
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

Asked = Callable[[str, str], None]
"""Takes what a person must do and the link to do it at."""


class Act(Record):
    """One thing a person did in their picture of the page."""

    kind: Literal["down", "move", "up", "key", "text"]
    x: float = Field(default=0, ge=0, le=10_000)
    y: float = Field(default=0, ge=0, le=10_000)
    text: str = Field(default="", max_length=200)
    """Of a key its name ("Enter", "Backspace"); of a text the characters."""


class Handover:
    """Waits for people at gates.

    Args:
        patience_s: How long to wait for a person.
        asked: Tells the person.
    """

    def __init__(self, patience_s: float, asked: Asked) -> None:
        self._patience_s = patience_s
        self._asked = asked
        self.human_s = 0.0
        """How long people took so far."""

    def wait(self, page: Page, task: str, is_over: Callable[[Collection[str]], bool]) -> None:
        """Wait until a person has done what only they may do.

        Args:
            page: The page they do it on.
            task: What they must do, in the map's words.
            is_over: Tells by the headings in view whether they have.

        Raises:
            HandoverError: Nobody came, or the gate did not go away in time.
        """
        begun = time.monotonic()
        try:
            with _window() as window:
                self._asked(task, window.link)
                while not is_over(_headings(page)):
                    if time.monotonic() - begun > self._patience_s:
                        raise HandoverError(task)
                    window.show(page)
                    for act in window.acts():
                        _do(page, act)
                    page.wait_for_timeout(_LOOK_EVERY_S * 1000)
        finally:
            self.human_s += time.monotonic() - begun


class _Window:
    """What the person's browser asks for, on a thread of its own."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(32)
        self.session = secrets.token_urlsafe(32)
        self.is_taken = False
        self.picture = b""
        self.done: queue.SimpleQueue[Act] = queue.SimpleQueue()
        window = self

        class Handler(_Handler):
            """Bound to this window."""

            shown = window

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    @property
    def link(self) -> str:
        return f"{self.origin}/{self.token}"

    def show(self, page: Page) -> None:
        """Take a picture of what is in view."""
        self.picture = page.screenshot(type="jpeg", quality=80)

    def acts(self) -> Iterator[Act]:
        """Yield what the person has done since."""
        with suppress(queue.Empty):
            while True:
                yield self.done.get_nowait()


@contextmanager
def _window() -> Iterator[_Window]:
    window = _Window()
    threading.Thread(target=window.server.serve_forever, args=(0.1,), daemon=True).start()
    try:
        yield window
    finally:
        window.server.shutdown()
        window.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    shown: _Window

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet: the link is a secret."""

    def do_GET(self) -> None:
        """Let one browser in by the link, then serve pictures to that one only."""
        if self.headers["Host"] != self.shown.origin.removeprefix("http://"):
            self._answer(403)
        elif secrets.compare_digest(self.path, f"/{self.shown.token}") and not self.shown.is_taken:
            self.shown.is_taken = True
            nonce = secrets.token_urlsafe(16)
            cookie = f"{_COOKIE}={self.shown.session}; HttpOnly; SameSite=Strict; Path=/"
            body = _PAGE.replace("{nonce}", nonce).encode()
            self._answer(200, "text/html; charset=utf-8", body, nonce=nonce, cookie=cookie)
        elif self.path.split("?")[0] == "/picture" and self._is_known():
            self._answer(200, "image/jpeg", self.shown.picture)
        else:
            self._answer(404)

    def do_POST(self) -> None:
        """Take one act of the browser that was let in."""
        length = int(self.headers["Content-Length"] or 0)
        if not self._is_known() or self.headers["Origin"] != self.shown.origin or length > _MOST_BODY:
            self._answer(403)
            return
        try:
            self.shown.done.put(Act.model_validate_json(self.rfile.read(length)))
        except ValidationError:
            self._answer(422)
        else:
            self._answer(204)

    def _is_known(self) -> bool:
        kept = SimpleCookie(self.headers["Cookie"] or "").get(_COOKIE)
        return kept is not None and secrets.compare_digest(kept.value, self.shown.session)

    def _answer(
        self, status: int, kind: str = "", body: bytes = b"", *, nonce: str = "", cookie: str = ""
    ) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value.replace("{nonce}", nonce))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _headings(page: Page) -> list[str]:
    """Return the headings in view; none of a page that is just changing."""
    try:
        return [" ".join(text.split()) for text in page.get_by_role("heading").all_inner_texts()]
    except PlaywrightError:
        return []


def _do(page: Page, act: Act) -> None:
    """Do in our page what the person did in their picture of it; a page that is just changing misses it."""
    with suppress(PlaywrightError):
        if act.kind == "key":
            page.keyboard.press(act.text)
        elif act.kind == "text":
            page.keyboard.insert_text(act.text)
        else:
            page.mouse.move(act.x, act.y)
            if act.kind == "down":
                page.mouse.down()
            elif act.kind == "up":
                page.mouse.up()
