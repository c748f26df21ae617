"""The random sample: cases that a person looks at although nothing is open in them.

Without it nobody would ever learn how often a value that was taken without asking is wrong.
"""

import hashlib

from bot.model import CaseResult, CaseStatus
from bot.store import Store

WHY = "随机抽查：没有待定事项，请核对全部填报内容后放行。"
_SCALE = 1 << 64


def is_chosen(case: str, share: float) -> bool:
    """Tell whether a case belongs to the sample; the same case always does or does not.

    A larger share keeps all that a smaller one has chosen.

    Args:
        case: Its id.
        share: Of all cases, between 0 and 1.
    """
    digest = hashlib.sha256(f"audit {case}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * _SCALE


def held(store: Store, result: CaseResult, share: float) -> CaseResult:
    """Return a case as it may go on: one of the sample waits until a person has released it."""
    if result.status is not CaseStatus.READY or not is_chosen(result.case, share):
        return result
    if store.approval(result.case) is not None:
        return result
    return result.model_copy(update={"status": CaseStatus.REVIEW, "why_not_automatic": (WHY,)})
