"""What the name commands do, one function each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bot import lazy, settings
from bot.name_check import NameCheck, NameChecker
from bot.register.register import Register
from bot.register.stamp import Stamp
from extractors.errors import UsageError
from extractors.values import regions
from forms.law import citation, wording
from rules.names.model import Hit, Parts, Proposal

if TYPE_CHECKING:
    from bot.register import build as building
else:
    building = lazy.module("bot.register.build")

_LONGEST = 200


class Wish(NamedTuple):
    """What the options of `name check` say beside the name."""

    on: date
    region: str = ""
    industry: str = ""
    capital: str = ""
    company_type: str = ""
    alternates: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    is_foreign_owned: bool | None = None


def checker(folder: Path | None) -> NameChecker:
    """Return a checker with the register of a folder, or of the settings, or without one.

    Raises:
        RegisterError: The folder is no register that this program can use.
    """
    chosen = folder or settings.load().name_register
    return NameChecker(Register(chosen) if chosen else None)


def check(names: Iterable[str], wish: Wish, folder: Path | None) -> Iterator[NameCheck]:
    """Check names one after another.

    Raises:
        UsageError: A name is empty or longer than 200 characters, or an option is not of its kind.
    """
    return check_with(checker(folder), names, wish)


def check_with(known: NameChecker, names: Iterable[str], wish: Wish) -> Iterator[NameCheck]:
    """Check names one after another with a checker that is open already.

    Raises:
        UsageError: As of `check`.
    """
    capital = _capital(wish.capital)
    if wish.region and regions.find(wish.region) is None:
        raise UsageError(
            f"没有代码为 {wish.region} 的行政区划，没有检查。", "请写六位区划代码，例如 310115。"
        )
    for number, name in enumerate(names, 1):
        _refuse_odd(name, number)
        proposal = Proposal(
            name=name,
            on=wish.on,
            region=wish.region,
            industry_code=wish.industry,
            company_type=wish.company_type,
            capital=capital,
            is_foreign_owned=wish.is_foreign_owned,
            related=wish.related,
        )
        yield known.check(proposal, wish.alternates)


def _refuse_odd(name: str, number: int) -> None:
    if not name.strip():
        raise UsageError(f"第 {number} 个名称是空的，没有检查。", "请写企业名称全文。")
    if len(name) > _LONGEST:
        raise UsageError(
            f"第 {number} 个名称有 {len(name)} 个字，超过 {_LONGEST} 个，没有检查。", "请写企业名称全文。"
        )


def _capital(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text else None
    except ArithmeticError:
        raise UsageError("注册资本不是数字，没有检查。", "请写以元为单位的数字，例如 1000000。") from None


def build_register(files: Sequence[Path], out: Path, on: date, tell: Callable[[str], None]) -> Stamp:
    """Build a register from files."""
    return building.build(files, out, on, tell)


def add(names: Iterable[str], region: str, folder: Path | None) -> int:
    """Add registered names; return how many."""
    register = _opened(folder)
    count = 0
    for name in names:
        register.add(name, region)
        count += 1
    return count


def reserve(name: str, region: str, on: date, folder: Path | None, *, has_prior_approval: bool) -> date:
    """Reserve a name; return the last day."""
    return _opened(folder).reserve(name, region, on, has_prior_approval=has_prior_approval)


def release(name: str, region: str, folder: Path | None) -> None:
    """Take a reservation out."""
    _opened(folder).release(name, region)


def deregister(name: str, region: str, on: date, folder: Path | None) -> date:
    """Note that a name is gone; return the last day on which it counts."""
    return _opened(folder).deregister(name, region, on)


def _opened(folder: Path | None) -> Register:
    chosen = folder or settings.load().name_register
    if chosen is None:
        raise UsageError(
            "没有指定名称库，没有改动。", "请写 --register DIR，或者设置 ZEROMEET_NAME_REGISTER。"
        )
    return Register(chosen)


def as_json(checked: NameCheck) -> dict[str, Any]:
    """Return a check as `name check --json` prints it (docs/reference/cli.md)."""
    return {
        "name": checked.name,
        "parts": _parts(checked.parts),
        "outcome": checked.outcome.value,
        "compared": checked.is_compared,
        "hits": [_hit(hit) for hit in checked.hits],
        "counts": checked.counts,
        "suggestions": [
            {"name": s.name, "outcome": s.outcome.value, "changed": s.changed} for s in checked.suggestions
        ],
        "ms": checked.ms,
    }


def _parts(parts: Parts) -> dict[str, Any]:
    return {
        "division": parts.division,
        "division_code": parts.division_code,
        "trade_name": parts.trade_name,
        "industry": parts.industry,
        "organization_form": parts.organization_form,
        "order": parts.order,
        "branch": parts.branch,
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "rule": hit.rule,
        "kind": hit.kind.value,
        "severity": hit.severity.value,
        "message": hit.message,
        "cites": cites(hit),
        "words": list(hit.words),
        "other_name": hit.other_name or None,
        "other_status": hit.other_status.name.lower() if hit.other_status is not None else None,
        "other_place": hit.other_place or None,
        "settled_by": list(hit.settled_by),
    }


def cites(hit: Hit) -> str:
    """Return the law and articles of a hit in one line."""
    return wording(citation(reference) for reference in hit.cites)
