"""What is to be filed, what came back, and who writes it down."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from extractors.model import Record
from forms.model import FilledForm


class Submission(Record):
    """The forms that are filed with one last click."""

    hall: str
    business_key: str
    """By it the portal's own list tells what is already there: the text of the hall's key field."""
    forms: tuple[FilledForm, ...]
    skipped: dict[str, str] = {}
    """Forms of the hall that this company need not file, each with the reason."""
    plan_hash: str


class Receipt(Record):
    """What the portal gave for a filing."""

    hall: str
    number: str
    items: dict[str, str] = {}
    """Each form's own acceptance number, where the portal gives one."""


class State(StrEnum):
    """Where a submission stands after the attempt."""

    FILED = "filed"
    BLOCKED = "blocked"
    """Dry run: everything filled, the last request held back."""
    NOT_FILED = "not_filed"
    """The click was made, the portal answered that it failed, and its list does not hold the filing."""


class Outcome(Record):
    """What one attempt to file came to."""

    state: State
    receipt: Receipt | None = None
    readback_equal: bool | None = None
    """The portal's own record equals the plan, field by field; None where nothing was filed."""
    already: bool = False
    """The portal held this filing before; nothing was sent now."""
    body: dict[str, str] = {}
    """Dry run: names and values of the request that was held back."""
    why: str = ""


class Attempt(Record):
    """An earlier last click for the same business key that did not fail for certain."""

    at: datetime
    plan_hash: str
    """Of what was sent."""
    receipt: Receipt | None = None
    """None where nobody has learned what became of it."""


class Journal(Protocol):
    """Keeps what must survive a crash."""

    def attempt(self, submission: Submission) -> Attempt | None:
        """Return the earlier click for the same business key, if there was one."""

    def sending(self, submission: Submission) -> None:
        """Write down durably that the last click is about to be made.

        Raises:
            FilingTakenError: Somebody else has clicked since attempt() was asked.
        """

    def withdrawn(self, submission: Submission) -> None:
        """Write down that the click led to nothing: its request never left, or the portal's list lacks it."""

    def receipt(self, submission: Submission, receipt: Receipt) -> None:
        """Write down what the portal gave."""


def plan_hash(forms: Sequence[FilledForm], skipped: Mapping[str, str]) -> str:
    """Return the SHA-256, in hex, of what would be filed: texts only, in an order of their own."""
    plan = {
        "forms": {form.form: {value.field: value.text for value in form.values} for form in forms},
        "skipped": sorted(skipped),
    }
    canonical = json.dumps(plan, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
