"""A value whose text may go on in a line that nobody explains is not sure."""

from extractors.cut_off import doubt_cut_off
from extractors.documents import business_license
from extractors.take import Taker


def read(page):
    taker = Taker(page, business_license.PAPER, business_license.WORDS)
    elements = list(business_license.extract(taker))
    return {e.name: e for e in doubt_cut_off(taker, elements)}


def test_value_over_an_unexplained_line_is_doubted(sheet):
    """A line of the same size right under a value may be its end."""
    page = sheet("营业执照", "法定代表人  王小明", "名称  上海云栖网络科技", "      发展股份（筹）")

    found = read(page)

    assert not found["company_name"].sure
    assert found["legal_representative"].sure


def test_value_over_a_row_of_its_own_stays_sure(sheet):
    """A line with a label of some kind to its left is no continuation."""
    page = sheet("营业执照", "名称  上海云栖网络科技有限公司", "归属  其他")

    assert read(page)["company_name"].sure
