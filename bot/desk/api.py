"""The portal-facing API (docs/reference/api.md): routes that ask the engine and say what it answered."""

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from bot import approval, name_jobs, review
from bot.desk import schemas, uploads, views
from bot.desk.intake import Wish
from bot.desk.keys import Key, Scope
from bot.desk.problems import Problem, responses
from bot.desk.service import Service, day, is_key, late_folder
from bot.engine import acts, calls
from bot.engine.cases import new_id
from bot.engine.model import ServedCase, State
from bot.steps import judged_again
from extractors.errors import UsageError

router = APIRouter(
    prefix="/v1", responses=responses("unauthorized", "invalid", "rate", "internal", "unavailable")
)
_bearer = HTTPBearer(auto_error=False, description="zeromeet key create")


async def service(request: Request) -> Service:
    """Return what the routes work with."""
    found: Service = request.app.state.service
    return found


Works = Annotated[Service, Depends(service)]


def allowed(*scopes: Scope) -> Callable[..., Coroutine[Any, Any, Key]]:
    """Return what lets a caller in who holds any of the scopes; with none, every key."""

    async def check(
        request: Request,
        works: Works,
        shown: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
    ) -> Key:
        key = await _key(works, shown.credentials) if shown is not None else None
        if key is None:
            raise Problem("unauthorized")
        request.state.key = key
        wait = works.buckets.wait(key.id)
        if wait:
            raise Problem("rate", retry_after=max(1, round(wait)))
        if scopes and not key.scopes & set(scopes):
            raise Problem("scope")
        return key

    return check


async def _key(works: Service, shown: str) -> Key | None:
    """Return a caller's key; a thread is asked only where the database must be."""
    return works.keys.remembered(shown) or await run_in_threadpool(works.keys.known, shown)


Anyone = Annotated[Key, Depends(allowed())]
Submitter = Annotated[Key, Depends(allowed(Scope.SUBMIT))]
Reader = Annotated[Key, Depends(allowed(Scope.READ))]
Reviewer = Annotated[Key, Depends(allowed(Scope.REVIEW))]


class Act(BaseModel):
    """A person's act on the version of a case that they saw."""

    model_config = ConfigDict(extra="forbid")

    version: int | None = Field(None, ge=0, le=2**31 - 1)
    """As the last GET said; If-Match may say it instead."""


class Decision(Act):
    """A person's value for one fact."""

    fact: str = Field(min_length=1, max_length=200)
    value: str = Field(max_length=10_000)
    why: str = Field(min_length=1, max_length=2_000)


class NameWish(BaseModel):
    """A name to be checked, and what is known of the enterprise."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=200)
    region: str = Field("", max_length=6)
    industry: str = Field("", max_length=8)
    capital: str = Field("", max_length=20)
    type: str = Field("", max_length=8)
    alternates: list[str] = Field([], max_length=20)
    related: list[str] = Field([], max_length=20)
    foreign: bool | None = None
    on: str | None = Field(None, pattern=r"^\d{4}-\d{2}-\d{2}$")


@router.post(
    "/cases",
    status_code=202,
    openapi_extra=schemas.CASE_FORM,
    response_model=schemas.Received,
    responses=responses(
        "scope", "in_progress", "upload_slow", "too_large", "media_type", "key_reused", "busy"
    ),
)
async def submit(
    request: Request,
    works: Works,
    key: Submitter,
    idempotency_key: Annotated[str, Header(max_length=255)] = "",
) -> JSONResponse:
    """Take a case; the answer comes when everything is safely stored."""
    if idempotency_key and not is_key(idempotency_key):
        raise Problem("invalid", "Idempotency-Key 须为 1 至 255 个可打印的字符。")
    works.assert_room()
    case = new_id()
    folder = works.folder(case)
    async with request.app.state.doors, works.reservations.held(key.tenant, idempotency_key):
        try:
            parcel = await uploads.received(request, folder)
            intake = works.intake(key.tenant, folder, parcel.metadata)
            wish = Wish(case, intake, parcel.uploads, idempotency_key, parcel.hash)
            taken = await asyncio.wrap_future(works.desk.take(wish))
        except Problem:
            # Nothing was written. Whatever else went wrong may have come after the commit: the papers stay.
            await run_in_threadpool(shutil.rmtree, folder.parent, ignore_errors=True)
            raise
    if not taken.is_new:
        await run_in_threadpool(shutil.rmtree, folder.parent, ignore_errors=True)
    request.state.case = taken.case
    return JSONResponse({"case": taken.case, "status": State.RECEIVED.value}, 202)


@router.post(
    "/cases/{case}/files",
    status_code=202,
    openapi_extra=schemas.FILES_FORM,
    response_model=schemas.Received,
    responses=responses("scope", "not_found", "state", "upload_slow", "too_large", "media_type", "busy"),
)
async def add_files(request: Request, works: Works, key: Submitter, case: str) -> JSONResponse:
    """Add late papers to an open case; it is read again with them."""
    found = await run_in_threadpool(_found, request, works, key, case)
    if found.state not in acts.JOINABLE:
        raise Problem("state")
    works.assert_room()
    arriving, place = late_folder(works.folder(case))
    async with request.app.state.doors:
        parcel = await uploads.received(request, arriving)
    joined = await run_in_threadpool(_joined, works, case, parcel, (arriving, place))
    return views.answer(joined, {"case": case, "status": joined.state.value, "version": joined.version}, 202)


def _joined(works: Service, case: str, parcel: uploads.Parcel, places: tuple[Any, Any]) -> ServedCase:
    arriving, place = places
    arriving.rename(place)
    uploads.durable(place)
    named = [upload.model_copy(update={"file": f"{place.name}/{upload.file}"}) for upload in parcel.uploads]
    joined = acts.join(works.cases, case, named)
    if joined is None:
        shutil.rmtree(place, ignore_errors=True)
        raise Problem("state")
    return joined


@router.get("/cases", response_model=schemas.Page)
def list_cases(
    works: Works,
    key: Anyone,
    status: State | None = None,
    since: AwareDatetime | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
) -> JSONResponse:
    """List cases, the oldest first; `next` is the cursor of the next page."""
    after = views.after(cursor) if cursor else None
    found = works.cases.listed(key.tenant, state=status, since=since, after=after, limit=limit + 1)
    page = found[:limit]
    following = views.cursor(page[-1]) if len(found) > limit else None
    return JSONResponse({"cases": [views.brief(case) for case in page], "next": following})


@router.get("/cases/{case}", response_model=schemas.Case, responses=responses("not_found"))
def get_case(request: Request, works: Works, key: Anyone, case: str) -> JSONResponse:
    """Return a case; what the applicant wrote only to a key with the scope read."""
    found = _found(request, works, key, case)
    shown = views.whole(found, works.uploads(case), with_values=Scope.READ in key.scopes)
    return views.answer(found, shown)


@router.post(
    "/cases/{case}/review",
    response_model=schemas.Acted,
    responses=responses("scope", "not_found", "version", "no_version"),
)
def decide(request: Request, works: Works, key: Reviewer, case: str, said: Decision) -> JSONResponse:
    """Keep a person's decision on one fact; the case goes on when it is released."""
    found = _found(request, works, key, case)
    if found.result is None:
        raise Problem("state")
    try:
        made = review.decision(found.result, said.fact, said.value, said.why, f"key:{key.id}")
    except UsageError as error:
        raise Problem("refused", f"{error.message}") from None
    return _acted(acts.decide(works.cases, case, _version(request, said), made))


