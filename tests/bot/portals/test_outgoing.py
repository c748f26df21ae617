"""What leaves for a portal is held against what was read back."""

import pytest

from bot.errors import PortalMapError, SentOtherwiseError
from bot.portals.form_page import fill_slots
from bot.portals.outgoing import Held, Outgoing, Sent, flat
from bot.portals.portal_map import Field
from bot.portals.slots import Slot

PAGE = """<!doctype html><meta charset="utf-8"><h1>申请</h1>
<form method="post" action="/sent" {encoding}>
<label>企业名称<input name="company"></label>
<label>企业类型<select name="kind"><option value="">请选择</option><option value="1130">有限责任公司</option></select></label>
<fieldset><legend>核算方式</legend><label><input type="radio" name="mode" value="1">独立核算</label>
<label><input type="radio" name="mode" value="2">非独立核算</label></fieldset>
<label><input type="checkbox" name="consent" value="yes">同意电子送达</label>
<label>注册资本<input name="capital"></label>
<label>经营范围<textarea name="scope"></textarea></label>
<label>章程<input type="file" name="articles"></label>
<button>提交</button></form><script>{script}</script>"""
SCRIPTED = """<!doctype html><meta charset="utf-8"><h1>申请</h1>
<label>企业名称<input id="company"></label><label>企业类型<select id="kind"><option>请选择</option><option>有限责任公司</option></select></label>
<label>投资人<input id="investor"></label><button onclick="send()">提交</button>
<script>function send() {{
  const sent = {{company: {{name: company.value}}, kind: kind.value === "有限责任公司" ? "1130" : "", investors: [{{name: investor.value}}], token: Math.random()}};
  {script};
  fetch("/sent", {{method: "POST", headers: {{"Content-Type": "application/json"}}, body: JSON.stringify(sent)}});
}}</script>"""

NAME = Field(field="name", label="企业名称", kind="text", sent="company.name")
KIND = Field(
    field="kind",
    label="企业类型",
    kind="select",
    options={"K": "有限责任公司"},
    sent="kind",
    codes={"K": "1130"},
)
MODE = Field(field="mode", label="核算方式", kind="radio", options={"1": "独立核算", "2": "非独立核算"})
CONSENT = Field(field="consent", label="同意电子送达", kind="checkbox", options={"Y": "是", "N": "否"})
CAPITAL = Field(field="capital", label="注册资本", kind="number")
SCOPE = Field(field="scope", label="经营范围", kind="textarea")
ARTICLES = Field(field="articles", label="章程", kind="file")
INVESTOR = Field(field="name", label="投资人", kind="text", sent="investors[{n}].name")


def slot(field: Field, planned: str, path: str = "") -> Slot:
    return Slot(field, path or field.field, None, None, planned)


@pytest.fixture
def opened(chromium, site):
    """Open a page with a script of its own."""
    context = chromium.context((site.origin,))
    context.set_default_timeout(3000)

    def open_page(html: str, script: str = "", encoding: str = ""):
        site.pages["/"] = html.format(script=script, encoding=encoding)
        page = context.new_page()
        page.goto(site.origin + "/")
        return page

    yield open_page
    context.close()


def press(page, slots: list[Slot], make=Outgoing):
    """Fill slots, press the button through a handler, and wait until the request has arrived or was held."""
    handler = make(fill_slots(page, "申请", slots, 3000))
    page.route("**/*", handler)
    with page.expect_request(lambda request: request.method == "POST") as asked:
        page.get_by_role("button", name="提交").click()
    asked.value.response()
    return handler


def last(sent: Sent) -> Outgoing:
    """Return the handler of the press that files."""
    return Outgoing(Sent(), sent.filled, last=True)


PLAN = (
    slot(NAME, "上海“云栖”科技 & 朋友有限公司"),
    slot(KIND, "K"),
    slot(MODE, "2"),
    slot(CONSENT, "N"),
    slot(CAPITAL, "100"),
    slot(SCOPE, "软件开发；\n技术服务。"),
)
KEYED = (slot(NAME, "上海云栖科技有限公司"), slot(KIND, "K"), slot(INVESTOR, "林晓", "investors[0].name"))


