"""The program `zeromeet`: arguments, printing, errors to exit codes; no logic."""

import json as jsonlib
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot import console, exits, jobs, name_jobs, output
from bot.model import CaseResult
from extractors.errors import UsageError, ZeromeetError

app = typer.Typer(
    help="零见面：读取新办企业的材料，填好名称申报和新办纳税人套餐，依法审核，并在办事门户里办好。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
review = typer.Typer(help="人工决定：看有什么待定、写下决定、放行。", no_args_is_help=True)
app.add_typer(review, name="review")
rules = typer.Typer(help="审核规则：比较两天的规定。", no_args_is_help=True)
app.add_typer(rules, name="rules")

names = typer.Typer(help="企业名称：检查能否申报，维护名称库。", no_args_is_help=True)
app.add_typer(names, name="name")
register = typer.Typer(help="名称库：建立、增加、保留、释放、注销。", no_args_is_help=True)
names.add_typer(register, name="register")

_TWO_DAYS = 2
CaseDir = Annotated[Path, typer.Argument(help="一件申请材料的文件夹", show_default=False)]
CaseName = Annotated[str, typer.Argument(help="案件编号，或它的文件夹", metavar="CASE", show_default=False)]
Day = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="按哪一天的规定审核，默认今天", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="只输出 JSON，供程序读取")]
Portal = Annotated[str, typer.Option(help="门户名称，或门户地图 YAML 的路径")]
Url = Annotated[str | None, typer.Option(help="门户的网址；不写时自行启动练习门户", show_default=False)]
Out = Annotated[Path | None, typer.Option(help="报告、回执和凭证放到哪里", show_default=False)]

Name = Annotated[str, typer.Argument(help="企业名称全文", metavar="NAME", show_default=False)]
Region = Annotated[str, typer.Option("--region", help="企业所在地的六位区划代码", show_default=False)]
RegisterDir = Annotated[
    Path | None,
    typer.Option("--register", help="名称库的文件夹，默认取 ZEROMEET_NAME_REGISTER", show_default=False),
]


def _guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command returns into its exit code, and an error into a sentence and its code."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            code = command(*args, **kwargs)
        except ZeromeetError as error:
            _fail(error, json=bool(kwargs.get("json")))
        except KeyboardInterrupt:
            console.say("已中断。已经办成的不会重复办理；重跑同一条命令即可继续。")
            code = exits.INTERRUPTED
        raise typer.Exit(code)

    return run


def _fail(error: ZeromeetError, *, json: bool) -> NoReturn:
    if json:
        _print({"error": {"code": error.code, "message": error.message, "remedy": error.advice}})
    console.say(str(error))
    raise typer.Exit(error.exit_code)


def _print(data: Any) -> None:
    sys.stdout.write(jsonlib.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _show(result: CaseResult, *, json: bool, report: Path | None = None) -> int:
    if json:
        _print(output.case(result))
    else:
        console.case(result, report)
    return exits.of(result)


def _done(done: jobs.Done, *, json: bool) -> int:
    if json:
        _print(output.case(done.result) | ({"requests": done.bodies} if done.bodies else {}))
        return done.exit_code
    console.case(done.result, done.report)
    console.bodies(done.bodies)
    return done.exit_code


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()  # noqa: DTZ011 - the clerk's own calendar day


@app.command()
@_guarded
def extract(
    paths: Annotated[
        list[Path], typer.Argument(help="文件或文件夹，可以多个", metavar="PATH...", show_default=False)
    ],
    json: Json = False,
    jobs_wanted: Annotated[
        int, typer.Option("--jobs", min=1, help="同时读取的文件数；识别进程已用满各核，写多也不会更快")
    ] = 1,
) -> int:
    """只读取材料，取出要素，不审核、不办理。"""
    del jobs_wanted
    worst = exits.DONE
    for found in jobs.extract(paths):
        for line in output.file(found):
            if json:
                _print(line)
            else:
                console.paper(line)
        worst = exits.worst(worst, exits.QUARANTINED if found.unreadable else exits.DONE)
    return worst


@app.command()
@_guarded
def check(case: CaseDir, on: Day = None, json: Json = False) -> int:
    """读取并审核一件材料，列出结论；不打开任何门户网站。"""
    return _show(jobs.check(case, _day(on), console.progress(quiet=json)), json=json)


@app.command()
@_guarded
def process(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    case: CaseDir,
    on: Day = None,
    portal: Portal = "practice",
    url: Url = None,
    out: Out = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="全部填好，但不按最后的提交")] = False,
    json: Json = False,
) -> int:
    """主要的工作：读取、填表、审核、在门户里办好，或者停下来请人决定。"""
    order = jobs.Order(portal=portal, url=url, out=out, dry_run=dry_run)
    return _done(jobs.process(case, _day(on), order, console.progress(quiet=json)), json=json)


@review.command("list")
@_guarded
def review_list(json: Json = False) -> int:
    """列出等人决定的案件。"""
    for case in jobs.waiting():
        if json:
            _print({"case": case.id, "status": case.status, "folder": case.folder})
        else:
            console.waiting(case)
    return exits.DONE


@review.command("show")
@_guarded
def review_show(case: CaseName, json: Json = False) -> int:
    """每个待定事项一行：是什么、为什么、在哪份材料的哪一页。"""
    items = jobs.open_items(case)
    if json:
        _print(items.model_dump(mode="json"))
    else:
        console.open_items(items)
    return exits.DONE


@review.command("set")
@_guarded
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
        _print(kept.model_dump(mode="json", exclude={"witnesses"}))
    else:
        console.decided(kept)
    return exits.DONE


