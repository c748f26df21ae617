"""A gate for people is passed by a person, or not at all."""

import re
import threading
from pathlib import Path

import httpx
import pytest

from bot.errors import HandoverError
from bot.portals.handover import Handover
from bot.portals.portal_map import Signs, load
from bot.portals.tab import Tab

GATE = """<!doctype html><meta charset="utf-8"><h1>请输入短信验证码</h1><input id="code" autofocus
style="position:fixed;left:0;top:0;width:400px;height:100px"><button onclick="if (code.value === '8371') location.href = '/2'"
style="position:fixed;left:0;top:120px;width:400px;height:100px">确定</button>"""
SIGNS = Signs(
    human=("请输入短信验证码",),
    human_tasks={"请输入短信验证码": "输入发到经办人手机上的短信验证码"},
    messages="[role=alert]",
)


@pytest.fixture
def tab_with(chromium, site):
    """A tab that meets a gate behind its first page, and who waits there."""
    context = chromium.context((site.origin,))
    site.pages |= {"/": "<h1>第一页</h1><a href='/gate'>下一步</a>", "/gate": GATE, "/2": "<h1>第二页</h1>"}
    portal = load(Path(__file__).with_name("pages") / "small.yaml").model_copy(update={"signs": SIGNS})
    yield lambda handover: Tab(context, portal, site.origin, 3.0, handover=handover)
    context.close()


class Person:
    """Opens the link they are told and does what they came for."""

    def __init__(self, *acts: dict) -> None:
        self.acts = acts
        self.told: list[str] = []
        self.answers: list[int] = []

    def __call__(self, task: str, link: str) -> None:
        self.told.append(task)
        threading.Thread(target=self.work, args=(link,), daemon=True).start()

    def work(self, link: str) -> None:
        origin = link.rsplit("/", 1)[0]
        with httpx.Client(trust_env=False, timeout=20) as client:
            page = client.get(link)
            client.headers["Origin"] = origin
            assert page.status_code == 200
            assert re.search("请在下面的画面里完成验证", page.text)
            while not client.get(f"{origin}/picture").content.startswith(b"\xff\xd8"):
                pass
            self.answers.append(httpx.get(link, trust_env=False).status_code)
            self.answers.append(httpx.get(f"{origin}/picture", trust_env=False).status_code)
            for act in self.acts:
                client.post(f"{origin}/act", json=act)


def click(x: float, y: float) -> tuple[dict, dict]:
    return {"kind": "down", "x": x, "y": y}, {"kind": "up", "x": x, "y": y}


def test_person_passes_the_gate_and_the_work_goes_on(tab_with):
    """Clicks and keys reach the portal's page; the next page arrives as if there had been no gate."""
    person = Person(*click(200, 50), {"kind": "text", "text": "8371"}, *click(200, 170))
    handover = Handover(30, person)
    tab = tab_with(handover)
    tab.goto("/", "第一页")

    tab.press("下一步", "第二页", "第一页")

    assert tab.page.get_by_role("heading", name="第二页").count() == 1
    assert person.told == ["输入发到经办人手机上的短信验证码"]
    assert handover.human_s > 0


def test_link_is_good_for_one_browser(tab_with):
    """A second browser with the same link, or without the first one's cookie, sees nothing."""
    person = Person(*click(200, 50), {"kind": "text", "text": "8371"}, *click(200, 170))
    tab = tab_with(Handover(30, person))
    tab.goto("/", "第一页")

    tab.press("下一步", "第二页", "第一页")

    assert person.answers == [404, 404]


def test_nobody_comes(tab_with):
    """Without a person the gate stays: the task is told, and nothing is tried."""
    tab = tab_with(Handover(1, lambda *_: None))
    tab.goto("/", "第一页")

    with pytest.raises(HandoverError, match="短信验证码") as stopped:
        tab.press("下一步", "第二页", "第一页")

    assert stopped.value.exit_code == 3
    assert tab.page.locator("#code").input_value() == ""


@pytest.mark.parametrize(
    ("origin", "cookie", "status"),
    [("http://evil.example", True, 403), (None, True, 403), ("own", False, 403), ("own", True, 422)],
)
def test_stranger_cannot_act(tab_with, origin, cookie, status):
    """A request from elsewhere, without the cookie, or of no known kind is turned away."""
    answers: list[int] = []

    def stranger(_: str, link: str) -> None:
        def work() -> None:
            own = link.rsplit("/", 1)[0]
            with httpx.Client(trust_env=False) as client:
                client.get(link)
                if not cookie:
                    client.cookies.clear()
                headers = {} if origin is None else {"Origin": own if origin == "own" else origin}
                answers.append(client.post(f"{own}/act", json={"kind": "rob"}, headers=headers).status_code)

        threading.Thread(target=work, daemon=True).start()

    tab = tab_with(Handover(2, stranger))
    tab.goto("/", "第一页")

    with pytest.raises(HandoverError):
        tab.press("下一步", "第二页", "第一页")

    assert answers == [status]
