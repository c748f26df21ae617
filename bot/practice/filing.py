"""The halls' pages: start, one page an item, check, submit, receipt, what was filed."""

from collections.abc import AsyncIterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from bot.practice import answers, validate
from bot.practice.desk import Desk, desk_of
from bot.practice.pages import Hall, Item
from bot.practice.store import AlreadyFiledError, Draft

router = APIRouter()
MAX_REASON = 100
"""Characters of the reason why an item is not filed."""


class Notes(NamedTuple):
    """What is said on a page beside its answers."""

    problems: Mapping[str, str] = MappingProxyType({})
    """Control name to what is wrong."""
    saved: bool = False


async def posted(request: Request) -> AsyncIterator[FormData]:
    """Yield the posted form, the one thing that must be awaited, and close its uploads."""
    async with request.form(max_files=4, max_fields=2000) as form:
        yield form


def _hall(desk: Desk, name: str, key: str = "") -> Hall:
    hall = desk.hall(name, key)
    if hall is None:
        raise HTTPException(404)
    return hall


def _draft(desk: Desk, name: str) -> Draft:
    draft = desk.store.draft(name)
    if draft is None:
        raise HTTPException(404)
    return draft


@router.get("/")
def home(request: Request) -> Response:
    """Show the halls and what was filed last."""
    desk = desk_of(request)
    return desk.page(request, "home", recent=desk.store.filings()[:5], drafts=desk.store.drafts()[:5])


@router.get("/halls/{hall}")
def start(request: Request, hall: str) -> Response:
    """Ask for the business key."""
    desk = desk_of(request)
    return desk.page(request, "start", hall=_hall(desk, hall), key="", problem=None)


@router.post("/halls/{hall}")
def begin(request: Request, hall: str, key: Annotated[str, Form()] = "") -> Response:
    """Open the draft of a business key, or say why not."""
    desk = desk_of(request)
    known = _hall(desk, hall)
    problem = validate.start_problem(known.start, key.strip())
    if problem:
        return desk.page(request, "start", 422, hall=known, key=key, problem=problem)
    taken = next((f for f in desk.store.filings(key.strip()) if f.hall == hall), None)
    if taken and not desk.faults.does("twice", key):
        problem = f"这一户已经办理过，受理编号 {taken.number}。"
        return desk.page(request, "start", 409, hall=known, key=key, problem=problem)
    draft = desk.store.begin(hall, key.strip())
    return RedirectResponse(f"/drafts/{draft.id}/{known.items[0].id}", 303)


@router.get("/drafts/{name}")
def draft_page(request: Request, name: str) -> Response:
    """Show how far each item is, and lead on to the first that is open."""
    desk = desk_of(request)
    draft = _draft(desk, name)
    hall = _hall(desk, draft.hall, draft.key)
    onward = next((i.id for i in _missing(hall, draft)), "check")
    return desk.page(request, "draft", hall=hall, draft=draft, onward=onward)


@router.get("/drafts/{name}/check")
def check(request: Request, name: str) -> Response:
    """Show every answer before the last click."""
    desk = desk_of(request)
    draft = _draft(desk, name)
    hall = _hall(desk, draft.hall, draft.key)
    missing = _missing(hall, draft)
    token = "" if missing else desk.store.token(draft.id)
    return desk.page(request, "check", hall=hall, draft=draft, missing=missing, token=token)


def _missing(hall: Hall, draft: Draft) -> list[Item]:
    return [i for i in hall.items if i.id not in draft.done and i.id not in draft.skipped]


@router.post("/drafts/{name}/submit")
def submit(request: Request, name: str, token: Annotated[str, Form()] = "") -> Response:
    """Accept the draft once; a used token shows the receipt it has produced."""
    desk = desk_of(request)
    if number := desk.store.spent(token):
        text = f"这次申请已经提交过，没有重复受理。受理编号 {number}。"
        return desk.page(request, "message", 409, heading="请勿重复提交", text=text, receipt=number)
    draft = _draft(desk, name)
    return _accept(desk, request, draft, token)


def _accept(desk: Desk, request: Request, draft: Draft, token: str) -> Response:
    hall = _hall(desk, draft.hall, draft.key)
    if _missing(hall, draft):
        return _refused(desk, request, "还有事项没有填完，本次申请没有受理。")
    try:
        filing = desk.store.submit(
            token, _as_taken(desk, draft), hall.prefix, tuple(i.id for i in hall.items)
        )
    except AlreadyFiledError as error:
        return _refused(desk, request, f"这一户已经办理过，受理编号 {error.number}。")
    except LookupError:
        return _refused(desk, request, "页面已过期，本次申请没有受理，请返回核对页重新提交。")
    return RedirectResponse(f"/receipts/{filing.number}", 303)


def _as_taken(desk: Desk, draft: Draft) -> Draft:
    """Return the draft as it is accepted; the fault "rewrite" changes one value on the way."""
    if not desk.faults.does("value", draft.key):
        return draft
    item, answers = next(iter(draft.answers.items()))
    name, text = next((n, t) for n, t in answers.items() if t)
    return draft.model_copy(update={"answers": {**draft.answers, item: {**answers, name: f"{text}改"}}})


