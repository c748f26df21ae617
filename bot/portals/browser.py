"""The browser: which one is used, how it is started, and where it may go."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from bot.errors import BrowserMissingError
from extractors.model import Record

ARGS = (
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEAD_PROXY = "http://127.0.0.1:9"
"""Nothing listens on the discard port: whatever is sent through this proxy goes nowhere."""


class FoundBrowser(Record):
    """A browser on this machine and how it was found."""

    path: str
    origin: Literal["ZEROMEET_CHROMIUM", "playwright", "system"]


def find_browser() -> FoundBrowser:
    """Return the browser that would be started.

    Raises:
        BrowserMissingError: There is none, or ZEROMEET_CHROMIUM names no program.
    """
    with sync_playwright() as playwright:
        return _find(playwright)


def _find(playwright: Playwright) -> FoundBrowser:
    named = os.environ.get("ZEROMEET_CHROMIUM")
    if named:
        return _named(named)
    own = playwright.chromium.executable_path
    if Path(own).is_file():
        return FoundBrowser(path=own, origin="playwright")
    for name in SYSTEM_NAMES:
        if path := shutil.which(name):
            return FoundBrowser(path=path, origin="system")
    raise BrowserMissingError("没有找到可以驱动的浏览器，门户没有打开，本件没有提交。")


def _named(path: str) -> FoundBrowser:
    if found := shutil.which(path):
        return FoundBrowser(path=found, origin="ZEROMEET_CHROMIUM")
    raise BrowserMissingError("环境变量 ZEROMEET_CHROMIUM 写的浏览器不存在或不能运行，本件没有提交。")


class Chromium:
    """A headless browser that is started again when it has died."""

    def __init__(self, playwright: Playwright) -> None:
        self._playwright = playwright
        self.found = _find(playwright)
        self._browser = self._launch()

    @property
    def version(self) -> str:
        """The browser's own number."""
        return self._browser.version

    def context(self, origins: tuple[str, ...]) -> BrowserContext:
        """Return a fresh profile that reaches only these origins ("https://host:port").

        Requests elsewhere are refused twice: by a route, and, for redirects, which routes do
        not see, by a proxy that leads nowhere.
        """
        if not self._browser.is_connected():
            self._browser = self._launch()
        bypass = ",".join(("<-loopback>", *(urlsplit(origin).netloc for origin in origins)))
        context = self._browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            service_workers="block",
            viewport={"width": 1280, "height": 900},
            proxy={"server": DEAD_PROXY, "bypass": bypass},
        )
        context.route(foreign(origins), lambda route: route.abort("blockedbyclient"))
        return context

    def close(self) -> None:
        """End the browser; a dead one is no error."""
        if self._browser.is_connected():
            self._browser.close()

    def _launch(self) -> Browser:
        args = [*ARGS, "--no-sandbox"] if os.geteuid() == 0 else list(ARGS)
        try:
            return self._playwright.chromium.launch(executable_path=self.found.path, args=args)
        except PlaywrightError:
            raise BrowserMissingError(
                f"浏览器 {self.found.path} 启动失败，门户没有打开，本件没有提交。"
            ) from None


def foreign(origins: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of addresses that belong to none of the origins."""
    allowed = "|".join(re.escape(origin) for origin in origins)
    return re.compile(rf"^(?!(?:{allowed})(?:[/?#]|$))")


@contextmanager
def browser() -> Iterator[Chromium]:
    """Start the browser; one process serves any number of sessions of this thread.

    Raises:
        BrowserMissingError: There is none, or it does not start.
    """
    with sync_playwright() as playwright:
        chromium = Chromium(playwright)
        try:
            yield chromium
        finally:
            chromium.close()
