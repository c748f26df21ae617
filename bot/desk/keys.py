"""API keys and tenants: a key is shown once, and only its hash is kept."""

import base64
import hashlib
import hmac
import secrets
import time
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.engine.tables import KeyRow, TenantRow
from extractors.errors import UsageError
from extractors.model import Record

_FRESH_S = 2.0
"""How long a key that was found good is not looked up again; so long a revoked one still works."""


class Scope(StrEnum):
    """What a key may do."""

    SUBMIT = "submit"
    READ = "read"
    """See personal values and the evidence."""
    REVIEW = "review"
    """Decide, release, cancel."""


class Key(Record):
    """An API key, without its secret."""

    id: str
    tenant: str
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Tell whether the key may be used."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class Made(Record):
    """A new key with what is shown only now."""

    key: Key
    secret: str
    webhook_secret: str = ""
    """Of a tenant that came with this key."""


class Keys:
    """The keys of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fresh: dict[str, tuple[float, Key]] = {}

    def create(self, tenant: str, scopes: frozenset[Scope], expires: timedelta | None) -> Made:
        """Make a key, and its tenant where that is new."""
        if not tenant.isidentifier():
            raise UsageError(
                "租户名称只能用字母、数字和下划线，没有建立密钥。", "请换一个名称，例如 hall_pudong。"
            )
        secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
        row = KeyRow(
            id=secrets.token_hex(6),
            tenant=tenant,
            secret_hash=_hash(secret),
            scopes=" ".join(sorted(scopes)),
            created_at=now,
            expires_at=now + expires if expires else None,
        )
        with Session(self._engine, expire_on_commit=False) as session:
            webhook_secret = "" if session.get(TenantRow, tenant) else _webhook_secret()
            if webhook_secret:
                session.add(TenantRow(name=tenant, webhook_secret=webhook_secret))
            session.add(row)
            session.commit()
        return Made(key=_key(row), secret=f"zm_{row.id}_{secret}", webhook_secret=webhook_secret)

    def listed(self) -> tuple[Key, ...]:
        """Return all keys, the oldest first."""
        with Session(self._engine) as session:
            return tuple(sorted(map(_key, session.exec(select(KeyRow))), key=lambda key: key.created_at))

    def revoke(self, name: str) -> Key:
        """End a key by its id.

        Raises:
            UsageError: There is none.
        """
        with Session(self._engine, expire_on_commit=False) as session:
            row = session.get(KeyRow, name)
            if row is None:
                raise UsageError("没有这个密钥，什么也没有做。", "zeromeet key list 列出全部密钥。")
            row.revoked_at = row.revoked_at or datetime.now(UTC)
            session.add(row)
            session.commit()
            return _key(row)

    def rotate_webhook_secret(self, tenant: str) -> str:
        """Give a tenant a new secret for messages; the old one signs beside it until the next time.

        Raises:
            UsageError: There is no such tenant.
        """
        with Session(self._engine) as session:
            row = session.get(TenantRow, tenant)
            if row is None:
                raise UsageError("没有这个租户，什么也没有做。", "zeromeet key list 列出全部密钥。")
            row.old_webhook_secret, row.webhook_secret = row.webhook_secret, _webhook_secret()
            session.add(row)
            session.commit()
            return row.webhook_secret

    def remembered(self, shown: str) -> Key | None:
        """Return the key that was shown, where it was found good a moment ago."""
        at, key = self._fresh.get(_hash(shown), (0.0, None))
        is_fresh = key is not None and time.monotonic() - at < _FRESH_S and key.holds(datetime.now(UTC))
        return key if is_fresh else None

    def known(self, shown: str) -> Key | None:
        """Return the key that was shown, or None where it is wrong, ended or expired."""
        key = self._looked_up(shown)
        now = time.monotonic()
        fresh = {digest: kept for digest, kept in self._fresh.items() if now - kept[0] < _FRESH_S}
        self._fresh = fresh | ({_hash(shown): (now, key)} if key is not None else {})
        return key

    def _looked_up(self, shown: str) -> Key | None:
        prefix, _, rest = shown.partition("_")
        name, _, secret = rest.partition("_")
        with Session(self._engine) as session:
            row = session.get(KeyRow, name) if prefix == "zm" and name.isalnum() else None
            # The same work whether or not there is such a key, so that time tells nothing.
            is_right = hmac.compare_digest(row.secret_hash if row else _hash(""), _hash(secret))
            key = _key(row) if row is not None and is_right else None
        return key if key is not None and key.holds(datetime.now(UTC)) else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _webhook_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _key(row: KeyRow) -> Key:
    fields = row.model_dump(exclude={"secret_hash", "scopes"})
    return Key.model_validate(fields | {"scopes": frozenset(row.scopes.split())})
