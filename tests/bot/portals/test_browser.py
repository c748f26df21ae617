"""Which browser is used, and where it may go."""

import shutil

import pytest
from playwright.sync_api import Error as PlaywrightError

from bot.errors import BrowserMissingError
from bot.portals.browser import browser, find_browser, foreign


def test_named_browser_comes_first(monkeypatch):
    """The browser that ZEROMEET_CHROMIUM names is used before any other."""
    path = shutil.which("chromium") or shutil.which("google-chrome") or find_browser().path
    monkeypatch.setenv("ZEROMEET_CHROMIUM", path)

    found = find_browser()

    assert (found.path, found.origin) == (path, "ZEROMEET_CHROMIUM")


def test_named_browser_that_is_not_there(monkeypatch, tmp_path):
    """A wrong ZEROMEET_CHROMIUM is told, not passed over."""
    monkeypatch.setenv("ZEROMEET_CHROMIUM", str(tmp_path / "nothing"))

    with pytest.raises(BrowserMissingError, match="ZEROMEET_CHROMIUM"):
        find_browser()


def test_no_browser_at_all(monkeypatch, tmp_path):
    """A machine without a browser is told how to get one."""
    monkeypatch.delenv("ZEROMEET_CHROMIUM", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BrowserMissingError, match="playwright install chromium"):
        find_browser()


def test_program_that_is_no_browser(monkeypatch):
    """A program that does not start as a browser is told as such."""
    monkeypatch.setenv("ZEROMEET_CHROMIUM", "false")

    with pytest.raises(BrowserMissingError, match="启动失败"), browser():
        pass


@pytest.mark.parametrize(
    ("address", "blocked"),
    [
        ("https://portal.example/a?b", False),
        ("https://portal.example", False),
        ("https://portal.example.evil/a", True),
        ("https://portal.example:8443/", True),
        ("http://portal.example/", True),
        ("https://evil/?https://portal.example/", True),
    ],
)
def test_origin_is_compared_whole(address, blocked):
    """Scheme, host and port must all be those of the list."""
    pattern = foreign(("https://portal.example",))

    hit = pattern.search(address) is not None

    assert hit is blocked


def test_foreign_requests_never_leave(chromium, site):
    """Pictures, posts, sockets and redirects to another origin reach nobody."""
    other = type(site)()
    host = other.origin.removeprefix("http://")
    site.pages["/"] = f"""<h1>首页</h1><img src="{other.origin}/image">
      <script>fetch("{other.origin}/post", {{method: "POST", body: "x", mode: "no-cors"}}).catch(() => {{}});
      try {{ new WebSocket("ws://{host}/socket"); }} catch (error) {{}}</script>"""
    site.redirects["/away"] = f"{other.origin}/redirected"
    context = chromium.context((site.origin,))
    page = context.new_page()

    page.goto(site.origin + "/", wait_until="networkidle")
    with pytest.raises(PlaywrightError):
        page.goto(site.origin + "/away")

    assert site.asked[0] == "/"
    assert other.asked == []
    context.close()
    other.close()


def test_dead_browser_is_started_again(chromium, site):
    """A browser that died is replaced when the next profile is asked for."""
    site.pages["/"] = "<h1>首页</h1>"
    chromium._browser.close()

    page = chromium.context((site.origin,)).new_page()
    page.goto(site.origin + "/")

    assert page.get_by_role("heading", name="首页").count() == 1
