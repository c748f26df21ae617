"""One authority at work: its store, its account, its sessions and its faults."""

import hmac
import secrets
from collections import deque
from collections.abc import Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates

from bot.practice import validate
from bot.practice.alter import altered
from bot.practice.faults import Faults
from bot.practice.pages import Hall, Item
from bot.practice.store import Draft, PracticeStore

_FOLDER = Path(__file__).parent
COOKIE = "practice_session"


class SignedOutError(Exception):
    """Nobody is signed in; the visitor is sent to the login page and comes back."""


class Desk:
    """One authority: its store, its account, its sessions and its faults."""

    def __init__(
        self, database: Path, user: str, password: str, faults: Sequence[str], offered: Mapping[str, Hall]
    ) -> None:
        self.faults = Faults(faults)
        self.store = PracticeStore(database, twice=bool(self.faults.does("twice", "")))
        self.offered = offered
        self._account = (user, password)
        self._codes: dict[tuple[str, str], str] = {}
        self._passed: set[tuple[str, str]] = set()
        self.turns: deque[float] = deque()
        """When the pages of the last minute were asked for, under a rate limit."""
        self._sessions: set[str] = set()
        self.templates = Jinja2Templates(_FOLDER / "templates")
        self.templates.env.globals |= {
            "halls": offered,
            "asked": validate.asked,
            "row_count": validate.row_count,
            "row_of": row_of,
            "progress": progress,
        }

    def sign_in(self, user: str, password: str) -> str | None:
        """Return a new session for the right account, None for any other."""
        right = hmac.compare_digest(f"{user}\n{password}".encode(), "\n".join(self._account).encode())
        if not right:
            return None
        session = secrets.token_urlsafe(24)
        self._sessions.add(session)
        return session

    def knows(self, session: str | None) -> bool:
        """Tell whether a session is signed in."""
        return session in self._sessions

    def sign_out(self, session: str | None) -> None:
        """End a session."""
        self._sessions.discard(session or "")

    def hall(self, name: str, key: str = "") -> Hall | None:
        """Return a hall as it is today for a business key."""
        if name not in self.offered:
            return None
        return reduce(altered, self.faults.altered(key), self.offered[name])

    def gate_code(self, session: str, gate: str) -> str:
        """Return the code that a gate asks for in this session."""
        return self._codes.setdefault((session, gate), f"{secrets.randbelow(10**6):06d}")

    def pass_gate(self, session: str, gate: str, code: str) -> bool:
        """Let a session past a gate for the right code."""
        if code != self.gate_code(session, gate):
            return False
        self._passed.add((session, gate))
        return True

    def is_past(self, session: str, gate: str) -> bool:
        """Tell whether a person has passed a gate in this session."""
        return (session, gate) in self._passed

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Render one page."""
        values["signed_in"] = self.knows(request.cookies.get(COOKIE))
        return self.templates.TemplateResponse(request, f"{name}.html", values, status_code=status)


def row_of(item: Item, name: str) -> str:
    """Return the row that a control stands in, as "投资人 2：", or nothing for one that stands alone."""
    group, _, rest = name.partition("[")
    rows = item.group(group)
    return f"{rows.legend} {int(rest.partition(']')[0]) + 1}：" if rows else ""


def progress(draft: Draft, item: Item) -> tuple[str, str]:
    """Return how far an item is: the word for the style sheet and the words for people."""
    if item.id in draft.skipped:
        return "skipped", "本次不办理"
    if item.id in draft.done:
        return "done", "已填好"
    return ("begun", "填写中") if any(draft.answers.get(item.id, {}).values()) else ("open", "未填写")


def desk_of(request: Request) -> Desk:
    """Return the authority that answers this request."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)  # noqa: S101 - create_app has put it there
    return desk


def signed_in(request: Request) -> Desk:
    """Return the authority to a visitor who is signed in.

    Raises:
        SignedOutError: The visitor is not.
    """
    desk = desk_of(request)
    if not desk.knows(request.cookies.get(COOKIE)):
        raise SignedOutError
    return desk
