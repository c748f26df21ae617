"""The pages as a browser shows them: found by label, dependent, on a narrow screen, without a script."""

import pytest

from bot.portals.browser import browser
from bot.practice.pages import Rows, halls
from bot.practice.server import running

ROLES = {"select": "combobox", "checkbox": "checkbox", "radio": "group"}


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with running(tmp_path_factory.mktemp("portal") / "practice.sqlite", "desk", "secret") as base:
        yield base


@pytest.fixture
def tab(chromium, address):
    """Return what opens a signed-in tab."""
    opened = []

    def start(*, width=1280, script=True):
        context = chromium.context((address,))
        opened.append(context)
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        if not script:
            page.route("**/*.js", lambda route: route.abort())
        page.goto(f"{address}/login")
        page.get_by_label("账号").fill("desk")
        page.get_by_label("口令").fill("secret")
        page.get_by_role("button", name="登录").click()
        return page

    yield start
    for context in opened:
        context.close()


def begin(page, address, hall, key):
    page.goto(f"{address}/halls/{hall}")
    page.get_by_role("textbox").fill(key)
    page.get_by_role("button", name=halls()[hall].start.button).click()
    return page.url.rpartition("/")[0]


def unfindable(page, item):
    """Return the controls that their role and label, within their row, do not name exactly once."""
    missing = []
    for part in item.parts:
        scope = page.get_by_role("group", name=f"{part.legend} 1") if isinstance(part, Rows) else page
        for field in part.fields:
            shown = [f for f in (field,) if not f.depends and f.kind not in {"date", "file"}]
            found = [
                scope.get_by_role(ROLES.get(f.kind, "textbox"), name=f.label, exact=True).count()
                for f in shown
            ]
            missing += [(item.id, field.label, n) for n in found if n != 1]
    return missing


def test_every_control_is_found_by_role_and_label(tab, address, answers):
    """On every page of both halls, in its row where it stands in one."""
    page = tab()
    missing = []

    for hall in halls().values():
        draft = begin(page, address, hall.id, answers[hall.id]["key"])
        for item in hall.items:
            page.goto(f"{draft}/{item.id}")
            for rows in item.rows:
                if not rows.least:
                    page.get_by_role("button", name=rows.add).click()
            missing += unfindable(page, item)

    assert missing == []


def test_delivery_is_asked_only_for_delivery(tab, address, answers):
    """The address appears with its choice and goes with it, and with all that it hangs on."""
    page = tab()
    page.goto(f"{begin(page, address, 'tax', answers['tax']['key'])}/device")
    target = page.get_by_role("textbox", name="收件地址")
    seen = [target.count()]

    page.get_by_role("combobox", name="设备领取方式").select_option(label="专业配送")
    seen.append(target.count())
    page.get_by_role("group", name="申请税控开票设备").get_by_role("radio", name="否").check()
    seen.append(target.count())

    assert seen == [0, 1, 0]


def test_methods_follow_their_class(tab, address, answers):
    """Only the methods of the chosen class can be chosen; a choice of another class is cleared."""
    page = tab()
    page.goto(f"{begin(page, address, 'tax', answers['tax']['key'])}/accounting")
    method = page.get_by_role("combobox", name="折旧方法小类")

    page.get_by_role("combobox", name="折旧方法大类").select_option(label="直线折旧法")
    method.select_option(label="平均年限法")
    page.get_by_role("combobox", name="折旧方法大类").select_option(label="加速折旧法")

    assert method.input_value() == ""
    offered = method.locator("option:not([disabled])").all_text_contents()
    assert offered == ["请选择", "双倍余额递减法", "年数总和法", "其他"]


def test_pages_work_without_a_script(tab, address, answers):
    """Rows are added, errors are told and a page is kept where the script does not load."""
    page = tab(script=False)
    page.goto(f"{begin(page, address, 'tax', answers['tax']['key'])}/bank")

    page.get_by_role("button", name="增加账户").click()
    page.get_by_role("button", name="保存并下一步").click()

    assert page.get_by_role("group", name="存款账户 2").count() == 1
    assert page.get_by_role("alert").get_by_role("link", name="存款账户 2：请填写“账号”。").count() == 1


def test_error_is_reached_from_the_summary(tab, address, answers):
    """The summary has the focus; its link leads to the control."""
    page = tab()
    page.goto(f"{begin(page, address, 'tax', answers['tax']['key'])}/account")

    page.get_by_role("button", name="保存并下一步").click()
    page.wait_for_function("() => document.activeElement.className === 'summary'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.matches('input')")

    assert page.evaluate("document.activeElement.id") == "taxpayerId"


@pytest.mark.parametrize("path", ["/", "/halls/tax", "/filings", "item", "check"])
def test_narrow_screen_needs_no_sideways_scrolling(tab, address, answers, path):
    """At 400 pixels every page fits."""
    page = tab(width=400)
    draft = begin(page, address, "tax", answers["tax"]["key"])
    inside = {"item": f"{draft}/bank", "check": f"{draft}/check"}

    page.goto(inside.get(path, f"{address}{path}"))

    assert page.evaluate("document.documentElement.scrollWidth") == 400


def test_content_policy_blocks_nothing_of_our_own(tab, address, answers):
    """No page asks for anything that its policy forbids."""
    page = tab()
    told = []
    page.on("console", lambda message: told.append(message.text))
    draft = begin(page, address, "tax", answers["tax"]["key"])

    for path in (f"{draft}/device", draft, f"{draft}/check", f"{address}/filings", f"{address}/"):
        page.goto(path)

    assert told == []
