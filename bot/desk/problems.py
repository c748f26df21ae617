"""What the service answers when it cannot do what was asked: RFC 9457, with a code, and who must act.

Details name fields and limits, never what was sent in them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
CALLER, OPERATOR, REVIEWER, NOBODY = "caller", "operator", "reviewer", "nobody"


class Kind(NamedTuple):
    """One kind of problem."""

    status: int
    title: str
    detail: str
    who: str = CALLER
    retryable: bool = False


KINDS = {
    "unauthorized": Kind(401, "没有有效的密钥", "请在 Authorization 里写有效的接口密钥。"),
    "scope": Kind(403, "密钥没有这个权限", "请使用有相应权限的密钥。"),
    "not_found": Kind(404, "没有找到", "没有这个案件或地址。"),
    "method": Kind(405, "不支持这个方法", "请核对接口说明。"),
    "upload_slow": Kind(408, "上传太慢", "上传超过时限，没有收件，请重新上传。", CALLER, retryable=True),
    "in_progress": Kind(
        409,
        "同一请求正在处理",
        "带有同一个 Idempotency-Key 的请求正在处理，请稍后重试。",
        NOBODY,
        retryable=True,
    ),
    "version": Kind(409, "案件已经变化", "案件在您查看之后变化了，没有改动；请重新读取后再试。", CALLER),
    "state": Kind(409, "案件现在的状态不能这样办", "请先读取案件的状态。", CALLER),
    "too_large": Kind(413, "太大", "上传超过上限，没有收件。"),
    "media_type": Kind(415, "格式不对", "请按接口说明的格式提交。"),
    "invalid": Kind(422, "内容不合规定", "请按接口说明改正。"),
    "key_reused": Kind(422, "同一个 Idempotency-Key 用于不同内容", "内容不同时请换一个 Idempotency-Key。"),
    "refused": Kind(422, "不能记录", "请按说明改正。"),
    "no_version": Kind(428, "没有写明版本", "请写 version 或 If-Match，取自最近一次读取。"),
    "rate": Kind(429, "请求太快", "超过每秒次数的上限，请按 Retry-After 重试。", CALLER, retryable=True),
    "busy": Kind(429, "太忙", "正在接收的上传太多，请按 Retry-After 重试。", NOBODY, retryable=True),
    "internal": Kind(
        500,
        "内部错误",
        "没有办成，请稍后重试；同一个 Idempotency-Key 不会重复收件。",
        OPERATOR,
        retryable=True,
    ),
    "unavailable": Kind(
        503, "暂时不能服务", "数据库或者磁盘暂时不可用，没有收件，请稍后重试。", OPERATOR, retryable=True
    ),
}
"""By code; the codes are a contract."""
_OF_STATUS = {404: "not_found", 405: "method", 413: "too_large", 415: "media_type"}


class Problem(Exception):  # noqa: N818 - the standard's own name
    """Ends a request with a problem.

    Args:
        code: A key of KINDS.
        detail: More to the point than the kind's own sentence.
        retry_after: Seconds after which it is worth asking again.
    """

    def __init__(self, code: str, detail: str = "", retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
        self.retry_after = retry_after


def answer(problem: Problem) -> JSONResponse:
    """Return a problem as the standard has it."""
    kind = KINDS[problem.code]
    headers = {"Retry-After": str(problem.retry_after)} if problem.retry_after is not None else {}
    if kind.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body(problem), kind.status, headers, MEDIA_TYPE)


def body(problem: Problem) -> dict[str, Any]:
    """Return the members of a problem."""
    kind = KINDS[problem.code]
    return {
        "type": f"urn:zeromeet:problem:{problem.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": problem.detail or kind.detail,
        "code": problem.code,
        "retryable": kind.retryable,
        "who": kind.who,
    }


async def on_problem(_: Request, error: Exception) -> JSONResponse:
    """Answer a problem that a route raised."""
    return answer(error if isinstance(error, Problem) else Problem("internal"))


async def on_http(_: Request, error: Exception) -> JSONResponse:
    """Answer what the framework refuses by itself, in the same form."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    made = answer(Problem(_OF_STATUS.get(status, "invalid" if status < 500 else "internal")))
    headers: Mapping[str, str] = getattr(error, "headers", None) or {}
    made.headers.update({name: value for name, value in headers.items() if name.lower() == "allow"})
    return made


async def on_invalid(_: Request, error: Exception) -> JSONResponse:
    """Answer a body or a parameter that is not as described: where, and never what was in it."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    places = ["/".join(str(part) for part in one["loc"][:4])[:120] for one in found[:8]]
    return answer(Problem("invalid", f"不合规定的地方：{'、'.join(places)}。" if places else ""))


SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "retryable", "who"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "enum": sorted(KINDS)},
        "retryable": {"type": "boolean"},
        "who": {"type": "string", "enum": [CALLER, OPERATOR, REVIEWER, NOBODY]},
    },
}


def responses(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the problems that a route may answer with."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        kind = KINDS[code]
        said = by_status.setdefault(kind.status, {"description": kind.title, "content": {}})
        said["content"] = {MEDIA_TYPE: {"schema": SCHEMA}}
    return by_status
