"""Errors of running a case, each saying what happened, what was not done and what to do.

ZeromeetError                     (extractors/errors.py)
├── PortalMapError             5  a portal map is wrong, or does not cover what is to be filed
├── BrowserMissingError        5  no browser to drive
├── LeakFoundError             5  a true value is left in what was to be pseudonymised
├── LoginFailedError           5  the portal did not let us in
│   └── SessionEndedError      5  it let us in and threw us out again
├── HandoverError              3  a gate waits for a person
├── PortalRefusedError         5  the portal answered with its own messages
├── ReadbackError              5  a control or the portal's record differs from the plan
│   └── SentOtherwiseError     5  a page was about to send something else than it showed
├── FilingTakenError           5  another run is filing the same thing
├── EvidenceError              5  evidence would have shown a personal value
├── PortalUnavailableError     6  the portal does not answer
│   ├── PortalBusyError        6  it asks to be left alone for a while
│   └── PortalClosedError      6  maintenance, or outside its hours
├── PortalChangedError         7  a page is not as the map describes it
└── FilingUnknownError         8  sent, and the outcome could not be learned

Messages name pages and field labels, never what was typed into them.
"""

from collections.abc import Sequence

from extractors.errors import ZeromeetError

NOT_FILED = "本件没有提交。"


def listed(labels: Sequence[str], most: int = 8) -> str:
    """Return labels as one Chinese phrase, the first few only."""
    shown = "、".join(f"“{label}”" for label in labels[:most])
    return shown if len(labels) <= most else f"{shown}等 {len(labels)} 处"


class PortalMapError(ZeromeetError):
    """The map of a portal is wrong or does not cover the plan."""

    code = "portal_map"
    remedy = "请改正该门户的地图（bot/portals/maps/）后重跑本件。"


class BrowserMissingError(ZeromeetError):
    """No browser was found, or the one found does not start."""

    code = "browser_missing"
    remedy = (
        "请安装浏览器：运行 playwright install chromium，或以 root 运行 apt install chromium；"
        "已有浏览器时用环境变量 ZEROMEET_CHROMIUM 写明它的路径。"
    )


class LeakFoundError(ZeromeetError):
    """A recording that was to name nobody still holds a value of the case."""

    code = "leak"
    remedy = "请不带 --pseudonymise 录制并妥善保管，或者把这条信息告诉维护人员。"


class LoginFailedError(ZeromeetError):
    """The portal refused the account, or ended its session."""

    code = "login_failed"
    remedy = "请核对门户账号和口令，能人工登录后重跑本件。"


class HandoverError(ZeromeetError):
    """The portal asks for something that only a person may do, and nobody has done it."""

    code = "handover"
    exit_code = 3
    remedy = "请用 zeromeet process --wait 分钟数 重跑本件，按提示打开链接完成验证；重跑不会重复提交。"

    def __init__(self, task: str) -> None:
        super().__init__(f"门户要求由人完成：{task.rstrip('。')}。机器不能代办。{NOT_FILED}")


class SessionEndedError(LoginFailedError):
    """The portal's session ended before the last click; its draft may be gone on with."""

    code = "session_ended"
    remedy = "请重跑本件；重跑不会重复提交。"


class PortalRefusedError(ZeromeetError):
    """The portal read what was filled and answered with messages of its own."""

    code = "portal_refused"
    remedy = "请按门户的提示改正材料或答案后重跑本件。"

    def __init__(self, page: str, messages: Sequence[str] = (), labels: Sequence[str] = ()) -> None:
        where = f"涉及{listed(labels)}。" if labels else ""
        said = "；".join(message.rstrip("。；") for message in messages)
        said = f"门户的提示是：{said}。" if said else ""
        super().__init__(f"门户在页面“{page}”上没有接受所填内容。{where}{said}{NOT_FILED}")
        self.page = page
        self.labels = tuple(labels)
        self.messages = tuple(messages)


class ReadbackError(ZeromeetError):
    """What the portal shows is not what was planned; only labels are named."""

    code = "readback"
    remedy = "请人工打开门户逐项核对，查清原因后再办理。"

    says = "回读的内容与计划不一致"

    def __init__(self, page: str, labels: Sequence[str], done: str = NOT_FILED) -> None:
        super().__init__(f"页面“{page}”上{self.says}：{listed(labels)}。{done}")
        self.page = page
        self.labels = tuple(labels)


class SentOtherwiseError(ReadbackError):
    """A page was about to send other values than it showed; the request was held back."""

    code = "sent_otherwise"
    says = "要发出的内容与计划不一致，请求已被拦下"


class EvidenceError(ZeromeetError):
    """Evidence was refused because it would have shown a personal value."""

    code = "evidence"
    remedy = "请把这条信息连同案件编号告诉维护人员。"


class PortalUnavailableError(ZeromeetError):
    """The portal does not answer, answers with a server error, or is under maintenance."""

    code = "portal_unavailable"
    exit_code = 6
    remedy = "请确认能打开该门户，稍后重跑本件；重跑不会重复提交。"


class PortalBusyError(PortalUnavailableError):
    """The portal asks for fewer requests (HTTP 429)."""

    code = "portal_busy"

    def __init__(self, title: str, wait_s: float) -> None:
        super().__init__(f"门户“{title}”要求 {wait_s:g} 秒后再来。{NOT_FILED}")
        self.wait_s = wait_s


class PortalClosedError(PortalUnavailableError):
    """The portal says that it is closed, or it is outside its hours; coming back at once is of no use."""

    code = "portal_closed"
    remedy = "请在门户开放以后重跑本件；重跑不会重复提交。"


class FilingTakenError(ZeromeetError):
    """Another run is filing the same thing, or has just done so."""

    code = "filing_taken"
    remedy = "请等另一个进程结束后重跑本件；重跑会先查门户的清单，不会重复提交。"


class PortalChangedError(ZeromeetError):
    """A page is not as the portal's map says: stopped rather than guess."""

    code = "portal_changed"
    exit_code = 7
    remedy = "请人工打开该页面核对；如门户已改版，请改该门户的地图（bot/portals/maps/）后重跑本件。"

    def __init__(self, page: str, label: str, what: str) -> None:
        super().__init__(f"页面“{page}”上的“{label}”{what}。{NOT_FILED}")
        self.page = page
        self.label = label
        self.what = what


class FilingUnknownError(ZeromeetError):
    """The last click was made and nothing tells whether the portal took it."""

    code = "filing_unknown"
    exit_code = 8
    remedy = (
        "请人工登录门户查看“已提交事项”，查清之前不要再次提交；"
        "查清后用 zeromeet review settle 写下结果，再重跑本件。"
    )
