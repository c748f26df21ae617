"""Sentences for a clerk: why a blank was left empty."""

from decimal import Decimal

from extractors.model import Money, Value
from forms.compare import same
from forms.model import Fact, Witness
from forms.vocabulary import fact_specs


def missing(label: str) -> str:
    """Say that no paper states a thing."""
    return f"没有材料写明{label}。"


def disagreement(fact: Fact) -> str:
    """Name the places that disagree, one for each different value."""
    if fact.origin == "derived":
        return fact.why
    spec = fact_specs()[fact.key]
    different: list[Witness] = []
    for witness in fact.witnesses:
        if not any(same(spec, witness.value, other.value) for other in different):
            different.append(witness)
    places = [f"{w.file} 第 {w.page} 页写“{shown(w.value)}”" for w in different]
    return f"材料不一致：{'，'.join(places)}。"


def shown(value: Value) -> str:
    """Return a value as a person reads it."""
    if isinstance(value, Money):
        return f"{Decimal(value.amount):,} {'元' if value.currency == 'CNY' else value.currency}"
    if isinstance(value, str):
        return value
    return "；".join("，".join(shown(cell) for cell in row.values()) for row in value)


def unclear(fact: Fact) -> str:
    """Say where a value was read that is not sure enough to be filed."""
    if not fact.witnesses:
        return f"{fact.label}不够确定，本项可以不填，已留空。"
    first = fact.witnesses[0]
    return f"{fact.label}读得不够清楚（{first.file} 第 {first.page} 页“{first.raw}”），本项可以不填，已留空。"
