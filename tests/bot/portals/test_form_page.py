"""One page of a form: checked before the first keystroke, filled, read back."""

import time

import pytest

from bot.errors import PortalChangedError, PortalMapError, PortalRefusedError, ReadbackError
from bot.portals import form_page as pages
from bot.portals.widgets import widgets

LIMIT_MS = 3000.0
VALUES = """() => Array.from(document.querySelectorAll("input, textarea, select"))
  .map((e) => (e.type === "checkbox" || e.type === "radio") ? (e.checked ? "on" : "") : e.value)"""


def untouched(page) -> bool:
    return not any(page.evaluate(VALUES))


def test_odd_values_arrive_as_planned(opened, form_page, full_plan):
    """Quotes, markup, emoji, full-width digits, line breaks and direction marks are filled to the letter."""
    page = opened()

    pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    held = page.evaluate(VALUES)
    assert held[0] == full_plan.text("name")
    assert held[1] == full_plan.text("scope")
    assert held[2:6] == ["2", "", "on", "on"]
    assert held[6:10] == ["2026-03-02", "2026年04月01日", "123.45678", "12"]
    assert held[11:] == [
        "13800138000",
        "021-12345678",
        "欧阳娜·阿依古丽",
        "600000.00",
        '"></fieldset><input required>',
        "634567.80",
    ]


def test_every_kind_of_widget_is_tried(form_page):
    """The page above holds every kind of control there is."""
    tried = {field.kind for field in form_page.fields}

    assert tried == set(widgets())


def test_page_of_many_fields_is_quick(opened, form_page, full_plan):
    """Sixteen controls are checked, filled and read back in well under two seconds."""
    page = opened()
    started = time.perf_counter()

    pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert time.perf_counter() - started < 2


def test_filling_twice_changes_nothing(opened, form_page, full_plan):
    """A page that holds the plan already, as a draft does, is left as it is."""
    page = opened()
    pages.fill_page(page, form_page, full_plan, LIMIT_MS)
    before = page.evaluate(VALUES)

    pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert page.evaluate(VALUES) == before


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ("企业名称 <span", "公司名称 <span", "企业名称"),
        ("<label>经营范围", "<label>经营范围及方式", "经营范围"),
        ("<legend>核算方式", "<legend>会计核算", "核算方式"),
        ('<p><label for="p">', '<p><label>企业名称<input></label></p><p><label for="p">', "企业名称"),
        ('aria-label="代理人"', 'aria-label="经办人"', "电话"),
        ("添加投资人</button>", "增加</button>", "添加投资人"),
    ],
    ids=["renamed", "longer", "legend renamed", "twice", "section renamed", "row button renamed"],
)
def test_unknown_page_is_not_touched(opened, form_page, full_plan, old, new, label):
    """A label that is missing, there twice or renamed stops before the first keystroke."""
    page = opened((old, new))

    with pytest.raises(PortalChangedError) as stopped:
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert label in stopped.value.message
    assert "开办申请" in stopped.value.message
    assert "没有提交" in stopped.value.message
    assert stopped.value.exit_code == 7
    assert untouched(page)


def test_other_kind_of_control_is_not_touched(opened, form_page, full_plan):
    """A list that has become a line of text is another control, whatever its label says."""
    start = '<select id="k" name="a3" required>'
    page = opened(
        (
            start,
            f'<input id="k" name="a3" required>{start.replace("id=", "data-id=").replace(" required", "")}',
        )
    )

    with pytest.raises(PortalChangedError, match=r"企业类型.*另一种控件"):
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert untouched(page)


@pytest.mark.parametrize(
    "offered",
    [
        "有限责任公司（自然人独资或控股）",
        "有限责任公司(自然人独资)",
        "有限责任公司（自然人独资）</option><option>有限责任公司（自然人独资）",
    ],
)
def test_option_is_never_the_nearest(opened, form_page, full_plan, offered):
    """An option that is missing, merely alike or there twice stops before the first keystroke."""
    page = opened(("有限责任公司（自然人独资）", offered))

    with pytest.raises(PortalChangedError, match=r"企业类型.*没有计划要选的那一项"):
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert untouched(page)