@review.command("release")
@_guarded
def review_release(
    case: CaseName, portal: Portal = "practice", url: Url = None, out: Out = None, json: Json = False
) -> int:
    """放行：按人工的决定重新审核，没有待定的就接着办到回执。"""
    order = jobs.Order(portal=portal, url=url, out=out)
    return _done(jobs.release(case, order, console.progress(quiet=json)), json=json)


@app.command()
@_guarded
def explain(
    case: CaseName,
    what: Annotated[
        str,
        typer.Argument(
            help="规则、事实或栏目（表.栏目）的名称", metavar="RULE|FACT|FIELD", show_default=False
        ),
    ],
    json: Json = False,
) -> int:
    """说明缘由：栏目出自哪个事实、哪份材料的哪一处；结论依据哪张表、哪条法。"""
    chain = jobs.explain(case, what)
    if json:
        _print([reason.model_dump(mode="json") for reason in chain])
    else:
        console.reasons(chain)
    return exits.DONE


@rules.command("diff")
@_guarded
def rules_diff(
    cases: Annotated[
        Path,
        typer.Argument(help="文件夹，每个子文件夹是一件申请材料", metavar="CASES_DIR", show_default=False),
    ],
    on: Annotated[
        list[datetime],
        typer.Option("--on", formats=["%Y-%m-%d"], help="两天，先后各写一次", show_default=False),
    ],
    json: Json = False,
) -> int:
    """比较两天的规定：哪些案件的哪些结论变了，由哪张表的哪一步引起。"""
    if len(on) != _TWO_DAYS:
        raise UsageError(
            "要比较的不是两天，没有比较。", "请写两次 --on，例如 --on 2018-06-01 --on 2026-11-23。"
        )
    for changed in jobs.rule_changes(cases, on[0].date(), on[1].date(), console.progress(quiet=json)):
        if json:
            _print(changed.model_dump(mode="json"))
        else:
            console.rule_changes(changed)
    return exits.DONE


@names.command("check")
@_guarded
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
        _day(on),
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
            _print(name_jobs.as_json(checked))
        else:
            console.name(checked)
    return exits.DONE


@register.command("build")
@_guarded
def register_build(
    files: Annotated[list[Path], typer.Argument(help="CSV、TSV、Parquet 或者 TXT 文件", metavar="FILE...")],
    out: Annotated[Path, typer.Option(help="名称库放到哪里", show_default=False)],
    on: Day = None,
    json: Json = False,
) -> int:
    """由登记名册建立名称库；中断后重跑同一条命令接着建。"""
    made = name_jobs.build_register(files, out, _day(on), console.progress(quiet=json))
    if json:
        _print(made.model_dump(mode="json"))
    else:
        console.register_built(made, out)
    return exits.DONE


@register.command("add")
@_guarded
def register_add(name: Name, region: Region = "", folder: RegisterDir = None) -> int:
    """增加已登记的名称；写 - 从标准输入逐行读取。"""
    wanted = (line.strip() for line in sys.stdin) if name == "-" else [name]
    count = name_jobs.add((n for n in wanted if n), region, folder)
    console.say(f"已增加 {count:,} 个名称。")
    return exits.DONE


@register.command("reserve")
@_guarded
def register_reserve(
    name: Name,
    region: Region = "",
    long: Annotated[bool, typer.Option("--long", help="设立前须经批准的，保留一年")] = False,
    folder: RegisterDir = None,
    on: Day = None,
) -> int:
    """保留名称两个月；已有相同名称的不予保留。"""
    until = name_jobs.reserve(name, region, _day(on), folder, has_prior_approval=long)
    console.say(f"已保留，保留期至 {until}。")
    return exits.DONE


@register.command("release")
@_guarded
def register_release(name: Name, region: Region = "", folder: RegisterDir = None) -> int:
    """释放保留的名称。"""
    name_jobs.release(name, region, folder)
    console.say("已释放。")
    return exits.DONE


@register.command("deregister")
@_guarded
def register_deregister(name: Name, region: Region = "", folder: RegisterDir = None, on: Day = None) -> int:
    """记下名称已注销或者变更；一年之内仍与它比对。"""
    until = name_jobs.deregister(name, region, _day(on), folder)
    console.say(f"已记下，比对到 {until} 为止。")
    return exits.DONE


@app.command()
@_guarded
def practice(
    port: Annotated[int, typer.Option(help="端口，0 表示任选一个")] = 8017,
    faults: Annotated[list[str] | None, typer.Option("--faults", help="按需发作的故障，可以多个")] = None,
) -> int:
    """单独启动练习门户，供人看、供人试。"""
    jobs.practice(port, faults or [], console.say)
    return exits.DONE


@app.command()
@_guarded
def demo(out: Out = None) -> int:
    """把 samples/ 里的两件材料办一遍，看看零见面怎样工作。"""
    done = jobs.demo((out or Path.cwd()) / "out", console.progress(quiet=False))
    for one in done:
        console.case(one.result, one.report)
    console.demo_over(done)
    return exits.DONE


@app.command()
@_guarded
def doctor(json: Json = False) -> int:
    """检查这台机器是否齐备：浏览器、模型、数据库，以及每项设置从哪里来。"""
    checks = jobs.doctor()
    if json:
        _print([c.model_dump() for c in checks])
    else:
        console.doctor(checks)
    return exits.DONE if all(c.ok for c in checks) else exits.FAILED


def main() -> None:
    """Run the program."""
    app()


if __name__ == "__main__":
    main()
