"""`zeromeet portal`: is a portal still as its map says."""

from pathlib import Path
from typing import Annotated

import typer

from bot import console, exits, portal_jobs
from bot.commands.shared import Json, Url, guarded, print_json
from extractors.errors import UsageError

app = typer.Typer(help="门户：核对门户的页面是否仍与地图相符。", no_args_is_help=True)


@app.command("check")
@guarded
def portal_check(
    portal: Annotated[
        str, typer.Argument(help="门户名称，或门户地图 YAML 的路径", metavar="MAP", show_default=False)
    ],
    url: Url = None,
    keys: Annotated[
        list[str] | None,
        typer.Option("--key", help="大厅=业务标识：可以用它起一份草稿来看各页", show_default=False),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="把现在的样子记为存样")] = False,
    out: Annotated[Path | None, typer.Option(help="把改地图的建议写到这个文件", show_default=False)] = None,
    json: Json = False,
) -> int:
    """不填写内容，走一遍门户：缺了什么、移了什么、改了名、新出现的必填项。"""
    reports = portal_jobs.check(portal, url, _pairs(keys or []), console.progress(quiet=json), accept=accept)
    proposal = portal_jobs.patch(portal, reports)
    if out is not None and proposal:
        out.write_text(proposal, encoding="utf-8")
    for report in reports:
        if json:
            print_json(report.model_dump(mode="json", exclude={"form"}))
        else:
            console.portal_page(report)
    if not json:
        console.portal_patch(proposal)
    return exits.DONE if accept or all(report.is_sound for report in reports) else exits.CHANGED


@app.command("learn")
@guarded
def portal_learn(
    url: Annotated[str, typer.Argument(help="表单的网址", metavar="URL", show_default=False)],
    until: Annotated[
        str | None, typer.Option(help="表单页的标题：要先由人登录、打开到这一页", show_default=False)
    ] = None,
    wait: Annotated[float, typer.Option(min=0.1, help="等人几分钟")] = 10,
    out: Annotated[
        Path | None, typer.Option(help="写到哪个文件，默认写到标准输出", show_default=False)
    ] = None,
) -> int:
    """看一张在线的表单，提出它的地图草稿；拿不准的地方都标出来，由人补完。不填写、不提交。"""
    proposal = portal_jobs.learn(url, until, wait * 60, console.say)
    if out is None:
        typer.echo(proposal, nl=False)
    else:
        out.write_text(proposal, encoding="utf-8")
        console.say(f"已写到 {out}。请补完带 # ? 的各行，再用 zeromeet portal check 核对。")
    return exits.DONE


def _pairs(keys: list[str]) -> dict[str, str]:
    pairs = [key.partition("=") for key in keys]
    if any(not (hall and text) for hall, _, text in pairs):
        raise UsageError(
            "--key 要写成 大厅=业务标识，没有打开任何页面。", "例如 --key tax=91310115MA1K0P7XQ8。"
        )
    return {hall: text for hall, _, text in pairs}
