"""What a portal's forms looked like when a person last agreed with them, and what is different now.

A map names what we fill. The fingerprint holds the whole page, also what we leave alone: a new blank, another
list of options or a mark of required may mean that an old answer no longer means what it meant.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import yaml
from pydantic import ValidationError

from bot.errors import PortalMapError
from bot.portals import locate
from bot.portals.controls import Control, Survey
from bot.portals.portal_map import FormPage
from extractors.model import Record

ENDING = ".pages.yaml"


class Blank(Record):
    """One control as a person sees it, without what stands in it."""

    label: str
    kind: str
    """As in a survey: "input:text", "select"; "group" for radio buttons."""
    sections: tuple[str, ...] = ()
    """Outermost first; a row's number is {n}."""
    required: bool = False
    options: tuple[str, ...] | None = ()
    """None where they differ from case to case: they are not compared then."""

    @property
    def place(self) -> tuple[str, tuple[str, ...]]:
        """What tells it from the others of its page."""
        return self.label, self.sections


class PageForm(Record):
    """One page of a form."""

    hall: str
    heading: str
    blanks: tuple[Blank, ...]

    @cached_property
    def by_place(self) -> dict[tuple[str, tuple[str, ...]], Blank]:
        """Its controls by where they stand; those of all rows are one."""
        return {blank.place: blank for blank in self.blanks}


class Change(StrEnum):
    """In which way something is not as it was."""

    MISSING = "missing"
    NEW = "new"
    NEWLY_REQUIRED = "newly_required"
    """New, and it must be filled."""
    RENAMED = "renamed"
    """Something is gone, and something like it stands there instead: a proposal, never acted on."""
    MOVED = "moved"
    KIND = "kind"
    REQUIRED = "required"
    OPTIONAL = "optional"
    """It need no longer be filled."""
    OPTIONS = "options"


_SAID = {
    Change.MISSING: "不见了",
    Change.NEW: "是新出现的栏目",
    Change.NEWLY_REQUIRED: "是新出现的必填栏目",
    Change.RENAMED: "好像改叫“{now}”",
    Change.MOVED: "从“{before}”移到了“{now}”",
    Change.KIND: "换了控件：原为 {before}，现为 {now}",
    Change.REQUIRED: "改为必填",
    Change.OPTIONAL: "不再是必填",
    Change.OPTIONS: "的选项变了：{now}",
}


class Drift(Record):
    """One difference between a page and its fingerprint."""

    hall: str
    page: str
    label: str
    change: Change
    before: str = ""
    now: str = ""

    def __str__(self) -> str:
        return (
            f"“{self.label}”{_SAID[self.change].format(before=self.before or '页面', now=self.now or '页面')}"
        )


def seen(hall: str, page: FormPage, view: Survey) -> PageForm:
    """Return a page as it is in view; nothing of what stands in it."""
    found: dict[tuple[str, tuple[str, ...]], Blank] = {}
    for control in view.controls:
        blank = _blank(page, control, view)
        if blank:
            found.setdefault(blank.place, blank)
    return PageForm(hall=hall, heading=page.heading, blanks=tuple(found.values()))


def differences(before: PageForm, now: PageForm, page: FormPage) -> list[Drift]:
    """Return what is not as it was, in the order of the page.

    Fields that the map calls dependent may be there or not: they come and go with other answers. So may whole rows.
    """
    gone = [b for b in before.blanks if b.place not in now.by_place and not _may_be_absent(page, b)]
    fresh = [b for b in now.blanks if b.place not in before.by_place and not _may_be_new(page, b, before)]
    both = [(b, now.by_place[b.place]) for b in before.blanks if b.place in now.by_place]
    changed = [found for b, n in both for found in _changes(b, n, page)]
    found = [*_paired(gone, fresh), *changed]
    return [
        Drift(hall=now.hall, page=now.heading, label=b.label, change=c, before=w, now=n)
        for b, c, w, n in found
    ]


_Found = tuple[Blank, Change, str, str]


