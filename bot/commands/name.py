"""`zeromeet name`: the name check, and the register that names are compared with."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import console, exits, name_jobs
from bot.commands.shared import Day, Json, day, guarded, print_json

app = typer.Typer(help="企业名称：检查能否申报，维护名称库。", no_args_is_help=True)
register = typer.Typer(help="名称库：建立、增加、保留、释放、注销。", no_args_is_help=True)
app.add_typer(register, name="register")

Name = Annotated[str, typer.Argument(help="企业名称全文", metavar="NAME", show_default=False)]
Region = Annotated[str, typer.Option("--region", help="企业所在地的六位区划代码", show_default=False)]
RegisterDir = Annotated[
    Path | None,
    typer.Option("--register", help="名称库的文件夹，默认取 ZEROMEET_NAME_REGISTER", show_default=False),
]


@app.command("check")
@guarded
def name_check(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    name: Annotated[
        str, typer.Argument(help="名称全文；写 - 从标准输入逐行读取", metavar="NAME", show_default=False)
    ],
    region: Region = "",
    industry: Annotated[str, typer.Option(help="国民经济行业代码", show_default=False)] = "",
    capital: Annotated[str, typer.Option(help="注册资本，元", show_default=False)] = "",
    company_type: Annotated[str, typer.Option("--type", help="企业类型代码", show_default=False)] = "",
    alternates: Annotated[
        list[str] | None, typer.Option("--alternate", help="备选字号，可以多个", show_default=False)
    ] = None,
    related: Annotated[
        list[str] | None, typer.Option("--related", help="有投资关系或者授权的企业名称", show_default=False)
    ] = None,
    foreign: Annotated[
        bool | None, typer.Option("--foreign/--domestic", help="是否外商投资企业", show_default=False)
    ] = None,
    folder: RegisterDir = None,
    on: Day = None,
    json: Json = False,
) -> int:
    """检查名称：写法、禁限用字词、与名称库中的名称是否相同或者近似；不能用的给出相近的可用名称。"""
    wish = name_jobs.Wish(
        day(on),
        region,
        industry,
        capital,
        company_type,
        tuple(alternates or ()),
        tuple(related or ()),
        foreign,
    )
    is_stream = name == "-"
    wanted = (line.rstrip("\r\n") for line in sys.stdin) if is_stream else [name]
    for checked in name_jobs.check((n for n in wanted if n or not is_stream), wish, folder):
        if json or is_stream:
            print_json(name_jobs.as_json(checked))
        else:
            console.name(checked)
    return exits.DONE


@register.command("build")
@guarded
def register_build(
    files: Annotated[list[Path], typer.Argument(help="CSV、TSV、Parquet 或者 TXT 文件", metavar="FILE...")],
    out: Annotated[Path, typer.Option(help="名称库放到哪里", show_default=False)],
    on: Day = None,
    json: Json = False,
) -> int:
    """由登记名册建立名称库；中断后重跑同一条命令接着建。"""
    made = name_jobs.build_register(files, out, day(on), console.progress(quiet=json))
    if json:
        print_json(made.model_dump(mode="json"))
    else:
        console.register_built(made, out)
    return exits.DONE


@register.command("add")
@guarded
def register_add(name: Name, region: Region = "", folder: RegisterDir = None) -> int:
    """增加已登记的名称；写 - 从标准输入逐行读取。"""
    wanted = (line.strip() for line in sys.stdin) if name == "-" else [name]
    count = name_jobs.add((n for n in wanted if n), region, folder)
    console.say(f"已增加 {count:,} 个名称。")
    return exits.DONE


@register.command("reserve")
@guarded
def register_reserve(
    name: Name,
    region: Region = "",
    long: Annotated[bool, typer.Option("--long", help="设立前须经批准的，保留一年")] = False,
    folder: RegisterDir = None,
    on: Day = None,
) -> int:
    """保留名称两个月；已有相同名称的不予保留。"""
    until = name_jobs.reserve(name, region, day(on), folder, has_prior_approval=long)
    console.say(f"已保留，保留期至 {until}。")
    return exits.DONE


@register.command("release")
@guarded
def register_release(name: Name, region: Region = "", folder: RegisterDir = None) -> int:
    """释放保留的名称。"""
    name_jobs.release(name, region, folder)
    console.say("已释放。")
    return exits.DONE


@register.command("deregister")
@guarded
def register_deregister(name: Name, region: Region = "", folder: RegisterDir = None, on: Day = None) -> int:
    """记下名称已注销或者变更；一年之内仍与它比对。"""
    until = name_jobs.deregister(name, region, day(on), folder)
    console.say(f"已记下，比对到 {until} 为止。")
    return exits.DONE
