"""Old forms of characters on a simplified paper are misreadings, in names they may be meant."""

import pytest

from extractors.documents import business_license
from extractors.take import Taker
from extractors.variants import settle_variants

ROWS = (
    "营业执照",
    "统一社会信用代码 91310104MA1K00015M",
    "名称 {}",
    "类型 有限责任公司（自然人独资）",
    "法定代表人 王小明",
    "注册资本 壹佰万元整",
    "成立日期 2020年1月1日",
    "住所 {}",
    "经营范围 软件开发；资产评估；计算机系统服务；设备维修；电气设备销售",
)


@pytest.fixture
def taken(sheet):
    def take(name, address, *, reader="paddleocr", rows=ROWS):
        page = sheet(*(row.format({2: name, 7: address}.get(n)) for n, row in enumerate(rows)), reader=reader)
        taker = Taker(page, business_license.PAPER, business_license.WORDS)
        return {e.name: e for e in settle_variants(taker, list(business_license.extract(taker)))}

    return take


def test_old_form_in_an_address_is_put_right(taken):
    """The address is as it is written everywhere else, and its source keeps what was read."""
    found = taken("厦门云栖网络科技有限公司", "厦门市思明区湖滨南路8号國贸大廈302室")["address"]

    assert (found.value, found.repaired) == ("厦门市思明区湖滨南路8号国贸大厦302室", True)
    assert "國贸大廈" in found.sources[0].raw


def test_old_form_in_a_name_is_doubted_and_kept(taken):
    """A firm may bear an old form; a person looks at it."""
    found = taken("厦门云栖書坊有限公司", "厦门市思明区湖滨南路8号302室")

    assert (found["company_name"].value, found["company_name"].sure) == ("厦门云栖書坊有限公司", False)
    assert found["address"].sure


def test_old_form_that_was_written_stays(taken):
    """What a file says in letters was not misread."""
    found = taken("厦门云栖書坊有限公司", "厦门市湖滨南路8号國贸大廈302室", reader="pdf")

    assert found["address"].value == "厦门市湖滨南路8号國贸大廈302室"
    assert found["company_name"].sure


def test_traditional_paper_is_left_as_it_is(taken):
    """Where most print is traditional, nothing is put right."""
    address = "廈門市思明區湖濱南路8號國貿大廈302室 雲樓東側門"

    found = taken("廈門雲棲網絡科技有限公司", address)["address"]

    assert "國貿大廈" in found.value
