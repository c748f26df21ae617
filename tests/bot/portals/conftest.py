"""A browser, a little web server on loopback, and the page that most tests fill."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bot.portals.browser import browser
from bot.portals.portal_map import Field, FormPage, Rows
from forms.model import FilledForm, FormValue

PAGES = Path(__file__).with_name("pages")


class Site:
    """Serves pages by their path and remembers what was asked of it."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.redirects: dict[str, str] = {}
        self.asked: list[str] = []
        self.posted: list[bytes] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                if self.path in site.redirects:
                    self.send_response(302)
                    self.send_header("Location", site.redirects[self.path])
                    self.end_headers()
                    return
                self.send_response(200 if self.path in site.pages else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(site.pages.get(self.path, "").encode())

            def do_POST(self) -> None:
                site.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Stay quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


@pytest.fixture
def opened(chromium, site):
    """Serve the application page, altered by the given replacements, and open it."""
    context = chromium.context((site.origin,))
    context.set_default_timeout(3000)

    def open_page(*replacements: tuple[str, str]):
        html = (PAGES / "application.html").read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in html
            html = html.replace(old, new)
        site.pages["/"] = html
        page = context.new_page()
        page.goto(site.origin + "/")
        return page

    yield open_page
    context.close()


FIELDS = (
    Field(field="name", label="企业名称", kind="text"),
    Field(field="scope", label="经营范围", kind="textarea"),
    Field(
        field="kind",
        label="企业类型",
        kind="select",
        options={"1130": "有限责任公司", "1151": "有限责任公司（自然人独资）"},
    ),
    Field(field="mode", label="核算方式", kind="radio", options={"1": "独立核算", "2": "非独立核算"}),
    Field(field="consent", label="同意电子送达", kind="checkbox", options={"Y": "是", "N": "否"}),
    Field(field="established", label="成立日期", kind="date"),
    Field(field="begun", label="启用日期", kind="date", date_format="%Y年%m月%d日"),
    Field(field="capital", label="注册资本（万元）", kind="number", unit="万元"),
    Field(field="staff", label="从业人数", kind="number"),
    Field(field="articles", label="章程", kind="file"),
    Field(field="phone", label="电话", kind="text", within="联系人"),
    Field(field="agent_phone", label="电话", kind="text", within="代理人"),
)
INVESTORS = Rows(
    group="investors",
    legend="投资人 {n}",
    add="添加投资人",
    least=1,
    fields=(
        Field(field="name", label="姓名", kind="text"),
        Field(field="amount", label="金额", kind="number"),
    ),
)


@pytest.fixture
def form_page() -> FormPage:
    return FormPage(form="application", heading="开办申请", fields=FIELDS, rows=(INVESTORS,), next="下一步")


@pytest.fixture
def plan():
    """Make a filled form of fields and texts."""

    def make(**texts: str) -> FilledForm:
        fields = {
            name.replace("__", "].").replace("_0", "[0").replace("_1", "[1"): t for name, t in texts.items()
        }
        values = tuple(
            FormValue(form="application", field=f, label=f, text=t, shown=t) for f, t in fields.items()
        )
        return FilledForm(form="application", title="开办申请", values=values)

    return make


@pytest.fixture
def full_plan(plan, tmp_path) -> FilledForm:
    articles = tmp_path / "章程 草案.pdf"
    articles.write_bytes(b"%PDF-1.4")
    return plan(
        name="上海“云栖”<script>alert(1)</script>科技有限公司 O'Neil & Söhne 🏮",
        scope="一般项目：软件开发；\n技术服务（１２３）。\n\n\u202e许可项目",
        kind="1151",
        mode="2",
        consent="Y",
        established="2026-03-02",
        begun="2026-04-01",
        capital="1234567.80",
        staff="12",
        articles=str(articles),
        phone="13800138000",
        agent_phone="021-12345678",
        investors_0__name="欧阳娜·阿依古丽",
        investors_0__amount="600000.00",
        investors_1__name='"></fieldset><input required>',
        investors_1__amount="634567.80",
    )
