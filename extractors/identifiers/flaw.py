"""What can be wrong with a number."""

from enum import StrEnum


class Flaw(StrEnum):
    """The first thing that is wrong with a number."""

    LENGTH = "length"
    CHARACTER = "character"
    CHECKSUM = "checksum"
    DATE = "date"
    FORM = "form"

    @property
    def phrase(self) -> str:
        """The flaw in the words of a finding."""
        return _PHRASES[self]


_PHRASES = {
    Flaw.LENGTH: "位数不对",
    Flaw.CHARACTER: "含有不应出现的字符",
    Flaw.CHECKSUM: "校验码不符",
    Flaw.DATE: "出生日期不存在或晚于核验当日",
    Flaw.FORM: "格式不对",
}
