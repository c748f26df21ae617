"""A portal described in YAML: its pages by the words people see, closed to anything misspelt."""

import re
from collections.abc import Iterator
from datetime import datetime, time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic import Field as Bound

from bot.errors import PortalMapError
from bot.portals.widgets import widgets
from extractors.errors import UsageError

MAPS = Path(__file__).with_name("maps")

OPEN = "?"
"""Stands in a proposed map where a person must decide; no map with it loads."""
Role = Literal["alert", "button", "heading", "link", "status", "table"]


class Part(BaseModel):
    """A part of a map: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Mark(Part):
    """Something to see or to press, by its role and its exact words."""

    role: Role = "heading"
    name: str


class Field(Part):
    """One control of a page."""

    field: str
    """Our field's path; inside rows that of one column, "name" for "investors[0].name"."""
    label: str
    kind: str
    """A module of bot/portals/widgets."""
    within: str | None = None
    """Name of the fieldset or region it stands in."""
    selector: str | None = None
    """CSS, only for a control that has no label at all."""
    options: dict[str, str] = {}
    """Our code -> the portal's words, exactly. "*" stands for every other code, "" for a control to leave empty;
    text and dates need lines only for codes that are neither."""
    unit: Literal["元", "万元", "亿元", "%"] | None = None
    date_format: str = "%Y-%m-%d"
    dependent: bool = False
    """Shown, or its options loaded, only after another answer: looked for when it is filled."""
    sent: str | None = None
    """Path of its value in the JSON that the portal's script sends: "applicant.name", "investors[{n}].name" (from 0)."""
    codes: dict[str, str] = {}
    """Our code -> the portal's code in that JSON, where it sends neither its words nor our code."""
    kept: str | None = None
    """Its label in the portal's record, where that differs."""

    @model_validator(mode="after")
    def _kind_is_known(self) -> Self:
        if self.kind not in widgets():
            raise ValueError(f"kind {self.kind} of {self.label} is none of {', '.join(widgets())}")
        return self


class Rows(Part):
    """A repeating part of a page."""

    group: str
    """Our group: its fields are "group[0].column"."""
    legend: str
    """Name of one row's fieldset or region; {n} counts from 1."""
    add: str
    """Words of the button that adds a row."""
    remove: str | None = None
    """Words of the button, inside the row, that takes it away."""
    least: int = Bound(default=0, ge=0)
    """Rows that the page always shows and that cannot be taken away."""
    fields: tuple[Field, ...] = Bound(min_length=1)

    def legend_of(self, number: int) -> str:
        """Return the name of one row, counted from 1."""
        return self.legend.replace("{n}", str(number))


class FormPage(Part):
    """One page of a form, or all of it."""

    form: str
    heading: str
    path: str | None = None
    """Where `portal check` opens it without filling the pages before; may hold {key} and {draft}."""
    fields: tuple[Field, ...] = ()
    rows: tuple[Rows, ...] = ()
    next: str
    """Words of the button that keeps the page and goes on."""


class Start(Part):
    """How a new filing is begun."""

    path: str
    heading: str
    fields: tuple[Field, ...] = ()
    """Asked before the first form: business_key, and fields of any form as "form.field"."""
    button: str
    draft: str | None = None
    """Regular expression on the address of the page that follows; its one group is the draft's id ({draft})."""
    resume: str | None = None
    """Words of the button that goes on with a draft begun earlier for the same business key."""


class Skip(Part):
    """How a form that is not needed is passed over, on its own page."""

    button: str
    reason: Field | None = None
    """Where the portal asks why; filled with our reason."""


class Check(Part):
    """The page that shows all answers before the last click."""

    heading: str
    confirm: str | None = None
    """Label of a box to tick before submitting."""
    submit: str
    sends: str | None = None
    """Path of the request that files, where pressing submit sends other requests too."""
    compare: bool = True
    """It shows labels with values as the kept record does: compared with the plan before the click."""


class Where(Part):
    """Where a text stands: beside a label, or at a CSS selector."""

    label: str | None = None
    selector: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.label is None) == (self.selector is None):
            raise ValueError("give either label or selector")
        return self


class ReceiptPage(Part):
    """The page after the last click."""

    heading: str
    number: Where
    items: Where | None = None
    """Acceptance number of one form, under the heading or in the row of its title; {form}, {title}."""


class Filings(Part):
    """The portal's own list of what was filed."""

    path: str
    """May hold {key}."""
    heading: str
    row: str
    """CSS of one filing in the list; {key} is the business key."""
    number: str
    """CSS, inside the row, of its receipt number."""


class Kept(Part):
    """The portal's own record of one filing."""

    path: str
    """May hold {number}, {key} and {form}; with {form} there is one page for each form."""
    heading: str
    items: Where | None = None
    """As on the receipt's page, so that a lost receipt can be taken from the record."""


