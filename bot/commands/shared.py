"""What groups of commands share: options that mean the same everywhere, exit codes, JSON on stdout."""

import json as jsonlib
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot import console, exits, jobs, output
from bot.model import CaseResult
from extractors.errors import ZeromeetError

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


def guarded(command: Callable[..., int]) -> Callable[..., None]:
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
        print_json({"error": {"code": error.code, "message": error.message, "remedy": error.advice}})
    console.say(str(error))
    raise typer.Exit(error.exit_code)


def print_json(data: Any) -> None:
    """Print one JSON object as a line."""
    sys.stdout.write(jsonlib.dumps(data, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def show(result: CaseResult, *, json: bool, report: Path | None = None) -> int:
    """Print a case and return its exit code."""
    if json:
        print_json(output.case(result))
    else:
        console.case(result, report)
    return exits.of(result)


def finish(done: jobs.Done, *, json: bool) -> int:
    """Print what came of filing a case and return its exit code."""
    if json:
        print_json(output.case(done.result) | ({"requests": done.bodies} if done.bodies else {}))
        return done.exit_code
    console.case(done.result, done.report)
    console.bodies(done.bodies)
    return done.exit_code


def day(on: datetime | None) -> date:
    """Return the day asked for, or today."""
    return on.date() if on else date.today()  # noqa: DTZ011 - the clerk's own calendar day
