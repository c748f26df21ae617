"""One browser tab that notices when a page is not the one asked for."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, Page, Request, Response, Route
from playwright.sync_api import Error as PlaywrightError

from bot.errors import (
    NOT_FILED,
    HandoverError,
    PortalBusyError,
    PortalChangedError,
    PortalClosedError,
    PortalRefusedError,
    PortalUnavailableError,
    SessionEndedError,
)
from bot.portals import locate
from bot.portals.controls import SCRIPTS
from bot.portals.courtesy import Pace
from bot.portals.handover import Handover
from bot.portals.once import SendOnce
from bot.portals.outgoing import Outgoing
from bot.portals.portal_map import PortalMap
from extractors.model import Record

ARRIVED = (SCRIPTS / "arrived.js").read_text(encoding="utf-8")
LOOK = (SCRIPTS / "look.js").read_text(encoding="utf-8")


TOO_MANY = 429
UNTOLD_S = 5.0
"""How long to stay away where a portal that is asked too often does not say."""


class View(Record):
    """What a page shows at once."""

    headings: tuple[str, ...]
    messages: tuple[str, ...]
    """The portal's own messages about what was filled."""


class Tab:
    """A page of the portal, with the portal's signs in view."""

    def __init__(
        self,
        context: BrowserContext,
        portal: PortalMap,
        base: str,
        limit_s: float,
        *,
        pace: Pace | None = None,
        handover: Handover | None = None,
    ) -> None:
        self._pace = pace
        self._handover = handover
        self._portal = portal
        self._base = base
        self.limit_ms = limit_s * 1000
        self.page: Page = context.new_page()
        self.page.set_default_timeout(self.limit_ms)
        self._status: int | None = None
        self._busy_s: float | None = None
        """How long the portal wants to be left alone, where its last page said so."""
        self._in_flight: set[Request] = set()
        self._once: SendOnce | None = None
        self._hidden: tuple[str, ...] = ()
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("requestfinished", self._on_end)
        self.page.on("requestfailed", self._on_end)

    @property
    def waiting(self) -> bool:
        """True while a request that may change something at the portal has no answer."""
        return bool(self._in_flight) or (self._once is not None and self._once.unanswered)

    def hide(self, texts: Iterable[str]) -> None:
        """Keep these planned texts out of the portal's messages when they are repeated."""
        telling = {text for text in texts if len(text) >= 2 and not (text.isdecimal() and len(text) < 6)}
        self._hidden = tuple(sorted(telling, key=len, reverse=True))

    def goto(self, path: str, heading: str | None = None) -> None:
        """Open a page of the portal and make sure it is the one asked for."""
        self._status = self._busy_s = None
        if self._pace:
            self._pace.wait()
        try:
            self.page.goto(f"{self._base}{path}", wait_until="domcontentloaded")
            view = self._look()
        except PlaywrightError:
            raise self._silent() from None
        self._arrive(view, heading)

    def press(self, name: str, heading: str | None, at: str, outgoing: Outgoing | None = None) -> None:
        """Press a button and wait for the page that follows.

        Args:
            name: Words of the button or link.
            heading: Heading of the page that must follow; None where any may.
            at: Heading of this page, for messages.
            outgoing: What the press may send; None where anything.

        Raises:
            SentOtherwiseError: A request was held back; nothing of it reached the portal.
        """
        target = locate.only_button(self.page, name, at)
        with self.through(outgoing):
            try:
                view = self._leave(target.click, heading)
            except PortalUnavailableError:
                if outgoing:
                    outgoing.assert_planned(at)
                raise
        if outgoing:
            outgoing.assert_planned(at)
        self._arrive(view, heading, at)

    def press_once(self, name: str, heading: str, at: str, outgoing: Outgoing | None) -> None:
        """Press a button whose request must reach the portal at most once."""
        self._once = SendOnce(self.limit_ms / 1000)
        with self.through(self._once):
            self.press(name, heading, at, outgoing)

    @contextmanager
    def through(self, handler: Callable[[Route], None] | None) -> Iterator[None]:
        """Lead every request through a handler; the page is left as it is where something is raised."""
        if handler is None:
            yield
            return
        self.page.route("**/*", handler)
        yield
        self.page.unroute("**/*", handler)

    def _look(self, *, leaving: bool = False) -> View:
        arg = {"messages": self._portal.signs.messages, "leaving": leaving}
        return View.model_validate(self.page.evaluate(LOOK, arg))

    def _leave(self, act: Callable[[], None], heading: str | None) -> View:
        """Do what leads away from this page and wait until something has answered.

        Raises:
            PortalUnavailableError: Nothing answered within the limit.
        """
        self._status = self._busy_s = None
        if self._pace:
            self._pace.wait()
        signs = self._portal.signs
        awaited = [*signs.closed, *signs.signed_out, *signs.human, *([heading] if heading else [])]
        try:
            before = self._look(leaving=True).headings
            act()
            arg = {"awaited": awaited, "messages": signs.messages, "before": before}
            return View.model_validate(self.page.wait_for_function(ARRIVED, arg=arg).json_value())
        except PlaywrightError:
            raise self._silent() from None

    def _arrive(self, view: View, heading: str | None, came_from: str | None = None) -> None:
        """Judge the page that is there.

        Raises:
            PortalUnavailableError: An error page; PortalBusyError, PortalClosedError where it says so.
            SessionEndedError: The session has ended.
            HandoverError: A person must pass a gate, and nobody did.
            PortalRefusedError: The portal shows messages instead.
            PortalChangedError: Another page.
        """
        if self.page.url.startswith("chrome-error:"):
            raise self._silent()
        view = self._past_gates(view)
        shown = set(view.headings) - {heading}
        self._obey_signs(shown)
        if self._busy_s is not None:
            raise PortalBusyError(self._portal.title, self._busy_s)
        if self._status is not None and self._status >= 500:
            raise PortalUnavailableError(
                f"门户“{self._portal.title}”答复出错（HTTP {self._status}）。{NOT_FILED}"
            )
        if view.messages:
            said = [self._masked(message) for message in view.messages]
            raise PortalRefusedError(came_from or heading or self._portal.title, said)
        if shown & set(self._portal.signs.signed_out):
            raise SessionEndedError(f"门户的登录已经失效。{NOT_FILED}")
        if heading is not None and heading not in view.headings:
            raise PortalChangedError(heading, heading, "没有出现，打开的是别的页面")

    def _masked(self, message: str) -> str:
        for text in self._hidden:
            message = message.replace(text, "……")
        return message

    def _obey_signs(self, shown: set[str]) -> None:
        if shown & set(self._portal.signs.closed):
            raise PortalClosedError(f"门户“{self._portal.title}”正在维护，没有开放。{NOT_FILED}")

    def _past_gates(self, view: View) -> View:
        """Return what is in view once a person has passed the gate that stood there.

        Raises:
            HandoverError: Nobody did.
        """
        signs = self._portal.signs
        gate = next((heading for heading in view.headings if heading in signs.human), None)
        if gate is None:
            return view
        task = signs.human_tasks.get(gate, gate)
        if self._handover is None:
            raise HandoverError(task)
        # A page that is just changing shows no heading at all, and is not past the gate yet.
        self._handover.wait(self.page, task, lambda seen: bool(seen) and not set(seen) & set(signs.human))
        self._status = None
        return self._look()

    def _silent(self) -> PortalUnavailableError:
        return PortalUnavailableError(
            f"门户“{self._portal.title}”在 {self.limit_ms / 1000:g} 秒内没有答复或连接中断。{NOT_FILED}"
        )

    def _on_request(self, request: Request) -> None:
        if request.method not in {"GET", "HEAD"}:
            self._in_flight.add(request)

    def _on_end(self, request: Request) -> None:
        self._in_flight.discard(request)

    def _on_response(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._status = response.status
            self._busy_s = _wait_s(response) if response.status == TOO_MANY else None


def _wait_s(response: Response) -> float:
    """Return the seconds of Retry-After (RFC 9110, 10.2.3); a date there, or nothing, is no number of seconds."""
    told = response.headers.get("retry-after", "")
    return float(told) if told.isdecimal() else UNTOLD_S
