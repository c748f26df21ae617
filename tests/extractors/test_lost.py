"""What could not be read is named, so that it can be asked for again."""

from extractors.documents import id_card
from extractors.lost import lost_parts
from extractors.take import Taker


def sentences(page):
    taker = Taker(page, id_card.PAPER, id_card.WORDS)
    elements = list(id_card.extract(taker))
    return list(lost_parts(id_card.PAPER, id_card.WORDS, elements, page.pages))


def test_lost_part_of_a_photo_is_asked_for_again(sheet):
    """A card without its number names the number and asks for another picture."""
    page = sheet(
        "姓名  王小明",
        "性别  男  民族  汉",
        "出生  1990年3月7日",
        "住址  上海市张江路88号",
        reader="paddleocr",
    )

    (sentence,) = sentences(page)

    assert sentence.startswith("没有读出公民身份号码。请重新拍摄")


def test_side_that_is_not_there_is_not_lost(sheet):
    """A portrait side alone does not miss what stands on the back."""
    page = sheet("签发机关  上海市公安局浦东分局", "有效期限  2020.01.01-2040.01.01")

    assert sentences(page) == []
