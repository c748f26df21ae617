"""`zeromeet evidence`: proof of what was filed."""

from pathlib import Path
from typing import Annotated

import typer

from bot import console, exits, jobs
from bot.commands.shared import CaseName, Json, guarded, print_json

app = typer.Typer(help="凭证：办理过程的证明，不含申请人的信息。", no_args_is_help=True)


@app.command("verify")
@guarded
def evidence_verify(json: Json = False) -> int:
    """核对全部凭证：有没有被改动、被拿走。"""
    wrong = jobs.verify_evidence()
    if json:
        print_json({"wrong": wrong})
    else:
        for line in wrong or ["凭证完整，没有改动。"]:
            console.say(line)
    return exits.FAILED if wrong else exits.DONE


@app.command("export")
@guarded
def evidence_export(
    case: CaseName, out: Annotated[Path, typer.Option(help="放到哪个文件夹", show_default=False)]
) -> int:
    """把一件的凭证复制出来，供人查验。"""
    count = jobs.export_evidence(case, out)
    console.say(f"已复制 {count} 份凭证到 {out}。")
    return exits.DONE
