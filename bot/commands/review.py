"""`zeromeet review`: a person's decisions."""

from typing import Annotated

import typer

from bot import console, exits, jobs, service_jobs
from bot.commands.shared import CaseName, Json, Out, Portal, Url, finish, guarded, print_json
from extractors.errors import UsageError

app = typer.Typer(help="人工决定：看有什么待定、写下决定、放行。", no_args_is_help=True)


@app.command("list")
@guarded
def review_list(json: Json = False) -> int:
    """列出等人决定的案件。"""
    for case in jobs.waiting():
        if json:
            print_json({"case": case.id, "status": case.status, "folder": case.folder})
        else:
            console.waiting(case)
    return exits.DONE


@app.command("show")
@guarded
def review_show(case: CaseName, json: Json = False) -> int:
    """每个待定事项一行：是什么、为什么、在哪份材料的哪一页。"""
    items = jobs.open_items(case)
    if json:
        print_json(items.model_dump(mode="json"))
    else:
        console.open_items(items)
    return exits.DONE


@app.command("set")
@guarded
def review_set(
    case: CaseName,
    fact: Annotated[str, typer.Argument(help="事实的名称，见 review show 的方括号", show_default=False)],
    value: Annotated[str, typer.Argument(help="决定采用的值", show_default=False)],
    why: Annotated[str, typer.Option("--why", help="为什么这样定", show_default=False)],
    json: Json = False,
) -> int:
    """写下对一个事实的决定；原来的值、谁、何时、为什么都留着。"""
    kept = jobs.decide(case, fact, value, why)
    if json:
        print_json(kept.model_dump(mode="json", exclude={"witnesses"}))
    else:
        console.decided(kept)
    return exits.DONE


@app.command("release")
@guarded
def review_release(
    case: CaseName, portal: Portal = "practice", url: Url = None, out: Out = None, json: Json = False
) -> int:
    """放行：按人工的决定重新审核，没有待定的就接着办到回执。"""
    if (served := service_jobs.release(case)) is not None:
        print_json(served)
        return exits.DONE
    order = jobs.Order(portal=portal, url=url, out=out)
    return finish(jobs.release(case, order, console.progress(quiet=json)), json=json)


@app.command("settle")
@guarded
def review_settle(
    case: CaseName,
    why: Annotated[str, typer.Option("--why", help="怎样查到的", show_default=False)],
    receipt: Annotated[
        str | None, typer.Option("--receipt", help="门户已受理：回执编号", show_default=False)
    ] = None,
    not_filed: Annotated[bool, typer.Option("--not-filed", help="门户没有受理")] = False,
    hall: Annotated[str | None, typer.Option("--hall", help="哪个大厅", show_default=False)] = None,
    json: Json = False,
) -> int:
    """写下人工查清的结果：提交后结果未知的一件，门户是否受理。"""
    if (receipt is None) == (not not_filed):
        raise UsageError("请写 --receipt 编号，或者写 --not-filed，二者之一；没有记录。")
    settled = jobs.settle(case, hall, receipt, why)
    if json:
        print_json({"case": case, "hall": settled, "receipt": receipt, "filed": receipt is not None})
    else:
        console.say("已记录。重跑本件即可接着办理，不会重复提交。")
    return exits.DONE
