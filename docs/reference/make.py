"""Makes the reference pages that stand beside it from the rules, tables, forms, laws and elements themselves.

`python docs/reference/make.py` writes them; a test compares them with what is there.
"""

from collections.abc import Callable, Iterable, Iterator
from inspect import getdoc
from itertools import groupby
from pathlib import Path
from typing import Any, get_args

from bot import settings
from bot.desk.app import make
from bot.desk.problems import KINDS
from bot.practice import faults as practice
from extractors.elements import papers
from forms import catalog
from forms.definition import Definition, Field, Package
from forms.law import Law, Period, citation, laws, wording
from forms.vocabulary import fact_specs
from rules.names import form_rules
from rules.names.compare import meanings
from rules.registry import Rule
from rules.registry import rules as all_rules
from rules.tables import tables as all_tables

HERE = Path(__file__).parent
_LAST = 9999
"""The year of a rule that has no last day."""
_MADE = "*Made by `docs/reference/make.py`; change the source it is made from, not this page.*"


def rules() -> Iterator[str]:
    """Yield the page of rules, a section a topic."""
    yield "# Rules"
    yield ""
    yield "Each rule is a function in `rules/`, named `<topic>.<name>`. `codes` are the numbers in our list of rules."
    yield "A rule is judged on the days on which one of its articles is law, where the case has what it is about."
    yield _MADE
    for topic, group in groupby(all_rules(), key=lambda one: one.id.split(".")[0]):
        yield ""
        yield f"## {topic}"
        yield ""
        yield from _table(("rule", "asks", "codes", "severity", "rests on", "looks at"), map(_rule, group))
    yield ""
    yield "## Held while filing"
    yield ""
    yield from _table(("code", "promise", "where"), HELD_WHILE_FILING)


HELD_WHILE_FILING = (
    (
        "T-29",
        "a value that the portal has locked or changed stops the filing",
        "`bot/portals/session.py`, read-back",
    ),
    (
        "T-30",
        "what is sent is what was judged, by the hash of its values",
        "`bot/portals/plan.py`, `bot/store.py`",
    ),
)


def _rule(one: Rule) -> tuple[str, ...]:
    looks = [*one.needs, *(f"({key})" for key in one.maybe)]
    says = (getdoc(one.function) or "").split("\n")[0]
    return (
        f"`{one.id}`",
        f"{one.title}<br>{says}",
        one.codes,
        one.severity.value,
        wording(map(citation, one.cites)).replace("；", "；<br>"),
        "<br>".join(f"`{key}`" for key in looks) or "the whole case",
    )


def tables() -> Iterator[str]:
    """Yield the page of dated numbers, days and word lists."""
    yield "# Tables"
    yield ""
    yield "What changes with the law: `rules/tables/*.yaml`, each step with its first day, its source and its words."
    yield _MADE
    for name, table in all_tables().items():
        yield ""
        yield f"## {table.label} `{name}` ({table.unit})"
        yield ""
        rows = (
            (
                _days(Period.model_validate({"from": s.begin, "to": s.end})),
                s.shown,
                wording(map(citation, s.cites)),
                s.quote,
            )
            for s in table.values
        )
        yield from _table(("days", "value", "source", "words"), rows)


def name_rules() -> Iterator[str]:
    """Yield the page of what is asked of a name: by itself, and beside others."""
    yield "# Rules on names"
    yield ""
    yield "What is asked of a name by itself is a function in `rules/names/topics/`; words stand in"
    yield "`rules/tables/names/words.tsv`. What two names are to each other stands in `rules/tables/names/comparison.yaml`."
    yield _MADE
    yield ""
    yield "## By itself"
    yield ""
    ordered = sorted(form_rules.rules(), key=lambda one: (one.id, one.begin))
    rows = (
        (
            f"`{one.id}`",
            one.title,
            one.kind.value,
            one.severity.value,
            f"{one.begin} – {'' if one.end.year == _LAST else one.end}",
            wording(map(citation, one.cites)).replace("；", "；<br>"),
        )
        for one in ordered
    )
    yield from _table(("rule", "asks", "kind", "severity", "days", "rests on"), rows)
    yield ""
    yield "## Beside another name"
    yield ""
    steps = (
        (
            f"`{step.rule}`",
            meaning.message,
            step.kind.value,
            step.severity.value,
            f"{step.begin} – {step.end or ''}",
            wording(map(citation, step.cites)),
        )
        for meaning in meanings().values()
        for step in meaning.steps
    )
    yield from _table(("rule", "says", "kind", "severity", "days", "rests on"), steps)


