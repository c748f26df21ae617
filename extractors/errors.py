"""Errors of reading, each with a code, an exit code, a cause and a remedy.

ZeromeetError
├── UsageError                 2  the call cannot be carried out as given
├── UnreadableError            4  one file cannot be read; the others go on
│   ├── EmptyFileError            empty
│   ├── EncryptedError            encrypted
│   ├── MalformedError            malformed
│   ├── UnsupportedError          unsupported
│   ├── TooLargeError             too_large
│   ├── TooManyPagesError         too_many_pages
│   ├── PixelsError               pixels
│   ├── BombError                 bomb
│   ├── ParserCrashedError        crashed
│   └── ReadingTimeoutError       timeout
├── ModelMissingError          5  the OCR models are not installed or not the known ones
└── ReaderCrashedError         5  the OCR process died twice on the same page
"""

from typing import ClassVar


class ZeromeetError(Exception):
    """Something that stops a command or a part of it.

    Says what happened, what was not done and what to do; never holds a personal value.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 5
    remedy: ClassVar[str] = "请把这条信息连同命令告诉维护人员。"

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = remedy or self.remedy

    def __str__(self) -> str:
        return f"{self.message}{self.advice}"


class UsageError(ZeromeetError):
    """The command cannot be carried out as it was given."""

    code = "usage"
    exit_code = 2
    remedy = "请核对命令后重试。"


class UnreadableError(ZeromeetError):
    """One file cannot be read."""

    code = "unreadable"
    exit_code = 4
    remedy = "请换一份能正常打开的文件。"


class EmptyFileError(UnreadableError):
    """The file holds no bytes."""

    code = "empty"
    remedy = "请重新上传这份文件。"


class EncryptedError(UnreadableError):
    """The file wants a password."""

    code = "encrypted"
    remedy = "请去掉密码后重新上传。"


class MalformedError(UnreadableError):
    """The bytes are not what the format demands."""

    code = "malformed"
    remedy = "请用原程序打开后重新保存，或重新扫描。"


class UnsupportedError(UnreadableError):
    """The content is of a type that is not read."""

    code = "unsupported"
    remedy = "请改用 PDF、JPEG、PNG、TIFF、WebP、HEIC、BMP、XLSX 或 DOCX，或装有这些文件的 ZIP。"


class TooLargeError(UnreadableError):
    """The file has more bytes than the limit."""

    code = "too_large"
    remedy = "请压缩或分开后重新上传。"


class TooManyPagesError(UnreadableError):
    """The file has more pages than the limit."""

    code = "too_many_pages"
    remedy = "请只上传需要的页。"


class PixelsError(UnreadableError):
    """The picture has more pixels than the limit."""

    code = "pixels"
    remedy = "请以 300 dpi 左右重新扫描，或缩小图片。"


class BombError(UnreadableError):
    """A small file that grows without measure, or that no memory holds, once it is opened."""

    code = "bomb"
    remedy = "请不要再打开这份文件，并向交件人核实来源；确需办理的请打印后扫描。"


class ParserCrashedError(UnreadableError):
    """The process that opened the file died on it."""

    code = "crashed"
    remedy = "请用原程序打开后重新保存，或打印后重新扫描。"


class ReadingTimeoutError(UnreadableError):
    """Reading took longer than the limit and was stopped."""

    code = "timeout"
    remedy = "请把文件打印后重新扫描，或交人工处理。"


class ModelMissingError(ZeromeetError):
    """The OCR models are absent, or not the ones this version was measured with."""

    code = "model_missing"
    remedy = "请运行 make setup 重新安装模型。"


class ReaderCrashedError(ZeromeetError):
    """The OCR process died and could not be brought back."""

    code = "reader_crashed"
    remedy = "请检查内存是否足够，然后重跑本件。"
