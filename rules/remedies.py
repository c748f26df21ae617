"""Ways out of a finding in a normal form, so that equal things are equal however they are phrased.

Finding.settled_by lists alternatives as a clerk reads them. Here the same is structure: a finding holds one
or more wants; every want must be met, any one of its ways meets it, and a way is all of its remedies.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import yaml

from extractors.model import Record
from extractors.recognise import modules
from forms.compare import same
from forms.model import Fact, Witness
from forms.reasons import shown
from forms.vocabulary import FactSpec, fact_specs
from rules import doubts
from rules.model import Finding, Verdict
from rules.plain import NotPlainError, plain
from rules.registry import rules


class Remedy(NamedTuple):
    """One thing that the applicant hands in or answers."""

    kind: Literal["answer", "document"]
    what: str
    """A fact's key for an answer; for a document a kind of paper, or words where we know no such kind."""
    whose: str = ""
    """The person's role in Chinese, where the paper is one person's."""


Way = frozenset[Remedy]


class Want(NamedTuple):
    """One thing that must be settled for a finding to turn."""

    rule: str
    why: str
    """Half a sentence for the applicant, without personal data; {} stands for what it is about."""
    ways: frozenset[Way]
    """Alternatives; none where only the desk can settle it."""
    facts: tuple[str, ...] = ()
    about: str = ""
    """The fact's label, or nothing."""
    desk: str = ""
    """What a clerk does where there are no ways."""


class Words(Record):
    """The content of remedies.yaml."""

    people: dict[str, str]
    papers: dict[str, tuple[str, ...]]
    personal: tuple[str, ...]
    at_hand: tuple[str, ...]
    proved_on: dict[str, str]
    self_filled: tuple[str, ...]
    desk: tuple[str, ...]
    compare: tuple[str, ...]
    answer: tuple[str, ...]
    shown: tuple[str, ...]


@cache
def words() -> Words:
    """Return the words of remedies.yaml."""
    path = Path(__file__).with_name("remedies.yaml")
    return Words.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def wants(finding: Finding, facts: Mapping[str, Fact]) -> tuple[Want, ...]:
    """Return what must be settled for a finding to turn; nothing where the rule holds.

    Each doubtful fact it rests on is a want of its own. What a rule declares cures a rule that is broken;
    where the rule could not tell for another reason the question is the desk's.
    """
    if finding.verdict is Verdict.PASS:
        return ()
    doubtful = (key for key in finding.facts if doubts.is_doubtful(facts.get(key)))
    roots = tuple(dict.fromkeys(root for key in doubtful for root in doubts.roots(key, facts)))
    phrases = _phrases(finding, roots, facts)
    found = [_of_fact(finding, key, facts) for key in roots]
    if phrases or not roots:
        found.append(_of_phrases(finding, phrases, facts))
    return tuple(found)


