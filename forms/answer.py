"""Filling: a definition and the facts give the values of a form, and a reason for every blank."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from extractors.model import Cell, Money, Row
from forms import catalog
from forms.code_lists import code_list
from forms.conditions import Condition, Lookup, among, holds
from forms.definition import Definition, Field, PackageItem
from forms.model import Blank, Fact, FilledForm, FormValue, Origin
from forms.reasons import disagreement, missing, unclear
from forms.vocabulary import fact_specs

Filled = FormValue | Blank
NEEDED = "needed"
"""The blank that asks whether an item is needed at all."""


class _Stated(NamedTuple):
    """What a source offers for one blank."""

    value: Cell
    fact: str
    origin: Origin
    why: str


class _Place(NamedTuple):
    """Where a blank stands and what is known there."""

    form: str
    path: str
    field: Field
    look_up: Lookup

    def blank(self, why: str, fact: str | None = None) -> Blank:
        return Blank(
            form=self.form,
            field=self.path,
            label=self.field.label,
            required=self.is_required,
            fact=fact,
            why=why,
        )

    @property
    def is_required(self) -> bool:
        asked = self.field.required_if
        return self.field.required or (asked is not None and holds(asked, self.look_up) is True)

    @property
    def applies(self) -> bool:
        return self.field.only_if is None or holds(self.field.only_if, self.look_up) is True


def fill(definition: Definition, facts: Mapping[str, Fact]) -> FilledForm:
    """Fill one form as far as the facts go. A fact in conflict fills nothing.

    An unsure fact fills a required blank, which then stops the case until a person has looked; an optional
    blank is rather left empty.
    """
    done: list[Filled] = []
    for field in definition.fields:
        done += _part(definition, field, facts) if field.rows else [_single(definition.id, field, facts)]
    return FilledForm(
        form=definition.id,
        title=definition.title,
        values=tuple(f for f in done if isinstance(f, FormValue)),
        blanks=tuple(f for f in done if isinstance(f, Blank)),
    )


def fill_all(facts: Mapping[str, Fact], on: date) -> tuple[tuple[FilledForm, ...], dict[str, str]]:
    """Fill the forms in force on a day that the company needs.

    Returns:
        The forms outside the package first, then its items in their order; and for every item that is not
        needed the reason. An item of which nobody knows whether it is needed is filled and has a required
        blank that says so. Of forms that are not law on the day nothing is said.
    """
    package = catalog.package(on)
    items = package.items if package else ()
    in_package = {item.form for item in items}
    current = {f.id: f for f in catalog.forms_in_force(on)}
    filled = [fill(f, facts) for f in current.values() if f.item is None and f.id not in in_package]
    not_needed: dict[str, str] = {}
    for item in (i for i in items if i.form in current):
        needed = holds(item.needed_when, among(facts))
        if needed is False:
            not_needed[item.form] = item.not_needed
        else:
            form = fill(current[item.form], facts)
            filled.append(form if needed else _with_question(form, item, facts))
    return tuple(filled), not_needed


def _with_question(form: FilledForm, item: PackageItem, facts: Mapping[str, Fact]) -> FilledForm:
    open_facts = [key for key in item.needed_when if among(facts)(key) is None]
    why = "".join(_why_empty(key, facts) for key in open_facts)
    question = Blank(
        form=form.form,
        field=NEEDED,
        label="是否需要办理本事项",
        required=True,
        fact=open_facts[0],
        why=f"无法判断是否需要办理：{why}",
    )
    return form.model_copy(update={"blanks": (question, *form.blanks)})


def _single(form: str, field: Field, facts: Mapping[str, Fact]) -> Filled:
    place = _Place(form, field.id, field, among(facts))
    key = next((k for k in field.source if k in facts), None)
    if not place.applies:
        return _inapplicable(place, facts)
    if key is None:
        first = field.source[0] if field.source else None
        return _default(place) or place.blank(_why_empty(first, facts, field.label), first)
    fact = facts[key]
    if fact.conflict or isinstance(fact.value, tuple):
        return place.blank(disagreement(fact), key)
    if not fact.sure and not place.is_required:
        return place.blank(unclear(fact), key)
    return _value(place, _Stated(fact.value, key, fact.origin, fact.why))


def _part(definition: Definition, field: Field, facts: Mapping[str, Fact]) -> Iterator[Filled]:
    key = field.rows or ""
    fact = facts.get(key)
    place = _Place(definition.id, field.id, field, among(facts))
    if not place.applies:
        yield _inapplicable(place, facts)
    elif fact is None or fact.conflict or not isinstance(fact.value, tuple):
        yield place.blank(_why_empty(key, facts, field.label), key)
    else:
        for number, row in enumerate(fact.value):
            for inner in field.fields:
                inner_place = _Place(
                    definition.id, f"{field.id}[{number}].{inner.id}", inner, _in_row(row, facts)
                )
                yield _cell(inner_place, row, fact, facts)


def _cell(place: _Place, row: Row, table: Fact, facts: Mapping[str, Fact]) -> Filled:
    column = next((c for c in place.field.source if c in row), None)
    own = facts.get(place.field.fact or "", table)
    key = place.field.fact or table.key
    if not place.applies:
        return _inapplicable(place, facts)
    if column is None:
        return _default(place) or place.blank(missing(place.field.label), key)
    return _value(place, _Stated(row[column], key, own.origin, own.why))


def _in_row(row: Row, facts: Mapping[str, Fact]) -> Lookup:
    """Look a name up among the row's columns first, then among the facts."""

    def look_up(key: str) -> str | None:
        return str(row[key]) if key in row else among(facts)(key)

    return look_up


