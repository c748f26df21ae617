"""Why the program says what it says: from a blank, a fact or a verdict back to the paper and to the law."""

import difflib
from collections.abc import Iterator
from typing import Literal

from bot.crops import Place, Scissors
from bot.model import CaseResult
from bot.report import words
from extractors.errors import UsageError
from extractors.model import Record
from forms.law import citation
from forms.model import Fact, FormValue, Witness
from forms.vocabulary import fact_specs
from rules.model import Basis, Finding

Kind = Literal["field", "fact", "person", "witness", "finding", "table", "article", "default"]


class Reason(Record):
    """One link of the chain, and the links it rests on."""

    kind: Kind
    name: str
    """The path of a field, the key of a fact, the id of a rule, the name of a table, a reference."""
    text: str
    """What it says, in Chinese."""
    detail: str = ""
    place: Place | None = None
    because: tuple["Reason", ...] = ()


def explain(result: CaseResult, name: str, scissors: Scissors) -> tuple[Reason, ...]:
    """Return the chain behind what is called by a name.

    Args:
        result: A judged case.
        name: A rule's id, a fact's key, or a form and its field: "realname.legal_rep_name". A rule may have
            several findings.
        scissors: Cuts the places on paper out.

    Raises:
        UsageError: Nothing in the case is called so.
    """
    return _Chains(result, scissors).of(name)


class _Chains:
    def __init__(self, result: CaseResult, scissors: Scissors) -> None:
        self._result = result
        self._scissors = scissors
        self._values = {f"{v.form}.{v.field}": v for form in result.forms for v in form.values}

    def of(self, name: str) -> tuple[Reason, ...]:
        findings = [f for f in self._result.findings if f.rule == name]
        if findings:
            return tuple(self._finding(f) for f in findings)
        if name in self._values:
            return (self._field(self._values[name]),)
        if name in self._result.facts:
            return (self._fact(self._result.facts[name], frozenset()),)
        raise self._unknown(name)

    def _unknown(self, name: str) -> UsageError:
        rules = [f.rule for f in self._result.findings]
        close = difflib.get_close_matches(name, [*rules, *self._values, *self._result.facts], n=3)
        hint = f"也许是：{'、'.join(close)}。" if close else "规则、事实和栏目的名称见报告。"
        return UsageError("这个案件里没有这个名称的规则、事实或栏目，什么也没有做。", hint)

    def _finding(self, finding: Finding) -> Reason:
        facts = (self._result.facts[key] for key in finding.facts if key in self._result.facts)
        return Reason(
            kind="finding",
            name=finding.rule,
            text=f"{finding.title}：{words.VERDICTS[finding.verdict].word}。{finding.message}",
            detail="".join(f"可以这样了结：{way}。" for way in finding.settled_by),
            because=(
                *(_table(basis) for basis in finding.basis),
                *(_article(reference) for reference in finding.articles),
                *(self._fact(fact, frozenset()) for fact in facts),
            ),
        )

    def _field(self, value: FormValue) -> Reason:
        fact = self._result.facts.get(value.fact or "")
        ground = (
            self._fact(fact, frozenset())
            if fact is not None
            else Reason(kind="default", name=value.field, text=value.why)
        )
        title = next(form.title for form in self._result.forms if form.form == value.form)
        return Reason(
            kind="field",
            name=f"{value.form}.{value.field}",
            text=f"《{title}》的“{value.label}”填“{value.shown}”",
            because=(ground,),
        )

    def _fact(self, fact: Fact, seen: frozenset[str]) -> Reason:
        state = "材料不一致" if fact.conflict else "有把握" if fact.sure else "没有把握"
        return Reason(
            kind="fact",
            name=fact.key,
            text=f"{fact.label}是“{words.value(fact.value)}”",
            detail=f"{words.ORIGINS[fact.origin]}，可信度 {words.percent(fact.confidence)}，{state}",
            because=tuple(self._grounds(fact, seen | {fact.key})),
        )

    def _grounds(self, fact: Fact, seen: frozenset[str]) -> Iterator[Reason]:
        if fact.origin == "person":
            yield Reason(kind="person", name=fact.key, text=f"人的决定：{fact.why}")
        spec = fact_specs().get(fact.key)
        if fact.origin == "derived" and spec is not None and spec.derive is not None:
            needed = [k for k in (*spec.derive.needs, *spec.derive.maybe) if k not in seen]
            grounds = [self._result.facts[key] for key in needed if key in self._result.facts]
            yield Reason(
                kind="default",
                name=spec.derive.by,
                text=f"推导：{fact.why}",
                because=tuple(self._fact(ground, seen) for ground in grounds),
            )
            if grounds:
                return
        yield from (self._witness(witness) for witness in fact.witnesses)

    def _witness(self, witness: Witness) -> Reason:
        sure = "" if witness.sure else "，没有把握"
        return Reason(
            kind="witness",
            name=witness.element,
            text=f"{words.element_name(witness.element)}读作“{words.value(witness.value)}”",
            detail=f"可信度 {words.percent(witness.confidence)}{sure}",
            place=self._scissors.place(witness),
        )


def _table(basis: Basis) -> Reason:
    until = f"至 {basis.end}" if basis.end else "起"
    return Reason(
        kind="table",
        name=basis.table,
        text=f"{basis.label}：{basis.value}（{basis.begin} {until}）",
        detail=f"{basis.cites}：“{basis.quote}”",
    )


def _article(reference: str) -> Reason:
    cited = citation(reference)
    until = f"至 {cited.end}" if cited.end else "起施行"
    days = "" if cited.is_practice else f"（{cited.begin} {until}）"
    return Reason(kind="article", name=reference, text=f"{cited}{days}", detail=cited.quote)
