"""A tab notices what kind of page came, with or without loading."""

from pathlib import Path

import pytest

from bot.errors import (
    HandoverError,
    LoginFailedError,
    PortalChangedError,
    PortalRefusedError,
    PortalUnavailableError,
)
from bot.portals.portal_map import Signs, load
from bot.portals.tab import Tab

PAGE = "<h1>第一页</h1><p role='alert' id='m' hidden></p><button onclick=\"{act}\">下一步</button>"
SWAP = "setTimeout(() => { document.querySelector('h1').textContent = '第二页' }, 100)"
COMPLAIN = "m.hidden = false; m.textContent = '请填写住所'"
HEADINGS = Signs(
    closed=("系统维护中",), signed_out=("请登录",), human=("请拖动滑块",), messages="[role=alert]"
)


@pytest.fixture
def tab(chromium, site):
    """A tab on the little web server, with short patience."""
    context = chromium.context((site.origin,))
    portal = load(Path(__file__).with_name("pages") / "small.yaml").model_copy(update={"signs": HEADINGS})
    yield Tab(context, portal, site.origin, 1.5)
    context.close()


@pytest.mark.parametrize("act", ["location.href = '/2'", SWAP], ids=["loading", "without loading"])
def test_next_page_is_awaited(tab, site, act):
    """The page that must follow is recognised whether it is loaded or drawn by a script."""
    site.pages |= {"/": PAGE.format(act=act), "/2": "<h1>第二页</h1>"}
    tab.goto("/", "第一页")

    tab.press("下一步", "第二页", "第一页")

    assert tab.page.get_by_role("heading", name="第二页").count() == 1


@pytest.mark.parametrize("act", [COMPLAIN, "location.href = '/again'"], ids=["without loading", "loading"])
def test_messages_of_the_portal_are_told(tab, site, act):
    """Messages shown instead of the next page become the error."""
    again = PAGE.format(act=act).replace("hidden></p>", ">请填写住所</p>")
    site.pages |= {"/": PAGE.format(act=act), "/again": again}
    tab.goto("/", "第一页")

    with pytest.raises(PortalRefusedError, match=r"第一页.*请填写住所"):
        tab.press("下一步", "第二页", "第一页")


@pytest.mark.parametrize(
    ("heading", "error"),
    [
        ("系统维护中", PortalUnavailableError),
        ("请登录", LoginFailedError),
        ("请拖动滑块", HandoverError),
        ("全新首页", PortalChangedError),
    ],
)
def test_other_page_is_called_by_its_name(tab, site, heading, error):
    """Maintenance, an ended session, a gate for people and an unknown page are told apart."""
    site.pages |= {"/": PAGE.format(act="location.href = '/2'"), "/2": f"<h1>{heading}</h1>"}
    tab.goto("/", "第一页")

    with pytest.raises(error, match="没有提交"):
        tab.press("下一步", "第二页", "第一页")


def test_click_without_any_effect(tab, site):
    """A button that does nothing ends at the limit, not never."""
    site.pages["/"] = PAGE.format(act="")
    tab.goto("/", "第一页")

    with pytest.raises(PortalUnavailableError, match="没有答复"):
        tab.press("下一步", "第二页", "第一页")


def test_button_that_is_there_twice(tab, site):
    """A button that cannot be told apart is not pressed."""
    site.pages["/"] = PAGE.format(act="document.title = '按过'") + "<a href='/'>下一步</a>"
    tab.goto("/", "第一页")

    with pytest.raises(PortalChangedError, match="出现了 2 次"):
        tab.press("下一步", "第二页", "第一页")

    assert tab.page.title() == ""
