"""The nouns of filling: facts with their witnesses, and the forms they fill."""

from typing import Literal

from pydantic import Field

from extractors.model import Box, Record, Value

Origin = Literal["paper", "derived", "default", "person"]
"""Read on paper; computed from other facts; a default the form names; set by a person."""


class Witness(Record):
    """One place that states a fact."""

    file: str
    document: str
    original: str
    """The document that this one is a copy of, else the document itself: copies are one witness."""
    page: int
    box: Box
    element: str
    """Paper and element, for example "business_license.company_name"."""
    value: Value
    raw: str
    confidence: float = Field(ge=0, le=1)
    sure: bool
    is_seen: bool = False
    """Recognised from a picture; otherwise the characters were in the file."""


class Fact(Record):
    """What the papers together say about one thing, and everything they said."""

    key: str
    """For example "legal_rep.id_no" (forms/facts.yaml)."""
    label: str
    value: Value
    confidence: float = Field(ge=0, le=1)
    sure: bool
    conflict: bool = False
    """Two witnesses disagree and no person has decided; the value is then only a candidate."""
    witnesses: tuple[Witness, ...] = ()
    """The chosen one first. Empty where a person supplied what no paper says."""
    origin: Origin = "paper"
    why: str = ""
    """The derivation, the default's basis or the person's reason, in Chinese."""


class Answer(Record):
    """What overrules the papers about one fact: a person's decision, or the choice of another name."""

    value: Value
    """As typed, or already in the normal form of the fact's type; a table is typed as JSON rows."""
    why: str
    origin: Origin = "person"


class FormValue(Record):
    """One blank of a form with what goes into it; made only by forms/answer.py."""

    form: str
    field: str
    """The field's path; rows of a repeating part count from 0: "investors[0].name"."""
    label: str
    text: str
    """In our own codes and normal forms: ISO dates, yuan with two places, code-list codes."""
    shown: str
    """What a person reads: the code's name, else the text."""
    fact: str | None = None
    """The fact it comes from; None for a default of the form."""
    origin: Origin = "paper"
    why: str = ""


class Blank(Record):
    """One blank that was left empty, and the reason."""

    form: str
    field: str
    label: str
    required: bool
    fact: str | None = None
    """The fact that would fill it."""
    why: str
    """One sentence for the clerk, in Chinese."""


class FilledForm(Record):
    """One form filled as far as the facts go."""

    form: str
    title: str
    values: tuple[FormValue, ...]
    blanks: tuple[Blank, ...] = ()

    def text(self, field: str) -> str | None:
        """Return what stands in a field, or None where it was left blank."""
        return next((v.text for v in self.values if v.field == field), None)
