"""Where everything stands, for metrics, readiness and `zeromeet doctor`."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from bot.engine.model import State
from bot.engine.tables import CallRow, ServedRow


class Standing(NamedTuple):
    """Counts over the database."""

    cases: dict[str, tuple[int, float]]
    """By state: how many, and seconds since the last change of the one that stands longest."""
    calls: dict[str, int]
    """Messages by state."""


def of(engine: Engine) -> Standing:
    """Count cases and messages."""
    now = datetime.now(UTC)
    by_state = select(ServedRow.state, func.count(), func.min(ServedRow.changed_at)).group_by(
        col(ServedRow.state)
    )
    with Session(engine) as session:
        found = {
            state: (count, max(0.0, (now - oldest).total_seconds()))
            for state, count, oldest in session.exec(by_state)
        }
        calls = session.exec(select(CallRow.state, func.count()).group_by(col(CallRow.state))).all()
    cases = {state.value: found.get(state.value, (0, 0.0)) for state in State}
    return Standing(cases, {name: dict(calls).get(name, 0) for name in ("pending", "delivered", "dead")})
