"""Holds what leaves for the portal against the plan, field by field, before it leaves.

A page's script may put something else into a request than the controls show. Reading back proves what the page
shows; this proves what is sent. Controls with a name are found in a request by that name; where a portal sends
JSON of its own making, the map says under which key a field goes (`sent`).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Request, Route
from python_multipart import parse_form

from bot.errors import NOT_FILED, PortalMapError, SentOtherwiseError, listed
from bot.portals.controls import Control
from bot.portals.convert import same, to_portal
from bot.portals.slots import Slot
from bot.portals.trail import SentRequest, sent_request
from bot.portals.widgets import widgets

READS = frozenset({"GET", "HEAD", "OPTIONS"})
_CHARSETS = ("utf-8", "gb18030")
"""Of forms: pages of older portals send what GBK makes of it."""

Body = dict[str, list[str]]
"""Names or JSON paths of a request's body, each with its values in order."""


class Sent(NamedTuple):
    """What was read back of one page."""

    slots: Sequence[tuple[Slot, Control | None]] = ()
    """With the control of each; None where it was not in view."""
    controls: Sequence[Control] = ()
    """Every control in view, also those of no slot."""

    @property
    def shown(self) -> dict[str, str]:
        """Our field to what its control holds, in the portal's words."""
        return {s.path: widgets()[s.field.kind].read(c) for s, c in self.slots if c}

    @property
    def filled(self) -> list[Slot]:
        """The slots that a request must carry."""
        return [slot for slot, control in self.slots if control and slot.planned]


class Outgoing:
    """A route handler for one press; knows afterwards what was wrong and what is still to be carried.

    Args:
        page: What was read back of the page in view.
        pending: Slots of earlier pages that no request has carried yet.
        last: The press files: nothing may be pending when its request leaves.
        to: Path of the request that files, where the press sends others too.
    """

    def __init__(
        self, page: Sent, pending: Sequence[Slot] = (), *, last: bool = False, to: str | None = None
    ) -> None:
        self._page = page
        self._last = last
        self._to = to
        self.pending = [*pending, *page.filled]
        self.requests: list[SentRequest] = []
        """What has left."""
        self.wrong: list[str] = []
        """Labels of what would have left otherwise than planned."""
        self.unproved: list[str] = []
        """Labels of what the last request would have left without carrying, nor any before it."""

    def __call__(self, route: Route) -> None:
        """Let reading pass, and whatever carries what was planned; hold anything else back."""
        if route.request.method in READS:
            route.fallback()
        elif self.allows(route.request):
            self.requests.append(sent_request(route.request))
            route.fallback()
        else:
            route.abort("blockedbyclient")

    def assert_planned(self, page: str) -> None:
        """Make sure that nothing was held back.

        Raises:
            SentOtherwiseError: A request carried something else than planned.
            PortalMapError: Nothing told where the last request carries some values.
        """
        if self.wrong:
            raise SentOtherwiseError(page, self.wrong)
        if self.unproved:
            raise PortalMapError(
                f"门户地图没有写明{listed(self.unproved)}在请求里叫什么，发出前无从核对。{NOT_FILED}"
            )

    def allows(self, request: Request) -> bool:
        """Compare one request with the plan; False where it carries something else, or lacks something."""
        sent = body(request)
        wrong = [*self._by_name(sent), *self._by_key(sent)]
        self.wrong.extend(label for label in wrong if label not in self.wrong)
        if self._last and self._to in {None, urlsplit(request.url).path}:
            self.unproved = [slot.label for slot in self.pending]
        return not wrong and not self.unproved

    def _by_name(self, sent: "Body") -> list[str]:
        """Return the labels of controls in view whose part of a body is not what they showed."""
        shown = _shown(self._page.controls)
        carried = shown.keys() & sent.keys()
        silent = {name for name, texts in shown.items() if not texts} if carried else set()
        proved = {s.path for s, control in self._page.slots if control and control.name in carried | silent}
        self.pending = [slot for slot in self.pending if slot.path not in proved]
        wrong = (n for n in sorted(carried) if sent[n] != shown[n] and not self._same_number(n, sent[n]))
        return [self._label(name) for name in wrong]

    def _label(self, name: str) -> str:
        """Return the words a person finds a control by."""
        slots = [slot.label for slot, control in self._page.slots if control and control.name == name]
        others = [c.label for c in self._page.controls if c.name == name and c.label]
        return next(iter([*slots, *others]), name)

    def _same_number(self, name: str, sent: Sequence[str]) -> bool:
        """Tell whether these are the numbers that were planned, written otherwise: 100.00 for 100."""
        slots = [slot for slot, control in self._page.slots if control and control.name == name]
        return len(slots) == len(sent) and all(
            same(s.field, s.planned, t) for s, t in zip(slots, sent, strict=True)
        )

    def _by_key(self, sent: "Body") -> list[str]:
        """Return the labels of slots whose key in a body does not hold what is planned."""
        keyed = [(slot, sent[slot.key]) for slot in self.pending if slot.key in sent]
        self.pending = [slot for slot in self.pending if slot.key not in sent]
        return [slot.label for slot, texts in keyed if len(texts) != 1 or not _is_planned(slot, texts[0])]


