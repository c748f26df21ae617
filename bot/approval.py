"""A person's word to file exactly these values: it holds for no others."""

import json
from datetime import UTC, datetime

from bot import review
from bot.errors import listed
from bot.model import Approval, CaseResult, CaseStatus
from bot.portals.plan import plan_hash
from bot.store import Store


def plan_of(result: CaseResult) -> str:
    """Return the SHA-256, in hex, of everything a case would file."""
    return plan_hash(result.forms, result.not_needed)


def approve(store: Store, result: CaseResult) -> Approval:
    """Write down that whoever is at the keyboard wants these values filed, and no others."""
    approval = word(result, review.person())
    store.approve(result.case, approval)
    return approval


def word(result: CaseResult, who: str) -> Approval:
    """Return a person's word for exactly these values."""
    return Approval(plan_hash=plan_of(result), texts=_texts(result), who=who, at=datetime.now(UTC))


def held_to(store: Store, result: CaseResult) -> CaseResult:
    """Return a case as it may go on: one that was approved with other values waits for a person again."""
    approved = store.approval(result.case)
    if approved is None or result.status is not CaseStatus.READY or approved.plan_hash == plan_of(result):
        return result
    changed = _changed(result, approved)
    why = f"放行以后要办的内容变了：{listed(changed)}。请核对后重新放行。"
    return result.model_copy(update={"status": CaseStatus.REVIEW, "why_not_automatic": (why,)})


def _texts(result: CaseResult) -> str:
    texts = {f"{form.form}.{value.field}": value.text for form in result.forms for value in form.values}
    return json.dumps(texts, ensure_ascii=False, sort_keys=True)


def _changed(result: CaseResult, approved: Approval) -> list[str]:
    """Return the labels of what is not as it was approved, and the titles of forms that came or went."""
    before: dict[str, str] = json.loads(approved.texts)
    now = json.loads(_texts(result))
    labels = {f"{form.form}.{v.field}": v.label for form in result.forms for v in form.values}
    titles = {form.form: form.title for form in result.forms}
    names = sorted(name for name in before.keys() | now.keys() if before.get(name, "") != now.get(name, ""))
    told = (labels.get(name) or titles.get(name.split(".")[0]) or name.split(".")[0] for name in names)
    return list(dict.fromkeys(told)) or ["不办理的事项"]
