"""A small portal that keeps what it is given and breaks on demand; its map is pages/small.yaml."""

import html
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlsplit

PASSWORD = "invented-1"
FORMS = {
    "name": ("名称申报", [("企业名称", "name"), ("备注", "remark")]),
    "accounting": ("会计备案", [("会计制度", "standard"), ("启用日期", "begun")]),
}


class SmallPortal:
    """State and pages; `fault` names what goes wrong with the next submission."""

    def __init__(self) -> None:
        self.filings: dict[str, dict[str, str]] = {}
        self.draft: dict[str, str] = {}
        self.fault = ""
        self.forgetful = False
        """Signs everyone out at the second form."""
        self.busy: list[str] = []
        """Seconds to stay away, one for each request that is turned down."""
        self.script = ""
        """Runs on every page with a form."""
        self.closed = False
        self.list_closed = False
        self.posts: list[str] = []
        self.released = threading.Event()
        portal = self

        class Handler(_Handler):
            site = portal

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def commit(self) -> str:
        number = f"2026-{len(self.filings) + 1:04}"
        self.filings[number] = dict(self.draft)
        return number


def _blank(label: str, name: str, value: str) -> str:
    if name == "standard":
        chosen = ["", "小企业会计准则", "企业会计准则"]
        options = "".join(
            f"<option{' selected' if o == value else ''} value='{o}'>{o or '请选择'}</option>" for o in chosen
        )
        return f"<p><label>{label}<select name='{name}'>{options}</select></label></p>"
    tag = "textarea" if name == "remark" else "input"
    box = (
        f"<textarea name='{name}'>\n{html.escape(value)}</textarea>"
        if tag == "textarea"
        else f"<input name='{name}' value='{html.escape(value)}'>"
    )
    return f"<p><label>{label}{box}</label></p>"


def _shown(kept: dict[str, str]) -> str:
    parts = []
    for title, blanks in FORMS.values():
        rows = "".join(
            f"<dt>{label}</dt><dd>{html.escape(kept.get(name, '')) or '—'}</dd>" for label, name in blanks
        )
        parts.append(f"<h2>{title}</h2><dl>{rows}</dl>")
    return "".join(parts)


class _Handler(BaseHTTPRequestHandler):
    site: SmallPortal

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if self.site.closed:
            self.page("系统维护中", "", 503)
        elif address.path == "/login":
            self.page(
                "用户登录",
                self.form(
                    "/login",
                    "<label>账号<input name='u'></label><label>口令<input name='p' type='password'></label>",
                    "登录",
                ),
            )
        elif self.site.busy and address.path.startswith("/form/"):
            self.page("请求过于频繁", "", 429, wait=self.site.busy.pop())
        elif "in=1" not in (self.headers["Cookie"] or ""):
            self.page("请重新登录", "")
        else:
            self.inside(address.path, parse_qs(address.query))

    def inside(self, path: str, query: dict[str, list[str]]) -> None:
        site = self.site
        if path == "/home":
            self.page("首页", "<button>退出</button>")
        elif path == "/new":
            self.page("新申报", self.form("/new", "<label>业务号<input name='key' required></label>", "开始"))
        elif path.startswith("/form/"):
            self.blanks(path)
        elif path == "/check":
            self.page(
                "核对",
                _shown(site.draft)
                + self.form("/submit", "<input type='hidden' name='token' value='t1'>", "确认提交"),
            )
        elif path.startswith("/receipt/"):
            self.page("受理回执", f"<dl><dt>受理号</dt><dd>{path.rsplit('/', 1)[1]}</dd></dl>")
        elif path == "/list" and site.list_closed:
            self.page("出错了", "", 500)
        elif path == "/list":
            found = [n for n, kept in site.filings.items() if kept["key"] == query["key"][0]]
            self.page(
                "已提交",
                "".join(
                    f"<p class='row' data-key='{html.escape(site.filings[n]['key'])}'><b>{n}</b></p>"
                    for n in found
                ),
            )
        else:
            self.page("申报内容", _shown(site.filings[path.rsplit("/", 1)[1]]))

    def blanks(self, path: str) -> None:
        name = path.rsplit("/", 1)[1]
        if name == "accounting" and self.site.forgetful:
            self.page("请重新登录", "")
            return
        title, blanks = FORMS[name]
        fields = "".join(_blank(label, n, self.site.draft.get(n, "")) for label, n in blanks)
        skip = "<button name='skip' value='1'>不需要办理</button>"
        self.page(title, self.form(path, fields, "保存并继续", skip))

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        sent = {
            k: v[0].replace("\r\n", "\n")
            for k, v in parse_qs(self.rfile.read(length).decode(), keep_blank_values=True).items()
        }
        self.site.posts.append(self.path)
        if self.path == "/login":
            good = sent["p"] == PASSWORD
            self.go("/home", cookie="in=1") if good else self.page(
                "用户登录", "<p role='alert'>账号或口令不对</p>"
            )
        elif self.path == "/new":
            self.site.draft = {"key": sent["key"]}
            self.go("/form/name")
        elif self.path == "/submit":
            self.submit(self.site.fault)
        else:
            self.keep(sent)

    def keep(self, sent: dict[str, str]) -> None:
        if sent.get("remark") == "拒绝":
            self.page("名称申报", f"<p role='alert'>企业名称“{sent['name']}”与已有企业相同</p>")
            return
        self.site.draft |= {} if "skip" in sent else sent
        self.go("/form/accounting" if self.path == "/form/name" else "/check")

    def submit(self, fault: str) -> None:
        site = self.site
        if fault == "alter":
            site.draft["name"] += "。"
        number = "" if fault.endswith("_before") else site.commit()
        if fault == "refuse_before":
            self.page("核对", "<p role='alert'>业务规则校验不通过</p>")
        elif fault.startswith("error"):
            self.page("出错了", "", 500)
        elif fault.startswith("drop"):
            self.close_connection = True
            self.connection.close()
        elif fault.startswith("hang"):
            site.released.wait(30)
        elif fault == "late":
            kept = site.filings.pop(number)
            time.sleep(1.6)
            site.filings[number] = kept
            site.released.wait(30)
        else:
            site.list_closed = site.list_closed or fault == "list"
            self.go("/home" if fault == "lost" else f"/receipt/{quote(number)}")

    def form(self, action: str, fields: str, button: str, more: str = "") -> str:
        return f"<form method='post' action='{action}'>{fields}<button>{button}</button>{more}</form>{self.site.script}"

    def page(self, title: str, body: str, status: int = 200, wait: str = "") -> None:
        content = (
            f"<!doctype html><meta charset='utf-8'><title>{title}</title><h1>{title}</h1>{body}".encode()
        )
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if wait:
            self.send_header("Retry-After", wait)
        self.end_headers()
        self.wfile.write(content)

    def go(self, where: str, cookie: str = "") -> None:
        self.send_response(303)
        self.send_header("Location", where)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.send_header("Content-Length", "0")
        self.end_headers()
