"""The safety net: every required blank filled, and nothing filed that was not read surely.

A clerk gets one line for each thing to settle, however many blanks hang on it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from forms import catalog
from forms.definition import Definition, Field
from forms.model import Blank, Fact, FilledForm
from forms.vocabulary import fact_specs
from rules import doubts
from rules.engine import rule
from rules.model import Severity
from rules.registry import Case, Objection

_CITES = ("tax_collection_rules:第十二条", "good_practice:填表须有依据")
_PAPERS_CITE = ("good_practice:来历不明的材料不作依据",)


@rule("completeness.required_blank", title="必填栏目都有依据可填", cites=_CITES, takes="case")
def required_blank(case: Case) -> Iterator[Objection]:
    """Every required blank of every form is filled."""
    causes: dict[str, list[tuple[FilledForm, Blank]]] = {}
    for form in case.forms:
        for blank in (b for b in form.blanks if b.required):
            for key in _causes(blank, case.facts):
                causes.setdefault(key, []).append((form, blank))
    for key, open_blanks in causes.items():
        yield _open(key, open_blanks, case.facts)


def _causes(blank: Blank, facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """Return the facts that keep a blank empty; a blank that no fact fills is its own cause."""
    if blank.fact is None:
        return (blank.label,)
    return doubts.roots(blank.fact, facts) if _is_open(blank.fact, facts) else (blank.fact,)


def _is_open(key: str, facts: Mapping[str, Fact]) -> bool:
    return key not in facts or facts[key].conflict


def _open(key: str, open_blanks: Sequence[tuple[FilledForm, Blank]], facts: Mapping[str, Fact]) -> Objection:
    titles = "、".join(dict.fromkeys(f"《{form.title}》" for form, _ in open_blanks))
    labels = "、".join(dict.fromkeys(blank.label for _, blank in open_blanks))
    is_fact = key in fact_specs()
    is_open = is_fact and doubts.is_doubtful(facts.get(key))
    reasons = [doubts.sentence(key, facts)] if is_open else [blank.why for _, blank in open_blanks]
    reason = "；".join(dict.fromkeys(text.rstrip("。") for text in reasons))
    return Objection(
        message=f"{reason}，{titles}的“{labels}”无法填写。",
        facts=(key,) if is_fact else (),
        settled_by=doubts.settled_by([key], facts) if is_fact else (f"人工填写{labels}",),
        about=(key,) if is_open else (),
    )


@rule("completeness.unsure_value", title="所填内容都读得清楚", cites=_CITES, takes="case")
def unsure_value(case: Case) -> Iterator[Objection]:
    """Nothing stands in a form, or decides what stands there, that was not read surely."""
    used = {value.fact for form in case.forms for value in form.values if value.fact}
    used |= set(_deciding(case.forms, case.on))
    doubtful = sorted(key for key in used if key in case.facts and doubts.is_doubtful(case.facts[key]))
    roots = dict.fromkeys(root for key in doubtful for root in doubts.roots(key, case.facts))
    for key in roots:
        yield Objection(
            message=doubts.sentence(key, case.facts),
            facts=(key,),
            settled_by=doubts.settled_by([key], case.facts),
            about=(key,),
        )


def _deciding(forms: Iterable[FilledForm], on: date) -> Iterator[str]:
    """Return the facts that decide which items are filed and which blanks are filled."""
    package = catalog.package(on)
    for item in package.items if package else ():
        yield from item.needed_when
    for form in forms:
        definition: Definition | None = catalog.forms().get(form.form)
        for field in definition.fields if definition else ():
            yield from _conditions(field)


def _conditions(field: Field) -> Iterator[str]:
    yield from field.only_if or ()
    yield from field.required_if or ()
    yield from field.default.when if field.default else ()
    for inner in field.fields:
        yield from _conditions(inner)


@rule(
    "completeness.unknown_paper",
    title="每份材料都认得出种类",
    cites=_PAPERS_CITE,
    severity=Severity.WARN,
    takes="case",
)
def unknown_paper(case: Case) -> Iterator[Objection]:
    """A paper that nobody knows is named, since what it says was not used."""
    for paper in case.papers:
        if paper.kind == "unknown":
            pages = "、".join(map(str, paper.pages))
            yield Objection(
                message=f"{paper.file} 第 {pages} 页认不出是哪种材料，其中内容没有采用。",
                settled_by=("人工确认该材料是否需要",),
            )
