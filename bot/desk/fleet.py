"""What `zeromeet doctor` says of the service: workers, queues, ages, what is stuck, messages that nobody took."""

from collections.abc import Iterator

from sqlalchemy.exc import SQLAlchemyError

from bot import database
from bot.desk import standing
from bot.desk.standing import Standing
from bot.doctor import Check
from bot.engine import slots
from bot.engine.cases import Cases, create_tables
from bot.engine.model import MOVING, WITH_A_PERSON, State
from bot.engine.queue import VERSION, Queue
from bot.settings import Settings

OLD_S = 3_600
"""A case that has not moved for an hour wants a look, unless it waits for a person."""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Return the checks of a service; none where nothing was ever handed in over the API."""
    engine = database.connect(settings.database)
    try:
        create_tables(engine)
        found = standing.of(engine)
        if not any(count for count, _ in found.cases.values()):
            return ()
        queue = Queue(engine)
        stuck = [ticket.case for ticket in Cases(engine, queue).stuck()]
        queue.close()
        return tuple(_checks(found, slots.living(engine, settings.home), stuck))
    except SQLAlchemyError:
        return ()  # that the database is away is told already
    finally:
        engine.dispose()


def _checks(found: Standing, workers: list[str], stuck: list[str]) -> Iterator[Check]:
    moving = sum(found.cases[state][0] for state in MOVING)
    waiting = sum(found.cases[state][0] for state in WITH_A_PERSON)
    unknown = found.cases[State.UNKNOWN][0]
    oldest = max(found.cases[state][1] for state in MOVING)
    yield Check(
        name="工作进程",
        ok=bool(workers) or not moving,
        value=f"{len(workers)} 个",
        origin="、".join([*workers, f"版本 {VERSION}"]),
        remedy="" if workers or not moving else "有案件在等，但没有工作进程，请运行 zeromeet worker。",
    )
    yield Check(
        name="在办案件", ok=True, value=f"{moving} 件", origin=f"等人 {waiting} 件，结果未知 {unknown} 件"
    )
    yield Check(
        name="最久未动",
        ok=oldest < OLD_S,
        value=f"{oldest / 60:.0f} 分钟",
        remedy="" if oldest < OLD_S else "请增加工作进程，或者查看门户是否停用。",
    )
    yield Check(
        name="失去任务的案件",
        ok=not stuck,
        value=f"{len(stuck)} 件",
        origin="、".join(stuck[:5]),
        remedy="工作进程每半分钟自行找回；没有工作进程时请启动一个。" if stuck else "",
    )
    dead = found.calls["dead"]
    yield Check(
        name="送不到的回调",
        ok=not dead,
        value=f"{dead} 条",
        remedy="请核对门户的回调地址，再用接口 POST /v1/cases/{case}/callback 重发。" if dead else "",
    )
