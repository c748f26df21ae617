"""What can go wrong with a register of names.

ZeromeetError
└── RegisterError              5  a register cannot be used or built
    ├── RegisterMissingError   2  there is none in the folder
    ├── RegisterOutdatedError  5  its keys were made by other tables
    ├── RegisterInputError     4  a file to build from is not as it should be
    ├── NameTakenError         3  another enterprise has the name
    └── NameNotFoundError      2  the register does not hold the name
"""

from extractors.errors import ZeromeetError


class RegisterError(ZeromeetError):
    """A register cannot be used or built."""

    code = "register"
    exit_code = 5
    remedy = "请核对名称库的文件夹。"


class RegisterMissingError(RegisterError):
    """There is no register in the folder."""

    code = "register_missing"
    exit_code = 2
    remedy = "请先用 zeromeet name register build 建立名称库。"


class RegisterOutdatedError(RegisterError):
    """The tables that shaped the register's keys are not those of this program."""

    code = "register_outdated"
    remedy = "请用 zeromeet name register build 重新建立名称库。"


class RegisterInputError(RegisterError):
    """A file to build a register from is not as it should be; nothing was built."""

    code = "register_input"
    exit_code = 4
    remedy = "请改正文件后重新运行。"


class NameTakenError(RegisterError):
    """Another enterprise has a name that is the same; nothing was reserved."""

    code = "name_taken"
    exit_code = 3
    remedy = "请换一个名称，或者提交投资关系证明。"


class NameNotFoundError(RegisterError):
    """The register does not hold the name."""

    code = "name_not_found"
    exit_code = 2
    remedy = "请核对名称全文。"
