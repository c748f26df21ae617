"""`zeromeet batch` and `tune`: many cases at once, and how much of them may go straight through."""

from pathlib import Path
from typing import Annotated

import typer

from bot.batch import jobs, tuning, views
from bot.batch.summary import said
from bot.commands.shared import Day, Json, Portal, Url, day, guarded, print_json

app = typer.Typer()


@app.command()
@guarded
def batch(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    folder: Annotated[
        Path, typer.Argument(help="文件夹：每个子文件夹或者 ZIP 是一件", metavar="DIR", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(help="结果放到哪里，默认 DIR 旁边的 DIR-out", show_default=False)
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--jobs", min=1, help="同时读取的进程数，默认看本机的核数和内存", show_default=False),
    ] = None,
    portal: Portal = "practice",
    url: Url = None,
    on: Day = None,
    resume: Annotated[
        bool, typer.Option(help="接着上次办；--no-resume 全部重新审核，已办成的也不会重复办理")
    ] = True,
    retry: Annotated[
        str, typer.Option(help="再办一次哪些状态的案件，用逗号隔开，例如 review,failed", show_default=False)
    ] = "",
    only: Annotated[
        list[str] | None, typer.Option(help="只办这些：案件编号或文件夹名，可用 * 和 ?", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="全部填好，但不按最后的提交")] = False,
    json: Json = False,
) -> int:
    """成批办理：读取在前，办理在后；随时可以中断，重跑同一条命令接着办。"""
    order = jobs.BatchOrder(
        folder=folder,
        out=out or jobs.beside(folder),
        on=day(on),
        readers=workers or jobs.readers_for_this_machine(),
        portal=portal,
        url=url,
        resume=resume,
        retry=jobs.stages(retry),
        only=tuple(only or ()),
        dry_run=dry_run,
    )
    done = jobs.run(order, [] if json else [views.view()])
    if json:
        print_json(done.model_dump())
    else:
        typer.echo(said(done), nl=False)
    return done.exit_code


@app.command()
@guarded
def tune(
    folder: Annotated[
        Path, typer.Argument(help="办理过的案件所在的文件夹", metavar="CASES", show_default=False)
    ],
    error: Annotated[
        float, typer.Option(min=0.000001, max=0.5, help="容许的错误率：不问人就采用的值里错的比例")
    ] = 0.001,
    seconds: Annotated[float, typer.Option(min=0, help="人看一个值要多少秒，用来估算人工")] = 20,
    out: Annotated[
        Path | None, typer.Option(help="把 dial.json 和 dial.svg 放到哪里", show_default=False)
    ] = None,
    json: Json = False,
) -> int:
    """调节：每一种容许的错误率下，多少案件可以直接办成，人要看多少；依据人核对过的值。"""
    dial = tuning.tune(folder, error, seconds, out)
    if json:
        print_json(dial.model_dump())
    else:
        views.dial(dial)
    return 0
