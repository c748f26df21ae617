from bot.decide import files_wanted
from bot.model import Unreadable
from rules.settle import settle


def test_file_that_cannot_be_read_is_asked_for_again():
    """The applicant hears which file did not open, with nothing in its name that looks like a number of a person."""
    broken = Unreadable(
        file="租约 330106199003078817.pdf", code="encrypted", message="文件需要密码。", remedy=""
    )

    settlement = settle((), {}, "甲公司", files_wanted([broken]))

    assert "租约" in settlement.message
    assert "19900307" not in settlement.message
    assert settlement.asks[0].settles == ("encrypted",)
