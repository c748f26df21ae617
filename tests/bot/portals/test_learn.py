"""A live form proposes its own map, and nothing that is not certain gets by without a person."""

import pytest
import yaml

from bot.errors import PortalMapError, PortalUnavailableError
from bot.portals.handover import Handover
from bot.portals.learn import learn_at
from bot.portals.portal_map import load

FORM = """<!doctype html><meta charset="utf-8"><h1>会计备案</h1>
<label>会计制度名称<select required><option value="">请选择</option><option value="1">企业会计准则</option><option value="2">我们自己的制度</option></select></label>
<label>传真<input></label>
<section aria-label="联系人"><label>电话<input></label></section><section aria-label="代理人"><label>电话<input></label></section>
<fieldset><legend>核算方式</legend><label><input type="radio" name="m">独立核算</label><label><input type="radio" name="m">非独立核算</label></fieldset>
<button>下一步</button>"""


@pytest.fixture
def proposed(chromium, site):
    """Return what is proposed for a page."""

    def at(html: str = FORM) -> str:
        site.pages["/form"] = html
        return learn_at(chromium, f"{site.origin}/form", None, Handover(1, lambda *_: None))

    return at


def test_controls_are_proposed_by_their_words(proposed):
    """Labels, kinds and the sections that tell equal labels apart are in the map; buttons are told."""
    draft = proposed()

    (page,) = yaml.safe_load(draft)["halls"][0]["pages"]

    assert page["heading"] == "会计备案"
    assert [(f["label"], f["kind"], f.get("within")) for f in page["fields"]] == [
        ("会计制度名称", "select", None),
        ("传真", "text", None),
        ("电话", "text", "联系人"),
        ("电话", "text", "代理人"),
        ("核算方式", "radio", None),
    ]
    assert "one of: 下一步" in draft


def test_what_is_not_certain_is_marked(proposed):
    """A label that none of our forms has stands with a mark, and no field is guessed for it."""
    line = next(line for line in proposed().splitlines() if "传真" in line)

    assert line.strip().startswith('- {field: "?"')
    assert "# ? " in line


def test_map_with_marks_does_not_load(proposed, tmp_path):
    """A draft that nobody has looked at drives no portal."""
    file = tmp_path / "draft.yaml"
    file.write_text(proposed(), encoding="utf-8")

    with pytest.raises(PortalMapError, match="没有补完"):
        load(file)


def test_draft_of_a_form_of_ours_names_its_fields(chromium, tmp_path):
    """At a page with our own labels the form, its fields and the codes of its options are found."""
    from bot.portals.controls import Choice, Control, Survey
    from bot.portals.learn import learn
    from forms import catalog
    from forms.code_lists import code_list

    form = catalog.form("accounting_filing")
    plain = [f for f in form.fields if not f.fields]
    controls = tuple(
        Control(
            kind="select" if f.codes else "input:text",
            label=f.label,
            value="",
            choices=tuple(
                Choice(label=c.name, value=c.code, chosen=False) for c in code_list(f.codes).entries
            )
            if f.codes
            else (),
        )
        for f in plain
    )

    page = learn("会计备案", Survey(controls=controls, sections=()), ["下一步"])

    assert page.form == "accounting_filing"
    assert [field.field for field in page.fields] == [f.id for f in plain]
    assert all(
        field.options.keys() == {c.code for c in code_list(f.codes).entries}
        for field, f in zip(page.fields, plain, strict=True)
        if f.codes
    )


def test_address_that_does_not_answer(chromium):
    """Where nobody answers, no draft is made."""
    with pytest.raises(PortalUnavailableError):
        learn_at(chromium, "http://127.0.0.1:9/form", None, Handover(1, lambda *_: None))