def law_texts() -> Iterator[str]:
    """Yield the page of the laws, as far as something rests on them."""
    yield "# Laws"
    yield ""
    yield "The articles that rules, tables and forms cite: `forms/laws/*.yaml`. A text that was not read says so."
    yield _MADE
    for law in sorted(laws().values(), key=lambda one: (one.is_practice, one.title, one.in_force.begin)):
        yield from _law(law)


def _law(law: Law) -> Iterator[str]:
    yield ""
    yield f"## {law.title} `{law.id}`"
    yield ""
    region = "" if law.region == "CN" else f" Region {law.region}."
    days = "" if law.is_practice else f" In force {_days(law.in_force)}."
    read = "Text read." if law.verified else "**Text not read.**"
    yield f"{law.issued}。{days}{region} {read if not law.is_practice else ''}".rstrip()
    yield ""
    yield from _table(("article", "words"), law.articles.items())


def forms() -> Iterator[str]:
    """Yield the page of packages and forms with every blank."""
    yield "# Forms"
    yield ""
    yield "What each authority asks: `forms/definitions/*.yaml`, in packages `forms/packages/*.yaml`."
    yield _MADE
    yield ""
    yield "## Packages"
    for package in catalog.packages():
        yield from _package(package)
    for definition in catalog.forms().values():
        yield from _form(definition)


def _package(package: Package) -> Iterator[str]:
    yield ""
    yield f"### {package.title} `{package.id}`"
    yield ""
    yield f"{_days(package.in_force)}. {wording(map(citation, package.cites))}"
    yield ""
    rows = (
        (str(number), catalog.form(item.form).title, f"`{item.form}`", _when(item.needed_when) or "always")
        for number, item in enumerate(package.items, 1)
    )
    yield from _table(("", "item", "form", "needed"), rows)


def _form(definition: Definition) -> Iterator[str]:
    yield ""
    yield f"## {definition.title} `{definition.id}`"
    yield ""
    yield f"{_days(definition.in_force)}. {wording(map(citation, definition.cites))}"
    yield ""
    yield from _table(
        ("field", "label", "kind", "required", "from"),
        (row for field in definition.fields for row in _blanks(field)),
    )
    if definition.human_steps:
        yield ""
        yield "Left to people: " + " ".join(f"{step.label}：{step.why}" for step in definition.human_steps)


def _blanks(field: Field, within: str = "") -> Iterator[tuple[str, ...]]:
    kind = (
        f"{field.type} of `{field.codes}`"
        if field.codes
        else f"rows of `{field.rows}`"
        if field.rows
        else field.type
    )
    required = "yes" if field.required else f"if {_when(field.required_if)}" if field.required_if else ""
    only = f"; only if {_when(field.only_if)}" if field.only_if else ""
    sources = [f"`{source}`" for source in field.source]
    default = [f"default {field.default.value}"] if field.default else []
    yield f"`{within}{field.id}`", field.label, kind, required + only, ", ".join([*sources, *default])
    for inner in field.fields:
        yield from _blanks(inner, f"{within}{field.id}[].")


def elements() -> Iterator[str]:
    """Yield the page of papers with their elements, and of facts with where they come from."""
    yield "# Elements and facts"
    yield ""
    yield "What is read from each paper (`extractors/elements.yaml`), and what the papers together say (`forms/facts.yaml`)."
    yield _MADE
    for paper, named in papers().items():
        yield ""
        yield f"## {paper}"
        yield ""
        rows = ((f"`{name}`", kind.zh, kind.type, ", ".join(kind.columns)) for name, kind in named.items())
        yield from _table(("element", "name", "kind", "columns"), rows)
    yield ""
    yield "## Facts"
    yield ""
    facts = (
        (
            f"`{spec.key}`",
            spec.label,
            spec.type,
            "<br>".join(
                [*(f"`{s.source}`" for s in spec.sources), *([f"by {spec.derive.by}"] if spec.derive else [])]
            ),
        )
        for spec in fact_specs().values()
    )
    yield from _table(("fact", "name", "kind", "from, the highest authority first"), facts)


