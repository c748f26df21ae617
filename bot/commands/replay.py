"""`zeromeet record` and `zeromeet replay`."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from bot import console, exits, replay_jobs
from bot.commands.shared import Day, Json, day, guarded, print_json
from bot.replay import text
from bot.replay.model import Stage
from bot.replay.report import Report


class _RunFirst(TyperGroup):
    """`replay FILE` is `replay run FILE`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take anything but the name of a command as what is to be replayed."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    help="回放录制的案件：与今天的程序比较，说明变了什么、为什么。", no_args_is_help=True, cls=_RunFirst
)

Recordings = Annotated[
    Path,
    typer.Argument(
        help="录制文件，或放录制文件的文件夹", metavar="FILE|DIR", exists=True, show_default=False
    ),
]
From = Annotated[
    Stage, typer.Option("--from", help="从哪一步开始重算：读到的文字、要素、事实与表、填写计划、门户")
]
Map = Annotated[
    str | None, typer.Option("--portal", help="换用这张门户地图，默认用录制时的", show_default=False)
]

RecordedCase = Annotated[
    str, typer.Argument(help="案件编号，或申请材料的文件夹", metavar="CASE", show_default=False)
]


@guarded
def record(  # noqa: PLR0913, PLR0917 - one argument for each option of the command
    case: RecordedCase,
    out: Annotated[Path, typer.Option(help="录制文件写到哪里（*.zeromeet）", show_default=False)],
    papers: Annotated[
        Literal["full", "hashes"], typer.Option(help="原件放进录制文件，还是只记下指纹")
    ] = "full",
    pseudonymise: Annotated[
        bool, typer.Option("--pseudonymise", help="人名、企业名称、号码、住址换成仍然合规的虚构值，不带原件")
    ] = False,
    on: Day = None,
    portal: Annotated[str, typer.Option(help="门户名称，或门户地图 YAML 的路径")] = "practice",
    json: Json = False,
) -> int:
    """把一件案件录成一个文件：读到的文字、要素、事实、表、结论、要在门户里填的每一项，供日后回放比较。"""
    wanted = replay_jobs.Wanted(case=case, out=out, papers=papers, portal=portal, pseudonymise=pseudonymise)
    done = replay_jobs.record(wanted, day(on) if on else None, console.progress(quiet=json))
    if json:
        print_json(done.model_dump(mode="json"))
    else:
        console.say(f"已录制 {done.out}（{done.files} 个文件，{done.findings} 条结论）。")
        if done.changed:
            console.say(f"换成虚构值以后，这些规则的结论与原来不同：{'、'.join(done.changed)}。")
    return exits.DONE


@app.command("run")
@guarded
def replay(
    path: Recordings,
    start: From = Stage.PAPERS,
    junit: Annotated[Path | None, typer.Option(help="JUnit XML 写到哪里", show_default=False)] = None,
    html: Annotated[Path | None, typer.Option(help="HTML 报告写到哪里", show_default=False)] = None,
    portal: Map = None,
    json: Json = False,
) -> int:
    """回放：有没有人接受过的差别，或者接受过而没有再出现的差别，就以 3 结束。"""
    question = replay_jobs.Question(path=path, start=start, portal=portal, junit=junit, html=html)
    return _shown(replay_jobs.replay(question), json=json)


@app.command("accept")
@guarded
def accept(
    path: Recordings,
    why: Annotated[str, typer.Option("--why", help="为什么接受", show_default=False)],
    start: From = Stage.PAPERS,
    portal: Map = None,
    json: Json = False,
) -> int:
    """接受眼下的全部差别，按类记在录制文件旁边的 expected.yaml；不再出现的从中删去。"""
    question = replay_jobs.Question(path=path, start=start, portal=portal)
    made = replay_jobs.accept(question, why)
    if json:
        print_json(text.as_json(made))
    else:
        console.say(f"已接受 {len(made.classes)} 类差别。")
    return exits.DONE


def _shown(report: Report, *, json: bool) -> int:
    if json:
        print_json(text.as_json(report))
    else:
        console.lines(text.lines(report))
    failed = any(case.error for case in report.cases)
    return exits.worst(
        exits.DONE if report.is_fine else exits.WAITING, exits.QUARANTINED if failed else exits.DONE
    )
