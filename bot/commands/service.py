"""`zeromeet serve`, `worker` and `key`: the service, its workers, and who may call it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot import console, exits, lazy, settings
from bot.commands.shared import Json, guarded, print_json

if TYPE_CHECKING:
    from bot import service_jobs
    from bot.desk import backup as backup_module
else:
    service_jobs = lazy.module("bot.service_jobs")
    backup_module = lazy.module("bot.desk.backup")

keys = typer.Typer(help="接口的密钥：建立、列出、作废。", no_args_is_help=True)


@guarded
def serve(
    host: Annotated[str, typer.Option(help="在哪个地址上听")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口，0 表示任选一个")] = 8016,
    workers: Annotated[int, typer.Option(min=0, help="同时启动几个工作进程；0 表示另外启动")] = 1,
) -> int:
    """启动接口：门户经它交来申请材料，并得到办理结果。"""
    service_jobs.serve(host, port, workers, console.say)
    return exits.DONE


@guarded
def worker(
    queue: Annotated[
        list[str] | None, typer.Option(help="只做哪些队列：read、file，可以多个", show_default=False)
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="练习门户的网址；不写时自行启动", show_default=False)
    ] = None,
    with_parent: Annotated[bool, typer.Option("--with-parent", help="标准输入结束时自行结束")] = False,
) -> int:
    """从队列里领取案件办理；可以在多台机器上各开多个。收到 SIGTERM 时办完手上的再结束。"""
    service_jobs.work(queue or [], url, with_parent=with_parent)
    return exits.DONE


@guarded
def backup(
    file: Annotated[Path, typer.Argument(help="备份写到哪个文件", metavar="FILE", show_default=False)],
) -> int:
    """把案件库和收到的材料备份成一个文件；接口可以继续运行。"""
    kept = backup_module.backup(settings.load(), file)
    console.say(f"已备份 {kept.cases} 件、{kept.files} 个文件。")
    return exits.DONE


@guarded
def restore(
    file: Annotated[Path, typer.Argument(help="备份文件", metavar="FILE", show_default=False)],
) -> int:
    """把备份恢复到空的数据文件夹，逐个核对。"""
    kept = backup_module.restore(settings.load(), file)
    console.say(f"已恢复 {kept.cases} 件、{kept.files} 个文件，全部核对无误。")
    return exits.DONE


@keys.command("create")
@guarded
def key_create(
    tenant: Annotated[str, typer.Option(help="密钥属于哪个门户或者单位", show_default=False)],
    scope: Annotated[str, typer.Option(help="权限，用逗号分开：submit、read、review")] = "submit",
    expires: Annotated[str, typer.Option(help="有效期，例如 90d、12h")] = "90d",
    json: Json = False,
) -> int:
    """建立密钥，只显示这一次；新的租户同时得到回调的签名密钥。"""
    made = service_jobs.create_key(tenant, scope, expires)
    if json:
        print_json(made.model_dump(mode="json"))
    else:
        console.key_made(made)
    return exits.DONE


@keys.command("list")
@guarded
def key_list(json: Json = False) -> int:
    """列出全部密钥，不含密钥本身。"""
    for key in service_jobs.all_keys():
        if json:
            print_json(key.model_dump(mode="json"))
        else:
            console.key(key)
    return exits.DONE


@keys.command("revoke")
@guarded
def key_revoke(key: Annotated[str, typer.Argument(help="密钥的编号", metavar="KEY")]) -> int:
    """作废密钥；几秒之内生效。"""
    console.key(service_jobs.revoke_key(key))
    return exits.DONE


@keys.command("rotate")
@guarded
def key_rotate(tenant: Annotated[str, typer.Option(help="哪个租户", show_default=False)]) -> int:
    """更换租户的回调签名密钥；旧的在下次更换之前同时签名。"""
    print_json({"tenant": tenant, "webhook_secret": service_jobs.rotate_webhook_secret(tenant)})
    return exits.DONE
