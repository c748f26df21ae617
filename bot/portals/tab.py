"""One browser tab that notices when a page is not the one asked for."""

from collections.abc import Callable, Iterable
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page, Request, Response
from playwright.sync_api import Error as PlaywrightError

from bot.errors import (
    NOT_FILED,
    LoginFailedError,
    PortalChangedError,
    PortalRefusedError,
    PortalUnavailableError,
)
from bot.portals import locate
from bot.portals.controls import SCRIPTS
from bot.portals.portal_map import PortalMap

ARRIVED = (SCRIPTS / "arrived.js").read_text(encoding="utf-8")
LEAVING = (SCRIPTS / "leaving.js").read_text(encoding="utf-8")


class Tab:
    """A page of the portal, with the portal's signs in view."""

    def __init__(self, context: BrowserContext, portal: PortalMap, base: str, limit_s: float) -> None:
        self._portal = portal
        self._base = base
        self.limit_ms = limit_s * 1000
        self.page: Page = context.new_page()
        self.page.set_default_timeout(self.limit_ms)
        self._status: int | None = None
        self._in_flight: set[Request] = set()
        self._hidden: tuple[str, ...] = ()
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("requestfinished", self._on_end)
        self.page.on("requestfailed", self._on_end)

    @property
    def waiting(self) -> bool:
        """True while a request that may change something at the portal has no answer."""
        return bool(self._in_flight)

    def hide(self, texts: Iterable[str]) -> None:
        """Keep these planned texts out of the portal's messages when they are repeated."""
        telling = {text for text in texts if len(text) >= 2 and not (text.isdecimal() and len(text) < 6)}
        self._hidden = tuple(sorted(telling, key=len, reverse=True))

    def goto(self, path: str, heading: str | None = None) -> None:
        """Open a page of the portal and make sure it is the one asked for."""
        self._status = None
        try:
            self.page.goto(f"{self._base}{path}", wait_until="domcontentloaded")
        except PlaywrightError:
            raise self._silent() from None
        self.arrive(heading)

    def press(self, name: str, heading: str | None, at: str) -> None:
        """Press a button and wait for the page that follows.

        Args:
            name: Words of the button or link.
            heading: Heading of the page that must follow; None where any may.
            at: Heading of this page, for messages.
        """
        target = self.one_button(name, at)
        self.leave(target.click, heading)
        self.arrive(heading, at)

    def one_button(self, name: str, at: str) -> Locator:
        """Return the button of these words; there must be exactly one."""
        target = locate.button(self.page, name)
        if (count := target.count()) != 1:
            raise PortalChangedError(at, name, "找不到" if count == 0 else f"出现了 {count} 次")
        return target

    def leave(self, act: Callable[[], None], heading: str | None) -> None:
        """Do what leads away from this page and wait until something has answered.

        Raises:
            PortalUnavailableError: Nothing answered within the limit.
        """
        self._status = None
        signs = self._portal.signs
        awaited = {"awaited": heading or "", "messages": signs.messages}
        try:
            before = self.page.evaluate(LEAVING)
            act()
            everything = [*signs.closed, *signs.signed_out, *signs.human]
            self.page.wait_for_function(ARRIVED, arg={**awaited, "before": before, "signs": everything})
        except PlaywrightError:
            raise self._silent() from None

    def arrive(self, heading: str | None, came_from: str | None = None) -> None:
        """Look at the page that is there and make sure it is the expected one.

        Raises:
            PortalUnavailableError: An error page or a maintenance page.
            LoginFailedError: The session has ended, or a person must pass a gate.
            PortalRefusedError: The portal shows messages instead.
            PortalChangedError: Another page.
        """
        if self.page.url.startswith("chrome-error:"):
            raise self._silent()
        headings = self.headings()
        self._obey_signs(headings, heading)
        if self._status is not None and self._status >= 500:
            raise PortalUnavailableError(
                f"门户“{self._portal.title}”答复出错（HTTP {self._status}）。{NOT_FILED}"
            )
        if heading is None or heading in headings:
            self._heed_messages(came_from, heading)
            return
        self._heed_messages(came_from or heading, heading)
        raise PortalChangedError(heading, heading, "没有出现，打开的是别的页面")

    def headings(self) -> list[str]:
        """Return the headings in view."""
        try:
            return [" ".join(text.split()) for text in self.page.get_by_role("heading").all_inner_texts()]
        except PlaywrightError:
            raise self._silent() from None

    def messages(self) -> list[str]:
        """Return the portal's own messages about what was filled."""
        shown = self.page.locator(self._portal.signs.messages)
        return [self._masked(" ".join(text.split())) for text in shown.all_inner_texts() if text.strip()]

    def picture(self, path: Path) -> None:
        """Keep the whole page as a PNG."""
        self.page.screenshot(path=path, full_page=True)

    def _masked(self, message: str) -> str:
        for text in self._hidden:
            message = message.replace(text, "……")
        return message

    def _obey_signs(self, headings: list[str], wanted: str | None) -> None:
        signs = self._portal.signs
        shown = set(headings) - {wanted}
        if shown & set(signs.closed):
            raise PortalUnavailableError(f"门户“{self._portal.title}”正在维护，没有开放。{NOT_FILED}")
        if shown & set(signs.human):
            raise LoginFailedError(
                f"门户要求由人完成验证，机器不能代办。{NOT_FILED}", "请人工登录完成验证后重跑本件。"
            )
        if shown & set(signs.signed_out):
            raise LoginFailedError(f"门户的登录已经失效。{NOT_FILED}", "请重跑本件；重跑不会重复提交。")

    def _heed_messages(self, at: str | None, heading: str | None) -> None:
        if said := self.messages():
            raise PortalRefusedError(at or heading or self._portal.title, said)

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
