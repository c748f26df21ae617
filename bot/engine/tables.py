"""The tables of the service, beside those of bot/store.py in the same database; rows never leave this package."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, TypeDecorator, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC."""
        del dialect
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read as UTC."""
        del dialect
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class ServedRow(SQLModel, table=True):
    """What the service knows of a case beside its row in the store."""

    __tablename__ = "served"
    case: str = Field(primary_key=True)
    tenant: str = Field(index=True)
    folder: str
    reference: str
    region: str
    portal: str
    priority: int
    callback_url: str
    on: str
    state: str = Field(index=True)
    version: int = 1
    ticket: int = 0
    step: str = ""
    starts: int = 0
    tries: int = 0
    created_at: datetime = Field(sa_type=Moment, index=True)
    changed_at: datetime = Field(sa_type=Moment, index=True)


class UploadRow(SQLModel, table=True):
    """One file handed in; its own name is a label for people and never a path."""

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("case", "file"),)
    id: int | None = Field(default=None, primary_key=True)
    case: str = Field(index=True)
    file: str
    label: str
    sha256: str
    size: int


class AnswerRow(SQLModel, table=True):
    """What was answered under an idempotency key: the same key and body get the same answer."""

    __tablename__ = "answer"
    tenant: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    body_hash: str
    case: str
    at: datetime = Field(sa_type=Moment, index=True)


class CallRow(SQLModel, table=True):
    """One message to a portal: written with the change it tells of, delivered later."""

    __tablename__ = "call"
    id: str = Field(primary_key=True)
    case: str = Field(index=True)
    tenant: str
    url: str
    body: str
    state: str = Field(index=True)
    """pending, delivered, or dead after the last try."""
    tries: int = 0
    due_at: datetime = Field(sa_type=Moment, index=True)
    """When it is tried next; moved on before each try, so that a worker that dies holds nothing up."""
    error: str = ""


class TenantRow(SQLModel, table=True):
    """One portal, or one office, whose cases no other sees."""

    __tablename__ = "tenant"
    name: str = Field(primary_key=True)
    webhook_secret: str
    old_webhook_secret: str = ""
    """Signs beside the new one until it is rotated again."""


class KeyRow(SQLModel, table=True):
    """One API key; the secret itself is shown once and never kept."""

    __tablename__ = "api_key"
    id: str = Field(primary_key=True)
    tenant: str = Field(index=True)
    secret_hash: str
    scopes: str
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(default=None, sa_type=Moment)
    revoked_at: datetime | None = Field(default=None, sa_type=Moment)
