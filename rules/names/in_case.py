"""What a case says of the name that it declares, as the name rules ask it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from extractors.model import Money, Row
from forms.code_lists import code_list
from forms.facts import GRANTING
from forms.model import Fact
from rules.names.model import Parts, Proposal
from rules.names.parse import parse
from rules.names.text import fold


def proposal(name: str, facts: Mapping[str, Fact], on: date) -> Proposal:
    """Return a name as a case declares it; what is not surely known is left open."""
    region = _text(facts, "addr.registered.code")
    return Proposal(
        name=name,
        on=on,
        parts=_stated(name, region, _text(facts, "name.trade_name")),
        region=region,
        industry_code=_text(facts, "enterprise.industry_code"),
        company_type=_type(facts),
        capital=_capital(facts),
        investors=tuple(str(row["name"]) for row in _rows(facts, "investors") if row.get("name")),
    )


def _stated(name: str, region: str, trade_name: str) -> Parts | None:
    """Return the reading of a name that has the trade name which the applicant's sheet states, or None."""
    readings = parse(name, region=region)
    return (
        next((parts for parts in readings if parts.trade_name == fold(trade_name)), None)
        if trade_name
        else None
    )


def granted(facts: Mapping[str, Fact]) -> str | None:
    """Return the name that an authority has granted already, or None."""
    fact = facts.get("enterprise.name")
    by_authority = fact is not None and any(w.element.split(".")[0] in GRANTING for w in fact.witnesses)
    return str(fact.value) if fact is not None and by_authority else None


def proposed(facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the names that the applicant asks for, in order; none where they were not read surely."""
    fact = facts.get("name.proposals")
    if fact is None or not fact.sure:
        return ()
    return tuple(
        str(row["company_name"]) for row in _rows(facts, "name.proposals") if row.get("company_name")
    )


def _text(facts: Mapping[str, Fact], key: str) -> str:
    fact = facts.get(key)
    return fact.value if fact is not None and fact.sure and isinstance(fact.value, str) else ""


def _rows(facts: Mapping[str, Fact], key: str) -> tuple[Row, ...]:
    fact = facts.get(key)
    return fact.value if fact is not None and isinstance(fact.value, tuple) else ()


def _type(facts: Mapping[str, Fact]) -> str:
    stated = _text(facts, "enterprise.type") or _text(facts, "name.company_type")
    code = code_list("enterprise_types").match(stated) if stated else None
    return code.code if code else ""


def _capital(facts: Mapping[str, Fact]) -> Decimal | None:
    fact = facts.get("capital.amount")
    if fact is None or not fact.sure or not isinstance(fact.value, Money):
        return None
    return Decimal(fact.value.amount)