def _refused(desk: Desk, request: Request, text: str) -> Response:
    return desk.page(request, "message", 409, heading="没有受理", text=text)


@router.get("/receipts/{number}")
def receipt(request: Request, number: str) -> Response:
    """Show the receipt of a filing."""
    return _show_filing(request, number, "receipt")


@router.get("/filings")
def filings(request: Request, key: str = "") -> Response:
    """List what was filed, of one business key where one is given."""
    desk = desk_of(request)
    lag = desk.faults.does("lag", key)
    found = desk.store.filings(key.strip(), older_s=lag.kind.seconds if lag else 0)
    return desk.page(request, "filings", found=found, key=key)


@router.get("/filings/{number}")
def filing(request: Request, number: str) -> Response:
    """Show a filing with every value as it was kept."""
    return _show_filing(request, number, "filing")


def _show_filing(request: Request, number: str, page: str) -> Response:
    desk = desk_of(request)
    found = desk.store.filing(number)
    if found is None:
        raise HTTPException(404)
    return desk.page(request, page, hall=_hall(desk, found.hall, found.key), filing=found)


@router.get("/drafts/{name}/{item}")
def item_page(request: Request, name: str, item: str) -> Response:
    """Show one item's page with what the draft holds."""
    desk = desk_of(request)
    draft = _draft(desk, name)
    _, page = _item(desk, draft, item)
    return _item_view(desk, request, draft, page, Notes())


@router.post("/drafts/{name}/{item}")
def keep_item(request: Request, name: str, item: str, form: Annotated[FormData, Depends(posted)]) -> Response:
    """Keep one item's page: as a draft, with one row more or less, passed over, or finished."""
    desk = desk_of(request)
    draft = _draft(desk, name)
    hall, page = _item(desk, draft, item)
    verb, _, what = str(form.get("act", "next")).partition(":")
    if verb == "skip" and page.skippable:
        return _pass_over(desk, hall, page, draft, str(form.get("skipReason", "")))
    given = answers.typed(page, form)
    files, wrong = answers.uploads(page, form, draft.answers.get(item, {}), partial(_take, desk, draft))
    given = _turned(page, given | files, verb, what)
    if verb == "next":
        given = answers.called_for(page, given)
        wrong = validate.problems(page, given, draft.key) | wrong
    kept = _kept(desk, draft, page, given, done=verb == "next" and not wrong)
    if page.id in kept.done:
        return _onwards(hall, page, kept)
    return _item_view(desk, request, kept, page, Notes(wrong, saved=verb == "save" and not wrong))


def _turned(page: Item, given: answers.Answers, verb: str, what: str) -> answers.Answers:
    if verb == "add":
        return answers.with_row(page, given, what)
    return answers.without_row(page, given, what) if verb == "remove" else given


def _take(desk: Desk, draft: Draft, name: str, filename: str, data: bytes) -> str:
    return f"{filename}（SHA-256 {desk.store.add_upload(draft.id, name, filename, data)}）"


def _pass_over(desk: Desk, hall: Hall, page: Item, draft: Draft, reason: str) -> Response:
    why = reason.strip()[:MAX_REASON] or "纳税人选择本次不办理"
    kept = draft.model_copy(
        update={
            "skipped": {**draft.skipped, page.id: why},
            "done": tuple(i for i in draft.done if i != page.id),
        }
    )
    desk.store.keep(kept)
    return _onwards(hall, page, kept)


def _kept(desk: Desk, draft: Draft, page: Item, given: answers.Answers, *, done: bool) -> Draft:
    finished = set(draft.done) - {page.id} | ({page.id} if done else set())
    kept = draft.model_copy(
        update={
            "answers": {**draft.answers, page.id: given},
            "skipped": {item: why for item, why in draft.skipped.items() if item != page.id},
            "done": tuple(sorted(finished)),
        }
    )
    desk.store.keep(kept)
    return kept


def _onwards(hall: Hall, page: Item, draft: Draft) -> Response:
    after = hall.items.index(page) + 1
    step = hall.items[after].id if after < len(hall.items) else "check"
    return RedirectResponse(f"/drafts/{draft.id}/{step}", 303)


def _item(desk: Desk, draft: Draft, name: str) -> tuple[Hall, Item]:
    hall = _hall(desk, draft.hall, draft.key)
    page = hall.item(name)
    if page is None:
        raise HTTPException(404)
    return hall, page


def _item_view(desk: Desk, request: Request, draft: Draft, page: Item, notes: Notes) -> Response:
    return desk.page(
        request,
        "item",
        422 if notes.problems else 200,
        hall=_hall(desk, draft.hall, draft.key),
        item=page,
        draft=draft,
        answers=draft.answers.get(page.id, {}),
        problems=notes.problems,
        saved=notes.saved,
    )
