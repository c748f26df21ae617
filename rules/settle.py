"""What would settle a case: the fewest papers and answers that could turn all findings, and one message for them."""

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from extractors.model import Record
from forms.model import Fact
from rules import cover, doubts
from rules.model import Finding, Verdict
from rules.remedies import Remedy, Want, paper_name, wants, words

_NUMBER = re.compile(r"[0-9][0-9A-Za-z]{7,}")
"""Numbers of people, companies and accounts: a message never repeats one, whatever a label or a file name holds."""
_MOST_LABELS = 4
"""Things that one reason names; the rest is counted."""


class Ask(Record):
    """One thing to ask of the applicant."""

    kind: Literal["document", "answer"]
    what: str
    """As the message says it."""
    why: str
    settles: tuple[str, ...]
    """Rules whose findings it turns, alone or together with other asks."""
    facts: tuple[str, ...]


class Chore(Record):
    """One thing that only the desk can settle."""

    what: str
    settles: tuple[str, ...]


class Settlement(Record):
    """Everything that would settle a case."""

    asks: tuple[Ask, ...] = ()
    desk: tuple[Chore, ...] = ()
    message: str = ""
    """To the applicant; empty where nothing is asked."""


def settle(
    findings: Iterable[Finding],
    facts: Mapping[str, Fact],
    company: str | None,
    more: Iterable[Want] = (),
    *,
    warnings: bool = False,
) -> Settlement:
    """Return the smallest set of asks that could turn all findings that stop, with the message.

    Args:
        findings: In any order: it does not matter.
        facts: What they are about.
        company: The company's name for the message.
        more: What is wanted besides, such as a file that could not be opened.
        warnings: Also turn what does not stop.
    """
    taken = (f for f in findings if f.stops or (warnings and f.verdict is not Verdict.PASS))
    all_wants = sorted({*more, *(want for f in taken for want in wants(f, facts))}, key=_want_order)
    kinds = {w.element.split(".")[0] for fact in facts.values() for w in fact.witnesses}
    has = kinds | set(words().at_hand)
    chosen = cover.smallest(
        (want.ways for want in all_wants), rank=lambda things: _rank(things, has), ties=_ties
    )
    asks = tuple(_ask(remedy, all_wants, chosen, facts) for remedy in sorted(chosen))
    return Settlement(asks=asks, desk=tuple(_chores(all_wants)), message=_message(asks, company))


def _want_order(want: Want) -> tuple[str, ...]:
    return (want.rule, *want.facts, want.why, want.desk)


def _rank(things: Collection[Remedy], has: Collection[str]) -> tuple[object, ...]:
    """Answers before papers, papers at hand before new ones, few people, and then any fixed order."""
    cost = sum(0 if t.kind == "answer" else 1 if t.what in has else 2 for t in things)
    return (cost, len({t.whose for t in things if t.whose}), sorted(things))


def _ties(remedy: Remedy) -> Iterator[Hashable]:
    yield remedy
    if remedy.whose:
        yield remedy.whose


def _ask(
    remedy: Remedy, wanted: Sequence[Want], chosen: Collection[Remedy], facts: Mapping[str, Fact]
) -> Ask:
    used = [w for w in wanted if any(remedy in way and way <= set(chosen) for way in w.ways)]
    keys = sorted({key for w in used for key in w.facts})
    return Ask(
        kind=remedy.kind,
        what=_masked(_phrase(remedy, used, facts)),
        why=_masked("；".join(_reasons(remedy, used))),
        settles=tuple(sorted({w.rule for w in used})),
        facts=tuple(keys),
    )


def _reasons(remedy: Remedy, used: Iterable[Want]) -> Iterator[str]:
    """Say each reason once, with all that it is about; an answer names its fact already."""
    about: dict[str, list[str]] = {}
    for want in used:
        about.setdefault(want.why, []).append(want.about)
    for why, labels in about.items():
        named = list(dict.fromkeys(labels)) if remedy.kind == "document" else []
        rest = f"等 {len(named)} 项" if len(named) > _MOST_LABELS else ""
        yield why.replace("{}", "、".join(named[:_MOST_LABELS]) + rest)


def _phrase(remedy: Remedy, used: Sequence[Want], facts: Mapping[str, Fact]) -> str:
    """The one place where a remedy becomes Chinese."""
    if remedy.kind == "answer":
        return _question(remedy.what, facts.get(remedy.what))
    paper = paper_name(remedy.what)
    if paper == remedy.what:
        return paper if paper.startswith("请") else f"请提交{paper}"
    named = f"{remedy.whose}的{paper}" if remedy.whose else paper
    is_new = not any(_stands_on(remedy, facts[key]) for w in used for key in w.facts if key in facts)
    return f"请{'提交' if is_new else '重新提交'}{named}" + ("" if is_new else "（请拍清楚，有误的请先更正）")


def _stands_on(remedy: Remedy, fact: Fact) -> bool:
    """Tell whether the paper was handed in, as far as what is to be settled shows."""
    return any(w.element.split(".")[0] == remedy.what for w in fact.witnesses)


def _question(key: str, fact: Fact | None) -> str:
    if fact is None:
        return f"请告知{doubts.label(key)}"
    return f"请确认{fact.label}" + ("以哪份材料为准" if fact.conflict else "")


def _chores(wanted: Iterable[Want]) -> Iterator[Chore]:
    rules_of: dict[str, set[str]] = {}
    for want in wanted:
        if not want.ways:
            rules_of.setdefault(want.desk, set()).add(want.rule)
    for what, settled in sorted(rules_of.items()):
        yield Chore(what=what, settles=tuple(sorted(settled)))


def _message(asks: Sequence[Ask], company: str | None) -> str:
    if not asks:
        return ""
    head = f"“{company}”的开办材料" if company else "贵公司的开办材料"
    lines = [f"{number}. {ask.what}：{ask.why}。" for number, ask in enumerate(asks, 1)]
    text = "\n".join(
        [
            f"{head}已经审阅，还需请您补充或确认以下 {len(asks)} 项：",
            *lines,
            "收到后我们继续办理；其他已交的材料不必重交。",
        ]
    )
    return _masked(text)


def _masked(text: str) -> str:
    return _NUMBER.sub(lambda found: "*" * len(found[0]), text)
