"""Messages to portals by Standard Webhooks 1.0: signed, retried, dead-lettered, and only to addresses that may be called.

An address is resolved once, every answer is checked, and the connection goes to the one that was checked: a
name that points elsewhere a moment later changes nothing. Redirects are not followed.
"""

import ipaddress
import logging
import socket
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import httpx
from sqlalchemy import Engine, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select
from standardwebhooks import Webhook

from bot.engine.tables import CallRow, TenantRow

LIMIT_S = 5.0
WAITS_S = (5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 50_400)
"""Until each next try; after about a day and a half a message is dead and waits for a person to send it again."""
_TOGETHER = 20
_PORTS = {"http": 80, "https": 443}

_log = logging.getLogger(__name__)
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Target(NamedTuple):
    """Where a message goes: the checked address, and the name it was found under."""

    url: str
    host: str
    name: str


class Addresses:
    """Decides which addresses may be called.

    Args:
        allowed: Networks that are not public and may still be called, as CIDR, parted by commas.
    """

    def __init__(self, allowed: str = "") -> None:
        self._allowed = tuple(
            ipaddress.ip_network(part.strip()) for part in allowed.split(",") if part.strip()
        )

    def refusal(self, url: str) -> str:
        """Return why an address is not called, or nothing; names are resolved only when it is called."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return "不是网址。"
        if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or port == 0:
            return "须是不带用户名的 https 网址。"
        if any(ord(c) <= 0x20 or ord(c) == 0x7F for c in url):
            return "不能有空白。"
        literal = _literal(parts.hostname)
        if literal is not None and not self._may(literal, parts.scheme):
            return "不是可以回调的地址。"
        if literal is None and parts.scheme == "http" and not self._allowed:
            return "须用 https。"
        return ""

    def target(self, url: str) -> Target | None:
        """Resolve an address once and return where to connect, or None where that is not allowed."""
        if self.refusal(url):
            return None
        parts = urlsplit(url)
        name = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        try:
            found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return None
        addresses = [ipaddress.ip_address(str(one[4][0]).split("%")[0]) for one in found]
        if not addresses or not all(self._may(address, parts.scheme) for address in addresses):
            return None
        return _pinned(parts, addresses[0], port)

    def _may(self, address: Address, scheme: str) -> bool:
        mapped = getattr(address, "ipv4_mapped", None)
        plain = mapped or address
        if any(plain.version == net.version and plain in net for net in self._allowed):
            return True
        return scheme == "https" and plain.is_global and not plain.is_multicast


def _literal(host: str) -> Address | None:
    """Return the address that a host is written as, in any of the ways that a resolver takes for one."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(host))
    except (OSError, UnicodeError):
        return None


def _pinned(parts: SplitResult, address: Address, port: int) -> Target:
    written = f"[{address}]" if address.version == 6 else str(address)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    shown = host if port == _PORTS[parts.scheme] else f"{host}:{port}"
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return Target(f"{parts.scheme}://{written}:{port}{path}{query}", shown, parts.hostname or "")


class Caller:
    """Delivers what waits in the table of messages; any number of them may."""

    def __init__(self, engine: Engine, addresses: Addresses) -> None:
        self._engine = engine
        self._addresses = addresses

    def run(self, stop: threading.Event, every_s: float = 1.0) -> None:
        """Deliver until told to stop."""
        while not stop.wait(every_s):
            try:
                while self.deliver_due() and not stop.is_set():
                    pass
            except SQLAlchemyError as error:
                _log.warning("database away", extra={"error": type(error).__name__})

    def deliver_due(self) -> int:
        """Try every message that is due once, and return how many were tried."""
        claimed = self._claimed()
        for message, keys in claimed:
            self._settle(message, self._sent(message, keys))
        return len(claimed)

    def _claimed(self) -> list[tuple[CallRow, tuple[str, ...]]]:
        """Take messages by moving them on before they are tried: whoever dies meanwhile holds nothing up."""
        now = datetime.now(UTC)
        with Session(self._engine, expire_on_commit=False) as session:
            due = select(CallRow).where(CallRow.state == "pending", CallRow.due_at <= now).limit(_TOGETHER)
            mine = [row for row in session.exec(due).all() if _claim(session, row, now)]
            session.commit()
            return [(row, _secrets(session.get_one(TenantRow, row.tenant))) for row in mine]

    def _sent(self, message: CallRow, keys: Sequence[str]) -> str:
        """Send one message and return what was wrong, or nothing."""
        target = self._addresses.target(message.url)
        if target is None:
            return "address"
        with httpx.Client(timeout=LIMIT_S, trust_env=False, follow_redirects=False) as client:
            try:
                answer = client.post(
                    target.url,
                    content=message.body.encode(),
                    headers=_headers(message, keys) | {"Host": target.host},
                    extensions={"sni_hostname": target.name},
                )
            except httpx.HTTPError as error:
                return type(error).__name__
        return "" if answer.is_success else f"HTTP {answer.status_code}"

    def _settle(self, message: CallRow, error: str) -> None:
        tries = message.tries
        state = "delivered" if not error else ("dead" if tries >= len(WAITS_S) else "pending")
        change = update(CallRow).where(col(CallRow.id) == message.id, col(CallRow.tries) == tries)
        with Session(self._engine) as session:
            session.connection().execute(change.values(state=state, error=error))
            session.commit()
        _log.info("call", extra={"case": message.case, "call": message.id, "end": state, "error": error})


def _claim(session: Session, row: CallRow, now: datetime) -> bool:
    wait = WAITS_S[min(row.tries, len(WAITS_S) - 1)]
    seen = update(CallRow).where(
        col(CallRow.id) == row.id, col(CallRow.tries) == row.tries, col(CallRow.state) == "pending"
    )
    values = {"tries": row.tries + 1, "due_at": now + timedelta(seconds=wait)}
    if not session.connection().execute(seen.values(**values)).rowcount:
        return False
    session.refresh(row)
    return True


def _secrets(tenant: TenantRow) -> tuple[str, ...]:
    return tuple(secret for secret in (tenant.webhook_secret, tenant.old_webhook_secret) if secret)


def _headers(message: CallRow, keys: Sequence[str]) -> dict[str, str]:
    now = datetime.now(UTC)
    signed = (Webhook(key).sign(message.id, now, message.body) for key in keys)
    return {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def send_again(engine: Engine, case: str) -> int:
    """Queue a case's messages once more, dead ones too, and return how many; receivers know each by its id."""
    change = update(CallRow).where(col(CallRow.case) == case, col(CallRow.state) != "pending")
    with Session(engine) as session:
        count = session.connection().execute(
            change.values(state="pending", tries=0, due_at=datetime.now(UTC), error="")
        )
        session.commit()
        return count.rowcount
