"""What the API shows of a case: all of it to a key that may read, and nothing of the applicant to others."""

import base64
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from fastapi.responses import JSONResponse

from bot import output
from bot.desk.problems import Problem
from bot.engine.model import ServedCase, Upload
from bot.engine.steps import out_of
from bot.model import CaseResult

Event = tuple[datetime, str]


def brief(case: ServedCase) -> dict[str, Any]:
    """Return what every key of the tenant may see."""
    return {
        "case": case.id,
        "status": case.state.value,
        "version": case.version,
        "reference": case.reference,
        "portal": case.portal,
        "priority": case.priority,
        "created_at": moment(case.created_at),
        "changed_at": moment(case.changed_at),
    }


def whole(case: ServedCase, uploads: Sequence[Upload], *, with_values: bool) -> dict[str, Any]:
    """Return a case with what is known of it."""
    result = case.result
    known = brief(case) | {
        "clock": result.clock.model_dump() if result else None,
        "why_not_automatic": _reasons(result) if result else [],
        "receipts": _receipts(result) if result else [],
    }
    if not with_values:
        return known
    files = [upload.model_dump() for upload in uploads]
    said = output.case(result) if result else {}
    return said | known | {"why_not_automatic": said.get("why_not_automatic", []), "files": files}


def _reasons(result: CaseResult) -> list[str]:
    """Return the kinds of reason without the values that a finding's sentence may name."""
    files = [f"{unreadable.code}：{unreadable.remedy}" for unreadable in result.unreadable]
    return list(dict.fromkeys([*files, *(f.title for f in result.findings if f.stops)]))


def _receipts(result: CaseResult) -> list[dict[str, Any]]:
    kept = {"form", "state", "receipt", "readback_equal"}
    return [filing.model_dump(mode="json", include=kept) for filing in result.filings]


def moment(at: datetime) -> str:
    """Return a moment as RFC 3339 has it, to the microsecond, so that cursors are exact."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def answer(case: ServedCase, content: dict[str, Any], status: int = 200) -> JSONResponse:
    """Return a case with its version as the entity tag."""
    return JSONResponse(content, status, {"ETag": f'"{case.version}"'})


def cursor(case: ServedCase) -> str:
    """Return where the next page begins, opaque to the caller."""
    return base64.urlsafe_b64encode(f"{moment(case.created_at)} {case.id}".encode()).decode().rstrip("=")


def after(text: str) -> tuple[datetime, str]:
    """Return the place that a cursor stands for.

    Raises:
        Problem: It is none of ours.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        at, case = base64.b64decode(padded, altchars=b"-_", validate=True).decode().split(" ")
        return datetime.fromisoformat(at), case
    except ValueError:
        raise Problem("invalid", "cursor 不是上一页给出的。") from None


def bundle(case: ServedCase, uploads: Sequence[Upload], events: Sequence[Event]) -> bytes:
    """Return the evidence of a case as a ZIP: what is known, what happened, the report, and a hash of each."""
    parts = {
        "case.json": _json(whole(case, uploads, with_values=True)),
        "history.json": _json([{"at": moment(at.replace(tzinfo=UTC)), "what": what} for at, what in events]),
    }
    out = out_of(case)
    found = sorted(p for p in out.rglob("*") if p.is_file()) if out.is_dir() else []
    parts |= {path.relative_to(out).as_posix(): path.read_bytes() for path in found}
    parts["hashes.json"] = _json({name: sha256(data).hexdigest() for name, data in parts.items()})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
