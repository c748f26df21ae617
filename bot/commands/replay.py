"""`zeromeet record` and `zeromeet replay`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from bot import console, exits, replay_jobs
from bot.commands.shared import Day, Json, day, guarded, print_json

RecordedCase = Annotated[
    str, typer.Argument(help="案件编号，或申请材料的文件夹", metavar="CASE", show_default=False)
]


@guarded
def record(
    case: RecordedCase,
    out: Annotated[Path, typer.Option(help="录制文件写到哪里（*.zeromeet）", show_default=False)],
    papers: Annotated[
        Literal["full", "hashes"], typer.Option(help="原件放进录制文件，还是只记下指纹")
    ] = "full",
    on: Day = None,
    portal: Annotated[str, typer.Option(help="门户名称，或门户地图 YAML 的路径")] = "practice",
    json: Json = False,
) -> int:
    """把一件案件录成一个文件：读到的文字、要素、事实、表、结论、要在门户里填的每一项，供日后回放比较。"""
    wanted = replay_jobs.Wanted(case=case, out=out, papers=papers, portal=portal)
    done = replay_jobs.record(wanted, day(on) if on else None, console.progress(quiet=json))
    if json:
        print_json(done.model_dump(mode="json"))
    else:
        console.say(f"已录制 {done.out}（{done.files} 个文件，{done.findings} 条结论）。")
    return exits.DONE