class Hall(Part):
    """A unit of submission: forms that are filed with one last click."""

    id: str
    title: str
    business_key: str
    """Our field whose text tells one filing from another in the portal's list, for example "uscc"."""
    start: Start
    pages: tuple[FormPage, ...] = Bound(min_length=1)
    titles: dict[str, str]
    """Form -> the portal's title of it, as headings of the check page and of the record say it."""
    body: Literal["open", "sealed"] = "open"
    """Whether its requests can be read; "sealed" where a script encrypts them, so that only the pages tell."""
    not_asked: dict[str, tuple[str, ...]] = {}
    """Form -> our fields this portal never asks for; named so that nothing is dropped in silence."""
    skip: Skip | None = None
    check: Check
    receipt: ReceiptPage
    filings: Filings | None = None
    """None where the portal shows no list: after a doubt, only a person can then find out what became of a filing."""
    kept: Kept | None = None
    """None where the portal does not show what it keeps: a filing is then not proved by its record."""
    settle_s: float = 15.0
    """How long a filing may take, after an answer was lost, to appear in the list."""

    @model_validator(mode="after")
    def _every_form_has_a_title(self) -> Self:
        untitled = {page.form for page in self.pages} - self.titles.keys()
        if untitled:
            raise ValueError(f"titles lack {', '.join(sorted(untitled))}")
        return self

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The forms of the hall, in the order of its pages."""
        return tuple(dict.fromkeys(page.form for page in self.pages))


class Login(Part):
    """The page that lets us in."""

    path: str
    heading: str
    user: str
    password: str
    submit: str
    signed_in: Mark


class Signs(Part):
    """What tells that a page is not the one asked for."""

    closed: tuple[str, ...] = ()
    """Headings of maintenance pages."""
    signed_out: tuple[str, ...] = ()
    """Headings that mean the session has ended."""
    human: tuple[str, ...] = ()
    """Headings of gates only a person may pass (captcha, SMS code, face)."""
    human_tasks: dict[str, str] = {}
    """Heading of a gate -> what a person must do there; without a line the heading itself is told."""
    messages: str
    """CSS of the portal's own messages about what was filled."""


class Hours(Part):
    """When a portal is open, by the clock of Shanghai."""

    days: tuple[Annotated[int, Bound(ge=1, le=7)], ...] = (1, 2, 3, 4, 5, 6, 7)
    """1 is Monday."""
    opens: time = time(0, 0)
    closes: time = time(23, 59, 59)
    """No longer than this moment; a night is two entries."""

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("opens must lie before closes; write two entries for hours over midnight")
        return self

    def hold(self, moment: datetime) -> bool:
        """Return whether a moment lies within."""
        return moment.isoweekday() in self.days and self.opens <= moment.time() <= self.closes

    def __str__(self) -> str:
        days = "、".join("一二三四五六日"[day - 1] for day in self.days)
        return f"周{days} {self.opens:%H:%M}–{self.closes:%H:%M}"


class PortalMap(Part):
    """Everything the program knows about one portal."""

    id: str
    title: str
    base_url: str | None = None
    origins: tuple[str, ...] = Bound(min_length=1)
    """The only places its pages may reach: "https://host" or "http://127.0.0.1:*"."""
    lists: dict[str, dict[str, str]] = {}
    """Code lists that fields share by YAML anchors; of no use to the program itself."""
    hours: tuple[Hours, ...] = ()
    """Empty where it never closes."""
    pages_per_minute: int | None = Bound(default=None, ge=1)
    """How often all our processes together may ask it for a page; None where it sets no limit."""
    login: Login
    signs: Signs
    halls: tuple[Hall, ...] = Bound(min_length=1)

    @cached_property
    def by_id(self) -> dict[str, Hall]:
        """Halls by their id."""
        return {hall.id: hall for hall in self.halls}

    def hall(self, name: str) -> Hall:
        """Return one hall.

        Raises:
            PortalMapError: The portal has no such hall.
        """
        if name not in self.by_id:
            raise PortalMapError(f"门户地图“{self.title}”没有名为 {name} 的大厅，本件没有提交。")
        return self.by_id[name]

    def address(self, base_url: str | None) -> str:
        """Return the address to start from, without a closing slash.

        Raises:
            UsageError: None is known, or it is not among the map's origins.
        """
        base = (base_url or self.base_url or "").rstrip("/")
        parts = urlsplit(base)
        origin = f"{parts.scheme}://{parts.netloc}"
        if not any(_matches(pattern, origin) for pattern in self.origins):
            raise UsageError(f"地址不在门户“{self.title}”的许可范围内，没有打开任何页面。")
        return base

    def allowed(self, base: str) -> tuple[str, ...]:
        """Return the origins that a browser on this address may reach."""
        parts = urlsplit(base)
        fixed = [origin for origin in self.origins if not origin.endswith(":*")]
        return tuple(dict.fromkeys((f"{parts.scheme}://{parts.netloc}", *fixed)))


def _matches(pattern: str, origin: str) -> bool:
    if pattern.endswith(":*"):
        return re.fullmatch(re.escape(pattern[:-2]) + r"(:\d+)?", origin) is not None
    return origin == pattern


def _texts(raw: object) -> Iterator[object]:
    """Yield every key and value of what a map says."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield key
            yield from _texts(value)
    elif isinstance(raw, list):
        for value in raw:
            yield from _texts(value)
    else:
        yield raw


def file_of(name: str | Path) -> Path:
    """Return the file of a map by the name of a known portal or by its path."""
    return Path(name) if str(name).endswith((".yaml", ".yml")) else MAPS / f"{name}.yaml"


def load(name: str | Path) -> PortalMap:
    """Read a map by the name of a known portal or by the path of its file.

    Raises:
        UsageError: There is no such map.
        PortalMapError: The map breaks its own rules; the message says where.
    """
    path = file_of(name)
    if not path.is_file():
        raise UsageError(f"没有找到门户地图 {name}，没有打开任何页面。")
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        if count := sum(text == OPEN for text in _texts(raw)):
            raise PortalMapError(f"门户地图 {path.name} 还有 {count} 处没有补完，没有打开任何页面。")
        return PortalMap.model_validate(raw)
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise PortalMapError(f"门户地图 {path.name} 不合规定，没有打开任何页面：{error}。") from error