@router.post(
    "/cases/{case}/release",
    response_model=schemas.Acted,
    responses=responses("scope", "not_found", "version", "no_version"),
)
def release(request: Request, works: Works, key: Reviewer, case: str, said: Act) -> JSONResponse:
    """Let a case go on: judged again with the decisions, and filed where nothing is open any more."""
    found = _found(request, works, key, case)
    _assert_state(found, acts.RELEASABLE)
    version, who = _version(request, said), f"key:{key.id}"
    word = approval.word(judged_again(works.shop, found.result), who) if found.result else None
    return _acted(acts.release(works.cases, case, version, who, word))


@router.post(
    "/cases/{case}/cancel",
    response_model=schemas.Acted,
    responses=responses("scope", "not_found", "version", "no_version"),
)
def cancel(request: Request, works: Works, key: Reviewer, case: str, said: Act) -> JSONResponse:
    """End a case of which nothing is on its way to the portal."""
    found = _found(request, works, key, case)
    _assert_state(found, acts.CANCELLABLE)
    return _acted(acts.cancel(works.cases, case, _version(request, said), f"key:{key.id}"))


@router.get(
    "/cases/{case}/evidence",
    response_class=Response,
    responses=responses("scope", "not_found")
    | {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}},
)
def evidence(request: Request, works: Works, key: Reader, case: str) -> Response:
    """Return the bundle: what is known, what happened, the report, and a hash of each."""
    found = _found(request, works, key, case)
    packed = views.bundle(found, works.uploads(case), works.shop.store.events(case))
    headers = {"Content-Disposition": f'attachment; filename="{case}.zip"'}
    return Response(packed, media_type="application/zip", headers=headers)


@router.post(
    "/cases/{case}/callback", response_model=schemas.Resent, responses=responses("scope", "not_found")
)
def call_again(request: Request, works: Works, key: Submitter, case: str) -> JSONResponse:
    """Send the messages of a case once more, those too that were given up."""
    _found(request, works, key, case)
    return JSONResponse({"case": case, "messages": calls.send_again(works.engine, case)})


@router.post("/names/check", response_model=schemas.NameAnswer)
def check_name(works: Works, key: Anyone, wish: NameWish) -> JSONResponse:
    """Check a name as `zeromeet name check` does."""
    del key
    try:
        asked = name_jobs.Wish(
            day(wish.on),
            wish.region,
            wish.industry,
            wish.capital,
            wish.type,
            tuple(wish.alternates),
            tuple(wish.related),
            wish.foreign,
        )
        (checked,) = name_jobs.check_with(works.shop.names, [wish.name], asked)
    except (UsageError, ValueError) as error:
        raise Problem("refused", error.message if isinstance(error, UsageError) else "") from None
    return JSONResponse(name_jobs.as_json(checked))


def _found(request: Request, works: Service, key: Key, case: str) -> ServedCase:
    """Return a case of the caller's tenant; another's is as if it were not there.

    Raises:
        Problem: There is no such case.
    """
    found = works.cases.find(case, key.tenant)
    if found is None:
        raise Problem("not_found")
    request.state.case = found.id
    return found


def _version(request: Request, said: Act) -> int:
    if said.version is not None:
        return said.version
    tag = request.headers.get("if-match", "").strip().strip('"')
    if not (tag.isascii() and tag.isdigit() and len(tag) < 10):
        raise Problem("no_version")
    return int(tag)


def _assert_state(found: ServedCase, wanted: frozenset[State]) -> None:
    if found.state not in wanted:
        raise Problem("state")


def _acted(after: ServedCase | None) -> JSONResponse:
    if after is None:
        raise Problem("version")
    shown = {"case": after.id, "status": after.state.value, "version": after.version}
    return views.answer(after, shown)
