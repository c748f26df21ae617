"""The halls' pages: start, one page an item, check, submit, receipt, what was filed."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from bot.practice import validate
from bot.practice.desk import Desk, desk_of
from bot.practice.pages import Field, Hall, Item, halls
from bot.practice.store import AlreadyFiledError, Draft

router = APIRouter()
MAX_UPLOAD = 2 * 1024 * 1024
_UPLOADS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG")


async def posted(request: Request) -> AsyncIterator[FormData]:
    """Yield the posted form, the one thing that must be awaited, and close its uploads."""
    async with request.form(max_files=4, max_fields=2000) as form:
        yield form


def _hall(name: str) -> Hall:
    if name not in halls():
        raise HTTPException(404)
    return halls()[name]


def _draft(desk: Desk, name: str) -> Draft:
    draft = desk.store.draft(name)
    if draft is None:
        raise HTTPException(404)
    return draft


@router.get("/")
def home(request: Request) -> Response:
    """Show the halls and what was filed last."""
    desk = desk_of(request)
    return desk.page(request, "home", recent=desk.store.filings()[:5])


@router.get("/halls/{hall}")
def start(request: Request, hall: str) -> Response:
    """Ask for the business key."""
    return desk_of(request).page(request, "start", hall=_hall(hall), key="", problem=None)


@router.post("/halls/{hall}")
def begin(request: Request, hall: str, key: Annotated[str, Form()] = "") -> Response:
    """Open the draft of a business key, or say why not."""
    desk, known = desk_of(request), _hall(hall)
    problem = validate.start_problem(known.start, key.strip())
    if problem:
        return desk.page(request, "start", 422, hall=known, key=key, problem=problem)
    taken = next((f for f in desk.store.filings(key.strip()) if f.hall == hall), None)
    if taken:
        problem = f"这一户已经办理过，受理编号 {taken.number}。"
        return desk.page(request, "start", 409, hall=known, key=key, problem=problem)
    draft = desk.store.begin(hall, key.strip())
    return RedirectResponse(f"/drafts/{draft.id}/{known.items[0].id}", 303)


@router.get("/drafts/{name}/check")
def check(request: Request, name: str) -> Response:
    """Show every answer before the last click."""
    desk = desk_of(request)
    draft = _draft(desk, name)
    hall = halls()[draft.hall]
    missing = _missing(hall, draft)
    token = "" if missing else desk.store.token(draft.id)
    return desk.page(request, "check", hall=hall, draft=draft, missing=missing, token=token)


def _missing(hall: Hall, draft: Draft) -> list[Item]:
    return [i for i in hall.items if i.id not in draft.done and i.id not in draft.skipped]


@router.post("/drafts/{name}/submit")
def submit(request: Request, name: str, token: Annotated[str, Form()] = "") -> Response:
    """Accept the draft once; a used token shows the receipt it has produced."""
    desk = desk_of(request)
    if receipt := desk.store.spent(token):
        text = f"这次申请已经提交过，没有重复受理。受理编号 {receipt}。"
        return desk.page(request, "message", 409, heading="请勿重复提交", text=text)
    draft = _draft(desk, name)
    if "refuse-submit" in desk.faults:
        return _refused(desk, request, "系统繁忙，本次申请没有受理，请稍后重试。")
    if "500-on-submit" in desk.faults:
        raise HTTPException(500)
    return _accept(desk, request, draft, token)


def _accept(desk: Desk, request: Request, draft: Draft, token: str) -> Response:
    hall = halls()[draft.hall]
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
    if "lost-receipt" in desk.faults:
        raise HTTPException(500)
    return RedirectResponse(f"/receipts/{filing.number}", 303)


def _as_taken(desk: Desk, draft: Draft) -> Draft:
    """Return the draft as it is accepted; the fault "rewrite" changes one value on the way."""
    if "rewrite" not in desk.faults:
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
    return desk.page(request, "filings", found=desk.store.filings(key.strip()), key=key)


@router.get("/filings/{number}")
def filing(request: Request, number: str) -> Response:
    """Show a filing with every value as it was kept."""
    return _show_filing(request, number, "filing")


def _show_filing(request: Request, number: str, page: str) -> Response:
    desk = desk_of(request)
    found = desk.store.filing(number)
    if found is None:
        raise HTTPException(404)
    return desk.page(request, page, hall=halls()[found.hall], filing=found)


@router.get("/drafts/{name}/{item}")
def item_page(request: Request, name: str, item: str) -> Response:
    """Show one item's page with what the draft holds."""
    desk = desk_of(request)
    draft = _draft(desk, name)
    hall, page = _item(draft, item)
    return _item_view(desk, request, hall, page, draft, draft.answers.get(item, {}), {})