@pytest.mark.parametrize(
    "control",
    [
        "<label>统计代码<input required></label>",
        "<label>统计代码 *<input></label>",
        '<input aria-label="统计代码" aria-required="true">',
    ],
)
def test_required_control_that_no_map_knows_stops(opened, form_page, full_plan, control):
    """A page that asks for more than the map knows is not filled in part."""
    page = opened(("<button>下一步", f"{control}<button>下一步"))

    with pytest.raises(PortalChangedError, match="统计代码"):
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert untouched(page)


def test_required_control_that_appears_while_filling_stops(opened, form_page, full_plan):
    """A blank that an answer brings up, unknown to the map, is not passed over."""
    script = """<p id="late" hidden><label>批准文号<input required></label></p>
    <script>document.getElementById("k").addEventListener("change", () => { document.getElementById("late").hidden = false; })</script>"""
    page = opened(("<button>下一步", f"{script}<button>下一步"))

    with pytest.raises(PortalChangedError, match="批准文号"):
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)


@pytest.mark.parametrize("event", ["input", "change", "blur"])
def test_value_altered_by_the_page_is_noticed(opened, form_page, full_plan, event):
    """A page script that changes what was typed is found by reading back; only the label is told."""
    script = f"""<script>document.getElementById("c2").addEventListener("{event}",
      (e) => {{ e.target.value = e.target.value.replace("-", ""); }})</script>"""
    page = opened(("</html>", f"{script}</html>"))

    with pytest.raises(ReadbackError) as stopped:
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert "电话" in stopped.value.message
    assert "12345678" not in str(stopped.value)


def test_locked_value_that_differs_is_never_overwritten(opened, form_page, full_plan):
    """A value that the portal filled and locked is compared, and a difference stops the filing."""
    page = opened(('id="c1"', 'id="c1" readonly value="13900139000"'))

    with pytest.raises(ReadbackError, match="电话"):
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert page.locator("#c1").input_value() == "13900139000"


def test_default_of_the_portal_is_not_filed_for_a_blank(opened, form_page, plan):
    """A list that the portal answers by itself and that cannot be emptied stops the filing."""
    page = opened(
        ('<option value="">请选择</option>', ""),
        ('name="a1" required', 'name="a1"'),
        ('name="a2" required', 'name="a2"'),
    )

    with pytest.raises((PortalChangedError, ReadbackError), match="企业类型"):
        pages.fill_page(page, form_page, plan(name="甲"), 300.0)


def test_text_longer_than_the_control_takes_stops(opened, form_page, full_plan):
    """A text is never cut to fit."""
    page = opened(('id="n"', 'id="n" maxlength="10"'))

    with pytest.raises(PortalRefusedError, match=r"企业名称.*最多 10 个字"):
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert untouched(page)


def test_value_the_browser_would_not_send_stops(opened, form_page, full_plan):
    """What the page's own pattern refuses is told by its label before anything is sent."""
    page = opened(('id="c1" type="tel"', 'id="c1" type="tel" pattern="0\\d+"'))

    with pytest.raises(PortalRefusedError) as stopped:
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)

    assert stopped.value.labels == ("电话",)


def test_code_without_words_in_the_map_stops(opened, form_page, plan):
    """A code that the map does not translate is an error of the map, not a guess."""
    page = opened()

    with pytest.raises(PortalMapError, match="企业类型"):
        pages.fill_page(page, form_page, plan(kind="9999"), LIMIT_MS)

    assert untouched(page)


def test_rows_that_nobody_planned_stop(opened, form_page, full_plan):
    """A draft with more rows than the plan is not filed with the rest in it."""
    page = opened()
    for _ in range(2):
        page.get_by_role("button", name="添加投资人").click()

    with pytest.raises(ReadbackError, match="投资人 3"):
        pages.fill_page(page, form_page, full_plan, LIMIT_MS)


def test_dependent_list_is_filled_when_its_options_have_come(opened, form_page, full_plan):
    """Options that an answer loads later are waited for."""
    script = """<script>document.getElementById("n").addEventListener("input", () => setTimeout(() => {
      document.getElementById("k").innerHTML = '<option value="">请选择</option><option value="2">有限责任公司（自然人独资）</option>';
    }, 150))</script>"""
    page = opened(
        ('<option value="2">有限责任公司（自然人独资）</option>', ""), ("</html>", f"{script}</html>")
    )
    fields = tuple(f.model_copy(update={"dependent": f.field == "kind"}) for f in form_page.fields)

    pages.fill_page(page, form_page.model_copy(update={"fields": fields}), full_plan, LIMIT_MS)

    assert page.locator("#k").input_value() == "2"
