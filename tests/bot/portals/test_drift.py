"""Any difference from the page that a person agreed with is found before anything is typed."""

from pathlib import Path

import pytest

from bot.errors import PortalChangedError, PortalMapError
from bot.portals import fingerprint
from bot.portals.controls import survey
from bot.portals.drift import DriftError, assert_unchanged, patch
from bot.portals.fingerprint import Change, seen
from bot.portals.form_page import fill_page

WATCH = (
    "</html>",
    """<script>window.touched = [];
    for (const kind of ["input", "change", "keydown", "click"])
      document.addEventListener(kind, (event) => window.touched.push(kind), true);</script></html>""",
)
NEW = '<p><label for="x">传真</label><input id="x" {}></p><p><label for="p">'
DRIFTS = {
    "label renamed": ("企业名称 <span", "公司名称 <span", "企业名称", Change.RENAMED),
    "label gone": (
        '<p><label>经营范围<textarea name="a2" required></textarea></label></p>',
        "",
        "经营范围",
        Change.MISSING,
    ),
    "moved to another section": (
        '<p><label for="p">从业人数</label><input id="p" inputmode="numeric" name="a9"></p>',
        '<section aria-label="人员"><label for="p">从业人数</label><input id="p" name="a9"></section>',
        "从业人数",
        Change.MOVED,
    ),
    "section renamed": ('aria-label="联系人"', 'aria-label="经办人"', "电话", Change.MOVED),
    "other kind of control": ('id="d" type="date"', 'id="d" type="text"', "成立日期", Change.KIND),
    "text for select": (
        '<textarea name="a2" required></textarea>',
        "<select name='a2' required><option>一般项目</option></select>",
        "经营范围",
        Change.KIND,
    ),
    "option renamed": (">有限责任公司<", ">有限公司<", "企业类型", Change.OPTIONS),
    "option gone": ('<option value="1">有限责任公司</option>', "", "企业类型", Change.OPTIONS),
    "option new": (
        "请选择</option>",
        "请选择</option><option>股份有限公司</option>",
        "企业类型",
        Change.OPTIONS,
    ),
    "button of a group renamed": ('value="2">非独立核算', 'value="2">统一核算', "核算方式", Change.OPTIONS),
    "newly required blank": ('<p><label for="p">', NEW.format("required"), "传真", Change.NEWLY_REQUIRED),
    "new blank": ('<p><label for="p">', NEW.format(""), "传真", Change.NEW),
    "now required": ('id="p" inputmode', 'id="p" required inputmode', "从业人数", Change.REQUIRED),
    "no longer required": ('name="a2" required', 'name="a2"', "经营范围", Change.OPTIONAL),
    "new column of a row": (
        "<label>金额",
        "<label>国籍<input name='c1'></label><label>金额",
        "国籍",
        Change.NEW,
    ),
}


@pytest.fixture
def recorded(opened, form_page):
    return [seen("hall", form_page, survey(opened()))]


@pytest.mark.parametrize("drift", DRIFTS)
def test_drift_is_found_before_anything_is_typed(opened, form_page, recorded, drift):
    """Each kind of drift is named with its label, and the page has seen neither key nor click."""
    old, new, label, change = DRIFTS[drift]
    page = opened((old, new), WATCH)

    with pytest.raises(DriftError) as stopped:
        assert_unchanged(recorded, "hall", form_page, survey(page))

    assert (label, change) in [(found.label, found.change) for found in stopped.value.drifts]
    assert stopped.value.exit_code == 7
    assert page.evaluate("window.touched") == []


def test_unchanged_page_is_let_pass(opened, form_page, recorded, full_plan):
    """An empty page, one that is filled, one with more rows: no false alarm."""
    empty, filled = opened(), opened()
    fill_page(filled, form_page, full_plan, 3000)

    assert_unchanged(recorded, "hall", form_page, survey(empty))
    assert_unchanged(recorded, "hall", form_page, survey(filled))


def test_dependent_fields_may_come_and_go(opened, form_page, recorded):
    """What the map says to depend on other answers is no drift, whether it is there or not."""
    old = '<p><label for="p">从业人数</label><input id="p" inputmode="numeric" name="a9"></p>'
    fields = tuple(f.model_copy(update={"dependent": f.label == "从业人数"}) for f in form_page.fields)
    page = form_page.model_copy(update={"fields": fields})

    assert_unchanged(recorded, "hall", page, survey(opened((old, ""))))


def test_options_that_differ_from_case_to_case_are_not_compared(opened, form_page, recorded):
    """A person may take a list of options out of the comparison."""
    (page,) = recorded
    free = tuple(b.model_copy(update={"options": None}) if b.label == "企业类型" else b for b in page.blanks)

    changed = survey(opened((">有限责任公司<", ">别的<")))

    assert_unchanged([page.model_copy(update={"blanks": free})], "hall", form_page, changed)


def test_missing_next_button_is_found_before_anything_is_typed(opened, form_page, full_plan):
    """A page that could not be left is not filled."""
    page = opened(("<button>下一步</button>", "<button>继续</button>"), WATCH)

    with pytest.raises(PortalChangedError, match="下一步"):
        fill_page(page, form_page, full_plan, 3000)

    assert page.evaluate("window.touched") == []


def test_fingerprint_comes_back_from_its_file(tmp_path, recorded):
    """What is written for people to read is what is compared."""
    file = tmp_path / "small.yaml"
    fingerprint.path_of(file).write_text(fingerprint.written(recorded), encoding="utf-8")

    assert fingerprint.load(file) == tuple(recorded)
    assert fingerprint.load(tmp_path / "other.yaml") == ()


def test_fingerprint_holds_nothing_that_was_filled_in(opened, form_page, full_plan):
    """A page with a company's data gives the same fingerprint as an empty one."""
    page = opened()
    fill_page(page, form_page, full_plan, 3000)

    written = fingerprint.written([seen("hall", form_page, survey(page))])

    assert all(v.text not in written for v in full_plan.values if len(v.text) > 3)


def test_broken_fingerprint_opens_no_page(tmp_path):
    """A file that is cut short is no fingerprint, and not taken for none."""
    file = tmp_path / "small.yaml"
    fingerprint.path_of(file).write_text("pages: [{hall: a", encoding="utf-8")

    with pytest.raises(PortalMapError, match="存样"):
        fingerprint.load(file)


def test_patch_exchanges_a_renamed_label_and_remarks_the_rest(opened, form_page, recorded):
    """The proposal changes the page's own line and leaves everything else to a person."""
    file = Path(__file__).with_name("pages") / "small.yaml"
    page = form_page.model_copy(update={"heading": "名称申报"})
    before = recorded[0].model_copy(update={"heading": "名称申报"})
    changed = opened(("企业名称 <span", "公司名称 <span"), ('<p><label for="p">', NEW.format("required")))

    with pytest.raises(DriftError) as stopped:
        assert_unchanged([before], "hall", page, survey(changed))
    proposal = patch(file, stopped.value.drifts)

    lines = [line for line in proposal.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
    assert lines == [
        "+        # ? “传真”是新出现的必填栏目",
        "-          - {field: name, label: 企业名称, kind: text}",
        "+          - {field: name, label: 公司名称, kind: text}",
    ]
