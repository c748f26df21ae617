"""The conventions of forms, facts and codes, as tests over every file."""

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from extractors.elements import papers as vocabulary
from forms import catalog
from forms.code_lists import code_lists
from forms.derive import functions
from forms.law import citation
from forms.vocabulary import fact_specs

FORMS = list(catalog.forms().values())
SPECS = list(fact_specs().values())
ITEMS = [
    "etax_account",
    "registration_confirmation",
    "accounting_filing",
    "bank_account_report",
    "vat_general_registration",
    "invoice_type_approval",
    "invoice_limit_approval",
    "realname",
    "device_issue",
    "invoice_pickup",
]


def fields(definition):
    for field in definition.fields:
        yield field
        yield from field.fields


def by_id(thing):
    return getattr(thing, "id", None) or thing.key


@pytest.mark.parametrize("definition", FORMS, ids=by_id)
def test_every_source_of_a_form_is_a_fact(definition):
    """A form asks only for what facts.yaml knows; inside rows, for a column of the table."""
    known = fact_specs()

    for field in definition.fields:
        wanted = {*field.source, *([field.rows] if field.rows else [])}
        columns = known[field.rows].columns if field.rows else {}
        assert wanted <= known.keys()
        assert {c for inner in field.fields for c in inner.source} <= columns.keys()
        assert {inner.fact for inner in field.fields if inner.fact} <= known.keys()


@pytest.mark.parametrize("definition", FORMS, ids=by_id)
def test_every_condition_of_a_form_asks_about_a_fact_or_a_column(definition):
    """A misspelt key in a condition would silently never hold."""
    for field in definition.fields:
        columns = fact_specs()[field.rows].columns if field.rows else {}
        for inner in (field, *field.fields):
            default = inner.default.when if inner.default else {}
            asked = {*(inner.required_if or {}), *(inner.only_if or {}), *default}
            assert asked <= fact_specs().keys() | columns.keys()


@pytest.mark.parametrize("definition", FORMS, ids=by_id)
def test_every_form_cites_and_says_since_when(definition):
    """No form without its source in law and its first day."""
    assert all(citation(reference).quote for reference in definition.cites)
    assert definition.in_force.begin


@pytest.mark.parametrize("definition", FORMS, ids=by_id)
def test_every_code_and_default_is_in_its_list(definition):
    """A default that the list does not hold could never be filed; each has its basis."""
    for field in fields(definition):
        assert field.type != "code" or field.codes in code_lists()
        if field.default:
            assert field.default.basis
            assert not field.codes or code_lists()[field.codes].match(field.default.value)


@pytest.mark.parametrize("definition", FORMS, ids=by_id)
def test_field_ids_are_unique(definition):
    """A path names one blank."""
    ids = [field.id for field in definition.fields]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("definition", FORMS, ids=by_id)
def test_secrets_are_never_fields(definition):
    """Passwords, codes sent by SMS and faces belong to people."""
    labels = " ".join(field.label for field in fields(definition))

    assert not any(word in labels for word in ("密码", "验证码", "人脸", "人像"))


@pytest.mark.parametrize("spec", SPECS, ids=by_id)
def test_every_source_of_a_fact_is_an_element(spec):
    """A fact rests on papers and elements of elements.yaml, a column on one of the table's."""
    for source in spec.sources:
        element = vocabulary()[source.paper][source.element]
        assert source.column is None or source.column in element.columns
        if source.person:
            beside = element.columns if source.column else vocabulary()[source.paper]
            assert source.person in fact_specs()
            assert source.named_by in beside


@pytest.mark.parametrize("spec", SPECS, ids=by_id)
def test_every_derivation_is_registered_and_its_grounds_are_facts(spec):
    """A derivation names a function and facts that exist."""
    if spec.derive:
        assert spec.derive.by in functions()
        assert {*spec.derive.needs, *spec.derive.maybe} <= fact_specs().keys()


@pytest.mark.parametrize("spec", SPECS, ids=by_id)
def test_every_table_names_its_columns_and_every_list_exists(spec):
    """Tables are compared by their columns; codes come from a list."""
    assert (spec.type == "table") is bool(spec.columns)
    assert spec.codes is None or spec.codes in code_lists()


def test_no_derivation_is_left_unused():
    """A function that no fact names is dead."""
    named = {spec.derive.by for spec in SPECS if spec.derive}

    assert named == set(functions())


def test_no_code_list_is_left_unused():
    """A list that neither a form nor a fact names is dead."""
    named = {field.codes for form in FORMS for field in fields(form)} | {spec.codes for spec in SPECS}

    assert set(code_lists()) <= named


def test_codes_are_quoted_strings():
    """An unquoted 0101 would be read as another number."""
    folder = Path(catalog.__file__).parent
    for file in [*folder.glob("codes/*.yaml"), *folder.glob("definitions/*.yaml")]:
        raw = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
        assert all(isinstance(code, str) for code in _values_of(raw, {"code", "value"})), file.name


def _values_of(node, keys):
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys:
                yield value
            yield from _values_of(value, keys)
    elif isinstance(node, list):
        for item in node:
            yield from _values_of(item, keys)


def test_package_holds_the_ten_items_in_official_order():
    """The circular names ten items; each has its form with its number."""
    package = next(p for p in catalog.packages() if p.id == "new_taxpayer_2017")

    order = [item.form for item in package.items]

    assert order == ITEMS
    assert [catalog.form(form).item for form in order] == list(range(1, 11))


@pytest.mark.parametrize("package", catalog.packages(), ids=by_id)
def test_every_item_that_may_be_left_out_has_its_reason(package):
    """A clerk reads why an item was not filed; its condition asks about facts."""
    for item in package.items:
        assert bool(item.needed_when) is bool(item.not_needed)
        assert item.needed_when.keys() <= fact_specs().keys()


@pytest.mark.parametrize("authority", ["market", "tax"])
def test_every_day_has_its_forms_and_no_two_for_one_thing(authority):
    """Steps of the law leave no day without a package and a name form, and none with two."""
    periods = [p.in_force for p in catalog.packages()]
    if authority == "market":
        periods = [f.in_force for f in FORMS if f.authority == authority and f.id.startswith("name_")]
    periods.sort(key=lambda period: period.begin)

    assert periods[0].begin <= date(2017, 12, 1)
    assert periods[-1].end is None
    for earlier, later in pairwise(periods):
        assert earlier.end is not None
        assert earlier.end + timedelta(days=1) == later.begin