def faults() -> Iterator[str]:
    """Yield the page of what the practice portal can do wrong."""
    yield "# Faults of the practice portal"
    yield ""
    yield "`zeromeet practice --faults FAULT --faults FAULT …`: each is a name, or a name and items that narrow it."
    yield "What cannot be so is refused before anything starts (exit 2)."
    yield _MADE
    yield ""
    yield "```text"
    yield (getdoc(practice) or "").partition("\n\n")[2]
    yield "```"
    yield ""
    yield (
        "Places: `any` (every page), "
        + ", ".join(f"`{place}`" for place in get_args(practice.Place)[1:])
        + "."
    )
    yield "`for` needs a request that is about a business key: not `login`, `start` and `begin`."
    yield ""
    rows = ((f"`{name}`", kind.says, _bites(kind)) for name, kind in practice.kinds().items())
    yield from _table(("fault", "what it does", "where it bites"), rows)


def _bites(kind: practice.Kind) -> str:
    if kind.at is None:
        return "forms" if kind.alter else "what is kept and listed"
    return f"{kind.at}, {'after' if kind.after else 'before'} the portal's work"


def _when(condition: object) -> str:
    pairs = condition.items() if isinstance(condition, dict) else ()
    return " and ".join(f"{key} = {_plain(wanted)}" for key, wanted in pairs)


def _plain(wanted: object) -> str:
    if isinstance(wanted, bool):
        return "there" if wanted else "not there"
    return " / ".join(wanted) if isinstance(wanted, tuple | list) else str(wanted)


def _days(period: Period) -> str:
    return f"{period.begin} to {period.end}" if period.end else f"since {period.begin}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |"


def api() -> Iterator[str]:
    """Yield the page of the API, a section an operation, from its OpenAPI description."""
    described = make(settings.load()).openapi()
    yield "# The portal-facing API"
    yield ""
    yield "Served by `zeromeet serve`; OpenAPI 3.1 at `/openapi.json`. How to run it: [serve](../howto/serve.md)."
    yield "`Authorization: Bearer KEY`, from `zeromeet key create`. Another tenant's case is 404."
    yield _MADE
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            yield from _operation(f"{method.upper()} {path}", told, described)
    yield ""
    yield "## Problems"
    yield ""
    yield "Errors are RFC 9457 problems; `code` is one of these, `who` says who must act."
    yield ""
    rows = (
        (f"`{code}`", str(k.status), k.title, k.who, "yes" if k.retryable else "")
        for code, k in KINDS.items()
    )
    yield from _table(("code", "status", "title", "who", "retryable"), rows)


def _operation(name: str, told: dict[str, Any], described: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield f"## {name}"
    yield ""
    yield told.get("description", "")
    given = [_parameter(one) for one in told.get("parameters", ())]
    for kind, content in told.get("requestBody", {}).get("content", {}).items():
        given.extend(_members(kind, _resolved(content["schema"], described)))
    if given:
        yield ""
        yield from _table(("given", "where", "what"), given)
    statuses = "、".join(sorted(told["responses"])).replace("、", ", ")
    yield ""
    yield f"Answers: {statuses}."


def _parameter(one: dict[str, Any]) -> tuple[str, str, str]:
    return (
        f"`{one['name']}`",
        one["in"],
        f"{_kind(one['schema'])}{', required' if one.get('required') else ''}",
    )


def _kind(schema: dict[str, Any]) -> str:
    kinds = [k["type"] for k in (schema, *schema.get("anyOf", ())) if k.get("type") not in {None, "null"}]
    return str(kinds[0]) if kinds else "one of the states"


def _members(media_type: str, schema: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    needed = schema.get("required", ())
    for name, member in schema.get("properties", {}).items():
        what = member.get("description") or _kind(member)
        yield f"`{name}`", media_type, f"{what}{', required' if name in needed else ''}"


def _resolved(schema: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = described["components"]["schemas"][name] if name else schema
    return found


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "rules.md": rules,
    "tables.md": tables,
    "laws.md": law_texts,
    "name_rules.md": name_rules,
    "forms.md": forms,
    "elements.md": elements,
    "api.md": api,
    "faults.md": faults,
}


def page(name: str) -> str:
    """Return one page as it should stand here."""
    return "\n".join(PAGES[name]()) + "\n"


if __name__ == "__main__":
    for file in PAGES:
        (HERE / file).write_text(page(file), encoding="utf-8")