def _paired(gone: list[Blank], fresh: list[Blank]) -> Iterator[_Found]:
    """Yield what is gone and what is new, told as one where it is likely the same."""
    left = list(fresh)
    for blank in gone:
        moved = next((f for f in left if f.label == blank.label and f.kind == blank.kind), None)
        renamed = next((f for f in left if _alike(blank, f)), None)
        if moved:
            left.remove(moved)
            yield blank, Change.MOVED, " ".join(blank.sections), " ".join(moved.sections)
        elif renamed:
            left.remove(renamed)
            yield blank, Change.RENAMED, blank.label, renamed.label
        else:
            yield blank, Change.MISSING, "", ""
    for blank in left:
        yield blank, Change.NEWLY_REQUIRED if blank.required else Change.NEW, "", ""


def _alike(one: Blank, other: Blank) -> bool:
    return (one.kind, one.sections, one.options) == (other.kind, other.sections, other.options)


def _changes(before: Blank, now: Blank, page: FormPage) -> Iterator[_Found]:
    if before.kind != now.kind:
        yield before, Change.KIND, before.kind, now.kind
        return
    if before.required != now.required:
        yield before, Change.REQUIRED if now.required else Change.OPTIONAL, "", ""
    if before.options is None or _dependent(page, before) or now.options is None:
        return
    came = [f"多出“{o}”" for o in now.options if o not in before.options]
    went = [f"少了“{o}”" for o in before.options if o not in now.options]
    if told := [*went, *came]:
        yield before, Change.OPTIONS, "", "，".join(told[:6])


def _blank(page: FormPage, control: Control, view: Survey) -> Blank | None:
    """Return a control without its state; None for buttons that their group stands for."""
    if control.kind == "input:radio":
        return None
    options = tuple(choice.label for choice in control.choices)
    if control.kind == "group":
        buttons = [c for c in view.controls if c.kind == "input:radio" and c.group == control.group]
        if not buttons:
            return None
        options = tuple(button.label for button in buttons)
    sections = tuple(_numberless(page, name) for name in control.sections)
    label = _bare(control.label)
    return Blank(
        label=label, kind=control.kind, sections=sections, required=control.required, options=options
    )


def _numberless(page: FormPage, name: str) -> str:
    """Return a section's name; that of a row with {n} for its number."""
    for rows in page.rows:
        head, _, tail = rows.legend.partition("{n}")
        middle = name.removeprefix(head).removesuffix(tail) if tail else name.removeprefix(head)
        if name.startswith(head) and middle.strip().isdecimal():
            return rows.legend
    return name


def _bare(label: str) -> str:
    """Return a label without marks of required blanks and a colon: they are told apart as such."""
    return label.strip().strip("*＊").removesuffix("：").removesuffix(":").strip()


def _in_row(page: FormPage, blank: Blank) -> bool:
    return any(rows.legend in blank.sections for rows in page.rows)


def _may_be_absent(page: FormPage, blank: Blank) -> bool:
    return _in_row(page, blank) or _dependent(page, blank)


def _may_be_new(page: FormPage, blank: Blank, before: PageForm) -> bool:
    """Tell whether a control is no drift: its kind of row was not in view when the fingerprint was taken."""
    rows = {rows.legend for rows in page.rows if rows.legend in blank.sections}
    known = {name for recorded in before.blanks for name in recorded.sections}
    return _dependent(page, blank) or bool(rows - known)


def _dependent(page: FormPage, blank: Blank) -> bool:
    fields = [*page.fields, *(field for rows in page.rows for field in rows.fields)]
    return any(f.dependent and locate.words(f.label).match(blank.label) for f in fields)


def path_of(map_file: Path) -> Path:
    """Return where the fingerprint of a map lies: beside it."""
    return map_file.with_name(map_file.name.removesuffix(".yaml").removesuffix(".yml") + ENDING)


def load(map_file: Path) -> tuple[PageForm, ...]:
    """Return the fingerprint of a map; nothing where none was taken.

    Raises:
        PortalMapError: The file is broken.
    """
    file = path_of(map_file)
    if not file.is_file():
        return ()
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        return tuple(PageForm.model_validate(page) for page in raw["pages"])
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise PortalMapError(f"门户页面的存样 {file.name} 不合格式，没有打开任何页面：{error}。") from error


def written(pages: Sequence[PageForm]) -> str:
    """Return a fingerprint as YAML for people to read and compare."""
    head = "# What the portal's forms looked like when a person last agreed with them; made by `zeromeet portal check --accept`.\n"
    raw = [page.model_dump(mode="json", exclude_defaults=True) for page in pages]
    return head + yaml.safe_dump({"pages": raw}, allow_unicode=True, sort_keys=False, width=110)