@router.post("/drafts/{name}/{item}")
def keep_item(request: Request, name: str, item: str, form: Annotated[FormData, Depends(posted)]) -> Response:
    """Keep one item's page: as a draft, with one row more or less, skipped, or finished."""
    desk = desk_of(request)
    draft = _draft(desk, name)
    hall, page = _item(draft, item)
    answers = _answers(desk, draft, page, form)
    return _act(desk, request, (hall, page, draft), answers, str(form.get("act", "next")))


def _act(
    desk: Desk, request: Request, where: tuple[Hall, Item, Draft], answers: dict[str, str], act: str
) -> Response:
    hall, page, draft = where
    verb, _, what = act.partition(":")
    if verb == "skip" and page.skippable:
        reason = answers.get("skipReason", "") or "纳税人本次不办理"
        update: dict[str, Any] = {"skipped": {**draft.skipped, page.id: reason}}
        desk.store.keep(draft.model_copy(update=update))
        return _onwards(hall, page, draft)
    if verb == "add":
        answers[
            f"{what}[{validate.row_count(_rows(page, what), answers)}].{_rows(page, what).fields[0].name}"
        ] = ""
    if verb == "remove":
        answers = _without_row(answers, what)
    return _keep(desk, request, where, answers, verb)


def _keep(
    desk: Desk, request: Request, where: tuple[Hall, Item, Draft], answers: dict[str, str], verb: str
) -> Response:
    hall, page, draft = where
    problems = validate.problems(page, answers, draft.key) if verb == "next" else {}
    done = set(draft.done) - {page.id} | ({page.id} if verb == "next" and not problems else set())
    kept = draft.model_copy(
        update={
            "answers": {**draft.answers, page.id: answers},
            "skipped": {k: v for k, v in draft.skipped.items() if k != page.id},
            "done": tuple(sorted(done)),
        }
    )
    desk.store.keep(kept)
    if verb == "next" and not problems:
        return _onwards(hall, page, draft)
    return _item_view(desk, request, hall, page, kept, answers, problems, saved=verb == "save")


def _onwards(hall: Hall, page: Item, draft: Draft) -> Response:
    after = hall.items.index(page) + 1
    step = hall.items[after].id if after < len(hall.items) else "check"
    return RedirectResponse(f"/drafts/{draft.id}/{step}", 303)


def _item(draft: Draft, name: str) -> tuple[Hall, Item]:
    hall = halls()[draft.hall]
    page = hall.item(name)
    if page is None:
        raise HTTPException(404)
    return hall, page


def _rows(page: Item, name: str) -> Any:
    found = next((r for r in page.rows if r.name == name), None)
    if found is None:
        raise HTTPException(404)
    return found


def _item_view(  # noqa: PLR0913, PLR0917 - what a page shows
    desk: Desk,
    request: Request,
    hall: Hall,
    page: Item,
    draft: Draft,
    answers: dict[str, str],
    problems: dict[str, str],
    *,
    saved: bool = False,
) -> Response:
    status = 422 if problems else 200
    labels = {name: _label(page, name) for name in problems}
    return desk.page(
        request,
        "item",
        status,
        hall=hall,
        item=page,
        draft=draft,
        answers=answers,
        problems=problems,
        labels=labels,
        saved=saved,
    )


def _label(page: Item, name: str) -> str:
    every: list[Field] = [*page.fields, *(f for r in page.rows for f in r.fields)]
    return next(f.label for f in every if f.name == name.rsplit(".", 1)[-1])


def _without_row(answers: dict[str, str], what: str) -> dict[str, str]:
    """Take a row out and move the later ones up; what is "investors[1]"."""
    group, _, rest = what.partition("[")
    gone = int(rest.rstrip("]")) if rest.rstrip("]").isdecimal() else -1
    kept: dict[str, str] = {}
    for name, text in answers.items():
        if not name.startswith(f"{group}["):
            kept[name] = text
            continue
        n, _, field = name[len(group) + 1 :].partition("].")
        if int(n) != gone:
            kept[f"{group}[{int(n) - (int(n) > gone)}].{field}"] = text
    return kept


def _answers(desk: Desk, draft: Draft, page: Item, form: FormData) -> dict[str, str]:
    names = {f.name for f in page.fields} | {"skipReason"}
    groups = tuple(f"{r.name}[" for r in page.rows)
    before = draft.answers.get(page.id, {})
    answers: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            kept = _uploaded(desk, draft, name, value) or before.get(name, "")
            if kept and name in names:
                answers[name] = kept
        elif name in names or name.startswith(groups):
            answers[name] = str(value).replace("\r\n", "\n").strip()
    return answers


def _uploaded(desk: Desk, draft: Draft, name: str, upload: UploadFile) -> str:
    data = upload.file.read(MAX_UPLOAD + 1)
    if not data or len(data) > MAX_UPLOAD or not data.startswith(_UPLOADS):
        return ""
    digest = desk.store.add_upload(draft.id, name, upload.filename or "", data)
    return f"{upload.filename}（SHA-256 {digest}）"
