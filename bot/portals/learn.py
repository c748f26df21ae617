"""Proposes a map from a live form's own labels; what is not certain is marked for a person and loads nowhere.

A field is proposed only where its label is a label of one of our forms to the letter, an option only where our code
list has exactly these words. Nothing is matched to the nearest.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from playwright.sync_api import Error as PlaywrightError

from bot.errors import PortalUnavailableError
from bot.portals.browser import Chromium
from bot.portals.controls import Control, Survey, survey
from bot.portals.handover import Handover
from bot.portals.portal_map import OPEN
from bot.portals.widgets import widgets
from extractors.model import Record
from extractors.values.text import same_name_key
from forms import catalog
from forms.code_lists import code_list
from forms.definition import Definition, Field

_OPEN = f'"{OPEN}"'
_YES_NO = {"Y": "是", "N": "否"}
_FIRST = ("text", "textarea", "select", "radio", "checkbox", "date", "number", "file")
"""Kinds of controls, the likeliest first where a control may be of several."""


class Learned(Record):
    """One control with what is proposed for it."""

    label: str
    kind: str
    within: str | None
    field: str
    options: dict[str, str] = {}
    doubts: tuple[str, ...] = ()
    """Why a person must look."""


class LearnedPage(Record):
    """One page with what is proposed for it."""

    heading: str
    form: str
    fields: tuple[Learned, ...]
    buttons: tuple[str, ...]


def learn_at(chromium: Chromium, url: str, until: str | None, handover: Handover) -> str:
    """Open a form and return the map that is proposed for it, as YAML; nothing is typed into the form.

    Args:
        chromium: The browser.
        url: Of the form, or of a page from which a person goes on to it.
        until: Heading of the form's page where a person must first sign in or go on; None where url leads to it.
        handover: Waits for that person.

    Raises:
        HandoverError: Nobody has reached the form.
        PortalUnavailableError: The address does not answer.
    """
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    context = chromium.context((origin,))
    try:
        page = context.new_page()
        page.goto(url)
        if until is not None:
            handover.wait(page, f"登录并打开“{until}”这一页", lambda seen: until in seen)
        heading = until or _first(page.get_by_role("heading").all_inner_texts())
        buttons = [" ".join(text.split()) for text in page.get_by_role("button").all_inner_texts()]
        return as_yaml(
            learn(heading, survey(page), [b for b in buttons if b]), origin, urlsplit(page.url).path
        )
    except PlaywrightError:
        raise PortalUnavailableError("这个网址没有答复，没有写下地图。") from None
    finally:
        context.close()


def _first(headings: Sequence[str]) -> str:
    return " ".join(headings[0].split()) if headings else OPEN


def learn(heading: str, view: Survey, buttons: Sequence[str]) -> LearnedPage:
    """Return what a page in view says of itself, held against our forms."""
    controls = [c for c in view.controls if _is_meant(c, view)]
    twice = {label for label, count in Counter(c.label for c in controls).items() if count > 1}
    form = _likeliest(controls)
    fields = tuple(_learned(control, view, form, twice) for control in controls)
    return LearnedPage(heading=heading, form=form.id if form else OPEN, fields=fields, buttons=tuple(buttons))


def as_yaml(page: LearnedPage, origin: str, path: str) -> str:
    """Return a whole map with one page; every line that a person must decide on ends in "# ?"."""
    return "\n".join(_map(page, origin, path)) + "\n"


def _map(page: LearnedPage, origin: str, path: str) -> Iterator[str]:
    yield "# Proposed from the form's own labels. Decide on every line that ends in a question mark, then delete the mark."
    yield f"id: {_OPEN}  # ? a short name of this portal"
    yield f"title: {_OPEN}  # ? its name for people"
    yield f"base_url: {_quoted(origin)}"
    yield f"origins: [{_quoted(origin)}]  # ? every other place that its pages need"
    yield (
        f"login: {{path: {_OPEN}, heading: {_OPEN}, user: {_OPEN}, password: {_OPEN}, submit: {_OPEN}, "
        f"signed_in: {{role: button, name: {_OPEN}}}}}  # ?"
    )
    yield f"signs: {{closed: [], signed_out: [], human: [], messages: {_OPEN}}}  # ? headings, and CSS of the portal's messages"
    yield "halls:"
    yield f"  - id: {_OPEN}  # ?"
    yield f"    title: {_OPEN}  # ?"
    yield f"    business_key: {_OPEN}  # ? our field by which its list tells filings apart"
    yield f"    start: {{path: {_quoted(path)}, heading: {_OPEN}, button: {_OPEN}}}  # ?"
    yield f"    titles: {{{_quoted(page.form)}: {_quoted(page.heading)}}}{'  # ?' if page.form == OPEN else ''}"
    yield "    pages:"
    yield f"      - form: {_quoted(page.form)}{'  # ? none of our forms has these labels' if page.form == OPEN else ''}"
    yield f"        heading: {_quoted(page.heading)}"
    yield "        fields:"
    yield from (f"          - {_field(field)}" for field in page.fields)
    yield f"        next: {_OPEN}  # ? one of: {'、'.join(page.buttons) or 'no button was seen'}"
    yield f"    check: {{heading: {_OPEN}, submit: {_OPEN}}}  # ?"
    yield f"    receipt: {{heading: {_OPEN}, number: {{label: {_OPEN}}}}}  # ?"
    yield f"    filings: {{path: {_OPEN}, heading: {_OPEN}, row: {_OPEN}, number: {_OPEN}}}  # ? leave it out where there is no list"
    yield f"    kept: {{path: {_OPEN}, heading: {_OPEN}}}  # ? leave it out where the portal does not show what it keeps"


def _field(field: Learned) -> str:
    parts = [f"field: {_quoted(field.field)}", f"label: {_quoted(field.label)}", f"kind: {field.kind}"]
    if field.within:
        parts.append(f"within: {_quoted(field.within)}")
    if field.options:
        words = ", ".join(f"{_quoted(code)}: {_quoted(text)}" for code, text in field.options.items())
        parts.append(f"options: {{{words}}}")
    doubt = f"  # ? {'；'.join(field.doubts)}" if field.doubts else ""
    return f"{{{', '.join(parts)}}}{doubt}"


def _quoted(text: str) -> str:
    """Return a text as YAML that means exactly it: JSON strings are YAML."""
    return json.dumps(text, ensure_ascii=False)


def _is_meant(control: Control, view: Survey) -> bool:
    """Tell whether a control is one a person fills: the buttons of a group are not, and what is locked is not."""
    if control.kind == "group":
        return any(c.kind == "input:radio" and c.group == control.group for c in view.controls)
    return control.kind != "input:radio" and not control.locked and bool(control.label)


def _likeliest(controls: Sequence[Control]) -> Definition | None:
    """Return the form of ours that has most of the labels; None where none has two."""
    labels = {same_name_key(c.label) for c in controls}
    scores = {
        d.id: sum(same_name_key(f.label) in labels for f in _leaves(d)) for d in catalog.forms().values()
    }
    best = max(scores, key=lambda name: scores[name])
    return catalog.form(best) if scores[best] > 1 else None


def _leaves(form: Definition) -> list[Field]:
    return [leaf for field in form.fields for leaf in (field.fields or (field,))]


def _learned(control: Control, view: Survey, form: Definition | None, twice: set[str]) -> Learned:
    doubts: list[str] = []
    label = control.label.strip("*＊ ").removesuffix("：").removesuffix(":").strip()
    known = [f for f in _leaves(form) if same_name_key(f.label) == same_name_key(label)] if form else []
    if len(known) != 1:
        doubts.append(
            "no field of ours has this label" if not known else "several fields of ours have this label"
        )
    within = control.sections[-1] if control.label in twice and control.sections else None
    if control.label in twice and within is None:
        doubts.append("this label is there twice, in no section: give a selector")
    options, unmatched = _options(control, view, known[0] if len(known) == 1 else None)
    if unmatched:
        doubts.append(f"no code of ours for {'、'.join(unmatched)}")
    kind = next((k for k in _FIRST if k in widgets() and control.kind in widgets()[k].kinds), OPEN)
    name = known[0].id if len(known) == 1 else OPEN
    return Learned(label=label, kind=kind, within=within, field=name, options=options, doubts=tuple(doubts))


def _options(control: Control, view: Survey, field: Field | None) -> tuple[dict[str, str], list[str]]:
    """Return our codes with the portal's words where they are the same, and the words that have no code of ours."""
    if control.kind == "input:checkbox":
        return dict(_YES_NO), []
    texts = [choice.label for choice in control.choices if choice.value]
    if control.kind == "group":
        texts = [c.label for c in view.controls if c.kind == "input:radio" and c.group == control.group]
    codes = code_list(field.codes) if field and field.codes else None
    found = {text: codes.match(text) if codes else None for text in texts}
    return {code.code: text for text, code in found.items() if code}, [
        t for t, code in found.items() if not code
    ]
