"""Everything that befalls a filing here: each fault of the practice portal, where it can bite, before and after."""

import random
from collections.abc import Iterator
from typing import NamedTuple

from bot.practice.faults import kinds

HANG_S = 4
"""Longer than the bot waits for a page."""
_WHERE = {
    "before": ("form", "keep", "check", "submit", "receipt", "list", "record"),
    "after": ("keep", "submit"),
}
_COMBINED = {
    "lost-receipt + list-lags": ("lost-receipt:once", "list-lags:s=2"),
    "cut-after-write + list-lags": ("cut-after-write:once", "list-lags:s=2"),
    "refuse-after-write + list-lags": ("refuse-after-write:once", "list-lags:s=2"),
    "lost-receipt + list is down": ("lost-receipt:once", "500:at=list,first=6"),
    "cut-after-write + list is cut": ("cut-after-write:once", "cut:at=list,first=6"),
    "everything now and then": tuple(
        f"{name}:p=0.06,seed={n}"
        for n, name in enumerate(("500", "429", "cut", "half-page", "session-lost", "cut-after-write"))
    ),
}


class Scenario(NamedTuple):
    """One way in which a filing is disturbed."""

    name: str
    faults: tuple[str, ...] = ()
    """As --faults says them, without the key."""
    kill: str = ""
    """Who dies by kill -9 at a random moment: bot or browser."""


class Job(NamedTuple):
    """One filing to be made."""

    key: str
    scenario: str
    kill: str = ""
    moment: float = 0
    """When it dies: 0 as the filing begins, 1 after the time that a filing takes."""


def scenarios() -> list[Scenario]:
    """Return all of them."""
    return [Scenario("nothing"), *_faults(), *_kills()]


def jobs(count: int, seed: int, among: list[Scenario]) -> list[Job]:
    """Return so many filings, the scenarios in turn, in an order and with moments that a seed gives."""
    dice = random.Random(seed)
    every = [(n, among[n % len(among)]) for n in range(count)]
    found = [
        Job(f"{_mark(among.index(one))}{n:05}", one.name, one.kill, dice.uniform(0, 1.2)) for n, one in every
    ]
    dice.shuffle(found)
    return found


def asked(among: list[Scenario]) -> list[str]:
    """Return the faults of all scenarios, each for the business keys of its own."""
    each = [(_mark(number), fault) for number, one in enumerate(among) for fault in one.faults]
    return ["takes-twice", *(f"{fault}{',' if ':' in fault else ':'}for={mark}" for mark, fault in each)]


def _mark(number: int) -> str:
    return f"K{number:03}-"


def _faults() -> Iterator[Scenario]:
    for name, kind in kinds().items():
        if kind.does in {"limit", "twice", "lag"}:
            continue
        if kind.at == "any":
            for when, places in _WHERE.items():
                yield from (_general(name, place, when) for place in places)
        elif kind.alter or kind.at is None:
            yield Scenario(name, (name,))
        else:
            yield Scenario(name, (f"{name}:once{f',s={HANG_S}' if kind.does == 'wait' else ''}",))
    yield from (Scenario(name, faults) for name, faults in _COMBINED.items())


def _general(name: str, place: str, when: str) -> Scenario:
    items = [f"at={place}", "once", *(["after"] if when == "after" else [])]
    items += [f"s={HANG_S}"] if name == "slow" else []
    return Scenario(f"{name} at {place}, {when}", (f"{name}:{','.join(items)}",))


def _kills() -> Iterator[Scenario]:
    for who in ("bot", "browser"):
        yield Scenario(f"kill -9 of the {who}", (), who)
        yield Scenario(f"kill -9 of the {who} + slow", ("slow:s=0.3",), who)