def _inapplicable(place: _Place, facts: Mapping[str, Fact]) -> Blank:
    condition: Condition = place.field.only_if or {}
    labels = "、".join(facts[k].label if k in facts else _label(k) for k in condition)
    blank = place.blank(f"按“{labels}”的情况，本项不需要填写。")
    return blank.model_copy(update={"required": False})


def _default(place: _Place) -> FormValue | None:
    default = place.field.default
    if default is None or holds(default.when, place.look_up) is not True:
        return None
    return _made(place, default.value, None, "default", default.basis)


def _value(place: _Place, stated: _Stated) -> Filled:
    text = stated.value.amount if isinstance(stated.value, Money) else stated.value
    field = place.field
    if field.codes and code_list(field.codes).match(text) is None:
        title = code_list(field.codes).title
        return place.blank(f"“{text}”不在代码表“{title}”中，请人工选择。", stated.fact)
    if field.max_length and len(text) > field.max_length:
        return place.blank(
            f"内容有 {len(text)} 字，超过本栏的 {field.max_length} 字，请人工填写。", stated.fact
        )
    return _made(place, text, stated.fact, stated.origin, stated.why)


def _made(place: _Place, text: str, fact: str | None, origin: Origin, why: str) -> FormValue:
    code = code_list(place.field.codes).match(text) if place.field.codes else None
    return FormValue(
        form=place.form,
        field=place.path,
        label=place.field.label,
        text=code.code if code else text,
        shown=code.name if code else text,
        fact=fact,
        origin=origin,
        why=why,
    )


def _why_empty(key: str | None, facts: Mapping[str, Fact], label: str = "") -> str:
    """Return why a fact fills nothing: it is in conflict, cannot be derived, or no paper states it."""
    if key is None or key not in fact_specs():
        return missing(label)
    if key in facts:
        return disagreement(facts[key])
    spec = fact_specs()[key]
    absent = [k for k in spec.derive.needs if k not in facts] if spec.derive and not spec.sources else None
    if absent is None:
        return missing(spec.label)
    if absent:
        return f"缺少{'、'.join(_label(k) for k in absent)}，得不出{spec.label}。"
    return f"由现有材料推不出{spec.label}，请人工填写。"


def _label(key: str) -> str:
    return fact_specs()[key].label if key in fact_specs() else key