@pytest.mark.parametrize("encoding", ["", 'enctype="multipart/form-data"', 'accept-charset="gbk"'])
def test_honest_form_leaves(opened, site, encoding):
    """What was read back leaves, however the browser writes it down."""
    page = opened(PAGE, encoding=encoding)

    handler = press(page, list(PLAN))

    assert (handler.wrong, handler.pending, len(site.posted)) == ([], [], 1)


def test_file_leaves_under_its_name(opened, site, tmp_path):
    """A chosen file is in the request by its name."""
    paper = tmp_path / "章程 草案.pdf"
    paper.write_bytes(b"%PDF-1.4")
    page = opened(PAGE, encoding='enctype="multipart/form-data"')

    handler = press(page, [*PLAN, slot(ARTICLES, str(paper))])

    assert (handler.wrong, handler.pending, len(site.posted)) == ([], [], 1)


@pytest.mark.parametrize(
    ("trick", "label"),
    [
        ("set('company', '别的公司')", "企业名称"),
        ("set('kind', '')", "企业类型"),
        ("set('mode', '1')", "核算方式"),
        ("append('consent', 'yes')", "同意电子送达"),
        ("set('capital', '1000')", "注册资本"),
        ("set('scope', '软件开发。')", "经营范围"),
    ],
)
@pytest.mark.parametrize("encoding", ["", 'enctype="multipart/form-data"'])
def test_altered_part_is_held(opened, site, encoding, trick, label):
    """One value that a script changes on its way keeps the whole request back."""
    script = f"document.forms[0].addEventListener('formdata', e => e.formData.{trick})"
    page = opened(PAGE, script, encoding)

    handler = press(page, list(PLAN))

    assert site.posted == []
    with pytest.raises(SentOtherwiseError, match=label):
        handler.assert_planned("申请")


def test_number_written_otherwise_leaves(opened, site):
    """A script may write a number in its own way, as long as it is the number."""
    page = opened(
        PAGE, "document.forms[0].addEventListener('formdata', e => e.formData.set('capital', '100.00'))"
    )

    press(page, list(PLAN)).assert_planned("申请")

    assert len(site.posted) == 1


def test_json_under_keys_of_the_map_leaves(opened, site):
    """JSON of a script's own making is compared under the keys that the map gives."""
    page = opened(SCRIPTED)

    handler = press(page, list(KEYED), last)

    assert (handler.wrong, handler.pending, len(site.posted)) == ([], [], 1)


@pytest.mark.parametrize(
    ("trick", "label"),
    [
        ("sent.company.name += '。'", "企业名称"),
        ("sent.kind = '1151'", "企业类型"),
        ("sent.investors[0].name = sent.company.name", "投资人"),
    ],
)
def test_altered_json_is_held(opened, site, trick, label):
    """A value that a script alters in its JSON keeps the request back."""
    page = opened(SCRIPTED, trick)

    handler = press(page, list(KEYED), last)

    assert site.posted == []
    with pytest.raises(SentOtherwiseError, match=label):
        handler.assert_planned("申请")


def test_last_request_that_lacks_a_value_is_held(opened, site):
    """What no request has carried, and the last one does not either, is not filed."""
    page = opened(SCRIPTED, "delete sent.investors")

    handler = press(page, list(KEYED), last)

    assert site.posted == []
    with pytest.raises(PortalMapError, match="投资人"):
        handler.assert_planned("申请")


def test_held_request_is_told_by_name(opened, site):
    """A rehearsal keeps the request back and tells its names and values."""
    page = opened(SCRIPTED)

    held = press(page, list(KEYED), lambda _: Held("/sent"))

    assert site.posted == []
    assert flat(held.body) | {"token": ""} == {
        "company.name": "上海云栖科技有限公司",
        "kind": "1130",
        "investors[0].name": "林晓",
        "token": "",
    }
