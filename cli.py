"""The program `zeromeet`: arguments, printing, errors to exit codes; no logic."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import console, exits, jobs, output
from bot.commands import batch, evidence, name, portal, replay, review, service
from bot.commands.shared import (
    CaseDir,
    CaseName,
    Day,
    Json,
    Out,
    Portal,
    Url,
    day,
    finish,
    guarded,
    print_json,
    show,
)
from extractors.errors import UsageError

app = typer.Typer(
    help="零见面：读取新办企业的材料，填好名称申报和新办纳税人套餐，依法审核，并在办事门户里办好。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
rules = typer.Typer(help="审核规则：比较两天的规定。", no_args_is_help=True)
app.add_typer(review.app, name="review")
app.add_typer(rules, name="rules")
app.add_typer(name.app, name="name")
app.add_typer(portal.app, name="portal")
app.add_typer(evidence.app, name="evidence")
app.add_typer(service.keys, name="key")
app.command()(service.serve)
app.command()(service.worker)
app.command()(service.backup)
app.command()(service.restore)
app.add_typer(batch.app)
app.add_typer(replay.app, name="replay")
app.command()(replay.record)

_TWO_DAYS = 2


@app.command()
@guarded
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
                print_json(line)
            else:
                console.paper(line)
        worst = exits.worst(worst, exits.QUARANTINED if found.unreadable else exits.DONE)
    return worst


@app.command()
@guarded
def check(case: CaseDir, on: Day = None, json: Json = False) -> int:
    """读取并审核一件材料，列出结论；不打开任何门户网站。"""
    return show(jobs.check(case, day(on), console.progress(quiet=json)), json=json)


@app.command()
@guarded
def process(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    case: CaseDir,
    on: Day = None,
    portal: Portal = "practice",
    url: Url = None,
    out: Out = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="全部填好，但不按最后的提交")] = False,
    wait: Annotated[float, typer.Option(min=0, help="门户要求由人完成验证时，等人几分钟；0 为不等")] = 0,
    json: Json = False,
) -> int:
    """主要的工作：读取、填表、审核、在门户里办好，或者停下来请人决定。"""
    order = jobs.Order(portal=portal, url=url, out=out, dry_run=dry_run, wait_s=wait * 60)
    return finish(jobs.process(case, day(on), order, console.progress(quiet=json)), json=json)


@app.command()
@guarded
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
        print_json([reason.model_dump(mode="json") for reason in chain])
    else:
        console.reasons(chain)
    return exits.DONE


@rules.command("diff")
@guarded
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
            print_json(changed.model_dump(mode="json"))
        else:
            console.rule_changes(changed)
    return exits.DONE


@app.command()
@guarded
def practice(
    port: Annotated[int, typer.Option(help="端口，0 表示任选一个")] = 8017,
    faults: Annotated[
        list[str] | None,
        typer.Option(
            "--faults", help="按需发作的故障，可以多个，如 cut-after-write:once（docs/reference/faults.md）"
        ),
    ] = None,
) -> int:
    """单独启动练习门户，供人看、供人试。"""
    jobs.practice(port, faults or [], console.say)
    return exits.DONE


@app.command()
@guarded
def demo(out: Out = None) -> int:
    """把 samples/ 里的两件材料办一遍，看看零见面怎样工作。"""
    done = jobs.demo((out or Path.cwd()) / "out", console.progress(quiet=False))
    for one in done:
        console.case(one.result, one.report)
    console.demo_over(done)
    return exits.DONE


@app.command()
@guarded
def doctor(json: Json = False) -> int:
    """检查这台机器是否齐备：浏览器、模型、数据库，以及每项设置从哪里来。"""
    checks = jobs.doctor()
    if json:
        print_json([c.model_dump() for c in checks])
    else:
        console.doctor(checks)
    return exits.DONE if all(c.ok for c in checks) else exits.FAILED


def main() -> None:
    """Run the program."""
    app()


if __name__ == "__main__":
    main()
