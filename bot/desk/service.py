"""What the routes work with: the database, the keys, the writer of new cases; opened and closed together."""

import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot import database, workshop
from bot.desk.intake import Desk, Reservations
from bot.desk.keys import Keys
from bot.desk.limits import Buckets
from bot.desk.problems import Problem
from bot.engine.calls import Addresses
from bot.engine.cases import Cases, create_tables
from bot.engine.model import Intake, Upload
from bot.engine.queue import Queue
from bot.engine.tables import UploadRow
from bot.portals import portal_map
from bot.settings import Settings
from bot.workshop import Workshop
from extractors.values import regions

CHINA = ZoneInfo("Asia/Shanghai")
_LEAST_FREE = 1_000_000_000
_FREE_S = 5.0


class Metadata(BaseModel):
    """What a portal says of a case beside its papers."""

    model_config = ConfigDict(extra="forbid")

    reference: str = Field("", max_length=200)
    region: str = Field("", pattern=r"^(\d{6})?$")
    portal: str = Field("practice", pattern=r"^[a-z0-9_]{1,64}$")
    priority: int = Field(5, ge=1, le=9)
    callback_url: str = Field("", max_length=2000)


@dataclass(frozen=True)
class Service:
    """Everything that a route needs."""

    settings: Settings
    engine: Engine
    queue: Queue
    cases: Cases
    keys: Keys
    desk: Desk
    reservations: Reservations
    buckets: Buckets
    shop: Workshop
    """To judge again after a decision; its reader is never asked here."""
    addresses: Addresses

    def folder(self, case: str) -> Path:
        """Return where a case's papers lie."""
        return self.settings.files / case / "papers"

    def intake(self, tenant: str, folder: Path, said: dict[str, Any]) -> Intake:
        """Return what a case is handed in with.

        Raises:
            Problem: The metadata names what there is not, or an address that is not called.
        """
        try:
            metadata = Metadata.model_validate(said)
        except ValidationError as error:
            places = "、".join(str(one["loc"][0])[:40] for one in error.errors()[:8])
            raise Problem("invalid", f"metadata 不合规定的地方：{places}。") from None
        if metadata.region and regions.find(metadata.region) is None:
            raise Problem("invalid", "metadata 不合规定的地方：region，没有这个行政区划。")
        if metadata.portal not in portals():
            raise Problem("invalid", "metadata 不合规定的地方：portal，没有这个门户。")
        if metadata.callback_url and (why := self.addresses.refusal(metadata.callback_url)):
            raise Problem("invalid", f"metadata 不合规定的地方：callback_url，{why}")
        today = datetime.now(CHINA).date()
        return Intake(tenant=tenant, folder=str(folder), on=today.isoformat(), **metadata.model_dump())

    def uploads(self, case: str) -> tuple[Upload, ...]:
        """Return the files of a case as they were handed in."""
        query = select(UploadRow).where(UploadRow.case == case).order_by(col(UploadRow.id))
        with Session(self.engine) as session:
            return tuple(
                Upload(**row.model_dump(include=set(Upload.model_fields))) for row in session.exec(query)
            )

    def assert_room(self) -> None:
        """Refuse new papers before the disk is full, while what was taken can still be filed.

        Raises:
            Problem: There is less than a gigabyte left.
        """
        if _free(self.settings.files, int(time.monotonic() / _FREE_S)) < _LEAST_FREE:
            raise Problem("unavailable", retry_after=60)


@contextmanager
def opened(settings: Settings) -> Iterator[Service]:
    """Yield a service on the settings in force."""
    settings.files.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = database.connect(settings.database)
    create_tables(engine)
    queue = Queue(engine)
    cases = Cases(engine, queue)
    desk = Desk(engine, cases)
    try:
        with workshop.opened(have=settings) as shop:
            yield Service(
                settings=settings,
                engine=engine,
                queue=queue,
                cases=cases,
                keys=Keys(engine),
                desk=desk,
                reservations=Reservations(),
                buckets=Buckets(settings.rate),
                shop=shop,
                addresses=Addresses(settings.webhook_allow),
            )
    finally:
        desk.close()
        queue.close()
        engine.dispose()


@cache
def portals() -> frozenset[str]:
    """Return the names of the portals that cases may be filed at."""
    return frozenset(path.stem for path in portal_map.MAPS.glob("*.yaml"))


@lru_cache(maxsize=4)
def _free(folder: Path, moment: int) -> int:
    del moment
    return shutil.disk_usage(folder).free


def is_key(text: str) -> bool:
    """Tell whether a text may be an idempotency key: 1 to 255 characters that print."""
    return re.fullmatch(r"[\x21-\x7e]{1,255}", text) is not None


def late_folder(papers: Path) -> tuple[Path, Path]:
    """Return where late papers come in, hidden from the reader, and where they are then put at once."""
    name = f"late-{secrets.token_hex(4)}"
    return papers.parent / name, papers / name


def day(text: str | None) -> date:
    """Return a day, today in China where none is given."""
    return date.fromisoformat(text) if text else datetime.now(CHINA).date()