class Held:
    """A route handler that keeps what would change something at the portal.

    Args:
        to: Path of the request to keep, where others are sent too.
    """

    def __init__(self, to: str | None = None) -> None:
        self._to = to
        self.body: Body = {}

    def __call__(self, route: Route) -> None:
        """Let reading pass, hold anything else back."""
        request = route.request
        if request.method in READS:
            route.fallback()
            return
        if self._to in {None, urlsplit(request.url).path} and not self.body:
            self.body = body(request)
        route.abort("blockedbyclient")


def body(request: Request) -> Body:
    """Return the names and values of a form, or the paths and leaves of JSON, that a request carries.

    A file is there by its name. What is neither form nor JSON has none.
    """
    data, kind = request.post_data_buffer or b"", request.headers.get("content-type", "")
    if "json" in kind:
        return _grouped(_leaves(json.loads(data or b"null")))
    if "multipart/form-data" in kind:
        return _grouped(_parts(data, kind))
    if "x-www-form-urlencoded" in kind:
        return _grouped(_form(data.decode("ascii", "replace")))
    return {}


def flat(sent: Body) -> dict[str, str]:
    """Return a body as one text a name, for people to read."""
    return {name: "\n".join(values) for name, values in sent.items()}


def _is_planned(slot: Slot, sent: str) -> bool:
    codes = slot.field.codes
    if codes:
        return sent == codes.get(slot.planned)
    return sent in {slot.planned, to_portal(slot.field, slot.planned)} or same(slot.field, slot.planned, sent)


def _shown(controls: Sequence[Control]) -> Body:
    """Return what the controls in view would send under their names: nothing of a box that is not ticked."""
    found: Body = {c.name: [] for c in controls if c.name}
    for control in controls:
        if control.name and control.kind != "group":
            found[control.name].extend(_sends(control))
    return found


def _sends(control: Control) -> Iterator[str]:
    if control.kind in {"input:radio", "input:checkbox"}:
        if control.value:
            yield control.code
    elif control.kind == "select":
        yield from (choice.value for choice in control.choices if choice.chosen)
    else:
        yield control.value.replace("\r\n", "\n")


def _grouped(pairs: Iterable[tuple[str, str]]) -> Body:
    found: Body = {}
    for name, text in pairs:
        found.setdefault(name, []).append(text)
    return found


def _form(data: str) -> Iterator[tuple[str, str]]:
    for charset in _CHARSETS:
        try:
            pairs = parse_qsl(data, keep_blank_values=True, encoding=charset, errors="strict")
        except UnicodeDecodeError:
            continue
        yield from ((name, text.replace("\r\n", "\n")) for name, text in pairs)
        return


def _parts(data: bytes, kind: str) -> Iterator[tuple[str, str]]:
    parts: list[tuple[bytes, bytes]] = []
    parse_form(
        {"Content-Type": kind.encode()},
        BytesIO(data),
        lambda field: parts.append((field.field_name or b"", field.value or b"")),
        lambda file: parts.append((file.field_name or b"", file.file_name or b"")),
    )
    yield from (
        (name.decode(), text.decode("utf-8", "replace").replace("\r\n", "\n")) for name, text in parts
    )


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _leaves(one, f"{path}[{number}]")
    elif value is None:
        yield path, ""
    else:
        yield path, json.dumps(value) if isinstance(value, bool | int | float) else str(value)
