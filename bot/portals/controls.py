"""What a page shows, read in one round trip by a constant script."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from extractors.model import Record

SCRIPTS = Path(__file__).with_name("scripts")
CONTROLS = (SCRIPTS / "controls.js").read_text(encoding="utf-8")
PAIRS = (SCRIPTS / "pairs.js").read_text(encoding="utf-8")


class Choice(Record):
    """One option of a select, or one button of a group."""

    label: str
    value: str
    chosen: bool


class Control(Record):
    """One control in view, as the page holds it now."""

    kind: str
    """Tag, with the type of an input: "input:date", "select"; "group" for a set of buttons."""
    label: str = ""
    sections: tuple[str, ...] = ()
    """Names of the fieldsets and regions around it, outermost first."""
    selectors: tuple[str, ...] = ()
    """Those of the asked selectors that match it."""
    group: int = -1
    """Number of the fieldset a button stands in; of a group, its own."""
    name: str = ""
    """Under which the browser itself sends it with a form; "" where it does not."""
    code: str = ""
    """What a ticked button sends."""
    value: str
    choices: tuple[Choice, ...] = ()
    locked: bool = False
    """Read-only or disabled: the portal filled it and lets nobody change it."""
    required: bool = False
    max_length: int | None = None
    invalid: bool = False
    """The browser itself would refuse to send it."""

    def chosen(self) -> tuple[str, ...]:
        """Return the labels of the chosen options."""
        return tuple(choice.label for choice in self.choices if choice.chosen)


class Survey(Record):
    """Every control and every named section in view."""

    controls: tuple[Control, ...]
    sections: tuple[str, ...]


class Pair(Record):
    """A label and a value that a page shows for reading."""

    headings: tuple[str, ...]
    """Headings, legends and captions it stands under, outermost first."""
    label: str
    value: str


def survey(page: Page, selectors: Sequence[str] = ()) -> Survey:
    """Look a page over; takes the focus away first, so that page scripts have run."""
    return Survey.model_validate(page.evaluate(CONTROLS, list(selectors)))


def pairs(page: Page) -> tuple[Pair, ...]:
    """Read every label with its value that a page shows."""
    return tuple(Pair.model_validate(pair) for pair in page.evaluate(PAIRS))
