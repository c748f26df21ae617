"""Portal maps: closed to mistakes, and the only source of a portal's words."""

import pytest
import yaml

from bot.errors import PortalMapError
from bot.portals.convert import from_portal, same, to_portal
from bot.portals.plan import Submission, plan_hash
from bot.portals.portal_map import Field, load
from bot.portals.slots import assert_covered
from extractors.errors import UsageError
from forms.model import FilledForm, FormValue


@pytest.fixture
def small_map():
    """A map of one hall with one form of one field, as a dict to be altered."""
    field = {"field": "name", "label": "企业名称", "kind": "text"}
    hall = {
        "id": "names",
        "title": "名称大厅",
        "business_key": "name",
        "start": {"path": "/new", "heading": "开始", "button": "开始申报"},
        "pages": [{"form": "name_declaration", "heading": "名称申报", "fields": [field], "next": "下一步"}],
        "titles": {"name_declaration": "名称申报表"},
        "check": {"heading": "核对", "submit": "提交"},
        "receipt": {"heading": "回执", "number": {"label": "受理号"}},
        "filings": {"path": "/list", "heading": "清单", "row": "[data-key='{key}']", "number": ".number"},
        "kept": {"path": "/filing/{number}", "heading": "申报内容"},
    }
    mark = {"role": "button", "name": "退出"}
    login = {
        "path": "/login",
        "heading": "登录",
        "user": "账号",
        "password": "口令",
        "submit": "登录",
        "signed_in": mark,
    }
    return {
        "id": "small",
        "title": "小门户",
        "origins": ["http://127.0.0.1:*", "https://portal.example"],
        "login": login,
        "signs": {"messages": "[role=alert]"},
        "halls": [hall],
    }


@pytest.fixture
def read(tmp_path):
    """Load a map from a file with this content."""

    def load_text(content):
        path = tmp_path / "portal.yaml"
        path.write_text(
            content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True), "utf-8"
        )
        return load(path)

    return load_text


def test_map_is_a_file_only(read, small_map):
    """A portal that nobody here has seen needs nothing but its YAML."""
    portal = read(small_map)

    assert portal.hall("names").pages[0].fields[0].label == "企业名称"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda m: m["halls"][0]["pages"][0].update(nxet="下一步"),
        lambda m: m["halls"][0]["pages"][0]["fields"][0].update(kind="slider"),
        lambda m: m["halls"][0]["receipt"].update(number={}),
        lambda m: m["halls"][0].update(titles={}),
        lambda m: m.update(origins=[]),
    ],
    ids=["misspelt key", "unknown control", "receipt nowhere", "form without title", "no origins"],
)
def test_faulty_map_is_refused_when_loaded(read, small_map, spoil):
    """A mistake in a map is told before any page is opened."""
    spoil(small_map)

    with pytest.raises(PortalMapError, match="没有打开任何页面"):
        read(small_map)


@pytest.mark.parametrize("content", ["a: [", "", "[]"])
def test_file_that_is_no_map(read, content):
    """Broken YAML and other content are an error of the map."""
    with pytest.raises(PortalMapError):
        read(content)


def test_unknown_portal_is_a_wrong_call():
    """A portal without a map is told by name."""
    with pytest.raises(UsageError, match="没有找到门户地图"):
        load("nowhere")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1.example:80", "https://portal.example:444", "file:///etc", "", "http://127.0.0.1:x"],
)
def test_address_outside_the_map_is_refused(read, small_map, address):
    """A portal is visited only at the origins of its map."""
    portal = read(small_map)

    with pytest.raises(UsageError):
        portal.address(address)


def test_address_inside_the_map(read, small_map):
    """A port is free where the map leaves it open; the visit reaches that one and the fixed origins."""
    portal = read(small_map)

    base = portal.address("http://127.0.0.1:8123/")

    assert base == "http://127.0.0.1:8123"
    assert portal.allowed(base) == ("http://127.0.0.1:8123", "https://portal.example")


def test_planned_field_without_a_place_stops(read, small_map):
    """What the map cannot place is told by its label instead of being dropped."""
    hall = read(small_map).hall("names")
    value = FormValue(form="name_declaration", field="phone", label="联系电话", text="1", shown="1")
    form = FilledForm(form="name_declaration", title="名称申报表", values=(value,))

    with pytest.raises(PortalMapError, match="联系电话"):
        assert_covered(hall, Submission(hall="names", business_key="1", forms=(form,), plan_hash=""))


def test_form_that_nobody_decided_on_stops(read, small_map):
    """A form that is neither filled nor named as not needed is never skipped in silence."""
    hall = read(small_map).hall("names")

    with pytest.raises(PortalMapError, match=r"名称申报表.*也没有写明不办理"):
        assert_covered(hall, Submission(hall="names", business_key="1", forms=(), plan_hash=""))


@pytest.mark.parametrize(
    ("field", "ours", "theirs"),
    [
        (Field(field="a", label="资本", kind="number", unit="万元"), "1000000.00", "100"),
        (Field(field="a", label="资本", kind="number", unit="万元"), "1234567.89", "123.456789"),
        (Field(field="a", label="比例", kind="number", unit="%"), "0.333333", "33.3333"),
        (Field(field="a", label="人数", kind="number"), "10", "10"),
        (
            Field(field="a", label="日期", kind="date", date_format="%Y年%m月%d日"),
            "2026-03-02",
            "2026年03月02日",
        ),
        (Field(field="a", label="日期", kind="date"), "9999-12-31", "9999-12-31"),
        (Field(field="a", label="止", kind="date", options={"长期": "9999-12-31"}), "长期", "9999-12-31"),
        (Field(field="a", label="证件", kind="select", options={"201": "居民身份证"}), "201", "居民身份证"),
    ],
)
def test_our_form_and_theirs(field, ours, theirs):
    """Each conversion goes there and back, and the portal's words count as equal to the plan."""
    there = to_portal(field, ours)

    assert there == theirs
    assert same(field, ours, theirs)
    assert to_portal(field, from_portal(field, theirs)) == theirs


@pytest.mark.parametrize(
    ("kind", "planned", "shown", "equal"),
    [
        ("number", "100", "100.00", True),
        ("number", "1000", "1,000", True),
        ("number", "100", "100.01", False),
        ("number", "100", "一百", False),
        ("text", "0012", "12", False),
        ("text", "ＡＢ", "AB", False),
        ("text", "", "", True),
        ("checkbox", "", "否", True),
        ("checkbox", "是", "否", False),
    ],
)
def test_numbers_by_value_and_words_to_the_letter(kind, planned, shown, equal):
    """Only numbers may be written otherwise than planned."""
    result = same(Field(field="a", label="甲", kind=kind), planned, shown)

    assert result is equal


def test_plan_hash_tells_plans_apart():
    """The hash follows every text and every skipped form, and nothing else."""

    def form(text: str, shown: str) -> FilledForm:
        value = FormValue(form="f", field="a", label="甲", text=text, shown=shown)
        return FilledForm(form="f", title="表", values=(value,))

    base = plan_hash([form("1", "一")], {"g": "不需要"})

    assert plan_hash([form("1", "壹")], {"g": "另有原因"}) == base
    assert plan_hash([form("2", "一")], {"g": "不需要"}) != base
    assert plan_hash([form("1", "一")], {}) != base