def _phrases(finding: Finding, roots: Iterable[str], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the phrases that speak of the finding itself, not of a doubt about a fact."""
    of_doubts = set(doubts.settled_by(roots, facts))
    if finding.verdict is Verdict.UNSURE:
        of_doubts |= _declared().get(finding.rule, frozenset())
    return tuple(phrase for phrase in finding.settled_by if phrase not in of_doubts)


@cache
def _declared() -> dict[str, frozenset[str]]:
    return {one.id: frozenset(one.settled_by) for one in rules()}


def _of_phrases(finding: Finding, phrases: Iterable[str], facts: Mapping[str, Fact]) -> Want:
    ways = frozenset(way for phrase in phrases for way in _ways_of_phrase(phrase, finding, facts))
    desk = "" if ways else "；".join(finding.settled_by) or f"{finding.message}请人工核对。"
    if finding.rule.startswith("completeness.") and finding.facts:
        about = "、".join(map(doubts.label, finding.facts))
        return Want(finding.rule, "{}没有写全", ways, finding.facts, about, desk)
    return Want(finding.rule, f"尚未达到“{finding.title}”的要求", ways, finding.facts, "", desk)


def _ways_of_phrase(phrase: str, finding: Finding, facts: Mapping[str, Fact]) -> Iterable[Way]:
    if phrase.startswith(words().desk):
        return
    if phrase.startswith(words().answer):
        yield frozenset(Remedy("answer", key) for key in finding.facts)
        return
    kinds = _kinds_named(phrase)
    for kind in kinds:
        yield frozenset({document(kind, phrase, facts)})
    if not kinds and not phrase.startswith(words().compare):
        yield frozenset({Remedy("document", phrase)})


def _kinds_named(phrase: str) -> tuple[str, ...]:
    titled = [kind for kind, module in modules().items() if f"《{module.WORDS.titles[0]}》" in phrase]
    called = [kind for kind, names in words().papers.items() if any(name in phrase for name in names)]
    return tuple(sorted({*titled, *called}))


def _of_fact(finding: Finding, key: str, facts: Mapping[str, Fact]) -> Want:
    fact, label = facts.get(key), doubts.label(key)
    if fact is None:
        return Want(finding.rule, "没有材料写明{}", _ways_to_state(key, facts), (key,), label)
    if fact.conflict and fact.witnesses:
        why = f"{{}}各份材料写得不一致{_sides(fact)}"
        return Want(finding.rule, why, _ways_to_agree(fact, facts), (key,), label)
    return Want(finding.rule, "{}看不清楚", _ways_to_show(fact, facts), (key,), label)


def _ways_to_state(key: str, facts: Mapping[str, Fact]) -> frozenset[Way]:
    spec = fact_specs().get(key)
    proof = words().proved_on.get(key)
    kinds = (proof,) if proof else _kinds(spec) if spec else ()
    papers = {frozenset({document(kind, doubts.label(key), facts)}) for kind in kinds}
    is_own = spec is None or (not spec.pii and set(kinds) <= set(words().self_filled))
    return frozenset(papers | ({_answer(key)} if is_own or not papers else set()))


def _kinds(spec: FactSpec) -> tuple[str, ...]:
    """Return the kinds of paper that state a fact, or state what it follows from."""
    own = [source.paper for source in spec.sources] + ([spec.rows.paper] if spec.rows else [])
    own += spec.presence.papers if spec.presence else ()
    below = (*spec.derive.needs, *spec.derive.maybe) if spec.derive and not own else ()
    return tuple(dict.fromkeys([*own, *(kind for key in below for kind in _kinds(fact_specs()[key]))]))


def _ways_to_agree(fact: Fact, facts: Mapping[str, Fact]) -> frozenset[Way]:
    """For each value that may be the right one: every paper that says otherwise is handed in corrected."""
    ways = {
        frozenset(_paper_of(other, fact, facts) for other in _others(fact, witness))
        for witness in fact.witnesses
    }
    ways.discard(frozenset())
    return frozenset(ways | _own_answer(fact, ways))


def _others(fact: Fact, right: Witness) -> list[Witness]:
    spec = fact_specs()[fact.key]
    return [w for w in fact.witnesses if not same(spec, right.value, w.value)]


def _ways_to_show(fact: Fact, facts: Mapping[str, Fact]) -> frozenset[Way]:
    doubtful = [w for w in fact.witnesses if not w.sure] or list(fact.witnesses)
    ways = {frozenset({_paper_of(w, fact, facts)}) for w in doubtful}
    return frozenset(ways | _own_answer(fact, ways))


def _own_answer(fact: Fact, papers: set[Way]) -> set[Way]:
    """What is proved by a person's papers is not asked for in a message, unless no paper says it."""
    spec = fact_specs().get(fact.key)
    is_personal = spec is not None and spec.pii
    return set() if is_personal and papers else {_answer(fact.key)}


def _answer(key: str) -> Way:
    return frozenset({Remedy("answer", key)})


def _paper_of(witness: Witness, fact: Fact, facts: Mapping[str, Fact]) -> Remedy:
    return document(witness.element.split(".")[0], fact.label, facts)


def document(kind: str, about: str, facts: Mapping[str, Fact]) -> Remedy:
    """Return a paper to hand in; one person in two roles has one card.

    Args:
        kind: A kind of paper.
        about: A label or phrase that names whose it is.
        facts: What is known of the people.
    """
    role = next((key for key, word in words().people.items() if word in about), "")
    whose = words().people[_first_role(role, facts)] if role and kind in words().personal else ""
    return Remedy("document", kind, whose)


def _first_role(role: str, facts: Mapping[str, Fact]) -> str:
    mine = facts.get(f"{role}.name")
    for other in words().people:
        named = facts.get(f"{other}.name")
        if mine and named and mine.sure and named.sure and mine.value == named.value:
            return other
    return role


def _sides(fact: Fact) -> str:
    """Name the values that disagree, where a message may repeat them."""
    spec = fact_specs()[fact.key]
    if spec.pii or spec.type not in words().shown or not all(_is_plain(fact, w) for w in fact.witnesses):
        return ""
    sides: dict[str, list[str]] = {}
    for witness in fact.witnesses:
        sides.setdefault(shown(witness.value), []).append(paper_name(witness.element.split(".")[0]))
    told = (f"{'、'.join(dict.fromkeys(papers))}为 {value}" for value, papers in sides.items())
    return f"（{'，'.join(told)}）"


def _is_plain(fact: Fact, witness: Witness) -> bool:
    """A value that is not of its kind is not repeated to anyone."""
    try:
        plain(fact.key, witness.value)
    except NotPlainError:
        return False
    return True


def paper_name(kind: str) -> str:
    """Return a paper's title in its marks; words that are no kind of paper stay as they are."""
    known = modules().get(kind)
    return f"《{known.WORDS.titles[0]}》" if known else kind
