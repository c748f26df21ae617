import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.data import make_regions
from extractors.values import address, regions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("上海市浦东新区张杨路88号", "310115"),
        ("上海 浦东新区 张杨路88号", "310115"),
        ("上海市市辖区浦东新区张杨路88号", "310115"),
        ("浦东新区张杨路88号", "310115"),
        ("北京市朝阳区建国路1号", "110105"),
        ("天津市河东区一号路", "120102"),
        ("重庆市綦江区古南镇", "500110"),
        ("广东省深圳市南山区科技园", "440305"),
        ("广东深圳南山区", "440305"),
        ("浙江省义乌市稠城街道", "330782"),
        ("广东省东莞市南城街道", "441900"),
        ("湖北省仙桃市", "429004"),
        ("新疆维吾尔自治区石河子市", "659001"),
        ("内蒙古呼和浩特市新城区", "150102"),
        ("吉林省吉林市昌邑区", "220202"),
        ("江苏省南京市鼓楼区", "320106"),
        ("江苏省南通市崇川区", "320613"),
    ],
)
def test_a_county_is_found_through_its_levels(text, code):
    """Full and short names of province and city lead to the county's code."""
    assert address.region_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("上海市卢湾区淮海中路1号", "310103"),
        ("上海市闸北区天目西路1号", "310108"),
        ("上海市南汇区惠南镇", "310119"),
        ("上海市崇明县城桥镇", "310230"),
        ("浙江省杭州市下城区", "330103"),
    ],
)
def test_a_county_that_is_gone_keeps_its_code(text, code):
    """Papers outlive districts."""
    assert address.region_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "朝阳区建国路1号",
        "鼓楼区中山路1号",
        "上海市余杭区文一路1号",
        "广东省广州市南山区1号",
        "南京西路100号",
        "吉林路3号",
        "北京东路1号",
        "重庆市县府路1号",
        "中国（上海）自由贸易试验区张江路1号",
        "深圳市",
    ],
)
def test_an_unsure_county_has_no_code(text):
    """Names of many counties, of none, or under a city that is not theirs give no code."""
    assert address.region_code(text) is None


def test_an_address_is_taken_apart():
    """Divisions carry the names of the table, the house its numbers in order."""
    parts = address.parts("浙江杭州市拱墅区 上塘路５号 二单元 3-1203")

    assert (parts.province, parts.city, parts.county) == ("浙江省", "杭州市", "拱墅区")
    assert parts.rest == "上塘路5号二单元3-1203"
    assert parts.numbers == (("号", "5"), ("单元", "2"), ("", "3-1203"))


def test_a_city_without_county_is_kept():
    """What is printed of the divisions is known although the county is not."""
    parts = address.parts("江苏省苏州市星湖街1号")

    assert (parts.province, parts.city, parts.county, parts.region) == ("江苏省", "苏州市", None, None)


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ("上海市张杨路88号", "上海市张杨路 ８８号", "same"),
        ("上海市浦东新区张杨路88号（3幢）", "上海市浦东新区张杨路88号(3幢)", "same"),
        ("上海市浦东新区张杨路88号", "浦东新区张杨路88号", "wording"),
        ("上海市浦东新区张杨路88号", "张杨路88号", "wording"),
        ("北京市朝阳区建国路1号", "朝阳区建国路1号", "wording"),
        ("张杨路88号三楼", "张杨路88号3楼", "wording"),
        ("张杨路88号3栋", "张杨路88号3幢", "wording"),
        ("张杨路88号a座", "张杨路88号A座", "wording"),
        ("张杨路88号201室", "张杨路88号202室", "different"),
        ("张杨路88号3幢201室", "张杨路88号4幢201室", "different"),
        ("张杨路88号", "张杨路88号201室", "different"),
        ("张杨路88号", "张杨路89号", "different"),
        ("张杨路88号", "张扬路88号", "different"),
        ("北京市朝阳区1号", "长春市朝阳区1号", "different"),
        ("上海市卢湾区一号路1号", "上海市黄浦区一号路1号", "different"),
        ("上海市长宁区虹桥路1号", "江苏省苏州市虹桥路1号", "different"),
    ],
)
def test_two_addresses_are_compared(a, b, verdict):
    """Only spelling may differ: another number, room, street or district is another place."""
    assert address.same_place(a, b) == verdict
    assert address.same_place(b, a) == verdict


@given(st.one_of(st.text(), st.text("上海市浦东新区朝阳县路号室三3-1203北京")), st.text())
def test_any_text_is_judged(text, other):
    """No text makes a reader fail, and every text is its own place."""
    parts = address.parts(text)

    assert parts.region is None or regions.find(parts.region) is not None
    assert address.same_place(text, text) == "same"
    assert address.same_place(text, other) == address.same_place(other, text)


def test_every_division_has_its_place():
    """Codes have six digits, a parent in the table, and no two of a level that stand share a code."""
    codes = {region.code for region in regions.table()}
    standing = [(region.level, region.code) for region in regions.table() if region.stands]

    assert all(len(region.code) == 6 for region in regions.table())
    assert all(region.parent in codes for region in regions.table() if region.level != "province")
    assert len(standing) == len(set(standing))


def test_the_table_is_made_from_its_sources(tmp_path):
    """The script joins the published files and the kept list, today's division first."""
    files = {
        "provinces": 'code,name\n50,"重庆市"\n',
        "cities": 'code,name,provinceCode\n5001,"市辖区",50\n',
        "areas": 'code,name,cityCode,provinceCode\n500110,"綦江区",5001,50\n',
    }
    paths = [tmp_path / f"{name}.csv" for name in files]
    for path, content in zip(paths, files.values(), strict=True):
        path.write_text(content, encoding="utf-8")

    lines = [line for line in make_regions.lines(*paths) if line.code == "500110"]

    assert lines == [
        ("500110", "綦江区", "county", "500100", "", ""),
        ("500110", "万盛区", "county", "500100", "1997", "2010"),
    ]
