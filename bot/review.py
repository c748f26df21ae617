"""A person's decisions: kept beside the machine's value, void when the papers behind it change."""

import getpass
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.model import CaseResult, Review
from bot.store import Store
from extractors.errors import UsageError
from forms.answers import parse_answer
from forms.model import Answer, Fact
from forms.reasons import shown


def decide(store: Store, result: CaseResult, fact: str, value: str, why: str) -> Review:
    """Keep a person's value for a fact.

    Raises:
        UsageError: As of `decision`.
    """
    review = decision(result, fact, value, why, person())
    store.add_review(result.case, review)
    return review


def decision(result: CaseResult, fact: str, value: str, why: str, who: str) -> Review:
    """Return a person's value for a fact, with what they saw of it.

    Raises:
        UsageError: There is no such fact, the value is not of its kind, or no reason is given.
    """
    if not why.strip():
        raise UsageError("没有写明理由，没有记录。", "请用 --why 写一句为什么。")
    parse_answer(fact, value)  # refuses what is not of the fact's kind
    known = result.facts.get(fact)
    return Review(
        fact=fact,
        machine_value=shown(known.value) if known else None,
        value=value,
        who=who,
        at=datetime.now(UTC),
        why=why.strip(),
        witnesses=seen(known),
    )


def person() -> str:
    """Return who is at the keyboard, as the system knows them."""
    return getpass.getuser()


def in_force(reviews: Sequence[Review], facts: Mapping[str, Fact]) -> dict[str, Answer]:
    """Return the answers that still hold, by fact: the newest each, unless the papers changed since.

    Args:
        reviews: Oldest first.
        facts: As the papers alone state them now.
    """
    newest = {r.fact: r for r in reviews}
    return {
        key: Answer(value=parse_answer(key, r.value), why=f"{r.why}（{r.who}，{r.at:%Y-%m-%d %H:%M} UTC）")
        for key, r in newest.items()
        if r.witnesses == seen(facts.get(key))
    }


def seen(fact: Fact | None) -> str:
    """Return a hash of what the papers said about a fact when a person decided on it."""
    if fact is None:
        return ""
    said = sorted((w.document, w.page, w.element, shown(w.value)) for w in fact.witnesses)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
